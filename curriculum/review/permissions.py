"""Who may do what in review. Every rule comes as a sentence (`check_can_...` raises) and as a yes or no."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from curriculum.checks import Level
from curriculum.review import queries
from curriculum.review.enums import Outcome, Position
from curriculum.review.models import Submission


class CannotSign(PermissionDenied):
    """Nothing was signed; the message says why and what to do."""


def check_can_read(user, submission: Submission) -> None:
    """People who sit on the committee, its designers and coordinators, and auditors. Raises PermissionDenied."""
    if not user.is_authenticated:
        raise PermissionDenied(_("Sign in to read what is under review."))
    if user.has_perm("review.view_submission"):
        return
    if not queries.seats_of(user.person).filter(committee=submission.committee_id).exists():
        raise PermissionDenied(_("This text is before a committee you do not sit on."))


def check_can_sign(user, submission: Submission, *, position: str, digest: str) -> str:
    """The side `user` speaks for, if they may answer this submission now. Raises CannotSign.

    `digest` is what the person was shown; it must be the submission's.
    """
    _check_open(submission)
    if digest != submission.digest:
        raise CannotSign(_("The text you were shown is not this one. Nothing was signed. Open the review again."))
    if queries.is_stale(submission):
        raise CannotSign(
            _(
                "A newer course text was agreed while this one was being read. Nothing was signed. The designer puts "
                "this change forward again on top of the newer text."
            )
        )
    seat = queries.seats_of(user.person).filter(committee=submission.committee_id).first()
    if seat is None:
        raise CannotSign(_("You do not sit on this committee, so you cannot answer for a side. Nothing was signed."))
    if str(user.person_id) in submission.authors:
        raise CannotSign(_("You helped write this text, so somebody else on your side answers. Nothing was signed."))
    if user.is_demo and getattr(settings, "HIGHROAD_PRODUCTION", False):
        raise CannotSign(_("Demo people cannot sign on a real installation. Nothing was signed."))
    if position == Position.SUPPORT and not makes_samples(user) and has_open_cautions(submission):
        raise CannotSign(
            _(
                "A safety-critical lesson in this text still has something an expert must confirm. Nothing was signed. "
                "You can ask for a change, or wait until it is confirmed."
            )
        )
    return seat.representative.side


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


def has_open_cautions(submission: Submission) -> bool:
    """Whether a safety-critical lesson was sent with something unconfirmed."""
    return any(check["level"] == Level.OPEN for check in submission.frozen.content.get("checks", []))


def _check_open(submission: Submission) -> None:
    outcome = submission.outcome
    if outcome is None:
        return
    if outcome == Outcome.SUPERSEDED:
        newer = Submission.objects.get(replaces=submission)
        raise CannotSign(
            _("Newer text of %(title)s was put forward at %(time)s. Nothing was signed. Read the change.")
            % {"title": newer.title, "time": time_format(timezone.localtime(newer.opened_at))}
        )
    if outcome == Outcome.WITHDRAWN:
        raise CannotSign(_("This text was taken back. Nothing was signed."))
    raise CannotSign(_("Both sides have already agreed on this text. Nothing more was signed."))
