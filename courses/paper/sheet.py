"""One sheet of paper: a lesson or assessment in the languages it is printed in, as its template takes it. Pure.

It has a `Voice` for each language, and rows whose cells are the same part in each of them, paired by block id.
"""

from dataclasses import dataclass, field, replace

from courses.delivery import addresses as delivered
from courses.paper import addresses
from courses.paper.blocks import Part
from curriculum.enums import LessonFlag


@dataclass(frozen=True)
class Voice:
    """A page in one language, as far as it may be printed."""

    language: str
    snapshot: dict
    words: list[dict]

    @property
    def name(self) -> str:
        return delivered.language_name(self.language)


@dataclass(frozen=True)
class Row:
    """One part of a lesson: its cells, one a language, and how many lines to write on come after it."""

    kind: str
    cells: list[Part | None]
    lines: int


@dataclass
class Sheet:
    """One lesson or assessment; `own` is its snapshot in the language asked for.

    Without voices it is not shown now: its title and the warning are all there is.
    """

    number: int
    kind: str
    own: dict
    live: str
    notices: list[dict]
    voices: list[Voice] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    answers: list[dict] = field(default_factory=list)
    form: dict | None = None
    only_in: str = ""

    @property
    def name(self) -> str:
        """What links within the paper lead to."""
        return f"p-{self.number}"

    @property
    def titles(self) -> list[dict]:
        """{"title", "language"} in each language printed; of a page that is not shown, its own."""
        found = [voice.snapshot for voice in self.voices] or [self.own]
        return [{"title": one["title"], "language": one["language"]} for one in found]

    @property
    def code(self) -> str:
        return self.own.get("code", "")

    @property
    def hours(self) -> dict:
        return self.voices[0].snapshot.get("hours", {}) if self.voices else {}

    @property
    def is_safety(self) -> bool:
        return bool(self.voices) and LessonFlag.SAFETY_CRITICAL in self.voices[0].snapshot.get("flags", [])

    @property
    def has_words(self) -> bool:
        return any(voice.words for voice in self.voices)

    @property
    def short(self) -> str:
        return addresses.short(self.live)

    @property
    def code_to_scan(self):
        return addresses.code(self.live)


def paired(columns: list[list[Part]]) -> list[Row]:
    """Parts side by side by their key; one that only a single language has stands where it stood there."""
    by_key = [{part.key: part for part in column} for column in columns]
    rows = []
    for key in merged([part.key for part in column] for column in columns):
        cells = [column.get(key) for column in by_key]
        first = next(cell for cell in cells if cell)
        if rows and rows[-1].kind == "heading" and first.kind != "heading":
            # A heading shares the row of what it heads: rows break apart at the foot of a page.
            cells = [_under(above, cell) for above, cell in zip(rows.pop().cells, cells, strict=True)]
        rows.append(Row(first.kind, cells, first.lines))
    return rows


def _under(above: Part | None, part: Part | None) -> Part | None:
    if above is None or part is None:
        return above or part
    return replace(part, html=above.html + part.html)


def merged(lists) -> list[str]:
    """Every name once: the order of the first list, what the others add behind the name it follows there."""
    order: list[str] = []
    for names in lists:
        before = -1
        for name in names:
            if name in order:
                before = order.index(name)
            else:
                before += 1
                order.insert(before, name)
    return order
