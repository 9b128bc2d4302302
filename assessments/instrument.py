"""An assessment as it was frozen, read as what raters, learners and rules need of it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessments.enums import Method
from assessments.policy.scoring import Criterion, Rule
from curriculum.enums import Kind
from curriculum.models import Frozen


@dataclass(frozen=True)
class Point:
    """A criterion with the words raters read. `limit` is how long it may take, in seconds."""

    id: str
    code: str
    text: str
    critical: bool
    limit: int | None = None
    individual: bool = False


@dataclass(frozen=True)
class Line:
    id: str
    text: str


@dataclass(frozen=True)
class Level:
    number: int
    label: str
    descriptor: str
    enough: bool = False


@dataclass(frozen=True, eq=False)
class Instrument:
    """One assessment in one language, by the fingerprint of its snapshot. Never changes."""

    digest: str
    data: dict

    @property
    def uid(self) -> str:
        return self.data["uid"]

    @property
    def title(self) -> str:
        return self.data["title"]

    @property
    def language(self) -> str:
        return self.data["language"]

    @property
    def method(self) -> Method:
        return Method(self.data["method"])

    @cached_property
    def criteria(self) -> tuple[Point, ...]:
        return tuple(
            Point(
                one["id"],
                one["value"].get("code", ""),
                one["value"].get("text", ""),
                bool(one["value"].get("critical")),
                one["value"].get("limit"),
                bool(one["value"].get("individual")),
            )
            for one in self.data.get("criteria", [])
        )

    @cached_property
    def stops(self) -> tuple[Line, ...]:
        return self._lines("critical_failures")

    @cached_property
    def set_up(self) -> tuple[Line, ...]:
        return self._lines("set_up")

    @cached_property
    def alternatives(self) -> tuple[Line, ...]:
        return self._lines("alternatives")

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """From least to most; they hold for every criterion."""
        found = [
            Level(
                one["value"]["level"],
                one["value"].get("label", ""),
                one["value"].get("descriptor", ""),
                bool(one["value"].get("enough")),
            )
            for one in self.data.get("rubric", [])
        ]
        return tuple(sorted(found, key=lambda one: one.number))

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(self.data.get("evidence", ()))

    @property
    def objectives(self) -> tuple[str, ...]:
        """Codes of the lessons whose objectives it shows."""
        return tuple(self.data.get("objectives", ()))

    @property
    def valid_months(self) -> int | None:
        return self.data.get("valid_months")

    @property
    def is_graded(self) -> bool:
        return bool(self.data.get("graded"))

    @cached_property
    def rule(self) -> Rule:
        """The passing rule. With levels, the lowest that is marked as enough counts as met, else only the highest."""
        passing = self.data.get("passing") or {}
        others, numbers = passing.get("others"), [one.number for one in self.levels]
        return Rule(
            criteria=tuple(Criterion(one.id, one.critical) for one in self.criteria),
            others=None if others is None else Fraction(others),
            consecutive=passing.get("consecutive", 1),
            raters=passing.get("raters", 1),
            enough=next((one.number for one in self.levels if one.enough), max(numbers, default=None)),
        )

    @cached_property
    def yardstick(self) -> str:
        """The fingerprint of what is judged and by which rule, the same in every language."""
        judged = [
            str(self.method),
            [[one.id, one.critical] for one in self.criteria],
            [one.id for one in self.stops],
            [[one.number, one.enough] for one in self.levels],
            self.data.get("passing") or {},
        ]
        return hashlib.sha256(json.dumps(judged, sort_keys=True).encode()).hexdigest()

    def point(self, criterion: str) -> Point | None:
        return next((one for one in self.criteria if one.id == criterion), None)

    def _lines(self, name: str) -> tuple[Line, ...]:
        return tuple(Line(one["id"], one["value"]) for one in self.data.get(name, []))


#: What a process has read: frozen content never changes. Emptied when it is full.
_known: dict[str, Instrument] = {}
MOST = 2000


def read(digest: str) -> Instrument:
    """The instrument of a snapshot. Raises LookupError where there is none. One query the first time."""
    return read_many([digest])[digest]


def read_many(digests: Iterable[str]) -> dict[str, Instrument]:
    """{fingerprint: instrument}, with one query for all that this process has not read yet. Raises LookupError."""
    wanted = set(digests)
    found = {digest: one for digest in wanted if (one := _known.get(digest))}
    if missing := wanted - found.keys():
        rows = Frozen.objects.read(missing).items()
        new = {digest: Instrument(digest, data) for digest, data in rows if data.get("kind") == Kind.ASSESSMENT}
        if len(_known) > MOST:
            _known.clear()
        _known.update(new)
        found |= new
    if unknown := wanted - found.keys():
        raise LookupError(f"no assessment has the fingerprint {', '.join(sorted(unknown))}")
    return found
