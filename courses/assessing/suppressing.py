"""Numbers of people that name nobody: none below five is shown, and none that would give one of those away. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

AT_LEAST = 5


@dataclass(frozen=True)
class Shown:
    """A row as it may be read: None for a number below five; `total` None where it would give one away."""

    counts: tuple[int | None, ...]
    total: int | None


def shown(counts: Sequence[int]) -> Shown:
    """Numbers that exclude each other, with their sum where it can stand beside them.

    A sum less what is shown is what is hidden; so it stands there only where nothing is. Nothing else is added up:
    people are in several rows, so no column has a sum.
    """
    told = tuple(count if count >= AT_LEAST else None for count in counts)
    return Shown(told, None if None in told else sum(counts))
