"""The rules of agreement. Pure: no database, so that every case can be tried.

Source: the partnership's review rules (two keys, parity, no author signs, silence is never consent).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.review.enums import Position, Side


@dataclass(frozen=True)
class Stand:
    """One person's answer: `person` is their pseudonym. A later answer replaces an earlier one.

    `languages` are those the person read, None for every language; `holder` says whether they give their side's
    decision as co-chair; `settled` that what they stopped was settled by both sides since.
    """

    person: str
    side: str
    position: str
    languages: frozenset[str] | None = None
    holder: bool = False
    settled: bool = False


@dataclass(frozen=True)
class Terms:
    """What one submission asks for. `needed` is {side: people}; `languages` are those whose text changed.

    `checked` are languages that a named check covers, `gates` checks that are not met yet, `stood_in` the side that
    could not be reached in an emergency and for which the duty lead stood in.
    """

    needed: dict[str, int]
    authors: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    checked: frozenset[str] = frozenset()
    holder_signs: bool = False
    gates: tuple[dict, ...] = ()
    stood_in: str = ""


@dataclass(frozen=True)
class SideTally:
    """Where one side stands, by pseudonym, and what it still lacks."""

    side: str
    needed: int
    agreed: tuple[str, ...]
    asking: tuple[str, ...]
    blocking: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    lacks_holder: bool = False
    stood_in: bool = False

    @property
    def holds(self) -> bool:
        """Whether this side's key is turned: enough people, nobody stops it, every language read."""
        if self.asking or self.blocking:
            return False
        enough = len(self.agreed) >= self.needed and not self.unread and not self.lacks_holder
        return enough or self.stood_in

    @property
    def stops(self) -> bool:
        """Whether somebody on it waits for a change or stops the text."""
        return bool(self.asking or self.blocking)


@dataclass(frozen=True)
class Tally:
    """Both sides. Approved only when both hold; people beyond the quorum add nothing."""

    labor: SideTally
    management: SideTally
    gates: tuple[dict, ...] = ()

    @property
    def sides(self) -> tuple[SideTally, SideTally]:
        return (self.labor, self.management)

    @property
    def both_hold(self) -> bool:
        """Both keys are turned and every check is met. Nobody stood in for both sides."""
        somebody = self.labor.agreed or self.management.agreed
        return bool(self.labor.holds and self.management.holds and not self.gates and somebody)

    @property
    def keys(self) -> int:
        """How many of the two keys are turned: 0, 1 or 2."""
        return sum(side.holds for side in self.sides)

    @property
    def change_requested(self) -> bool:
        """Whether anybody waits for a change, or stops the text."""
        return any(side.stops for side in self.sides)


def tally(stands: Iterable[Stand], terms: Terms) -> Tally:
    """Count the answers of one submission, per side. An author's answer counts for nothing, wherever it came from."""
    latest: dict[str, Stand] = {}
    for stand in stands:
        if stand.person not in terms.authors:
            latest[stand.person] = stand
    return Tally(
        _count(Side.LABOR, latest.values(), terms), _count(Side.MANAGEMENT, latest.values(), terms), terms.gates
    )


def _count(side: Side, stands: Iterable[Stand], terms: Terms) -> SideTally:
    own = [stand for stand in stands if stand.side == side]

    def who(*positions, settled=False):
        return tuple(stand.person for stand in own if stand.position in positions and not (settled and stand.settled))

    agreeing = [stand for stand in own if Position(stand.position).agrees]
    read = set(terms.checked).union(*(terms.languages if one.languages is None else one.languages for one in agreeing))
    return SideTally(
        str(side),
        max(1, terms.needed[side]),
        agreed=tuple(stand.person for stand in agreeing),
        asking=who(Position.REQUEST_CHANGES),
        blocking=who(Position.BLOCK, settled=True),
        aside=who(Position.STAND_ASIDE, Position.RECUSE),
        unread=tuple(sorted(terms.languages - read)) if agreeing else (),
        lacks_holder=bool(agreeing) and terms.holder_signs and not any(stand.holder for stand in agreeing),
        stood_in=terms.stood_in == side,
    )
