"""Reminders and escalations that are due: the clocks of every open review, turned into notices. Never an answer."""

from datetime import date

from django.utils import timezone

from curriculum.review import clocks, queries
from curriculum.review.actions.noticing import keep, notices
from curriculum.review.audiences import Roster
from curriculum.review.enums import EntryKind, Position, Side
from curriculum.review.models import Notification, Submission
from curriculum.review.policy import Tally
from curriculum.review.steps import Step


def remind(today: date | None = None) -> int:
    """Write down every notice that is due and was not made yet. Returns how many; safe to run twice and at once.

    As many queries for many open reviews as for one.
    """
    today = today or timezone.localdate()
    rows = list(Submission.objects.open().with_record())
    stale = queries.stale_among(rows)
    roster = Roster()
    made = [notice for row in rows for notice in _due(row, row.pk in stale, roster, today)]
    known = set(_keys(Notification.objects.filter(submission__in=rows)))
    fresh = [notice for notice in made if _key(notice) not in known]
    keep(fresh)
    return len(fresh)


def facts_of(submission: Submission, tally: Tally, today: date, *, is_stale: bool = False) -> clocks.Facts:
    """What the clocks look at (uses prefetched entries). Text that cannot be agreed to any more waits for nobody."""
    waiting = any(not side.holds and not side.stops for side in tally.sides)
    stopping = {person for side in tally.sides for person in side.blocking}
    asking = {person for side in tally.sides for person in side.asking}
    return clocks.Facts(
        opened=timezone.localdate(submission.opened_at),
        today=today,
        charter=submission.charter,
        change_class=queries.class_of(submission),
        purpose=submission.purpose,
        holidays=frozenset(queries.holidays_of(submission.committee)),
        waits=not is_stale and (waiting or bool(tally.gates)),
        requests=_since(submission, Position.REQUEST_CHANGES, asking),
        blocks=_since(submission, Position.BLOCK, stopping),
        ended=submission.outcome is not None,
    )


def _since(submission, position, people) -> tuple[clocks.Open, ...]:
    """The answer of each of these people that stands, with the day it was given."""
    latest = {
        str(entry.person_id): entry
        for entry in submission.entries.all()
        if entry.kind == EntryKind.POSITION and entry.position == position
    }
    return tuple(
        clocks.Open(entry.digest, timezone.localdate(entry.at)) for person, entry in latest.items() if person in people
    )


def _due(submission, is_stale, roster: Roster, today) -> list[Notification]:
    tally = queries.tally_of(submission)
    return [
        notice
        for one in clocks.due(facts_of(submission, tally, today, is_stale=is_stale))
        for notice in notices(one.step, submission, about=one.about, **_audience(one.step, submission, tally, roster))
    ]


def _audience(step: Step, submission, tally: Tally, roster: Roster) -> dict:
    committee = submission.committee
    if step == Step.PRINCIPALS:
        where = {Side.LABOR: committee.labor_principal, Side.MANAGEMENT: committee.management_principal}
        return {"principals": [side.value for side, address in where.items() if address]}
    if step == Step.DUE:
        return {"people": [*roster.coordinators, *roster.co_chairs(committee)]}
    if step == Step.CHANGES_LATE:
        return {"people": roster.designers(submission)}
    if step == Step.INTEREST_LATE:
        return {"people": roster.coordinators}
    waiting = [side.side for side in tally.sides if not side.holds and not side.stops]
    people = [place.person for place in roster.unanswered(submission, waiting)]
    return {"people": [*people, *roster.checkers(submission, tally.gates)]}


def _keys(rows):
    return rows.values_list("submission_id", "step", "about", "person_id", "principal")


def _key(notice: Notification) -> tuple:
    return notice.submission_id, str(notice.step), notice.about, notice.person_id, notice.principal
