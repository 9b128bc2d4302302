"""What could hurt someone, what is said over a page that learners read, and what calls for a new look.

Append-only like the record. Rows name modules and pages by uid: a warning outlives every draft and every version.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import NoticeKind, Side, TriggerKind
from curriculum.review.models.committees import Committee
from curriculum.review.models.record import Submission


class SafetyReport(models.Model):
    """Somebody says that words on a page could hurt someone. Never weighed before it is listed.

    `blocks` are the parts meant, empty for the whole page. `edition` is the fingerprint of the version that was read,
    empty for a page that is under review and not taught yet.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="safety_reports")
    module_uid = models.UUIDField(db_index=True)
    page_uid = models.UUIDField()
    title = models.CharField(max_length=255)
    blocks = models.JSONField(default=list)
    reason = models.TextField()
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side, blank=True)
    edition = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ("at",)
        verbose_name = _("safety report")
        verbose_name_plural = _("safety reports")

    def __str__(self):
        return f"{self.title} {self.at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it yet (fetch it with `closed`)."""
        return not hasattr(self, "closed")


class ReportClosed(models.Model):
    """What became of a safety report: a correction that both sides agreed to, or a reason why there was no danger."""

    report = models.OneToOneField(SafetyReport, on_delete=models.PROTECT, related_name="closed")
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    append_only = True

    class Meta:
        verbose_name = _("answer to a safety report")
        verbose_name_plural = _("answers to safety reports")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words="") | models.Q(submission__isnull=False), name="report_closed_with_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.report}"


class PageNotice(models.Model):
    """Something that stands over a page wherever it is read, in whatever version, until it is lifted.

    It is furniture, never part of what is agreed, so it can be laid at once. `page_uid` None means every page of the
    module, `language` "" every language. `texts` are {language: {"text": .., ...}}. `person` is None where a clock laid
    it; `cause` names what it comes from, so that a clock lays it once.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=NoticeKind)
    module_uid = models.UUIDField(db_index=True)
    page_uid = models.UUIDField(null=True)
    block_id = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, blank=True)
    texts = models.JSONField(default=dict)
    cause = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+", null=True)
    since = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ("since", "uid")
        verbose_name = _("notice over a page")
        verbose_name_plural = _("notices over pages")

    def __str__(self):
        return f"{self.kind} {self.module_uid}"


class PageNoticeLifted(models.Model):
    """A notice no longer stands over version `number` of its module and later ones; 0 means over none at all."""

    notice = models.OneToOneField(PageNotice, on_delete=models.PROTECT, related_name="lifted")
    number = models.PositiveIntegerField(default=0)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    append_only = True

    class Meta:
        verbose_name = _("notice taken away")
        verbose_name_plural = _("notices taken away")

    def __str__(self):
        return f"{self.notice} {self.number}"


class Trigger(models.Model):
    """Something changed outside, so that agreed text needs a new look: a standard, an incident, a contract.

    `key` names it so that it is filed once, `modules` are the uids of the modules it touches. `person` is None where a
    clock found it.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=TriggerKind)
    key = models.CharField(max_length=250, unique=True)
    text = models.TextField()
    framework = models.CharField(max_length=120, blank=True)
    item = models.CharField(max_length=120, blank=True)
    modules = models.JSONField(default=list)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ("at", "uid")
        verbose_name = _("reason for a new look")
        verbose_name_plural = _("reasons for a new look")

    def __str__(self):
        return self.key


class TriggerSettled(models.Model):
    """A coordinator says what was done about it: it is no longer listed."""

    trigger = models.OneToOneField(Trigger, on_delete=models.PROTECT, related_name="settled")
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()

    append_only = True

    class Meta:
        verbose_name = _("new look taken")
        verbose_name_plural = _("new looks taken")

    def __str__(self):
        return f"{self.trigger}"
