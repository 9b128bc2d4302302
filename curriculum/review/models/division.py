"""A side divides the reading of a large review among its people, and each says what they have read.

Append-only: a page given to somebody else is another row, and the last one counts. Neither is in the hash chain, so
that an exported record never shows one side how the other divided its work.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import Side
from curriculum.review.models.record import Submission


class ReadingShare(models.Model):
    """A page of a review was given to somebody of one side to read; to nobody when `person` is empty."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="shares")
    side = models.CharField(max_length=20, choices=Side)
    page_uid = models.UUIDField()
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("who reads what")
        verbose_name_plural = _("who reads what")

    def __str__(self):
        return f"{self.person}: {self.page_uid}"


class Reading(models.Model):
    """A person said that they read a page of a review, in one language."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="readings")
    page_uid = models.UUIDField()
    language = models.CharField(max_length=10)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("page that was read")
        verbose_name_plural = _("pages that were read")
        constraints = [
            models.UniqueConstraint(
                fields=("submission", "page_uid", "language", "person"), name="read_once_a_language"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.page_uid} {self.language}"
