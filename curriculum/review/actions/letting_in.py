"""Handing somebody who sits on a committee a way in, so that they can read and answer on their own phone."""

from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.review import queries
from curriculum.review.actions.locking import Refused
from curriculum.review.models import Submission
from users import signing, ways_in
from users.models import Person, SignInLink


def let_in(*, person: Person, by, submission: Submission | None = None) -> tuple[SignInLink, str, str]:
    """A link and a code for one person, leading to their desk or to one review: (row, token, code), shown once.

    Raises Refused for people who sit on no committee (or not on this review's) and those without an account, and
    PermissionDenied as `users.ways_in.make` does.
    """
    seats = queries.seats_of(person)
    if submission is not None:
        seats = seats.filter(committee=submission.committee_id)
    if not seats.exists():
        raise Refused(_("This person does not sit where this text is read. Nothing was made."))
    path = reverse("review_room", args=[submission.pk]) if submission else reverse("review_desk")
    return ways_in.make(user=_account(person), by=by, next_path=path)


def take_pin(*, person: Person, by) -> None:
    """Take away the PIN of somebody who forgot it. Raises Refused, or PermissionDenied as `users.signing` does."""
    if not queries.seats_of(person).exists():
        raise Refused(_("This person sits on no committee. Nothing was changed."))
    signing.reset_pin(user=_account(person), by=by)


def _account(person: Person):
    user = getattr(person, "user", None)
    if user is None:
        raise Refused(_("This person has no account yet. Nothing was made. Invite them first."))
    return user
