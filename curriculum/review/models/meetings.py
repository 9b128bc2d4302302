"""A joint meeting at one table: who was there, what lay before it, the minutes.

While it runs its rows change; when it is closed, what was said about each text goes into that text's chain, and the
meeting is read only.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import Side
from curriculum.review.models.committees import Committee
from curriculum.review.models.record import Submission


class Meeting(models.Model):
    """One sitting of a committee. `closed_at` and `closed_by` are set together, once."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    opened_by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-held_on", "-opened_at")
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="meeting_closed_at_and_by",
            )
        ]

    def __str__(self):
        return f"{self.committee}, {self.held_on}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class AgendaItem(models.Model):
    """A text that lies before a meeting, in order, and what was said about it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    minutes = models.TextField(_("minutes"), blank=True)
    actions = models.TextField(_("who does what until when"), blank=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = [models.UniqueConstraint(fields=("meeting", "submission"), name="agenda_item_once")]

    def __str__(self):
        return f"{self.place}. {self.submission.title}"


class Attendance(models.Model):
    """Somebody was there. `side` is empty for the convener and for guests."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("meeting", "person"), name="present_once")]

    def __str__(self):
        return str(self.person)


class SignedSheet(models.Model):
    """A photo of the printed sheet that people signed at the table. It proves nothing alone: each confirms later.

    `scan` is the SHA-256 of the file in private storage, `people` those whose names stand on it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sheets")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="sheets")
    scan = models.CharField(max_length=64)
    ext = models.CharField(max_length=5)
    people = models.ManyToManyField("users.Person", related_name="+")
    filed_by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("signed sheet")
        verbose_name_plural = _("signed sheets")

    def __str__(self):
        return f"{self.submission} {self.scan[:12]}"
