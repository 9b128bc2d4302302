"""The numbers of the dashboard. Pure: lists in, numbers out.

The 90th percentile is the nearest rank: the smallest value that at least 90 of 100 do not exceed, so it is always one
that really happened. The median is the middle value, of an even number the mean of the two in the middle.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


def median(values: Sequence[float]) -> float | None:
    """The middle value; None of nothing."""
    return statistics.median(values) if values else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The nearest-rank percentile, for 0 < `percent` <= 100; None of nothing."""
    if not values:
        return None
    return sorted(values)[max(1, math.ceil(percent / 100 * len(values))) - 1]


@dataclass(frozen=True)
class Spread:
    """How long it took a side: `count` texts, their median and 90th percentile in working days."""

    count: int
    median: float | None
    ninetieth: float | None

    @classmethod
    def of(cls, days: Sequence[int]) -> "Spread":
        return cls(len(days), median(days), percentile(days, 90))


@dataclass(frozen=True)
class Bar:
    """One bar of a picture, as shares of its width (0 to 100): up to the median, and on to the 90th percentile."""

    label: str
    spread: Spread
    until_median: float
    until_ninetieth: float


def bars(spreads: Sequence[tuple[str, Spread]]) -> list[Bar]:
    """The bars of these spreads on one scale, the longest as wide as the picture."""
    longest = max((spread.ninetieth or 0 for _label, spread in spreads), default=0) or 1
    return [
        Bar(label, spread, _share(spread.median, longest), _share(spread.ninetieth, longest))
        for label, spread in spreads
    ]


def _share(value: float | None, longest: float) -> float:
    return round(100 * (value or 0) / longest, 1)
