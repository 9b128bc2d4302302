"""Naming somebody who answers in one's place for a time."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review.models import Delegation, Seat
from users.permissions import has_role
from users.roles import Role

#: Longer than this is another person's seat.
MOST_DAYS = 60


class CannotDelegate(PermissionDenied):
    """Nobody was named; the message says why."""


@transaction.atomic
def delegate(*, seat: Seat, to: Seat, since, until, by) -> Delegation:
    """Let the person in `to` answer in place of the one in `seat`, both days counted. Returns the row, which stays.

    For one's own seat, or any seat for an administrator. Raises CannotDelegate for anybody else's, ValueError where the
    two do not belong together or the dates do not hold.
    """
    own = seat.representative.person_id == by.person_id
    if not (own or has_role(by, Role.ADMINISTRATOR)):
        raise CannotDelegate(_("You name who stands in for you, not for others. Nothing was changed."))
    check_delegation(seat, to, since, until)
    return Delegation.objects.create(seat=seat, to=to, since=since, until=until)


def check_delegation(seat: Seat, to: Seat, since, until) -> None:
    """Raises ValueError with what does not fit: another side or committee, a seat that ended, dates that cannot be."""
    if seat.until is not None or to.until is not None:
        raise ValueError(_("That seat has ended. Nothing was changed. Choose somebody who sits there now."))
    if to.pk == seat.pk or to.committee_id != seat.committee_id or to.representative.side != seat.representative.side:
        raise ValueError(_("Choose another person of the same side and committee. Nothing was changed."))
    if since < timezone.localdate():
        raise ValueError(_("It begins today or later: nobody stands in for days that are over. Nothing was changed."))
    if until < since:
        raise ValueError(_("The last day comes before the first. Nothing was changed."))
    if until - since >= timedelta(days=MOST_DAYS):
        raise ValueError(_("At most %(days)d days at a time. Nothing was changed.") % {"days": MOST_DAYS})
