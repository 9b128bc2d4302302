"""Who may do what in review. Every rule comes as a sentence (`check_can_...` raises) and as a yes or no."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from curriculum.checks import Level
from curriculum.review import queries
from curriculum.review.enums import ChangeClass, Outcome, Position, SeatRole
from curriculum.review.models import Submission
from users.permissions import roles_of
from users.roles import Role


class CannotSign(PermissionDenied):
    """Nothing was signed; the message says why and what to do."""


@dataclass(frozen=True)
class Capacity:
    """In what capacity a person answers: for which side, in which seat, in whose place (a pseudonym or empty).

    `holder` says whether they give their side's decision: as co-chair, or standing in for one.
    """

    side: str
    role: str
    in_place_of: str = ""
    holder: bool = False


def check_can_read(user, submission: Submission) -> None:
    """Who sits on the committee or checks for it, its designers and coordinators, auditors. Raises PermissionDenied."""
    if not user.is_authenticated:
        raise PermissionDenied(_("Sign in to read what is under review."))
    if user.has_perm("review.view_submission"):
        return
    for places in (queries.seats_of(user.person), queries.checks_as(user.person)):
        if places.filter(committee=submission.committee_id).exists():
            return
    raise PermissionDenied(_("This text is before a committee you do not sit on."))


def check_can_sign(user, submission: Submission, *, position: str, digest: str) -> Capacity:
    """In what capacity `user` may answer this submission now. Raises CannotSign.

    `digest` is what the person was shown; it must be the submission's.
    """
    check_open(submission)
    if digest != submission.digest:
        raise CannotSign(_("The text you were shown is not this one. Nothing was signed. Open the review again."))
    if queries.is_stale(submission):
        raise CannotSign(
            _(
                "A newer course text was agreed while this one was being read. Nothing was signed. The designer puts "
                "this change forward again on top of the newer text."
            )
        )
    capacity = capacity_of(user, submission)
    if str(user.person_id) in submission.authors:
        raise CannotSign(_("You helped write this text, so somebody else on your side answers. Nothing was signed."))
    if user.is_demo and getattr(settings, "HIGHROAD_PRODUCTION", False):
        raise CannotSign(_("Demo people cannot sign on a real installation. Nothing was signed."))
    agrees = position in Position.values and Position(position).agrees
    if agrees and not makes_samples(user) and has_open_cautions(submission):
        raise CannotSign(
            _(
                "A safety-critical lesson in this text still has something an expert must confirm. Nothing was signed. "
                "You can ask for a change, or wait until it is confirmed."
            )
        )
    return capacity


def capacity_of(user, submission: Submission) -> Capacity:
    """For which side a person acts on this submission today. Raises CannotSign for people who act for none."""
    seat = (
        queries.seats_of(user.person)
        .filter(committee=submission.committee_id)
        .select_related("representative", "committee")
        .first()
    )
    if seat is None:
        raise CannotSign(_("You do not sit on this committee, so you cannot answer for a side. Nothing was signed."))
    places = queries.delegations_to(user.person, submission.committee)
    if seat.role == SeatRole.ALTERNATE and not places:
        raise CannotSign(
            _(
                "You answer when you stand in for somebody on your side, and nobody has named you for today. Nothing "
                "was signed. Ask your co-chair."
            )
        )
    chair = next((place.seat for place in places if place.seat.role == SeatRole.CO_CHAIR), None)
    instead = chair or (places[0].seat if places else None)
    return Capacity(
        side=seat.representative.side,
        role=seat.role,
        in_place_of=str(instead.representative.person_id) if instead else "",
        holder=seat.role == SeatRole.CO_CHAIR or chair is not None,
    )


def makes_samples(user) -> bool:
    """Whether what this person sends or answers is marked as a sample: everybody in a demo, and its cast anywhere."""
    return bool(user.is_demo or settings.HIGHROAD_DEMO)


def can_sign(user, submission: Submission) -> bool:
    """Whether the room shows this person the two buttons."""
    try:
        check_can_sign(user, submission, position=Position.REQUEST_CHANGES, digest=submission.digest)
    except CannotSign:
        return False
    return True


def can_challenge(user, submission: Submission) -> bool:
    """Whether the room shows this person the way to say that a change weighs more."""
    if submission.outcome is not None or queries.class_of(submission).weight >= ChangeClass.SAFETY.weight:
        return False
    if timezone.localdate() > queries.last_day_to_challenge(submission):
        return False
    try:
        capacity_of(user, submission)
    except CannotSign:
        return False
    return True


def has_open_cautions(submission: Submission) -> bool:
    """Whether a safety-critical lesson was sent with something unconfirmed."""
    return any(check["level"] == Level.OPEN for check in submission.frozen.content.get("checks", []))


def check_open(submission: Submission) -> None:
    """Raises CannotSign with how it ended."""
    outcome = submission.outcome
    if outcome is None:
        return
    if outcome == Outcome.SUPERSEDED:
        newer = Submission.objects.filter(replaces=submission).first()
        if newer is None:
            raise CannotSign(_("Newer text was agreed meanwhile. Nothing was signed."))
        raise CannotSign(
            _("Newer text of %(title)s was put forward at %(time)s. Nothing was signed. Read the change.")
            % {"title": newer.title, "time": time_format(timezone.localtime(newer.opened_at))}
        )
    if outcome == Outcome.WITHDRAWN:
        raise CannotSign(_("This text was taken back. Nothing was signed."))
    if outcome in (Outcome.DEADLOCKED, Outcome.LAPSED):
        raise CannotSign(_("This review ended without an agreement. Nothing was signed."))
    raise CannotSign(_("Both sides have already agreed on this text. Nothing more was signed."))


#: Who keeps the dates and looks after the whole: they see the numbers of both sides.
KEEPERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR})


def can_see_numbers(user) -> bool:
    """Whether this person sees how agreement goes in numbers: coordinators, administrators and auditors."""
    return user.has_perm("review.view_submission") and bool(roles_of(user) & KEEPERS)


def can_pass_on(user) -> bool:
    """Whether this person passes notices on by hand: coordinators and administrators."""
    return user.has_perm("review.view_submission") and bool(roles_of(user) & {Role.COORDINATOR, Role.ADMINISTRATOR})
