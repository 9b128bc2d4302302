"""How far two people saw the same. Exact fractions, pure; agreement is a number about raters and never about a learner.

Share of agreement: of all criteria that both marked, how many they marked alike. Cohen's kappa says how much of what
two people could have agreed by chance they did agree beyond it: 1 always, 0 as chance would, below 0 less than that
(J. Cohen, 1960). A share alone flatters where nearly everything is met; kappa alone is hard on it. Show both.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.enums import NoKappa

#: What moderation wants of critical criteria.
TARGET = Fraction(9, 10)


@dataclass(frozen=True)
class Share:
    """`alike` of `of` marks were the same. Nothing is rounded: `share` is a fraction, None where there were none."""

    alike: int
    of: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.alike, self.of) if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.alike + other.alike, self.of + other.of)


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of two raters, or why there is none."""

    value: Fraction | None = None
    undefined: NoKappa | None = None


#: One try as two people marked it: {criterion: met} of the first, and of the second.
Pair = tuple[Mapping[str, Hashable], Mapping[str, Hashable]]


def by_criterion(pairs: Iterable[Pair]) -> dict[str, Share]:
    """{criterion: how often both marked it alike}, of criteria that both marked."""
    found: dict[str, Share] = {}
    for first, second in pairs:
        for criterion in first:
            if criterion in second:
                one = Share(int(first[criterion] == second[criterion]), 1)
                found[criterion] = found.get(criterion, Share(0, 0)) + one
    return found


def over_all(shares: Mapping[str, Share], only: Iterable[str] | None = None) -> Share:
    """All criteria together, or those named in `only`."""
    wanted = shares if only is None else set(only) & set(shares)
    return sum((shares[one] for one in wanted), Share(0, 0))


def kappa(marks: Iterable[tuple[Hashable, Hashable]]) -> Kappa:
    """Of (what the first said, what the second said), one for each thing both marked."""
    table = Counter(marks)
    of = table.total()
    if not of:
        return Kappa(undefined=NoKappa.NOTHING)
    first, second = Counter(), Counter()
    for (one, other), many in table.items():
        first[one] += many
        second[other] += many
    alike = sum(many for (one, other), many in table.items() if one == other)
    chance = sum(many * second[one] for one, many in first.items())
    if chance == of * of:
        return Kappa(undefined=NoKappa.ONE_WORD)
    return Kappa(Fraction(alike * of - chance, of * of - chance))


def marks_of(pairs: Iterable[Pair]) -> list[tuple[Hashable, Hashable]]:
    """What `kappa` wants, of pairs: every criterion that both marked."""
    return [
        (first[criterion], second[criterion]) for first, second in pairs for criterion in first if criterion in second
    ]


@dataclass(frozen=True)
class Moderation:
    """What a second look at a sample came to. `differ` counts criteria that were seen otherwise, the most first."""

    looked_at: int
    all: Share
    critical: Share
    differ: tuple[tuple[str, int], ...]

    @property
    def reaches_target(self) -> bool | None:
        """Whether enough critical criteria were seen alike; None where none was looked at."""
        return None if self.critical.share is None else self.critical.share >= TARGET


def moderation(pairs: Iterable[Pair], critical: Iterable[str]) -> Moderation:
    """Of pairs (as it was marked, as it was marked again)."""
    pairs = list(pairs)
    shares = by_criterion(pairs)
    apart = [(criterion, share.of - share.alike) for criterion, share in shares.items() if share.alike < share.of]
    return Moderation(
        len(pairs),
        over_all(shares),
        over_all(shares, critical),
        tuple(sorted(apart, key=lambda one: (-one[1], one[0]))),
    )
