"""Done or not yet, by week, and who may need a hand. Never a time, and nobody is compared with anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from courses.cohorts.enums import Presence
from courses.cohorts.models import Attendance, Course, Enrollment, Mark, Session
from courses.cohorts.text import Page

#: How many sessions in a row somebody was away before the instructor is told.
AWAY_TIMES = 2


@dataclass(frozen=True)
class Week:
    """One week of a course: its sessions, and the lessons they are about. Only lessons are marked done."""

    number: int
    first_day: date
    sessions: tuple[Session, ...]
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Hand:
    """Somebody who may need a hand, and why."""

    enrollment: Enrollment
    nothing_done: bool
    was_away: bool


def weeks(course: Course, sessions: Iterable[Session], pages: Iterable[Page]) -> list[Week]:
    """The weeks in which a course meets, in order. No query; `pages` are those of its text."""
    known, found = {page.uid: page for page in pages}, {}
    first = _monday(course.starts_on)
    for session in sessions:
        found.setdefault(week_of(session), []).append(session)
    return [
        Week(
            max(1, (monday - first).days // 7 + 1),
            monday,
            tuple(met),
            tuple(pages_of((one for one in met if not one.is_called_off), known)),
        )
        for monday, met in sorted(found.items())
    ]


def is_lately(week: Week, weeks: list[Week]) -> bool:
    """Whether a week is the one that is on, or the last one before; the first where none has begun."""
    today = timezone.localdate()
    return week == next((one for one in reversed(weeks) if one.first_day <= today), weeks[0])


def week_of(session: Session) -> date:
    """The Monday of a session's week."""
    return _monday(timezone.localdate(session.starts_at))


def pages_of(sessions: Iterable[Session], known: dict[str, Page]) -> list[Page]:
    """The pages that sessions are about, each once; those that the course text no longer has are left out."""
    uids = dict.fromkeys(str(uid) for session in sessions for uid in session.pages)
    return [known[uid] for uid in uids if uid in known]


def is_done(marks: dict[str, Mark], page: Page) -> bool:
    return page.uid in marks and marks[page.uid].is_done


def may_need_a_hand(
    people: Iterable[Enrollment],
    marks: dict[str, dict[str, Mark]],
    sessions: Iterable[Session],
    known: dict[str, Page],
    now: datetime,
) -> list[Hand]:
    """By name: who has done none of the lessons of the sessions before, or was away the last two times. One query.

    Sessions before somebody joined are not held against them; whoever was excused was not away.
    """
    before = [one for one in sessions if one.ends_at < now and not one.is_called_off]
    last = before[-AWAY_TIMES:]
    said = latest_attendance(last)
    found = []
    for person in people:
        own = [one for one in before if timezone.localdate(one.ends_at) >= person.joined_on]
        pages = pages_of(own, known)
        done = marks.get(str(person.pk), {})
        nothing_done = bool(pages) and not any(is_done(done, page) for page in pages)
        presences = [said.get((person.pk, one.pk)) for one in last]
        was_away = len(last) == AWAY_TIMES and all(row and row.presence == Presence.AWAY for row in presences)
        if nothing_done or was_away:
            found.append(Hand(person, nothing_done, was_away))
    return sorted(found, key=lambda hand: hand.enrollment.called.casefold())


def latest_attendance(sessions: Iterable[Session]) -> dict[tuple, Attendance]:
    """{(enrollment, session): what counts now}, one query."""
    rows = Attendance.objects.filter(session__in=list(sessions))
    return {(row.enrollment_id, row.session_id): row for row in rows}


@dataclass(frozen=True)
class Totals:
    """What a department is told of a course: sums, and no name."""

    people: int
    sessions: int
    hours: Decimal
    related: Decimal


#: With fewer people a sum would tell of one of them.
FEWEST_FOR_TOTALS = 5


def totals(people: Iterable[Enrollment], sessions: Iterable[Session], hours: dict) -> Totals | None:
    """The sums of a course, or None where it has fewer than five people. No query."""
    uids = [str(person.pk) for person in people]
    if len(uids) < FEWEST_FOR_TOTALS:
        return None
    own = [hours[uid] for uid in uids if uid in hours]
    met = sum(1 for one in sessions if not one.is_called_off and one.ends_at < timezone.now())
    return Totals(
        len(uids), met, sum((one["all"] for one in own), Decimal()), sum((one["related"] for one in own), Decimal())
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
