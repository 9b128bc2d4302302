"""How the people who assess a course see alike, and what each point still tells. For the coordinator alone.

Numbers are about sheets and never about a learner; an alert is a reason to talk with somebody. Nothing here is read
of a try before everybody who is wanted has sent, and nothing is said on fewer than ten sheets.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import floor
from uuid import UUID

from django.db.models import Q

from assessments import instrument, queries
from assessments.actions import moderating
from assessments.enums import SheetKind
from assessments.groups import Group
from assessments.instrument import Instrument
from assessments.models import Attempt, Moderated, Sheet
from assessments.policy import agreement, watching
from assessments.policy.agreement import TARGET, Kappa, Share
from courses.assessing.trial import is_open_to_all


@dataclass(frozen=True)
class PointLine:
    text: str
    is_critical: bool
    share: Share
    kappa: Kappa

    @property
    def beyond(self) -> Decimal | None:
        return cut(self.kappa)


@dataclass(frozen=True)
class Agreement:
    """One assessment that two people saw. `reaches_target` is None where no critical point was marked by both."""

    title: str
    tries: int
    all: Share
    critical: Share
    kappa: Kappa
    points: tuple[PointLine, ...]

    @property
    def reaches_target(self) -> bool | None:
        return None if self.critical.share is None else self.critical.share >= TARGET

    @property
    def beyond(self) -> Decimal | None:
        return cut(self.kappa)


def cut(kappa: Kappa) -> Decimal | None:
    """Kappa with two places, the rest cut off and never rounded up."""
    return None if kappa.value is None else Decimal(floor(kappa.value * 100)) / 100


@dataclass(frozen=True)
class Alert:
    """A rater who says *met* of a point more often, or less often, than the others."""

    name: str
    title: str
    text: str
    drift: watching.Drift


@dataclass(frozen=True)
class Told:
    """A point nobody, or everybody, misses."""

    title: str
    text: str
    health: watching.Health


@dataclass(frozen=True)
class Watched:
    """`is_enough` is False while there is too little to say anything."""

    sheets: int
    agreements: tuple[Agreement, ...] = ()
    alerts: tuple[Alert, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.sheets >= watching.ENOUGH


def watched(group: Group, waiting: list[UUID]) -> Watched:
    """What the sheets of a group say about those who wrote them; `waiting` is of `waiting_for_a_look`.

    As many queries for ten sheets as for a thousand.
    """
    sheets = _sheets(group, waiting)
    if len(sheets) < watching.ENOUGH:
        return Watched(len(sheets))
    known = instrument.read_many(sheet.attempt.instrument for sheet in sheets)
    reads = {sheet.attempt.assessment_uid: known[sheet.attempt.instrument] for sheet in sheets}
    names = {str(sheet.rater_id): str(sheet.rater) for sheet in sheets if sheet.rater_id}
    marks = [
        watching.Seen(queries.who(sheet), f"{sheet.attempt.assessment_uid}:{row['criterion']}", row["met"])
        for sheet in sheets
        for row in sheet.marks
    ]
    alerts = [
        Alert(names[one.rater], *_told(reads, one.criterion), one)
        for one in watching.drifts(marks)
        if one.rater in names
    ]
    health = sorted(watching.health(marks).values(), key=lambda one: one.criterion)
    told = [Told(*_told(reads, one.criterion), one) for one in health if one.says]
    return Watched(len(sheets), tuple(_agreements(sheets, reads)), tuple(alerts), tuple(told))


def _sheets(group: Group, waiting: list[UUID]) -> list[Sheet]:
    """Sheets of whole tries of which everybody who is wanted has sent theirs, so that nothing of an open one shows."""
    ready = Q(attempt__in=waiting) | Q(attempt__results__isnull=False)
    rows = Sheet.objects.filter(ready, attempt__group=group.uid, kind=SheetKind.TRY)
    return list(rows.select_related("attempt", "rater", "witness").distinct())


def waiting_for_a_look(group: Group) -> list[UUID]:
    """Tries that wait for a third look."""
    rows = queries.with_work(Attempt.objects.filter(group=group.uid, results__isnull=True))
    return [one.pk for one in rows if is_open_to_all(one)]


def _told(reads: dict[UUID, Instrument], key: str) -> tuple[str, str]:
    """(title of the assessment, words of the point)."""
    uid, _colon, criterion = key.partition(":")
    read = reads[UUID(uid)]
    point = read.point(criterion)
    return read.title, point.text if point else criterion


def _agreements(sheets: list[Sheet], reads: dict[UUID, Instrument]):
    """Of each assessment every two sheets about one try, by title."""
    by_try = defaultdict(list)
    for sheet in sheets:
        by_try[sheet.attempt].append({row["criterion"]: row["met"] for row in sheet.marks})
    pairs = defaultdict(list)
    for attempt, marked in by_try.items():
        pairs[attempt.assessment_uid] += combinations(marked, 2)
    for uid, read in sorted(reads.items(), key=lambda one: one[1].title):
        if pairs[uid]:
            yield _agreement(read, pairs[uid])


def _agreement(read: Instrument, pairs) -> Agreement:
    shares = agreement.by_criterion(pairs)
    points = [
        PointLine(
            one.text,
            one.critical,
            shares[one.id],
            agreement.kappa(
                (first[one.id], second[one.id]) for first, second in pairs if one.id in first.keys() & second
            ),
        )
        for one in read.criteria
        if one.id in shares
    ]
    critical = agreement.over_all(shares, [one.id for one in read.criteria if one.critical])
    kappa = agreement.kappa(agreement.marks_of(pairs))
    return Agreement(read.title, len(pairs), agreement.over_all(shares), critical, kappa, tuple(points))


@dataclass(frozen=True)
class Sampled:
    """A sheet to look at again. Whoever looks is not told who wrote it."""

    sheet: Sheet
    title: str
    learner: UUID
    again: Moderated | None


def sampled(group: Group, waiting: list[UUID]) -> list[Sampled]:
    """The sheets of the sample of which nothing has to stay hidden, those still to look at first."""
    sheets = moderating.sample(group.uid)
    decided = Attempt.objects.filter(group=group.uid, results__isnull=False, sheets__in=sheets)
    ready = {*decided.values_list("pk", flat=True), *waiting}
    again = {row.sheet_id: row for row in Moderated.objects.filter(sheet__in=sheets)}
    known = instrument.read_many(one.digest for one in sheets)
    found = [
        Sampled(one, known[one.digest].title, one.attempt.learner_id, again.get(one.pk))
        for one in sheets
        if one.attempt_id in ready
    ]
    return sorted(found, key=lambda one: one.again is not None)


def moderation(found: list[Sampled]) -> agreement.Moderation:
    """What looking at the sample again came to."""
    done = [one for one in found if one.again]
    critical = {point.id for one in done for point in instrument.read(one.sheet.digest).criteria if point.critical}
    pairs = [
        (
            {row["criterion"]: row["met"] for row in one.sheet.marks},
            {row["criterion"]: row["met"] for row in one.again.marks},
        )
        for one in done
    ]
    return agreement.moderation(pairs, critical)
