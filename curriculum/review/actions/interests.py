"""Working out what somebody stopped: what it is about, what each side needs, what both agree to do.

The record opens with the answer that stops the text; nothing has to be started. Words are never changed: a newer
wording of a part stands before the older one.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review import chain, queries
from curriculum.review.actions.ending import end_if_agreed, end_without
from curriculum.review.actions.locking import Refused, still_current, still_open
from curriculum.review.enums import EntryKind, InterestPart, Outcome, Side
from curriculum.review.models import Entry, Submission
from curriculum.review.permissions import CannotSign, capacity_of, makes_samples
from users.permissions import has_role
from users.roles import Role


class CannotWrite(PermissionDenied):
    """Nothing was written; the message says whose part it is."""


@transaction.atomic
def write_part(*, submission: Submission, block: str, by, part: str, words: str, until: date | None = None) -> Entry:
    """Write one part of the record of the answer whose digest is `block`. Returns the entry.

    A side's needs are written by that side only; everything else by anybody in a seat and by the coordinator, who
    keeps the record and never confirms. `until` is the day up to which both agree to disagree. Raises CannotWrite,
    Refused when nothing is left to settle, ValueError without words or without that day.
    """
    submission = still_open(submission)
    _check_stands(submission, block)
    side = _check_can_write(by, submission, part)
    if not words.strip():
        raise ValueError(_("Write it in a sentence or two. Nothing was saved yet."))
    if part == InterestPart.DISAGREEMENT and (until is None or until <= timezone.localdate()):
        raise ValueError(_("Name a day to come: until then both sides leave it as it is. Nothing was saved yet."))
    return chain.append(
        submission,
        kind=EntryKind.INTEREST,
        person=by.person,
        side=side,
        texts={"words": words},
        details={"block": block, "part": str(part), "until": until if part == InterestPart.DISAGREEMENT else None},
        sample=makes_samples(by),
    )


@transaction.atomic
def confirm_wording(*, submission: Submission, block: str, by, wording: str) -> Entry:
    """Confirm for one's side the wording whose digest is `wording`: what both agree to do, or to disagree.

    Once both sides have confirmed an agreement, that answer stops the text no more. Once both have agreed to
    disagree, the review ends without an agreement and what was agreed before stays. Raises CannotSign for people who
    act for no side, Refused when the wording is no longer the newest or this side has confirmed it.
    """
    submission = still_current(submission)
    _check_stands(submission, block)
    capacity = capacity_of(by, submission)
    if str(by.person_id) in submission.authors:
        raise CannotSign(_("You helped write this text, so somebody else on your side confirms. Nothing was changed."))
    if submission.charter.holder_signs and not capacity.holder:
        raise CannotSign(_("Your co-chair confirms for your side. Nothing was changed."))
    newest = queries.proposal_of(submission, block)
    if newest is None or newest.digest != wording:
        raise Refused(_("The wording changed while you were reading. Nothing was confirmed. Read it again."))
    if capacity.side in queries.confirmed_by(submission, wording):
        raise Refused(_("Your side has confirmed this wording already. Nothing was changed."))
    entry = chain.append(
        submission,
        kind=EntryKind.INTEREST,
        person=by.person,
        side=capacity.side,
        details={"block": block, "part": str(InterestPart.CONFIRMED), "confirms": wording},
        sample=makes_samples(by),
    )
    _settle(submission, newest, by)
    return entry


def _settle(submission: Submission, newest: Entry, by) -> None:
    """End it where the last confirmation lets it end."""
    submission = Submission.objects.with_record().get(pk=submission.pk)
    if queries.confirmed_by(submission, newest.digest) != set(Side.values):
        return
    if newest.detail["part"] == InterestPart.DISAGREEMENT:
        end_without(submission, Outcome.DEADLOCKED, by=by.person, details={"until": newest.detail["until"]})
    else:
        end_if_agreed(submission, by=by)


def _check_stands(submission: Submission, block: str) -> None:
    """Raises Refused unless that answer stops the text now and both sides have not settled it."""
    if block not in {entry.digest for entry in queries.blocks_of(submission)}:
        raise Refused(_("That answer was changed since, so nothing is left to settle. Nothing was saved."))
    if block in queries.settled_blocks(submission):
        raise Refused(_("Both sides have settled this. Nothing was saved. To stop the text again, answer again."))


def _check_can_write(by, submission: Submission, part: str) -> str:
    """The side somebody writes for, "" for the coordinator. Raises CannotWrite."""
    seat = queries.seats_of(by.person).filter(committee=submission.committee_id).first()
    side = seat.representative.side if seat else ""
    if not seat and not has_role(by, Role.COORDINATOR):
        raise CannotWrite(_("People of the two sides and the coordinator write here. Nothing was saved."))
    if part in Side.values and part != side:
        raise CannotWrite(_("Each side writes what it needs itself. Nothing was saved."))
    if part not in InterestPart.values or part == InterestPart.CONFIRMED:
        raise ValueError(_("That is no part of this record. Nothing was saved."))
    return side
