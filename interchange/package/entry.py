"""Typed reading of YAML groups: every getter gives the value or reports, on its own line, what is wrong with it."""

import re
from decimal import Decimal

from interchange.package.problems import FileReport
from interchange.package.problems import sentence as _
from interchange.package.yaml_lines import Node

LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
SLUG = re.compile(r"^[A-Za-z0-9_-]+$")
_UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_DECIMAL = re.compile(r"^\d{1,4}(\.\d{1,3})?$")
_INTEGER = re.compile(r"^\d{1,6}$")


def decimal_text(text: str) -> str:
    """A number without trailing zeros: "1.50" is "1.5", and zero is "" as in a snapshot."""
    value = format(Decimal(text), "f")
    value = value.rstrip("0").rstrip(".") if "." in value else value
    return "" if value == "0" else value


class Entry:
    """A YAML group whose names are known. Unknown names are reported, because import drops nothing silently."""

    def __init__(self, node: Node, report: FileReport, names):
        self.node, self.report = node, report
        self.values = node.value if isinstance(node.value, dict) else {}
        if not isinstance(node.value, dict):
            report.add(node.line, _("A group of names and values was expected here."))
        for name, value in self.values.items():
            if name not in names:
                self._add(
                    value.line,
                    _("“%(name)s” is not known here. Known names: %(known)s."),
                    name=name,
                    known=", ".join(names),
                )

    def _add(self, line, template, **values):
        self.report.add(line, template, **values)

    def line(self, name: str) -> int:
        return self.values[name].line if name in self.values else self.node.line

    def has(self, name: str) -> bool:
        return name in self.values and self.values[name].value is not None

    def _get(self, name, required=False) -> Node | None:
        if self.has(name):
            return self.values[name]
        if required:
            self._add(self.line(name), _("“%(name)s” is missing. Add it."), name=name)
        return None

    def _text_of(self, node, name) -> str:
        if isinstance(node.value, str):
            return node.value.strip()
        if node.value is not None:
            self._add(node.line, _("“%(name)s” is one line of text, not a list or a group."), name=name)
        return ""

    def text(self, name: str, *, required=False, form: re.Pattern | None = None) -> str:
        """The letters as typed; `form` is what they must look like (a code, a slug)."""
        node = self._get(name, required)
        text = self._text_of(node, name) if node else ""
        if text and form and not form.match(text):
            self._add(
                node.line,
                _("“%(text)s” cannot be used as %(name)s: letters, digits, points and hyphens only."),
                text=text,
                name=name,
            )
            return ""
        return text

    def uid(self, name: str = "uid") -> str:
        node = self._get(name)
        return uid_of(node, self.report) or "" if node else ""

    def integer(self, name: str, default=None, *, required=False):
        node = self._get(name, required)
        if node is None:
            return default
        if isinstance(node.value, str) and _INTEGER.match(node.value.strip()):
            return int(node.value)
        self._add(node.line, _("“%(name)s” is a whole number, such as 8."), name=name)
        return default

    def decimal(self, name: str) -> str:
        """A number as text without trailing zeros, never a float; "" for zero and nothing."""
        node = self._get(name)
        if node is None:
            return ""
        if isinstance(node.value, str) and _DECIMAL.match(node.value.strip()):
            return decimal_text(node.value.strip())
        self._add(node.line, _("“%(name)s” is a number such as 2 or 0.5."), name=name)
        return ""

    def boolean(self, name: str, default=False) -> bool:
        node = self._get(name)
        if node is None:
            return default
        if node.typed and node.value in ("true", "false"):
            return node.value == "true"
        self._add(node.line, _("“%(name)s” is true or false."), name=name)
        return default

    def choice(self, name: str, choices, default="", *, required=False) -> str:
        node = self._get(name, required)
        return (self._one_of(node, name, choices) or default) if node else default

    def choices(self, name: str, choices) -> list[str]:
        """A set of known words, sorted."""
        return sorted({word for node in self.items(name) if (word := self._one_of(node, name, choices))})

    def _one_of(self, node, name, choices) -> str:
        text = self._text_of(node, name)
        known = [str(value) for value in choices]
        if text in known:
            return text
        self._add(
            node.line,
            _("“%(text)s” is not one of the words for %(name)s: %(known)s."),
            text=text,
            name=name,
            known=", ".join(known),
        )
        return ""

    def items(self, name: str) -> list[Node]:
        """The nodes of a list; nothing where the list is absent or empty."""
        node = self._get(name)
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self._add(node.line, _("“%(name)s” is a list: put each value after a hyphen, or in [brackets]."), name=name)
        return []

    def texts(self, name: str) -> list[tuple[str, int]]:
        """A list of single words or lines, each with its line number."""
        found = [(self._text_of(node, name), node.line) for node in self.items(name)]
        return [(text, line) for text, line in found if text]

    def group(self, name: str, names) -> "Entry | None":
        node = self._get(name)
        return Entry(node, self.report, names) if node else None

    def groups(self, name: str, names) -> list["Entry"]:
        return [Entry(node, self.report, names) for node in self.items(name)]

    def words(self, name: str, *, required=False) -> dict[str, str]:
        """Text by language, from a group such as {en: ..., es: ...}."""
        node = self._get(name, required)
        return words_of(node, name, self.report) if node else {}


def words_of(node: Node, name: str, report: FileReport) -> dict[str, str]:
    """Text by language of one node; languages without text are left out."""
    if not isinstance(node.value, dict):
        report.add(node.line, _("“%(name)s” is written per language: {en: ..., es: ...}."), name=name)
        return {}
    found = {}
    for language, value in node.value.items():
        if not LANGUAGE.match(language):
            report.add(value.line, _("“%(tag)s” is not a language tag such as en or es."), tag=language)
        elif isinstance(value.value, str) and value.value.strip():
            found[language] = value.value.strip()
        elif isinstance(value.value, dict | list):
            report.add(value.line, _("“%(name)s” is one line of text, not a list or a group."), name=name)
    return found


def uid_of(node: Node, report: FileReport) -> str | None:
    """A UUID in small letters; None where the node is empty."""
    text = (node.value or "").strip().lower() if not isinstance(node.value, dict | list) else "?"
    if not text:
        return None
    if _UUID.match(text):
        return text
    report.add(
        node.line,
        _("This is not an id: 32 digits of 0-9 and a-f with hyphens. Leave it out if there is none."),
    )
    return None
