"""A learner asks for a result to be heard again, by one person from each side who did not assess."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Finding
from assessments.models.attempts import Result
from users.models import Person


class Appeal(models.Model):
    """One for a result, with the learner's reason in `Words`; to be answered by `due_on`."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="appeal")
    opened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()

    append_only = True

    class Meta:
        ordering = ("opened_at", "pk")
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self):
        return str(self.result_id)


class AppealHearer(models.Model):
    """Whom the coordinator asked to hear an appeal, for which side. The newest row of a side counts."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="hearers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("person who hears an appeal")
        verbose_name_plural = _("people who hear an appeal")

    def __str__(self):
        return f"{self.appeal_id} {self.side}"


class AppealFinding(models.Model):
    """What one side found, once; its reason lies in `Words`."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="findings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12)
    finding = models.CharField(max_length=10, choices=Finding)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("finding of one side")
        verbose_name_plural = _("findings of one side")
        constraints = [models.UniqueConstraint(fields=("appeal", "side"), name="finding_once_a_side")]

    def __str__(self):
        return f"{self.appeal_id} {self.side}"
