"""Time at work to read a text: saying that it was asked for, agreed, or is not needed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review import queries
from curriculum.review.audiences import Roster
from curriculum.review.enums import ReleaseState, SeatRole
from curriculum.review.models import ReleaseTime, Submission
from users.permissions import has_role
from users.roles import Role


@transaction.atomic
def set_release_time(*, submission: Submission, by, person, state: str, minutes: int) -> ReleaseTime:
    """Write down where `person`'s time to read `submission` stands; what was said before stays below it.

    By the person, a co-chair of their side, or a coordinator. `minutes` is what the text was reckoned at. Raises
    PermissionDenied for anybody else, ValueError for a state that is none.
    """
    check_can_set_release_time(by, submission, person)
    if state not in ReleaseState.values:
        raise ValueError(_("Choose: asked for, agreed to, or not needed. Nothing was changed."))
    return ReleaseTime.objects.create(
        submission=submission,
        person=person,
        side=queries.side_of(person),
        minutes=minutes,
        state=state,
        by=by.person,
        at=timezone.now(),
    )


def check_can_set_release_time(user, submission: Submission, person) -> None:
    """Raises PermissionDenied unless `user` may say it for `person`, who must sit on the committee."""
    seats = {place.person.pk: place for place in Roster([submission.committee_id]).seated(submission.committee)}
    if person.pk not in seats:
        raise PermissionDenied(_("Only people who sit on the committee read it for a side. Nothing was changed."))
    own = seats.get(user.person_id)
    is_chair = own is not None and own.role == SeatRole.CO_CHAIR and own.side == seats[person.pk].side
    if not (user.person_id == person.pk or is_chair or has_role(user, Role.COORDINATOR)):
        raise PermissionDenied(
            _("The person, a co-chair of their side or the coordinator says this. Nothing was changed.")
        )
