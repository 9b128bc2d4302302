"""What one side writes for itself. Kept apart from the chain: no record, file, export or other side ever holds it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import Side
from curriculum.review.models.record import Submission


class CaucusNote(models.Model):
    """A note of one side about a text under review, read here by that side's seats alone.

    Nothing of it is in the hash chain: an exported record must verify without saying that a note exists. Deliberately
    absent: any screen of the admin.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="caucus_notes")
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    append_only = True
    #: What may be emptied once a `NoteSealing` of the row exists (see curriculum.triggers).
    sealable = ("words",)
    sealed_by = ("review_notesealing", "note_id")

    class Meta:
        ordering = ("at",)
        verbose_name = _("note of one side")
        verbose_name_plural = _("notes of one side")

    def __str__(self):
        return f"{self.side} {self.at:%Y-%m-%d}"

    @property
    def is_sealed(self) -> bool:
        """Whether its words were taken away: a note is never written empty."""
        return not self.words


class NoteSealing(models.Model):
    """Words of a side's note were taken away because they held personal data. Row, author, side and time stay."""

    note = models.OneToOneField(CaucusNote, on_delete=models.PROTECT, related_name="sealing")
    by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    append_only = True

    class Meta:
        verbose_name = _("words taken away from a note")
        verbose_name_plural = _("words taken away from notes")

    def __str__(self):
        return f"{self.note} {self.at:%Y-%m-%d}"
