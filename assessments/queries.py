"""Named reads of tries, sheets and results. None of them grows with learners, assessments or sheets."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from assessments.enums import Outcome, SheetKind
from assessments.models import Appeal, Attempt, Result, Sheet, Words
from assessments.policy.scoring import Mark, Past, Seen, TaskEntry, Try, wanted


def newest(results: Iterable[Result]) -> dict[UUID, Result]:
    """{try: the result that counts}: of each try the newest row."""
    return {row.attempt_id: row for row in sorted(results, key=lambda row: (row.at, row.corrects_id is not None))}


def with_work(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Tries with everything they are decided from: sheets, third look, results, talks. Eight queries."""
    return attempts.select_related("learner__person").prefetch_related(
        "sheets__rater", "sheets__witness", "third_look", "results", "talks", "attestations__witness"
    )


def tries_of(learner_id: UUID, assessment_uid) -> list[Attempt]:
    """A learner's tries at one assessment in whatever group, oldest first."""
    rows = Attempt.objects.filter(learner=learner_id, assessment_uid=assessment_uid)
    return list(with_work(rows).order_by("opened_at", "number"))


def tries_of_many(learner_ids: Iterable[UUID], assessment_uid) -> dict[UUID, list[Attempt]]:
    """{learner: their tries at one assessment in whatever group, oldest first}: as many queries as for one learner."""
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    rows = Attempt.objects.filter(learner__in=list(learner_ids), assessment_uid=assessment_uid)
    for attempt in with_work(rows).order_by("opened_at", "number"):
        found[attempt.learner_id].append(attempt)
    return found


def result_of(attempt: Attempt) -> Result | None:
    """The result of a try that counts now."""
    return newest(attempt.results.all()).get(attempt.pk)


def third_look_of(attempt: Attempt):
    return getattr(attempt, "third_look", None)


def sheets_of(attempt: Attempt, kind: SheetKind) -> list[Sheet]:
    """The sheets of one kind in the order they came, but for what was turned away."""
    away = {one.cosigns_id for one in attempt.sheets.all() if one.kind == SheetKind.TURNED_AWAY}
    return [sheet for sheet in attempt.sheets.all() if sheet.kind == kind and sheet.pk not in away]


def turned_away(attempt: Attempt) -> int:
    """How many sheets of a try nobody of the course could confirm."""
    return sum(one.kind == SheetKind.TURNED_AWAY for one in attempt.sheets.all())


def written(attempt: Attempt) -> list[Sheet]:
    """What people wrote down of a try, whole or task by task."""
    return [*sheets_of(attempt, SheetKind.TRY), *sheets_of(attempt, SheetKind.TASK)]


def confirmed(attempt: Attempt, sheet: Sheet) -> bool:
    """Whether a sheet counts: somebody with an account wrote it, or an assessor confirmed who signed it."""
    return sheet.rater_id is not None or any(
        one.cosigns_id == sheet.pk and one.rater_id for one in sheets_of(attempt, SheetKind.COSIGN)
    )


def who(sheet: Sheet) -> str:
    """The pseudonym of whoever wrote a sheet."""
    return str(sheet.rater_id or sheet.witness_id)


def marks_of(rows: list[dict]) -> dict[str, Mark]:
    """Stored marks as rules read them."""
    return {row["criterion"]: Mark(row["met"], row.get("level")) for row in rows}


def stored(marks: dict[str, Mark], more: dict[str, dict] | None = None) -> list[dict]:
    """Marks as they are stored, with what else was noted of a criterion (seconds, prompts)."""
    return [
        {
            "criterion": criterion,
            "met": mark.met,
            **({"level": mark.level} if mark.level is not None else {}),
            **((more or {}).get(criterion, {})),
        }
        for criterion, mark in marks.items()
    ]


def counting(attempt: Attempt, kind: SheetKind) -> list[Sheet]:
    """The same without what a witness signed whom nobody confirmed."""
    return [sheet for sheet in sheets_of(attempt, kind) if confirmed(attempt, sheet)]


def seen_of(attempt: Attempt) -> list[Seen]:
    """What raters wrote down of a try, as rules read it; a witness nobody confirmed is not among them."""
    return [
        Seen(who(sheet), marks_of(sheet.marks), frozenset(sheet.stopped), sheet.may_discipline)
        for sheet in counting(attempt, SheetKind.TRY)
    ]


def places(attempt: Attempt) -> int:
    """How many more people are wanted at a try. A witness nobody confirmed yet may still be one: theirs is taken."""
    rows = sheets_of(attempt, SheetKind.TRY)
    return wanted([Seen(who(one), {}, frozenset(), one.may_discipline) for one in rows], attempt.raters)


def entries_of(attempt: Attempt) -> list[TaskEntry]:
    """The task log of a try, as rules read it, by when it was done. A witness needs an account beside them."""
    signed = defaultdict(set)
    for sheet in sheets_of(attempt, SheetKind.COSIGN):
        signed[sheet.cosigns_id].add(who(sheet))
    return [
        TaskEntry(row["criterion"], row["met"], frozenset({who(sheet)} | signed[sheet.pk]), sheet.may_discipline)
        for sheet in sorted(counting(attempt, SheetKind.TASK), key=lambda one: one.seen_at)
        for row in sheet.marks
    ]


def as_try(attempt: Attempt, result: Result) -> Try:
    return Try(result.met, frozenset(result.raters), attempt.yardstick, result.outcome != Outcome.VOID)


def as_past(attempt: Attempt, result: Result) -> Past:
    kinds = {talk.kind for talk in attempt.talks.all()}
    basis = result.basis
    return Past(
        met=result.met,
        # A corrected result keeps the counts of the sheets; what was found to be shown needs no talk.
        critical_failure=not result.met and bool(basis.get("missed") or basis.get("stopped")),
        coached=bool(kinds),
        planned="plan" in kinds,
    )


def past_of(attempts: Iterable[Attempt]) -> list[Past]:
    """Decided tries as the next one looks back on them; what does not count is passed over."""
    pairs = [(attempt, result_of(attempt)) for attempt in attempts]
    return [as_past(attempt, row) for attempt, row in pairs if row and row.outcome != Outcome.VOID]


def words_of(uids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """{what they belong to: {about: text}}, one query."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in Words.objects.filter(of__in=list(uids)):
        found[row.of][row.about] = row.text
    return found


def hearers_of(appeal: Appeal) -> dict[str, UUID]:
    """{side: person} who was asked last, one query."""
    return {row.side: row.person_id for row in appeal.hearers.all()}
