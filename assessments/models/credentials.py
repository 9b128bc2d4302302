"""What a learner can show somebody else: a signed credential, and that one does not hold any more."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Subject
from users.models import Learner, Person


class Credential(models.Model):
    """An Open Badges 3.0 credential as it was signed. `token` is what the learner carries; it is never made again.

    `name` is the name the learner chose to have in it, empty where they chose none. `place` is its bit in the public
    list of those that do not hold any more.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="credentials")
    group = models.UUIDField()
    subject = models.CharField(max_length=12, choices=Subject)
    subject_uid = models.UUIDField()
    title = models.CharField(max_length=300)
    release = models.CharField(max_length=64)
    edition = models.CharField(max_length=64, blank=True)
    #: The uids of the results it rests on.
    results = models.JSONField(default=list)
    name = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    place = models.PositiveIntegerField(unique=True)
    token = models.TextField()

    append_only = True
    sealable = ("name", "token")
    sealed_by = ("assessments_credentialsealed", "credential_id")

    class Meta:
        ordering = ("issued_at", "pk")
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self):
        return self.title


class CredentialEnd(models.Model):
    """A credential does not hold any more. `why` is one of a few plain reasons, never a story about a person."""

    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="end")
    why = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        verbose_name = _("end of a credential")
        verbose_name_plural = _("ends of credentials")

    def __str__(self):
        return str(self.credential_id)


class CredentialSealed(models.Model):
    """The name and the signed text of a credential were taken away here. Whoever carries a copy still has it, and it
    still holds."""

    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="sealed")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        verbose_name = _("credential without its name")
        verbose_name_plural = _("credentials without their names")

    def __str__(self):
        return str(self.credential_id)
