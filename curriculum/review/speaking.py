"""Who may talk about a text under review, and in whose name. A guest with a link talks too, and never signs."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from curriculum.editions.read import SOURCE
from curriculum.review import queries, rewording
from curriculum.review.models import GuestLink, Submission
from curriculum.review.permissions import makes_samples
from users.permissions import can_see_drafts, roles_of
from users.roles import Role


class CannotTalk(PermissionDenied):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True)
class Guest:
    """Somebody with a link and no account, wherever an act asks who does it."""

    link: GuestLink

    @property
    def person(self):
        return self.link.person

    @property
    def person_id(self):
        return self.link.person_id

    @property
    def is_demo(self) -> bool:
        """What a guest says about a sample is a sample."""
        return self.link.submission.sample


@dataclass(frozen=True)
class Voice:
    """In whose name somebody talks: a side's where they sit, a guest's, or nobody's but their own."""

    side: str
    guest: bool
    sample: bool


def voice_of(by, submission: Submission) -> Voice:
    """How `by` (an account or a Guest) may talk about `submission`. Raises CannotTalk for people who may not.

    People who sit on its committee, who write here or wrote it, who check for the committee, and guests.
    """
    if isinstance(by, Guest):
        link = by.link
        if link.submission_id != submission.pk or not link.is_good or not link.may_comment:
            raise CannotTalk(_("This link is for reading. Nothing was written."))
        return Voice("", True, makes_samples(by))
    side = _seated_for(by, submission)
    if side:
        return Voice(side, False, makes_samples(by))
    writes = can_see_drafts(by) or str(by.person_id) in submission.authors
    if not writes and not queries.checks_as(by.person).filter(committee=submission.committee_id).exists():
        raise CannotTalk(
            _("You can read this text. Its committee, the people who write it and those who check it talk about it.")
        )
    return Voice("", False, makes_samples(by))


def _seated_for(user, submission: Submission) -> str:
    """The side a person sits for on the submission's committee, or empty."""
    seats = queries.seats_of(user.person).filter(committee=submission.committee_id)
    return seats.values_list("representative__side", flat=True).first() or ""


def can_talk(by, submission: Submission) -> bool:
    """Whether the screens offer to comment: such a person, while the review is open."""
    if submission.outcome is not None:
        return False
    try:
        voice_of(by, submission)
    except CannotTalk:
        return False
    return True


def check_can_answer(user, submission: Submission) -> None:
    """Designers who may edit the draft say what becomes of a comment. Raises CannotTalk."""
    draft = rewording.draft_page(submission.subject_uid, SOURCE)
    if draft is None or not draft.permissions_for_user(user).can_edit():
        raise CannotTalk(_("Only people who may edit the draft answer a comment. Nothing was written."))


def can_answer(user, submission: Submission) -> bool:
    """Whether the screens offer to answer comments, while the review is open."""
    if submission.outcome is not None or not can_see_drafts(user):
        return False
    try:
        check_can_answer(user, submission)
    except CannotTalk:
        return False
    return True


def check_can_seal(user) -> None:
    """Administrators alone take words away. Raises CannotTalk."""
    if Role.ADMINISTRATOR not in roles_of(user):
        raise CannotTalk(_("Only an administrator takes words out of the record. Nothing was changed."))


def can_seal(user) -> bool:
    return Role.ADMINISTRATOR in roles_of(user)


def caucus_side(user, submission: Submission) -> str:
    """The side whose own notes this person reads and writes, empty for everybody else.

    The charter in force decides, not the one the text was sent under: both sides can end the notes at once.
    """
    return _seated_for(user, submission) if submission.committee.caucus_notes else ""


def check_can_invite_guests(user) -> None:
    """Coordinators, and administrators, let somebody read by a link. Raises CannotTalk."""
    if not roles_of(user) & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        raise CannotTalk(_("Only a coordinator lets a guest read. Nothing was made."))


def can_invite_guests(user) -> bool:
    return bool(roles_of(user) & {Role.COORDINATOR, Role.ADMINISTRATOR})
