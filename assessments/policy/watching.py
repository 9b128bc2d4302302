"""What the coordinator watches: raters who drift, criteria that say nothing, which sheets are looked at again.

Pure and exact. An alert is a reason to talk with somebody, never a finding about them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from assessments.enums import Says

#: Fewer sheets than this say nothing.
ENOUGH = 10
#: How seldom chance alone may bring about what we tell.
SELDOM = Fraction(1, 100)
#: And how far apart the shares must be for anybody to care.
APART = Fraction(1, 5)
#: A moderation sample is one in ten, and five at least.
ONE_IN, AT_LEAST = 10, 5


@dataclass(frozen=True)
class Seen:
    """One mark: who saw which criterion, and whether it was met."""

    rater: str
    criterion: str
    met: bool


@dataclass(frozen=True)
class Drift:
    """A rater says *met* of a criterion much more, or much less, often than everybody else does."""

    rater: str
    criterion: str
    met: int
    of: int
    others_met: int
    others_of: int
    chance: Fraction

    @property
    def is_kinder(self) -> bool:
        return self.met * self.others_of > self.others_met * self.of


def drifts(marks: Iterable[Seen]) -> list[Drift]:
    """Alerts, the least likely first. A mark is one sheet's word on one criterion."""
    counted: dict[tuple[str, str], list[int]] = {}
    whole: dict[str, list[int]] = {}
    for mark in marks:
        for count in (
            counted.setdefault((mark.rater, mark.criterion), [0, 0]),
            whole.setdefault(mark.criterion, [0, 0]),
        ):
            count[0] += mark.met
            count[1] += 1
    found = []
    for (rater, criterion), (met, of) in counted.items():
        others_met, others_of = whole[criterion][0] - met, whole[criterion][1] - of
        if of < ENOUGH or others_of < ENOUGH:
            continue
        if abs(Fraction(met, of) - Fraction(others_met, others_of)) < APART:
            continue
        chance = fisher(met, of - met, others_met, others_of - others_met)
        if chance < SELDOM:
            found.append(Drift(rater, criterion, met, of, others_met, others_of, chance))
    return sorted(found, key=lambda one: (one.chance, one.rater, one.criterion))


def fisher(met: int, missed: int, others_met: int, others_missed: int) -> Fraction:
    """How likely chance alone brings about a table at least as unlikely as this one: Fisher's exact test, two-sided.

    With the margins held fixed every table has an exact number of ways, so whole numbers are enough.
    """
    of, others_of, all_met = met + missed, others_met + others_missed, met + others_met
    least, most = max(0, all_met - others_of), min(of, all_met)
    ways = {count: comb(of, count) * comb(others_of, all_met - count) for count in range(least, most + 1)}
    return Fraction(sum(many for many in ways.values() if many <= ways[met]), comb(of + others_of, all_met))


@dataclass(frozen=True)
class Health:
    """How one criterion did. `says` is None while it tells learners apart, or while too few sheets speak of it."""

    criterion: str
    met: int
    of: int
    says: Says | None = None


def health(marks: Iterable[Seen]) -> dict[str, Health]:
    """{criterion: how it did}, of all sheets whoever wrote them."""
    counted: dict[str, list[int]] = {}
    for mark in marks:
        count = counted.setdefault(mark.criterion, [0, 0])
        count[0] += mark.met
        count[1] += 1
    return {criterion: Health(criterion, met, of, _says(met, of)) for criterion, (met, of) in counted.items()}


def _says(met: int, of: int) -> Says | None:
    if of < ENOUGH or 0 < met < of:
        return None
    return Says.NOBODY_MISSES if met else Says.EVERYBODY_MISSES


def sample_size(of: int) -> int:
    """At least one in ten and at least five; all where there are fewer."""
    return min(of, max(AT_LEAST, -(-of // ONE_IN)))


def sample(uids: Iterable[str], salt: str) -> list[str]:
    """Which sheets are looked at again: the same for everybody who asks, and nothing to guess without the salt."""
    found = sorted(set(map(str, uids)), key=lambda uid: (_place(uid, salt), uid))
    return found[: sample_size(len(found))]


def _place(uid: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}:{uid}".encode()).hexdigest()
