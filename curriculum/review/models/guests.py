"""A link for somebody without an account: one text under review, to read and perhaps to comment on, until a day."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.review.models.record import Submission


class GuestLink(models.Model):
    """One guest's way to one text. Only the hash of its token is kept: the link cannot be read back.

    The guest is a `Person` without an account, made for this link: comments name them as anybody else, and they can
    never sign in, sit or sign. An e-mail address is used once, to send the link, and never stored, so the name stays
    in the one row that erasure blanks.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="guest_links")
    person = models.OneToOneField("users.Person", on_delete=models.PROTECT, related_name="guest_link")
    may_comment = models.BooleanField(_("may comment"), default=True)
    made_by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"))
    revoked_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("guest link")
        verbose_name_plural = _("guest links")

    def __str__(self):
        return f"{self.person}, {self.submission}"

    @property
    def is_good(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and timezone.now() < self.expires_at
