"""How agreement goes, in numbers: by committee and side, never by person.

A constant number of queries, however many reviews there are; the arithmetic is in `figures`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from curriculum.review import queries, workdays
from curriculum.review.enums import EntryKind, ReleaseState, Side
from curriculum.review.figures import Spread
from curriculum.review.models import Committee, ReleaseTime, Submission
from curriculum.review.reading import titles_of
from curriculum.review.standing import Standing, standing

#: What can turn or turn back a side's key.
TURNING = frozenset({EntryKind.POSITION, EntryKind.INTEREST, EntryKind.CHECK, EntryKind.AUTHORIZATION})


@dataclass(frozen=True)
class SideNumbers:
    """One side of one committee. Minutes at work to read are sums over texts and people."""

    side: Side
    party: str
    spread: Spread
    waiting: int
    minutes: dict[str, int]

    def hours(self, state: str) -> float:
        return round(self.minutes.get(state, 0) / 60, 1)

    @property
    def hours_asked(self) -> float:
        """Asked for and not agreed yet."""
        return self.hours(ReleaseState.ASKED)

    @property
    def hours_agreed(self) -> float:
        return self.hours(ReleaseState.AGREED)


@dataclass(frozen=True)
class Stuck:
    """One open review: how long it has been out, and with whom it is."""

    standing: Standing
    title: str
    days: int

    @property
    def submission(self) -> Submission:
        return self.standing.submission


@dataclass(frozen=True)
class CommitteeNumbers:
    """One committee in the period: its sides, what is open, what is asked for or stopped, rounds each text took."""

    committee: Committee
    sides: list[SideNumbers]
    stuck: list[Stuck]
    requests: int
    stops: int
    rounds: Spread
    longest: list[tuple[str, int]] = field(default_factory=list)


def numbers(*, days: int, committee=None) -> list[CommitteeNumbers]:
    """Every committee, or one: what was sent in the last `days` days, and everything that is open."""
    since = timezone.now() - timedelta(days=days)
    rows = Submission.objects.with_record().filter(Q(opened_at__gte=since) | Q(decisions=None)).distinct()
    committees = Committee.objects.prefetch_related("holidays")
    if committee is not None:
        rows, committees = rows.filter(committee=committee), committees.filter(pk=committee.pk)
    rows = list(rows.order_by("opened_at"))
    minutes = _minutes(rows, since)
    titles = titles_of(rows)
    mine = defaultdict(list)
    for row in rows:
        mine[row.committee_id].append(standing(row))
    return [_of(one, mine[one.pk], minutes, titles, since) for one in committees]


def key_days(submission: Submission) -> dict[str, int]:
    """{side: working days from sent to the key that held in the end}, for each side whose key is turned.

    Replays the chain (uses prefetched entries). A key that was turned back does not count until it was turned again.
    """
    entries = list(submission.entries.all())
    turned: dict[str, object] = {}
    for place, entry in enumerate(entries, start=1):
        if entry.kind not in TURNING:
            continue
        for side in queries.tally_of(_Until(submission, entries[:place])).sides:
            if not side.holds:
                turned.pop(side.side, None)
            else:
                turned.setdefault(side.side, entry.at)
    opened, holidays = timezone.localdate(submission.opened_at), queries.holidays_of(submission.committee)
    return {side: workdays.between(opened, timezone.localdate(at), holidays) for side, at in turned.items()}


class _Until:
    """A submission as it stood after some of its entries."""

    def __init__(self, submission: Submission, entries: list):
        self._submission, self._entries = submission, entries

    def __getattr__(self, name):
        return getattr(self._submission, name)

    @property
    def entries(self):
        return self

    def all(self) -> list:
        return self._entries


def _of(committee, places: list[Standing], minutes, titles, since) -> CommitteeNumbers:
    recent = [place.submission for place in places if place.submission.opened_at >= since]
    keys = [key_days(row) for row in recent]
    open_ones = [place for place in places if place.is_open]
    today, holidays = timezone.localdate(), queries.holidays_of(committee)
    rounds = {}
    for row in recent:
        rounds[row.subject_uid] = (titles[row.pk], max(row.round, rounds.get(row.subject_uid, ("", 0))[1]))
    return CommitteeNumbers(
        committee=committee,
        sides=[
            SideNumbers(
                side,
                committee.party(side),
                Spread.of([found[side] for found in keys if side in found]),
                sum(side in place.waiting_for for place in open_ones),
                minutes[committee.pk, side.value],
            )
            for side in Side
        ],
        stuck=[
            Stuck(
                place,
                titles[place.submission.pk],
                workdays.between(timezone.localdate(place.submission.opened_at), today, holidays),
            )
            for place in open_ones
        ],
        requests=sum(len(place.asking) for place in open_ones),
        stops=sum(len(place.blocking) for place in open_ones),
        rounds=Spread.of([number for _title, number in rounds.values()]),
        longest=sorted((row for row in rounds.values() if row[1] > 1), key=lambda row: -row[1])[:10],
    )


def _minutes(rows, since) -> dict[tuple, dict[str, int]]:
    """{(committee, side): {state: minutes}}: the newest word for each person and text; who it was is left behind."""
    committees = {row.pk: row.committee_id for row in rows if row.opened_at >= since}
    newest = {}
    times = ReleaseTime.objects.filter(submission__in=committees).order_by("pk")
    for submission, person, side, state, minutes in times.values_list(
        "submission_id", "person_id", "side", "state", "minutes"
    ):
        newest[submission, person] = (committees[submission], side, state, minutes)
    found = defaultdict(lambda: defaultdict(int))
    for committee, side, state, minutes in newest.values():
        found[committee, side][state] += minutes
    return found
