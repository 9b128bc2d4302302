"""What workers said, and everything that was done with it.

Rows point at fingerprints and uids, never at a page. Deliberately absent from an item: account, address, device,
cookie, cohort, and the time of day.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.voice.enums import Answer, State, StepKind


class VoiceItem(models.Model):
    """One thing a worker said about a page, or about one block of it.

    `digest` is the fingerprint of the page as it was read, `page_language` the language of its words; `language` is the
    sender's own, as they call it. Of the code that follows it only a hash is kept. `words`,
    `transcript`, `cleared` and `name` are empty once it was taken back. `recording` names a file in the storage
    "voices", empty once that is gone. `cleared` is what may be read by others; `heard` says that its batch is out.
    `tied_*` is the version that carries it now, and the fingerprint of what it says there; how it came to be is in
    the steps.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    came_on = models.DateField()
    module_uid = models.UUIDField(db_index=True)
    page_uid = models.UUIDField(db_index=True)
    block_id = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    page_language = models.CharField(max_length=20)
    language = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    recording = models.CharField(max_length=100, blank=True)
    keeps_recording = models.BooleanField(default=False)
    transcript = models.TextField(blank=True)
    cleared = models.TextField(blank=True)
    heard = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, db_index=True)
    put_off_until = models.DateField(null=True)
    tied_number = models.PositiveIntegerField(null=True)
    tied_edition = models.CharField(max_length=64, blank=True)
    tied_words = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("thing a worker said")
        verbose_name_plural = _("things workers said")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.TAKEN_BACK) | Q(words="", name="", recording="", transcript="", cleared=""),
                name="voice_taken_back_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DEFERRED, put_off_until__isnull=False)
                | ~Q(state=State.DEFERRED) & Q(put_off_until__isnull=True),
                name="voice_put_off_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(tied_number__isnull=True, tied_edition="", tied_words="")
                | Q(tied_number__isnull=False) & ~Q(tied_edition="") & ~Q(tied_words=""),
                name="voice_tied_whole",
            ),
            models.CheckConstraint(
                condition=Q(heard=False) | ~Q(cleared="") | Q(state=State.TAKEN_BACK), name="voice_heard_is_cleared"
            ),
        ]

    def __str__(self):
        return f"{self.came_on} {self.get_state_display()}"


class VoiceStep(models.Model):
    """One thing done with an item: read, answered, bound to a version. Nobody rewrites what was answered.

    `person` is None where the sender did it, or where an agreement bound it. Only the day is kept.
    """

    item = models.ForeignKey(VoiceItem, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True)
    number = models.PositiveIntegerField(null=True)
    edition = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    day = models.DateField()

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("step of a thing a worker said")
        verbose_name_plural = _("steps of things workers said")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StepKind.ANSWERED) & ~Q(answer="")
                | ~Q(kind=StepKind.ANSWERED) & Q(answer="", reason=""),
                name="voice_step_answers",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=(Answer.DECLINED, Answer.DEFERRED)) | ~Q(reason=""),
                name="voice_answer_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.DEFERRED, until__isnull=False)
                | ~Q(answer=Answer.DEFERRED) & Q(until__isnull=True),
                name="voice_answer_put_off_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=(StepKind.TIED, StepKind.UNTIED), number__isnull=False) & ~Q(edition="")
                | ~Q(kind__in=(StepKind.TIED, StepKind.UNTIED)) & Q(number__isnull=True, edition=""),
                name="voice_step_names_a_version",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.day}"
