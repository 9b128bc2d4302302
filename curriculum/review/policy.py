"""The rules of agreement. Pure: no database, so that every case can be tried.

Source: the partnership's review rules (two keys, parity, no author signs, silence is never consent).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.editions.diff import CHANGED, MOVED, PageDiff, text_of, words_changed
from curriculum.review.enums import ChangeClass, Position, Side

#: A wording change that touches no more than this many words of a block is a typo.
TYPO_WORDS = 3


@dataclass(frozen=True)
class Stand:
    """One person's answer: `person` is their pseudonym. A later answer replaces an earlier one."""

    person: str
    side: str
    position: str


@dataclass(frozen=True)
class SideTally:
    """Where one side stands: who agreed, who asks for a change, how many are needed."""

    side: str
    needed: int
    agreed: tuple[str, ...]
    asking: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether this side's key is turned: enough people, and nobody on it waits for a change."""
        return len(self.agreed) >= self.needed and not self.asking


@dataclass(frozen=True)
class Tally:
    """Both sides. Approved only when both hold; people beyond the quorum add nothing."""

    labor: SideTally
    management: SideTally

    @property
    def sides(self) -> tuple[SideTally, SideTally]:
        return (self.labor, self.management)

    @property
    def both_hold(self) -> bool:
        return self.labor.holds and self.management.holds

    @property
    def keys(self) -> int:
        """How many of the two keys are turned: 0, 1 or 2."""
        return sum(side.holds for side in self.sides)

    @property
    def change_requested(self) -> bool:
        return bool(self.labor.asking or self.management.asking)


def tally(stands: Iterable[Stand], *, quorum: dict[str, int], authors: frozenset[str] = frozenset()) -> Tally:
    """Count the answers of one submission, per side. An author's answer counts for nothing, wherever it came from."""
    latest: dict[str, Stand] = {}
    for stand in stands:
        if stand.person not in authors:
            latest[stand.person] = stand

    def count(side: Side) -> SideTally:
        own = [stand for stand in latest.values() if stand.side == side]
        return SideTally(
            str(side),
            max(1, quorum[side]),
            tuple(stand.person for stand in own if stand.position == Position.SUPPORT),
            tuple(stand.person for stand in own if stand.position == Position.REQUEST_CHANGES),
        )

    return Tally(count(Side.LABOR), count(Side.MANAGEMENT))


def is_weighty(diff: PageDiff) -> bool:
    """Whether a change can never pass as a small fix: safety, steps, numbers, criteria, rules, hours, objectives."""
    return bool(_weights(diff))


def propose_class(diffs: Iterable[PageDiff], *, usual: str = "substantive") -> ChangeClass:
    """The class a change gets from what it touches. `usual` is the module's own class, for whole new pages."""
    diffs = [diff for diff in diffs if diff.status != "same"]
    weights = set().union(*(_weights(diff) for diff in diffs)) if diffs else set()
    if "safety" in weights or (usual == "safety" and any(diff.status == "added" for diff in diffs)):
        return ChangeClass.SAFETY
    if weights:
        return ChangeClass.SUBSTANTIVE
    changed = [change for diff in diffs for change in diff.changed]
    if all(words_changed(text_of(change.old), text_of(change.new))[0] <= TYPO_WORDS for change in changed):
        return ChangeClass.TYPO
    return ChangeClass.EDITORIAL


_SAFETY_FIELDS = frozenset({"passing", "critical_failures"})
_WEIGHTY_FIELDS = frozenset(
    {
        "hours",
        "objective",
        "method",
        "graded",
        "evidence",
        "rubric",
        "criteria",
        "flags",
        "valid_months",
        "modules",
    }
    | {"children", "alignments", "prerequisites", "review", "rights"}
)


def _weights(diff: PageDiff) -> set[str]:
    if diff.status in ("added", "removed"):
        return {"substantive"}
    return set().union(*(_weight(change) for change in diff.changed)) if diff.changed else set()


def _weight(change) -> set[str]:
    if change.name in _SAFETY_FIELDS or change.type == "safety" or _touches_critical(change):
        return {"safety"}
    if change.name in _WEIGHTY_FIELDS or change.type in ("steps", "facilitator", "content_note"):
        return {"substantive"}
    if change.change not in (CHANGED, MOVED) and change.id:
        return {"substantive"}
    if change.change == MOVED or _numbers(change.old) != _numbers(change.new):
        return {"substantive"}
    return set()


def _touches_critical(change) -> bool:
    if change.name != "criteria":
        return False
    return any(isinstance(value, dict) and value.get("critical") for value in (change.old, change.new))


_UNITS = frozenset(
    "percent % mg ml l g kg oz lb gal gallon gallons cup cups ppm f c minutes seconds hours days".split()
)


def _numbers(value) -> list[str]:
    words = text_of(value).lower().replace(",", " ").split()
    return [
        word.strip(".;:()¿?¡!") for word in words if any(c.isdigit() for c in word) or word.strip(".;:()") in _UNITS
    ]
