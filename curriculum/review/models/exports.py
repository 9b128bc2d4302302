"""Who took a record away, in which form, when. Part of what an audit asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.models.record import Submission


class RecordExport(models.Model):
    """A record that left as a file. Reading it on screen leaves no row."""

    class Form(models.TextChoices):
        JSON = "json", _("file to check")
        PDF = "pdf", _("paper")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="exports")
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=Form)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("record taken away")
        verbose_name_plural = _("records taken away")

    def __str__(self):
        return f"{self.submission_id} {self.form}"
