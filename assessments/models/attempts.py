"""Tries, what was seen of them, and what was decided.

Rows name a learner by pseudonym, content by fingerprint and uid, and the cohort by a uid that means nothing here: so
deleting a course, a session or a name deletes no result. What people write in words lies in one table of its own,
which can be emptied; nothing else can be changed. Deliberately absent: journals, self-assessments, peer feedback.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import UNGRADED, Capacity, Method, Outcome, SheetKind, TalkKind
from users.models import Learner, Person


class Plain(models.TextField):
    """Words as a database can hold them: PostgreSQL takes no zero bytes, and half of a character is none."""

    def get_prep_value(self, value):
        said = super().get_prep_value(value)
        return said and said.replace("\x00", "").encode("utf-8", "ignore").decode()

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Words(models.Model):
    """What somebody wrote about a learner's work, whatever it belongs to: `of` is the uid of a sheet, talk, third look,
    appeal, finding, claim or attestation, `about` the id of a criterion or line, or empty.

    Kept apart so that it can be taken away with the learner's name. Nothing is decided by what stands here.
    """

    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="+")
    of = models.UUIDField(db_index=True)
    about = models.CharField(max_length=40, blank=True)
    text = Plain()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("words")
        verbose_name_plural = _("words")

    def __str__(self):
        return f"{self.of} {self.about}"


class GroupRule(models.Model):
    """What one group asks for beyond its instruments: at least so many raters a try."""

    group = models.UUIDField(primary_key=True)
    raters = models.PositiveSmallIntegerField(_("people who watch each try, at least"), default=1)

    class Meta:
        verbose_name = _("rule of a group")
        verbose_name_plural = _("rules of groups")

    def __str__(self):
        return str(self.group)


class Attempt(models.Model):
    """A learner's try at one assessment, the `number`-th in this group.

    `instrument` is the snapshot it was opened with, `edition` and `release` what pinned it. `yardstick` stands for
    codes, critical marks and passing rule, whatever the language: tries count in a row while it stays the same.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="attempts")
    group = models.UUIDField(db_index=True)
    assessment_uid = models.UUIDField(db_index=True)
    module_uid = models.UUIDField()
    method = models.CharField(max_length=30, choices=Method)
    number = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=64)
    yardstick = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    release = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    #: How many people must have seen it, as the instrument and the group asked when it began.
    raters = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    append_only = True

    class Meta:
        ordering = ("opened_at", "number")
        verbose_name = _("try")
        verbose_name_plural = _("tries")
        constraints = [
            models.UniqueConstraint(
                fields=("group", "learner", "assessment_uid", "number"), name="attempt_number_once"
            ),
            models.CheckConstraint(condition=Q(raters__gte=1) & Q(number__gte=1), name="attempt_counts_from_one"),
            models.CheckConstraint(condition=~Q(method__in=sorted(UNGRADED)), name="attempt_only_of_what_is_judged"),
        ]

    def __str__(self):
        return f"{self.assessment_uid} {self.number}"


class Witness(models.Model):
    """Somebody without an account who saw the work, such as a preceptor, and signed on the phone they were handed."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200)
    organization = models.CharField(_("organization"), max_length=200)
    license_type = models.CharField(_("type of license"), max_length=100, blank=True)
    license_number = models.CharField(_("license number"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("witness")
        verbose_name_plural = _("witnesses")

    def __str__(self):
        return self.name


#: Kinds of sheets that are about another sheet.
ABOUT_ANOTHER = (SheetKind.COSIGN, SheetKind.TURNED_AWAY)


class Sheet(models.Model):
    """What one person saw, sent once: an observation. Its uid is made on the phone, so sending it twice is once.

    `marks` is [{"criterion", "met", "level", "seconds", "prompts"}], `stopped` the ids of what stopped the try,
    `rules` the evidence rules that were ticked. `digest` and `language` are of the instrument this person read.
    `seen_at` is what their phone said.
    """

    uid = models.UUIDField(primary_key=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=12, choices=SheetKind, default=SheetKind.TRY)
    rater = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sheets", null=True)
    witness = models.OneToOneField(Witness, on_delete=models.PROTECT, related_name="sheet", null=True)
    cosigns = models.ForeignKey("self", on_delete=models.PROTECT, related_name="cosigned_by", null=True)
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    marks = models.JSONField()
    stopped = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    alternative = models.CharField(max_length=40, blank=True)
    more = models.JSONField(default=dict)
    #: Whether this person may discipline the learner: then they never decide alone.
    may_discipline = models.BooleanField(default=False)
    seen_at = models.DateTimeField()
    sent_at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("sent_at", "pk")
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(rater__isnull=False, witness__isnull=True) | Q(rater__isnull=True, witness__isnull=False),
                name="sheet_by_one_person",
            ),
            models.UniqueConstraint(
                fields=("attempt", "rater"), condition=Q(kind=SheetKind.TRY), name="sheet_once_a_rater"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ABOUT_ANOTHER, cosigns__isnull=False)
                | ~Q(kind__in=ABOUT_ANOTHER) & Q(cosigns__isnull=True),
                name="sheet_cosigns_another",
            ),
        ]

    def __str__(self):
        return str(self.uid)


class ThirdLook(models.Model):
    """Two people saw it differently, and a third decided what they differ in. `marks` as in a sheet."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="third_look")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField()
    stopped = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        verbose_name = _("third look")
        verbose_name_plural = _("third looks")

    def __str__(self):
        return str(self.attempt_id)


class Result(models.Model):
    """What was decided of a try. The newest row of a try counts; a correction is a further row.

    `met` is about this try, `outcome` about the skill: the first of two tries in a row is met and *not yet competent*.
    `basis` holds the exact counts. It cites everything it was judged with, so a newer instrument never touches it.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="results")
    met = models.BooleanField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    instrument = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    release = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    raters = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    basis = models.JSONField(default=dict)
    valid_until = models.DateField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    why = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="correction_says_why"),
            models.CheckConstraint(
                condition=Q(met=True) | ~Q(outcome__in=(Outcome.COMPETENT, Outcome.RECOGNIZED)),
                name="competent_only_when_met",
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id} {self.outcome}"


class Talk(models.Model):
    """Somebody talked it over with the learner before the next try. What was said lies in `Words`."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="talks")
    kind = models.CharField(max_length=10, choices=TalkKind)
    #: Who sat at a plan meeting beside the learner, by role: "instructor", "advocate".
    present = models.JSONField(default=list)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("talk before the next try")
        verbose_name_plural = _("talks before the next try")

    def __str__(self):
        return f"{self.attempt_id} {self.kind}"


class Attestation(models.Model):
    """Somebody who worked beside the learner confirms a claim of experience, with what they say in `Words`."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="attestations")
    capacity = models.CharField(max_length=12, choices=Capacity)
    witness = models.OneToOneField(Witness, on_delete=models.PROTECT, related_name="attestation")
    #: The last day on which the work was seen: what is too old is not current.
    last_seen_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("confirmation of experience")
        verbose_name_plural = _("confirmations of experience")

    def __str__(self):
        return f"{self.attempt_id} {self.capacity}"


class Moderated(models.Model):
    """Somebody looked at a sheet of the sample again, from what is there. `marks` as in a sheet."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="moderated")
    marks = models.JSONField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("second look at a sample")
        verbose_name_plural = _("second looks at a sample")

    def __str__(self):
        return str(self.sheet_id)
