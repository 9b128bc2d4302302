"""One try as somebody may read it. Until everybody who is wanted has sent a sheet, each reads their own and no other:
whoever knows what another saw no longer sees for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from assessments import instrument, methods, queries
from assessments.actions import deciding
from assessments.enums import EvidenceRule, SheetKind
from assessments.instrument import Instrument
from assessments.models import Attempt, Evidence, Result, Sheet
from assessments.policy import scoring
from courses.assessing import queue
from users.models import Person


@dataclass(frozen=True)
class Seen:
    """One sheet as it is read: `by` is a name, `witness` whoever signed without an account, `lines` by what they
    speak of: {id: (word, note)}."""

    sheet: Sheet
    by: str
    rules: tuple[str, ...]
    alternative: str
    lines: Mapping[str, tuple[str, str]]
    cosigned: tuple[str, ...] = ()

    @property
    def witness(self):
        return self.sheet.witness


@dataclass(frozen=True)
class Line:
    """A point, or what stops a try, with what each said of it; `third` is the third look's word and reason."""

    id: str
    text: str
    is_critical: bool
    is_stop: bool
    differs: bool
    said: tuple[tuple[str, str, str], ...]
    third: tuple[str, str] | None = None


@dataclass(frozen=True)
class Trial:
    """`hidden` counts sheets that are there and may not be read yet; then `verdict` is None."""

    attempt: Attempt
    read: Instrument
    seen: tuple[Seen, ...]
    hidden: int
    lines: tuple[Line, ...]
    verdict: object
    result: Result | None
    results: tuple[dict, ...]
    look: dict | None
    talks: tuple[dict, ...]
    claim: str
    attestations: tuple[dict, ...]
    evidence: tuple[Evidence, ...]
    unconfirmed: tuple[Sheet, ...]
    to_sign: tuple[Sheet, ...]

    @property
    def is_task(self) -> bool:
        return methods.of(self.attempt.method).sheet_kind == SheetKind.TASK


def is_open_to_all(attempt: Attempt) -> bool:
    """Whether everybody who is wanted has sent: only then does anybody read what another saw. Tasks at work are
    signed by people who read them."""
    if methods.of(attempt.method).sheet_kind == SheetKind.TASK or queries.result_of(attempt):
        return True
    return not deciding.verdict(attempt).more


def trial(attempt: Attempt, person: UUID) -> Trial:
    """What `person` may read of a try, which comes with its work. Three queries, whoever wrote how much."""
    read, is_open = instrument.read(attempt.instrument), is_open_to_all(attempt)
    sheets = queries.written(attempt)
    mine = [sheet for sheet in sheets if is_open or sheet.rater_id == person]
    look = queries.third_look_of(attempt)
    results, talks, attested = attempt.results.all(), attempt.talks.all(), attempt.attestations.all()
    words = queries.words_of(
        [one.pk for one in (*mine, *results, *talks, *attested, attempt, *([look] if look else []))]
    )
    names = _names([look and look.person_id, *(row.person_id for row in (*results, *talks))])
    seen = tuple(_seen(attempt, read, sheet, words[sheet.pk]) for sheet in mine)
    verdict = deciding.verdict(attempt) if is_open else None
    return Trial(
        attempt=attempt,
        read=read,
        seen=seen,
        hidden=len(sheets) - len(mine),
        lines=_lines(attempt, read, seen, look and words[look.pk], verdict),
        verdict=verdict,
        result=queries.result_of(attempt),
        results=tuple(
            {"row": row, "by": names.get(row.person_id), "text": words[row.pk].get("", "")} for row in results
        ),
        look=look and {"by": names.get(look.person_id), "at": look.at},
        talks=tuple({"row": row, "by": names.get(row.person_id), "text": words[row.pk].get("", "")} for row in talks),
        claim=words[attempt.pk].get("", ""),
        attestations=tuple({"row": row, "text": words[row.pk].get("", "")} for row in attested),
        evidence=tuple(evidence_of(attempt)),
        unconfirmed=tuple(queue.unconfirmed(attempt)),
        to_sign=tuple(queue.to_sign(attempt)),
    )


def evidence_of(attempt: Attempt):
    """What supports a try: what was added to it, and what a learner added to the assessment without naming one."""
    of_the_skill = Q(attempt=None, learner=attempt.learner_id, group=attempt.group)
    of_the_skill &= Q(assessment_uid=attempt.assessment_uid)
    return Evidence.objects.filter(Q(attempt=attempt) | of_the_skill, erased_at__isnull=True)


def _names(people) -> dict[UUID, str]:
    """{person: name}, one query."""
    return {row.pk: str(row) for row in Person.objects.filter(pk__in={one for one in people if one})}


def _seen(attempt: Attempt, read: Instrument, sheet: Sheet, notes: Mapping[str, str]) -> Seen:
    stops = {one.id for one in read.stops}
    lines = {row["criterion"]: (_word(read, row), notes.get(row["criterion"], "")) for row in sheet.marks}
    lines |= {one: (_("It happened") if one in sheet.stopped else "", notes.get(one, "")) for one in stops}
    signed = [one for one in queries.sheets_of(attempt, SheetKind.COSIGN) if one.cosigns_id == sheet.pk]
    other = next((one.text for one in read.alternatives if one.id == sheet.alternative), "")
    return Seen(
        sheet=sheet,
        by=str(sheet.rater or sheet.witness),
        rules=tuple(str(EvidenceRule(one).label) for one in sheet.rules),
        alternative=other,
        lines=lines,
        cosigned=tuple(str(one.rater or one.witness) for one in signed),
    )


def _word(read: Instrument, row: dict) -> str:
    """What one mark says: a level by its name, else met or not yet; with seconds and prompts where they were noted."""
    level = next((one.label for one in read.levels if one.number == row.get("level")), "")
    words = [level or (_("Met") if row["met"] else _("Not yet"))]
    if "seconds" in row:
        words.append(_("%(count)d seconds") % {"count": row["seconds"]})
    if row.get("prompts"):
        words.append(_("prompts: %(count)d") % {"count": row["prompts"]})
    return ", ".join(words)


def _lines(attempt, read: Instrument, seen: tuple[Seen, ...], reasons, verdict) -> tuple[Line, ...]:
    look = queries.third_look_of(attempt)
    decided = {row["criterion"]: _word(read, row) for row in look.marks} if look else {}
    several = verdict and methods.of(attempt.method).sheet_kind == SheetKind.TRY and queries.seen_of(attempt)
    differ = set(scoring.differences(read.rule, several)) if several else set()

    def line(one, text, *, is_critical, is_stop):
        said = tuple((who.by, *who.lines.get(one, ("", ""))) for who in seen)
        third = None
        if reasons and one in reasons:
            stopped = _("It happened") if look and one in look.stopped else _("It did not happen")
            third = (stopped if is_stop else decided.get(one, ""), reasons[one])
        return Line(one, text, is_critical, is_stop, one in differ, said, third)

    points = [
        line(one.id, f"{one.code}. {one.text}" if one.code else one.text, is_critical=one.critical, is_stop=False)
        for one in read.criteria
    ]
    stops = [
        line(one.id, one.text, is_critical=True, is_stop=True)
        for one in read.stops
        if one.id in differ or any(who.lines.get(one.id, ("",))[0] for who in seen)
    ]
    return (*points, *stops)
