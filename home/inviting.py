"""Invitations that wait to be used."""

from django.db import transaction
from django.utils import timezone

from users.invitations import invite
from users.models import Invitation


def waiting():
    """Invitations nobody has used yet, old ones among them, the oldest first."""
    return Invitation.objects.filter(accepted_at=None).order_by("pk")


def is_over(invitation: Invitation) -> bool:
    return invitation.expires_at < timezone.now()


@transaction.atomic
def renew(*, invitation: Invitation, by) -> tuple[Invitation, str]:
    """The same invitation with a new link; the old one stops working. Raises PermissionDenied."""
    fresh = invite(
        role=invitation.role,
        by=by,
        name=invitation.name,
        email=invitation.email,
        language=invitation.language,
    )
    invitation.delete()
    return fresh
