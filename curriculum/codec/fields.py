"""How one attribute of a page is dumped and loaded. A kind of page lists its fields; the codec runs them.

`dump(page, find)` gives the portable value, `load(page, value, find)` sets it, and `names(value, find)` tells the
collector what a portable value points at before it is loaded.
"""

from dataclasses import dataclass
from decimal import Decimal

from curriculum.codec import values


def decimal_text(value) -> str:
    """A number as text without trailing zeros: Decimal("1.50") is "1.5", zero is ""."""
    if not value:
        return ""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Plain:
    """Text, whole number, flag or set, held as it is."""

    name: str
    empty: object = ""
    attribute: str | None = None

    def dump(self, page, find):
        return getattr(page, self.attribute or self.name)

    def load(self, page, value, find):
        setattr(page, self.attribute or self.name, self.empty if value in (None, "") else value)

    def names(self, page, value, find):
        """Nothing is pointed at."""


@dataclass(frozen=True)
class Set(Plain):
    """Values whose order means nothing: sorted, so that equal sets have equal bytes."""

    def dump(self, page, find):
        return sorted(set(getattr(page, self.attribute or self.name) or []))

    def load(self, page, value, find):
        setattr(page, self.attribute or self.name, list(value or []))


@dataclass(frozen=True)
class Number(Plain):
    """A decimal number, as text."""

    def dump(self, page, find):
        return decimal_text(getattr(page, self.attribute or self.name))

    def load(self, page, value, find):
        setattr(page, self.attribute or self.name, Decimal(value) if value else self.empty)


@dataclass(frozen=True)
class Group:
    """Several attributes under one name: hours {"classroom", "hands_on", "field"}, passing, how to start."""

    name: str
    parts: tuple

    def dump(self, page, find):
        return {part.name: part.dump(page, find) for part in self.parts}

    def load(self, page, value, find):
        for part in self.parts:
            part.load(page, (value or {}).get(part.name), find)

    def names(self, page, value, find):
        """Nothing is pointed at."""


@dataclass(frozen=True)
class Tags:
    """Free words of django-taggit, as a sorted list."""

    name: str = "tags"

    def dump(self, page, find):
        return sorted(str(tag) for tag in page.tags.all())

    def load(self, page, value, find):
        page.tags.set(list(value or []))

    def names(self, page, value, find):
        """Tags are made where they are missing."""


@dataclass(frozen=True)
class Stream:
    """A StreamField. With `single`, all blocks are of one type and are held as {"id", "value"}."""

    name: str
    single: str = ""

    def _block(self, page):
        return page._meta.get_field(self.name).stream_block

    def dump(self, page, find):
        raw = getattr(page, self.name).get_prep_value()
        items = values.dump_value(self._block(page), raw, find)
        return [{"id": item["id"], "value": item["value"]} for item in items] if self.single else items

    def _raw(self, page, value, find):
        items = [{**item, "type": self.single} for item in value or []] if self.single else value
        return values.load_value(self._block(page), items, find)

    def load(self, page, value, find):
        block = self._block(page)
        setattr(page, self.name, block.to_python(self._raw(page, value, find)))

    def names(self, page, value, find):
        self._raw(page, value, find)


@dataclass(frozen=True)
class Words:
    """The glossary of a lesson: rows here, whole entries in the snapshot, sorted by English headword."""

    name: str = "glossary"

    def dump(self, page, find):
        keys = [item["value"] for item in getattr(page, self.name).get_prep_value()]
        entries = [entry for key in keys if (entry := find("term", key))]
        return sorted(entries, key=lambda entry: entry["term"])

    def _keys(self, value, find):
        headwords = [entry if isinstance(entry, str) else entry["term"] for entry in value or []]
        return [key for headword in sorted(headwords) if (key := find("term", headword))]

    def load(self, page, value, find):
        raw = [{"type": "term", "value": key} for key in self._keys(value, find)]
        setattr(page, self.name, page._meta.get_field(self.name).stream_block.to_python(raw))

    def names(self, page, value, find):
        self._keys(value, find)


@dataclass(frozen=True)
class Alignments:
    """Standards a page answers to: rows here, wording and dates by value in the snapshot, sorted by name."""

    name: str = "alignments"

    def dump(self, page, find):
        found = []
        for item in getattr(page, self.name).get_prep_value():
            entry = find("item", item["value"]["item"])
            if entry:
                found.append({**entry, "note": item["value"].get("note") or ""})
        return sorted(found, key=lambda entry: (entry["framework"], entry["item"], entry["note"]))

    def _keys(self, value, find):
        named = sorted(value or [], key=lambda e: (e["framework"], e["item"], e.get("note", "")))
        return [(find("item", (entry["framework"], entry["item"])), entry.get("note", "")) for entry in named]

    def load(self, page, value, find):
        raw = [
            {"type": "alignment", "value": {"item": key, "note": note}} for key, note in self._keys(value, find) if key
        ]
        setattr(page, self.name, page._meta.get_field(self.name).stream_block.to_python(raw))

    def names(self, page, value, find):
        self._keys(value, find)


@dataclass(frozen=True)
class Uids:
    """Pages chosen in a StreamField of page choosers, held as a list of uids in their order."""

    name: str
    block: str = "module"

    def dump(self, page, find):
        keys = [item["value"] for item in getattr(page, self.name).get_prep_value()]
        return [uid for key in keys if (uid := find("page", key))]

    def load(self, page, value, find):
        raw = [{"type": self.block, "value": key} for uid in value or [] if (key := find("page", uid))]
        setattr(page, self.name, page._meta.get_field(self.name).stream_block.to_python(raw))

    def names(self, page, value, find):
        for uid in value or []:
            find("page", uid)


@dataclass(frozen=True)
class Children:
    """The pages below a module in their order, by uid. Source language only; loading leaves the tree alone."""

    name: str = "children"

    def dump(self, page, find):
        if not page.is_source or page.pk is None:
            return []
        return [str(uid) for uid in page.get_children().values_list("translation_key", flat=True)]

    def load(self, page, value, find):
        """Membership is made by whoever makes the pages."""

    def names(self, page, value, find):
        """The children are not looked up."""
