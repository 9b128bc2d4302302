"""Whether what was seen is enough. Exact and pure: whole numbers and fractions, nothing is rounded, nothing averaged.

A try is met when every critical criterion is met, nothing stopped it, and of the others at least the share the
instrument asks for is. A skill is competent when enough tries in a row are met, and not all by one person's word
(docs/assessment.md: times in a row).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

NOT_YETS_BEFORE_A_PLAN = 3


@dataclass(frozen=True)
class Criterion:
    """One thing to see. What is not scored is watched and said, and counts for nothing."""

    id: str
    critical: bool = False
    scored: bool = True


@dataclass(frozen=True)
class Rule:
    """What an instrument asks for. `others` is the share of the criteria that are not critical, None where none is
    asked for; `enough` the lowest level of a rubric that counts as met, None where there is no rubric."""

    criteria: tuple[Criterion, ...]
    others: Fraction | None = None
    consecutive: int = 1
    raters: int = 1
    enough: int | None = None

    @property
    def scored(self) -> tuple[Criterion, ...]:
        return tuple(one for one in self.criteria if one.scored)


@dataclass(frozen=True)
class Mark:
    """What one person says of one criterion: met or not, and the level where there is a rubric."""

    met: bool
    level: int | None = None


@dataclass(frozen=True)
class Judgement:
    """What a set of marks comes to. `missed` are critical criteria that were not met, `stopped` what ended the try."""

    met: bool
    critical: int
    critical_of: int
    others: int
    others_of: int
    missed: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()

    @property
    def is_critical_failure(self) -> bool:
        return bool(self.missed or self.stopped)

    @property
    def counts(self) -> dict:
        """For the record, in whole numbers."""
        return {
            "critical": [self.critical, self.critical_of],
            "others": [self.others, self.others_of],
            "missed": list(self.missed),
            "stopped": list(self.stopped),
        }


def mark_of_level(rule: Rule, level: int) -> Mark:
    """A level of a rubric as met or not. Raises ValueError where the instrument has no levels."""
    if rule.enough is None:
        raise ValueError("this assessment has no levels")
    return Mark(level >= rule.enough, level)


def mark_of(rule: Rule, said: bool | int) -> Mark:
    """What was said of a criterion, yes or no or a level. Raises ValueError as `mark_of_level` does."""
    return Mark(said) if isinstance(said, bool) else mark_of_level(rule, said)


def judge(rule: Rule, marks: Mapping[str, Mark], stopped: Collection[str] = ()) -> Judgement:
    """What these marks come to. A criterion without a mark is not met; marks of unknown criteria count for nothing."""

    def met(criterion: Criterion) -> bool:
        mark = marks.get(criterion.id)
        return mark is not None and mark.met

    critical = [one for one in rule.scored if one.critical]
    others = [one for one in rule.scored if not one.critical]
    missed = tuple(one.id for one in critical if not met(one))
    count = sum(met(one) for one in others)
    return Judgement(
        met=not missed and not stopped and _is_share(count, len(others), rule.others),
        critical=len(critical) - len(missed),
        critical_of=len(critical),
        others=count,
        others_of=len(others),
        missed=missed,
        stopped=tuple(sorted(stopped)),
    )


def _is_share(count: int, of: int, share: Fraction | None) -> bool:
    return share is None or count * share.denominator >= of * share.numerator


@dataclass(frozen=True)
class Seen:
    """What one rater wrote down of a try."""

    rater: str
    marks: Mapping[str, Mark]
    stopped: frozenset[str] = frozenset()
    may_discipline: bool = False


@dataclass(frozen=True)
class Verdict:
    """How a try stands. `differ` are ids of criteria and stops that raters see differently and a third must decide;
    with `more` further raters are wanted. Otherwise `judgement` is what all of them came to."""

    judgement: Judgement | None = None
    differ: tuple[str, ...] = ()
    more: int = 0


def wanted(seen: Sequence[Seen], raters: int) -> int:
    """How many more people must see a try. Whoever may discipline the learner never decides alone."""
    more = max(raters - len(seen), 0)
    if not more and seen and all(one.may_discipline for one in seen):
        return 1
    return more


def bring_together(rule: Rule, seen: Sequence[Seen], raters: int) -> Verdict:
    """What several raters came to, each on their own.

    They agree when each alone comes to the same, none sees a critical criterion or a stop otherwise than another, and
    nothing they differ in could change the outcome: then that is it, with the fewest criteria any of them saw as met.
    Otherwise a third decides everything they differ in; no mark is ever averaged, and none outvoted.
    """
    more = wanted(seen, raters)
    if more or not seen:
        return Verdict(more=more or max(raters, 1))
    alone = [judge(rule, one.marks, one.stopped) for one in seen]
    differ = differences(rule, seen)
    critical = {one.id for one in rule.scored if one.critical}
    grave = any(one in critical for one in differ) or len({one.stopped for one in seen}) > 1
    if grave or len({one.met for one in alone} | {_at_best(rule, seen)}) > 1:
        return Verdict(differ=differ)
    return Verdict(judgement=min(alone, key=lambda one: one.others))


def _at_best(rule: Rule, seen: Sequence[Seen]) -> bool:
    """Whether it were met if whatever any of them saw as met is: two may say *not yet* for reasons that cancel out."""
    anybody = {one.id: Mark(any(_met(one.id, sheet) for sheet in seen)) for one in rule.scored}
    return judge(rule, anybody, frozenset.intersection(*(one.stopped for one in seen))).met


def differences(rule: Rule, seen: Sequence[Seen]) -> tuple[str, ...]:
    """Ids that not everybody sees alike: criteria in their order, then what stopped the try."""
    differ = [one.id for one in rule.scored if len({_met(one.id, sheet) for sheet in seen}) > 1]
    stops = sorted(set().union(*(one.stopped for one in seen)) - frozenset.intersection(*(one.stopped for one in seen)))
    return (*differ, *stops)


def settle(rule: Rule, seen: Sequence[Seen], decided: Mapping[str, Mark], stopped: Collection[str]) -> Judgement:
    """The outcome after a third look: what all saw alike, and for the rest what the third decided.

    Raises ValueError where the third left something open.
    """
    differ = differences(rule, seen)
    criteria = {one.id for one in rule.scored}
    if open_ := [one for one in differ if one in criteria and one not in decided]:
        raise ValueError(f"still open: {', '.join(open_)}")
    alike = {one: mark for one, mark in seen[0].marks.items() if one not in differ}
    disputed = {one for one in differ if one not in criteria}
    stops = (seen[0].stopped - disputed) | (frozenset(stopped) & disputed)
    return judge(rule, alike | {one: decided[one] for one in differ if one in criteria}, sorted(stops))


def _met(criterion: str, sheet: Seen) -> bool:
    mark = sheet.marks.get(criterion)
    return mark is not None and mark.met


@dataclass(frozen=True)
class Try:
    """A decided try, for counting in a row: whether it was met, by whom it was seen, and by which yardstick."""

    met: bool
    raters: frozenset[str]
    yardstick: str = ""
    counts: bool = True


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with a skill after their tries. `in_a_row` counts from the newest back."""

    competent: bool
    in_a_row: int
    still: int
    needs_another_rater: bool = False


def standing(tries: Sequence[Try], consecutive: int) -> Standing:
    """After `tries`, oldest first. A try that does not count (void) is passed over; another yardstick starts anew.

    Where more than one in a row is asked for, one that makes the row long enough and the one before it must not both
    rest on the same single person's word. Further tries that are met never take that away.
    """
    consecutive = max(consecutive, 1)
    rows = [one for one in tries if one.counts]
    row: list[Try] = []
    for one in reversed(rows):
        if not one.met or one.yardstick != rows[-1].yardstick:
            break
        row.append(one)
    still = max(consecutive - len(row), 0)
    if still:
        return Standing(False, len(row), still)
    last = range(len(row) - consecutive + 1)
    other = consecutive == 1 or any(len(row[one].raters | row[one + 1].raters) > 1 for one in last)
    return Standing(other, len(row), 0, needs_another_rater=not other)


@dataclass(frozen=True)
class Before:
    """What stands before the next try: a talk about what was critical, a meeting with the learner after three."""

    coaching: bool = False
    plan: bool = False

    def __bool__(self) -> bool:
        return self.coaching or self.plan


@dataclass(frozen=True)
class Past:
    """A decided try as the next one looks back on it."""

    met: bool
    critical_failure: bool = False
    coached: bool = False
    planned: bool = False


def before_next(past: Sequence[Past]) -> Before:
    """What must be done before the next try, oldest first: coaching after a critical failure, and a plan meeting
    after every third *not yet* since the last success or the last meeting."""
    if not past:
        return Before()
    last, not_yets = past[-1], 0
    for one in past:
        not_yets = 0 if one.met or one.planned else not_yets + 1
    return Before(
        coaching=last.critical_failure and not last.coached, plan=not_yets >= NOT_YETS_BEFORE_A_PLAN and not last.met
    )


@dataclass(frozen=True)
class TaskEntry:
    """One time a task was done at work: how much help it took, and whether a second person signed."""

    criterion: str
    met: bool
    signers: frozenset[str] = field(default_factory=frozenset)
    may_discipline: bool = False


def tasks_done(rule: Rule, entries: Sequence[TaskEntry]) -> dict[str, int]:
    """{criterion: times in a row, newest back}. Of a critical task only times count that two people signed; of any
    task none that only somebody signed who may discipline the learner."""
    found = {}
    for criterion in rule.scored:
        row = 0
        for one in reversed([one for one in entries if one.criterion == criterion.id]):
            alone = len(one.signers) < 2 and (criterion.critical or one.may_discipline)
            if alone:
                continue
            if not one.met:
                break
            row += 1
        found[criterion.id] = row
    return found
