"""Dividing the reading of a large review among a side's people, and saying what one has read."""

from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.review import queries
from curriculum.review.actions.locking import Refused, still_open
from curriculum.review.models import Reading, ReadingShare, Submission
from users.models import Person


@transaction.atomic
def share_reading(*, submission: Submission, by, readers: dict[str, Person | None]) -> list[ReadingShare]:
    """Say who of one's own side reads which pages: {page uid: person, or None for nobody in particular}.

    Only what differs from before is written. Raises Refused for people without a seat, for readers of the other side
    and for pages that are not in the text.
    """
    submission = still_open(submission)
    side = _side(submission, by)
    if set(readers) - queries.pages_of(submission):
        raise Refused(_("One of these pages is not in this text. Nothing was changed."))
    own = {seat.representative.person_id for seat in queries.seats_on(submission.committee, side)}
    if any(person is not None and person.pk not in own for person in readers.values()):
        raise Refused(_("Somebody here does not sit on your side. Nothing was changed."))
    before = {str(row.page_uid): row.person_id for row in queries.shares_of(submission, side)}
    rows = [
        ReadingShare(submission=submission, side=side, page_uid=uid, person=person, by=by.person)
        for uid, person in readers.items()
        if before.get(uid) != (person.pk if person else None)
    ]
    for row in rows:
        row.save(force_insert=True)
    return rows


@transaction.atomic
def mark_read(*, submission: Submission, by, page_uid: str, language: str) -> Reading:
    """Say that one has read a page in one language. Saying it twice changes nothing. Raises Refused."""
    submission = still_open(submission)
    side = _side(submission, by)
    if str(page_uid) not in queries.pages_of(submission, language):
        raise Refused(_("This page is not in this text. Nothing was changed."))
    row, _made = Reading.objects.get_or_create(
        submission=submission, page_uid=page_uid, language=language, person=by.person, defaults={"side": side}
    )
    return row


def _side(submission: Submission, by) -> str:
    """The side `by` has a seat on, on this committee. Raises Refused."""
    seat = queries.seats_of(by.person).filter(committee=submission.committee_id).first()
    if seat is None:
        raise Refused(_("You do not sit on this committee, so there is nothing for you to divide or mark."))
    return seat.representative.side
