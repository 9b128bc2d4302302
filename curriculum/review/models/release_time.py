"""Time at work to read a text: asked for, agreed, or not needed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import ReleaseState, Side
from curriculum.review.models.record import Submission


class ReleaseTime(models.Model):
    """Where one person's time to read one text stands. The newest row counts; older ones say how it came about.

    `minutes` are those the text was reckoned at, the same for everybody: how long a person took is deliberately
    absent. `side` is kept here so that hours can be summed by side without asking who.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="release_times")
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side)
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=ReleaseState)
    by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("time to read at work")
        verbose_name_plural = _("times to read at work")

    def __str__(self):
        return f"{self.get_state_display()} {self.minutes}"
