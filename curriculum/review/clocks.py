"""Which reminders of a review are due. Pure: from days and a charter to steps, so that every case can be tried.

A clock reminds and never answers: nothing here, and nothing that calls it, agrees for anybody. Source: the
partnership's review rules (reminders at half time and two days before the day, notice to the co-chairs on it, then the
principals).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from curriculum.review import workdays
from curriculum.review.charter import Charter
from curriculum.review.enums import ChangeClass, Purpose
from curriculum.review.steps import Step

#: The last reminder comes so many working days before the day itself.
BEFORE = 2


@dataclass(frozen=True)
class Open:
    """A request for a change or an answer that stops the text, still open: its digest and the day it was given."""

    digest: str
    on: date


@dataclass(frozen=True)
class Facts:
    """What the clocks look at. `waits` says whether an answer or a check is still missing."""

    opened: date
    today: date
    charter: Charter
    change_class: str = ChangeClass.SUBSTANTIVE
    purpose: str = Purpose.CHANGE
    holidays: frozenset[date] = frozenset()
    waits: bool = True
    requests: tuple[Open, ...] = ()
    blocks: tuple[Open, ...] = ()
    ended: bool = False

    @property
    def days(self) -> int:
        return self.charter.days(self.change_class, self.purpose)

    @property
    def is_small(self) -> bool:
        return ChangeClass(self.change_class).is_small

    def after(self, start: date, days: int) -> date:
        return workdays.add(start, days, self.holidays)


@dataclass(frozen=True)
class Due:
    """A step that is due since `on`. `about` is the digest of the answer it is about, where it is about one."""

    step: Step
    on: date
    about: str = field(default="")


def due(facts: Facts) -> list[Due]:
    """Every step that is due today or was due before and is not overtaken by a later one."""
    if facts.ended:
        return []
    found = _answers(facts) if facts.waits else []
    found += _late(facts, facts.requests, facts.charter.days_changes, Step.CHANGES_LATE)
    found += _late(facts, facts.blocks, facts.charter.days_interest, Step.INTEREST_LATE)
    return [one for one in found if one.on <= facts.today]


def reminders(days: int) -> dict[Step, int]:
    """After how many working days of `days` each reminder comes: 10 gives 5 and 8, 3 gives 2, 1 gives none."""
    half, soon = (days + 1) // 2, days - BEFORE
    found = {Step.HALF: half} if half < days else {}
    return found | ({Step.SOON: soon} if soon > half else {})


def _answers(facts: Facts) -> list[Due]:
    """The newest reminder before the day; from the day on the notice, and later the principals as well.

    Principals are not asked about small fixes: those have their own short scale, and it ends with the notice.
    """
    day = facts.after(facts.opened, facts.days)
    if facts.today < day:
        coming = [Due(step, facts.after(facts.opened, days)) for step, days in reminders(facts.days).items()]
        return [one for one in coming if one.on <= facts.today][-1:]
    found = [Due(Step.DUE, day)]
    if not facts.is_small:
        found.append(Due(Step.PRINCIPALS, facts.after(day, facts.charter.days_escalation)))
    return found


def _late(facts: Facts, waiting: Iterable[Open], days: int, step: Step) -> list[Due]:
    """A step for each that waits longer than `days` working days."""
    return [Due(step, facts.after(one.on, days + 1), one.digest) for one in waiting]
