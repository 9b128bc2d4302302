"""Rules of a course without a database: what a later safety correction is, what two phones agree on, what counts."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from courses.cohorts.enums import Presence


def line_of(label: str) -> str:
    """The line of a course text: 2026.1 of 2026.1 and of its safety corrections 2026.1.1, 2026.1.2."""
    return ".".join(label.split(".")[:2])


def correction_number(label: str) -> int:
    """0 for 2026.1, 2 for 2026.1.2."""
    parts = label.split(".")
    return int(parts[2]) if len(parts) > 2 else 0


@dataclass(frozen=True)
class Said:
    """What a learner says of one page, and when."""

    is_done: bool
    at: datetime


def newest(known: Said | None, said: Said, now: datetime) -> Said:
    """What counts of two words about one page.

    The later one; of two at the same instant, *done*. A phone whose clock is ahead does not speak from the future,
    so its next word still counts. Whatever order words arrive in and however often, the outcome is the same.
    """
    said = Said(said.is_done, min(said.at, now))
    if known is None:
        return said
    return max(known, said, key=lambda one: (one.at, one.is_done))


def hours_for(presence: str, hours: Decimal, part: Decimal | None = None) -> Decimal:
    """The hours that count. Raises ValueError where a part is no part of them."""
    if presence == Presence.HERE:
        return hours
    if presence != Presence.PART:
        return Decimal()
    if part is None or not 0 < part <= hours:
        raise ValueError("a part of a session lies between nothing and all of it")
    return part
