"""What supports a judgement: words, sound, pictures, files, each with how long it is kept."""

import uuid
from secrets import token_urlsafe

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import EvidenceKind
from assessments.models.attempts import Attempt, Plain
from users.models import Learner, Person


class Upload(models.Model):
    """A file on its way in, piece by piece. `received` bytes are here; the next piece starts there.

    The evidence that it becomes has the same uid, so whoever missed the answer to the last piece can ask again.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="+")
    group = models.UUIDField()
    assessment_uid = models.UUIDField()
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="+", null=True)
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    about = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    consented = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file on its way in")
        verbose_name_plural = _("files on their way in")
        constraints = [models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="upload_not_too_long")]

    def __str__(self):
        return str(self.uid)


class Evidence(models.Model):
    """One piece of evidence of a learner for one assessment. `name` in storage is random, below a private root.

    The learner can withdraw it, and time takes it away; then the bytes and words are gone and the row says so.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="evidence")
    group = models.UUIDField()
    assessment_uid = models.UUIDField()
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="evidence", null=True)
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    #: The criterion it speaks to, where somebody said so.
    about = models.CharField(max_length=40, blank=True)
    text = Plain(blank=True)
    name = models.CharField(max_length=80, blank=True, default=token_urlsafe)
    media_type = models.CharField(max_length=60, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    #: Whoever is seen or heard agreed to it. Photo and video are refused without.
    consented = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    keep_until = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at", "pk")
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=(EvidenceKind.PHOTO, EvidenceKind.VIDEO)) | Q(consented=True),
                name="evidence_pictures_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(text="", name=""), name="evidence_erased_is_gone"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(erased_at__isnull=False), name="evidence_withdrawn_is_erased"
            ),
        ]

    def __str__(self):
        return str(self.uid)
