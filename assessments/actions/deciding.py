"""What a try comes to: a result where everything is there, a third look where people saw it differently."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import groups, instrument, methods, queries
from assessments.enums import Outcome, Ruling, SheetKind
from assessments.evidence import keeping
from assessments.models import Attempt, Result, ThirdLook, Words
from assessments.permissions import check_can_assess, check_can_coordinate
from assessments.policy import scoring
from assessments.policy.scoring import Judgement, Mark, Verdict
from assessments.signals import corrected
from curriculum.review.workdays import later
from users.models import Learner, Person, User

#: Why a further result was written down, as kept in the record: by whom it was corrected, or that a try before it was.
BY_APPEAL, BY_COORDINATOR, BY_ROW = "appeal", "coordinator", "row"


class NotDecided(ValueError):
    """Nothing was decided; says why and what to do."""


def fresh(attempt: Attempt) -> Attempt:
    """The same try with everything that is decided from, as it is now."""
    return queries.with_work(Attempt.objects.filter(pk=attempt.pk)).get()


def held(attempt: Attempt) -> Attempt:
    """The same, while nobody else writes about this learner until the act is done: two who decide a try at the same
    moment would each miss what the other wrote."""
    hold(attempt.learner_id)
    return fresh(attempt)


def hold(learner: UUID) -> Learner:
    """One act at a time about one learner, from here to the end of the transaction."""
    return Learner.objects.select_for_update(of=("self",)).select_related("person").get(pk=learner)


def verdict(attempt: Attempt) -> Verdict:
    """How a try stands, from what people wrote down. No query for a try read with its work."""
    rule = instrument.read(attempt.instrument).rule
    if methods.of(attempt.method).sheet_kind == SheetKind.TASK:
        return _verdict_of_tasks(attempt, rule)
    look, seen = queries.third_look_of(attempt), queries.seen_of(attempt)
    if look is not None:
        judged = scoring.settle(rule, seen, queries.marks_of(look.marks), look.stopped)
        return Verdict(judgement=judged)
    return scoring.bring_together(rule, seen, attempt.raters)


def settle(attempt: Attempt) -> Result | None:
    """Write the result of a try down where it is decided and was not yet. Called within the act that may decide it."""
    attempt = fresh(attempt)
    if queries.result_of(attempt) is not None:
        return None
    found = verdict(attempt)
    if not found.judgement:
        return None
    row = _result(attempt, found.judgement)
    _follow(attempt)
    return row


@transaction.atomic
def look_again(
    *, attempt: Attempt, by: User, marks: Mapping[str, bool | int], stopped=(), reasons: Mapping[str, str]
) -> Result:
    """A third person decides what the raters differ in, each with a reason. Raises NotDecided, PermissionDenied."""
    check_can_assess(by, groups.find(attempt.group))
    attempt = held(attempt)
    found, read = verdict(attempt), instrument.read(attempt.instrument)
    if not found.differ or queries.result_of(attempt):
        raise NotDecided(_("Nothing is open here: it was decided meanwhile, or a sheet has yet to come."))
    if by.person_id in {sheet.rater_id for sheet in attempt.sheets.all()} | {attempt.learner_id}:
        raise NotDecided(_("You saw this try yourself. Somebody else takes the third look. Nothing was decided."))
    if [one for one in found.differ if not reasons.get(one, "").strip()]:
        raise NotDecided(_("Write a reason for each point they saw differently. Nothing was decided yet."))
    criteria = {one.id for one in read.criteria}
    decided = {one: scoring.mark_of(read.rule, marks[one]) for one in found.differ if one in criteria and one in marks}
    stops = sorted(one for one in found.differ if one not in criteria and one in stopped)
    if [one for one in found.differ if one in criteria and one not in decided]:
        raise NotDecided(_("Decide each point they saw differently. Nothing was decided yet."))
    look = ThirdLook.objects.create(attempt=attempt, person=by.person, marks=queries.stored(decided), stopped=stops)
    Words.objects.bulk_create(
        Words(learner=attempt.learner, of=look.pk, about=one, text=reasons[one].strip()) for one in found.differ
    )
    return settle(attempt)


@transaction.atomic
def correct(*, result: Result, by: User, ruling: Ruling, text: str) -> Result:
    """The coordinator corrects what was written down wrongly of a try, or lets it not count. The old row stays.

    Raises NotDecided, PermissionDenied.
    """
    check_can_coordinate(by)
    if not text.strip():
        raise NotDecided(_("Write why, in a sentence. The result is as it was."))
    attempt = held(result.attempt)
    if queries.result_of(attempt).pk != result.pk:
        raise NotDecided(_("Another result of this try was written down meanwhile. Read that one first."))
    if ruling == ruling_of(result):
        raise NotDecided(_("That is what it says already. The result is as it was."))
    return amend(attempt, result, ruling, why=BY_COORDINATOR, by=by.person, text=text)


def ruling_of(result: Result) -> Ruling:
    """What a result says of its try."""
    if result.outcome == Outcome.VOID:
        return Ruling.VOID
    return Ruling.MET if result.met else Ruling.NOT_MET


def amend(attempt: Attempt, result: Result, ruling: Ruling, *, why: str, by: Person | None = None, text: str = ""):
    """A further row after the newest `result` of a held try. What the skill comes to follows from the row of tries."""
    outcome = Outcome.VOID if ruling == Ruling.VOID else Outcome.NOT_YET
    if ruling == Ruling.MET:
        outcome = _when_met(attempt, instrument.read(attempt.instrument), result.raters)
    row = _further(attempt, result, outcome, met=ruling == Ruling.MET, why=why, by=by)
    if text.strip():
        Words.objects.create(learner=attempt.learner, of=row.pk, text=text.strip())
    _follow(attempt)
    return row


def _verdict_of_tasks(attempt: Attempt, rule: scoring.Rule) -> Verdict:
    """A log of tasks is decided once every critical one and the share of the others was done often enough, or when
    something stopped it."""
    stopped = sorted({one for sheet in queries.counting(attempt, SheetKind.TASK) for one in sheet.stopped})
    done = scoring.tasks_done(rule, queries.entries_of(attempt))
    judged = scoring.judge(rule, {one: Mark(times >= rule.consecutive) for one, times in done.items()}, stopped)
    return Verdict(judgement=judged) if judged.met or stopped else Verdict(more=1)


def _further(attempt: Attempt, result: Result, outcome: Outcome, *, met: bool, why: str, by: Person | None) -> Result:
    kept = ("instrument", "edition", "release", "language", "raters", "rules", "basis")
    decided_on = timezone.localdate(min(row.at for row in attempt.results.all()))
    row = Result.objects.create(
        attempt=attempt,
        met=met,
        outcome=outcome,
        valid_until=_valid_until(attempt, decided_on) if met else None,
        corrects=result,
        why=why,
        person=by,
        **{name: getattr(result, name) for name in kept},
    )
    corrected.send(sender=Result, result=row, by=by)
    return row


def _follow(changed: Attempt) -> None:
    """Tries after this one that were enough come to what the row of tries now says."""
    tries = queries.tries_of(changed.learner_id, changed.assessment_uid)
    for attempt in tries[[one.pk for one in tries].index(changed.pk) + 1 :]:
        result = queries.result_of(attempt)
        if result is None or not result.met:
            continue
        outcome = _when_met(attempt, instrument.read(attempt.instrument), result.raters)
        if outcome != result.outcome:
            _further(attempt, result, outcome, met=True, why=BY_ROW, by=None)


def _result(attempt: Attempt, judged: Judgement) -> Result:
    read = instrument.read(attempt.instrument)
    gaps = sorted({gap for sheet in queries.written(attempt) for gap in sheet.more.get("gaps", ())})
    raters = _raters(attempt)
    met = judged.met and not gaps
    keeping.after_result(attempt=attempt, on=timezone.localdate())
    keeping.hold_to(attempt=attempt)
    return Result.objects.create(
        attempt=attempt,
        met=met,
        outcome=_when_met(attempt, read, raters) if met else Outcome.NOT_YET,
        instrument=attempt.instrument,
        edition=attempt.edition,
        release=attempt.release,
        language=attempt.language,
        raters=raters,
        rules=_rules(attempt),
        basis=judged.counts | ({"gaps": gaps} if gaps else {}) | _share(read),
        valid_until=_valid_until(attempt, timezone.localdate()) if met else None,
        person=None,
    )


def _when_met(attempt: Attempt, read: instrument.Instrument, raters: list[str]) -> Outcome:
    """What this met try comes to with those before it: enough in a row, and not all by one person's word."""
    slice_ = methods.of(attempt.method)
    if slice_.sheet_kind == SheetKind.TASK:
        return slice_.when_met
    tries = queries.tries_of(attempt.learner_id, attempt.assessment_uid)
    before = tries[: [one.pk for one in tries].index(attempt.pk)]
    row = [queries.as_try(one, result) for one in before if (result := queries.result_of(one))]
    now = scoring.Try(True, frozenset(raters), attempt.yardstick)
    is_enough = scoring.standing([*row, now], read.rule.consecutive).competent
    return slice_.when_met if is_enough else Outcome.NOT_YET


def _raters(attempt: Attempt) -> list[str]:
    """Everybody whose word decided, by pseudonym."""
    kind = methods.of(attempt.method).sheet_kind
    found = [queries.who(sheet) for sheet in queries.counting(attempt, kind)]
    if kind == SheetKind.TASK:
        found += [queries.who(sheet) for sheet in queries.sheets_of(attempt, SheetKind.COSIGN)]
    look = queries.third_look_of(attempt)
    return sorted(set(found) | ({str(look.person_id)} if look else set()))


def _rules(attempt: Attempt) -> list[str]:
    """Evidence rules that every sheet of the try ticked."""
    ticked = [set(sheet.rules) for sheet in queries.counting(attempt, SheetKind.TRY)]
    return sorted(set.intersection(*ticked)) if ticked else []


def _share(read: instrument.Instrument) -> dict:
    others = read.rule.others
    return {} if others is None else {"share": [others.numerator, others.denominator]}


def _valid_until(attempt: Attempt, decided_on: date) -> date | None:
    """A correction does not make it new: the months count from the day when the try was decided first."""
    months = instrument.read(attempt.instrument).valid_months
    return later(decided_on, months) if months else None
