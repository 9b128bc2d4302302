"""The form of a station, filled with what was typed: of one learner, or of the members of a team."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from assessments.actions.trying import NotTaken, Said
from assessments.instrument import Instrument, Point
from assessments.methods import Slice
from courses.assessing import sheets
from courses.assessing.people import Row

MET, NOT_YET = "met", "not"
_LETTERS = {"m": "mark", "n": "note", "t": "seconds", "p": "prompts"}


@dataclass(frozen=True)
class Field:
    """One point as it stands in the form. `key` ends the names of its fields."""

    point: Point
    key: str
    mark: str = ""
    note: str = ""
    seconds: str = ""
    prompts: str = "0"


@dataclass(frozen=True)
class Member:
    """A learner who may be of the team, with the points each must show."""

    row: Row
    is_chosen: bool
    fields: list[Field]


@dataclass(frozen=True)
class Line:
    """A line that may be ticked, with its note where it has one."""

    id: str
    text: str
    is_ticked: bool
    note: str = ""


class Form:
    """`data` is what was posted, or the query of the address, which chooses the learner."""

    def __init__(self, read: Instrument, slice_: Slice, rows: list[Row], data):
        self.read, self.slice, self.rows, self.data = read, slice_, rows, data
        self.has_levels = bool(read.levels)

    @cached_property
    def uid(self) -> UUID:
        """The same when the form is sent again, so that it counts once."""
        try:
            return UUID(self.data.get("uid", ""))
        except ValueError:
            return uuid4()

    @property
    def chosen(self) -> list[Row]:
        """Whom the form is about."""
        named = self.data.getlist("member") if self.slice.is_team else [self.data.get("learner", "")]
        return [row for row in self.rows if str(row.uid) in named]

    @property
    def learner(self) -> Row | None:
        return None if self.slice.is_team else next(iter(self.chosen), None)

    @property
    def choices(self) -> list[dict]:
        """What may be said of a point: its levels, or met and not yet."""
        if self.has_levels:
            told = [(str(one.number), one.label, one.descriptor) for one in self.read.levels]
        else:
            told = [(MET, _("Met"), ""), (NOT_YET, _("Not yet"), "")]
        return [{"value": value, "label": label, "says": "" if says == label else says} for value, label, says in told]

    @property
    def enough(self) -> int | None:
        """The lowest level that counts as met, for the script."""
        return self.read.rule.enough

    @property
    def others(self) -> str:
        """The share of the other points that is asked for, as the script counts it: whole numbers."""
        share = self.read.rule.others
        return f"{share.numerator}/{share.denominator}" if share else "0/1"

    @property
    def prompts(self) -> range:
        return range(self.slice.prompts + 1) if self.slice.prompts else range(0)

    @property
    def fields(self) -> list[Field]:
        """The points that are looked at once for all of those chosen."""
        return [self._field(one) for one in self.read.criteria if not (self.slice.is_team and one.individual)]

    @property
    def members(self) -> list[Member]:
        """Everybody who may be of the team."""
        own = [one for one in self.read.criteria if one.individual]
        chosen = {row.uid for row in self.chosen}
        return [Member(row, row.uid in chosen, [self._field(one, row) for one in own]) for row in self.rows]

    @property
    def stops(self) -> list[Line]:
        return [self._line(one, f"s-{one.id}") for one in self.read.stops]

    @property
    def rules(self) -> list[str]:
        return self.data.getlist("rule")

    @property
    def gaps(self) -> list[str]:
        return self.data.getlist("gap")

    def said(self, row: Row) -> Said:
        """What the form says of one learner. Raises NotTaken."""
        is_team = self.slice.is_team
        uid = sheets.uid_of_member(self.uid, row.uid) if is_team else self.uid
        if not is_team and not self.data.get("uid"):
            raise NotTaken(_("Open the page again and send the sheet once more. Nothing was kept yet."))
        return sheets.said_in_form(self.data, self.read, row.uid, uid, row.number, of_team=is_team)

    def _field(self, point: Point, row: Row | None = None) -> Field:
        key = f"{row.uid}-{point.id}" if row else point.id
        typed = {name: self.data.get(f"{letter}-{key}", "") for letter, name in _LETTERS.items()}
        return Field(point, key, **(typed | {"prompts": typed["prompts"] or "0"}))

    def _line(self, line, name: str) -> Line:
        return Line(line.id, line.text, bool(self.data.get(name)), self.data.get(f"n-{line.id}", ""))
