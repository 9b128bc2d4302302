"""Reaching both sides in an emergency: every attempt is kept, and after enough of them the duty lead may stand in.

For one side only: the other side's own answer is always needed, and both sides confirm afterwards.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.review import chain, safety
from curriculum.review.actions.ending import end_if_agreed
from curriculum.review.actions.locking import still_open
from curriculum.review.enums import EntryKind, Purpose, Side
from curriculum.review.models import Entry, Submission
from curriculum.review.permissions import makes_samples

#: How a side was tried, by a short code for the record.
WAYS = ("call", "text", "e-mail", "in person")


class CannotStandIn(PermissionDenied):
    """Nobody stood in; the message says why and what to do."""


@transaction.atomic
def log_contact(*, submission: Submission, by, side: str, way: str, reached: bool, words: str = "") -> Entry:
    """Keep that a side was tried, how, and whether it was reached. Returns the entry."""
    submission = _emergency(submission, by)
    if side not in Side.values or way not in WAYS:
        raise ValueError(_("Say which side was tried, and how. Nothing was written."))
    return _append(submission, EntryKind.CONTACT, by, side, words, way=way, reached=reached, tried=True)


@transaction.atomic
def stand_in(*, submission: Submission, by, side: str, words: str) -> Entry:
    """Stand in for a side that could not be reached, which agrees where only that was missing. Returns the entry.

    Raises CannotStandIn before enough attempts, and for a side that was reached or has answered.
    """
    submission = _emergency(submission, by)
    if side not in Side.values or not words.strip():
        raise ValueError(_("Say in a sentence why it cannot wait. Nothing was written."))
    if (sentence := why_not(submission, side)) is not None:
        raise CannotStandIn(sentence)
    entry = _append(submission, EntryKind.AUTHORIZATION, by, side, words)
    end_if_agreed(submission, by=by)
    return entry


def why_not(submission: Submission, side: str) -> str | None:
    """Why nobody may stand in for a side yet; None where the duty lead may (uses prefetched entries)."""
    entries = list(submission.entries.all())
    if any(entry.kind == EntryKind.AUTHORIZATION for entry in entries):
        return _("Somebody stood in for a side already. The other side answers for itself.")
    if any(entry.kind == EntryKind.POSITION and entry.side == side for entry in entries):
        return _("This side has answered for itself.")
    tried = [entry for entry in attempts(submission) if entry.detail["side"] == side]
    if any(entry.detail.get("reached") for entry in tried):
        return _("This side was reached, so it answers for itself. The warning stays over the page until then.")
    charter = submission.charter
    if len(tried) < charter.contact_attempts:
        left = charter.contact_attempts - len(tried)
        text = ngettext("Try %(n)d more time to reach this side.", "Try %(n)d more times to reach this side.", left)
        return text % {"n": left}
    until = tried[0].at + timedelta(hours=charter.hours_to_reach)
    if timezone.now() < until:
        when = date_format(timezone.localtime(until), "DATETIME_FORMAT")
        return _("This side has until %(when)s, counted from the first time it was tried.") % {"when": when}
    return None


def attempts(submission: Submission) -> list[Entry]:
    """Every time a side was tried, in this round and the rounds it replaces, oldest first."""
    found: list[Entry] = []
    while submission is not None:
        found = [entry for entry in submission.entries.all() if entry.kind == EntryKind.CONTACT] + found
        submission = submission.replaces
    return found


def _emergency(submission: Submission, by) -> Submission:
    submission = still_open(submission)
    if not safety.is_duty_lead(by):
        raise CannotStandIn(_("A coordinator does this, as duty lead. Nothing was written."))
    if submission.purpose != Purpose.EMERGENCY:
        raise CannotStandIn(_("This is for safety corrections only. Nothing was written."))
    return submission


def _append(submission, kind, by, side, words, **details) -> Entry:
    return chain.append(
        submission,
        kind=kind,
        person=by.person,
        texts={"words": words},
        details={"side": side, **details},
        sample=makes_samples(by),
    )
