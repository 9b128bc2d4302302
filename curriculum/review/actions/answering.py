"""Answering for a side, and saying that a change weighs more than it was sent as."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.review import chain, queries
from curriculum.review.actions.ending import end_if_agreed
from curriculum.review.actions.locking import Refused, locked, still_open
from curriculum.review.enums import ChangeClass, EntryKind, Ground, Position
from curriculum.review.models import Entry, Submission
from curriculum.review.permissions import capacity_of, check_can_sign, makes_samples


@transaction.atomic
def sign(
    *,
    submission: Submission,
    by,
    position: str,
    digest: str,
    words: str = "",
    languages=None,
    ground: str = "",
    alternative: str = "",
    named: bool = False,
    meeting: str = "",
) -> Entry:
    """Record a person's answer for their side. Returns the entry; approves when both sides hold.

    `digest` is the fingerprint of what the person was shown. `languages` are those the person read (None: all that
    changed). A block names a `ground` and an `alternative`. `named` lets the public page name the person;
    `meeting` is the uid of the joint meeting where it was given. Raises CannotSign with the reason; an answer that is
    none, or lacks what it needs, is refused with ValueError.
    """
    submission = locked(submission)
    capacity = check_can_sign(by, submission, position=position, digest=digest)
    _check_answer(submission, position, words, ground, alternative)
    read = _read(submission, position, languages)
    details = {"languages": read, "seat": capacity.role, "for": capacity.in_place_of, "holder": capacity.holder}
    if position == Position.BLOCK:
        details["ground"] = ground
    if named:
        details["named"] = True
    if meeting:
        details["meeting"] = meeting
    sheet = queries.sheet_signed_by(by.person, submission)
    if sheet:
        details["sheet"] = sheet.scan
    entry = chain.append(
        submission,
        kind=EntryKind.POSITION,
        person=by.person,
        side=capacity.side,
        position=position,
        texts={"words": words, "alternative": alternative if position == Position.BLOCK else ""},
        details=details,
        sample=makes_samples(by),
    )
    end_if_agreed(submission, by=by)
    return entry


def _read(submission: Submission, position: str, languages) -> list[str]:
    """The languages an answer is about. Whoever agrees has read the text in one at least."""
    if languages is None:
        return submission.languages
    read = [one for one in submission.languages if one in languages]
    if submission.languages and not read and Position(position).agrees:
        raise ValueError(_("Tick the languages you read it in. Nothing was sent yet."))
    return read


def _check_answer(submission, position, words, ground, alternative) -> None:
    """Raises ValueError with what is missing."""
    if position not in submission.charter.positions:
        raise ValueError(_("That is no answer. Nothing was sent yet."))
    if Position(position).needs_words and not words.strip():
        raise ValueError(str(Position(position).missing))
    if position == Position.BLOCK and (ground not in Ground.values or not alternative.strip()):
        raise ValueError(
            _("Name the ground (safety, law, contract or harm) and what would do instead. Nothing was sent yet.")
        )


@transaction.atomic
def challenge(*, submission: Submission, by, change_class: str, words: str) -> Entry:
    """Say for a side that a change weighs more than it was sent as. It does so at once. Returns the entry.

    Either side, within the days the charter gives; only upwards. Raises CannotSign for people without a seat, Refused
    when it is too late or no heavier, ValueError without a reason.
    """
    submission = still_open(submission)
    capacity = capacity_of(by, submission)
    if change_class not in ChangeClass.values or change_class == ChangeClass.EMERGENCY:
        raise ValueError(_("Choose how much it weighs. Nothing was changed."))
    if ChangeClass(change_class).weight <= queries.class_of(submission).weight:
        raise Refused(_("It weighs that much already. Nothing was changed."))
    last = queries.last_day_to_challenge(submission)
    if timezone.localdate() > last:
        raise Refused(
            _("That could be said until %(day)s. Nothing was changed. You can still ask for a change.")
            % {"day": date_format(last)}
        )
    if not words.strip():
        raise ValueError(_("Say in a sentence why it weighs more. Nothing was changed."))
    return chain.append(
        submission,
        kind=EntryKind.CHALLENGE,
        person=by.person,
        side=capacity.side,
        texts={"words": words},
        details={"class": change_class},
        sample=makes_samples(by),
    )
