"""YAML with the line of every value, and nothing of YAML that could surprise or hurt.

The tree is built from parser events instead of PyYAML's loader: scalars keep the letters that were typed (so
`no` stays a language and 0.80 never becomes a float), and aliases, tags and deep nesting are refused before
they cost anything.
"""

import unicodedata
from dataclasses import dataclass

import yaml

from interchange.package.problems import FileReport
from interchange.package.problems import sentence as _

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass
class Node:
    """A value and its line. `value` is a dict of nodes by key, a list of nodes, text, or None where empty.

    `typed` is true for text without quotes, which may stand for a number or a yes or no.
    """

    line: int
    value: dict | list | str | None
    typed: bool = False


class _Refused(Exception):
    def __init__(self, mark, template):
        self.line = mark.line
        self.template = template


def load(text: str, report: FileReport, first_line: int = 1) -> Node | None:
    """The tree of one YAML document whose first line is line `first_line` of its file; None when refused."""
    try:
        return _Builder(first_line).build(yaml.parse(text, Loader=_LOADER))
    except _Refused as refused:
        report.add(refused.line + first_line, refused.template)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, text.count("\n")) if mark else 0
        report.add(
            line + first_line,
            _("This is not valid YAML (%(why)s). Check spaces, colons and quotes on this line and the line above."),
            why=getattr(error, "problem", None) or str(error),
        )
    return None


class _Builder:
    def __init__(self, first_line):
        self.first_line = first_line
        self.open: list[tuple[Node, list]] = []
        self.root: Node | None = None
        self.documents = 0

    def build(self, events) -> Node | None:
        for event in events:
            handler = self._HANDLERS.get(type(event))
            if handler:
                handler(self, event)
        return self.root

    def _document(self, event):
        self.documents += 1
        if self.documents > 1:
            raise _Refused(event.start_mark, _("A second YAML document starts here. Keep one per file."))

    def _alias(self, event):
        raise _Refused(event.start_mark, _("Anchors and aliases (& and *) are not used here. Write the value out."))

    def _check(self, event):
        if event.anchor:
            self._alias(event)
        if event.tag:
            raise _Refused(event.start_mark, _("Tags (!) are not used here. Write the plain value."))
        if len(self.open) >= _DEEPEST:
            raise _Refused(event.start_mark, _("Too many levels inside each other. Check the brackets and spaces."))

    def _scalar(self, event):
        self._check(event)
        plain = event.style is None or event.style == ""
        text = unicodedata.normalize("NFC", event.value)
        empty = plain and text in _EMPTY
        self._put(Node(event.start_mark.line + self.first_line, None if empty else text, typed=plain), event)

    def _start(self, event):
        self._check(event)
        value = {} if isinstance(event, yaml.MappingStartEvent) else []
        node = Node(event.start_mark.line + self.first_line, value)
        self._put(node, event)
        self.open.append((node, []))

    def _end(self, event):
        self.open.pop()

    def _put(self, node, event):
        if not self.open:
            self.root = node
            return
        parent, key = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif key:
            self._put_value(parent, key.pop(), node)
        elif not isinstance(node.value, str) and not (node.typed and node.value is None):
            raise _Refused(event.start_mark, _("A name was expected here, not a list or a group."))
        elif (node.value or "") in parent.value:
            raise _Refused(event.start_mark, _("This name is already used above in the same group. Keep one of them."))
        else:
            key.append(node)

    def _put_value(self, parent, key, node):
        # An empty value has its mark on the next token; the line a person looks at is that of its name.
        node.line = key.line if node.value is None else node.line
        parent.value[key.value or ""] = node

    _HANDLERS = {
        yaml.DocumentStartEvent: _document,
        yaml.AliasEvent: _alias,
        yaml.ScalarEvent: _scalar,
        yaml.SequenceStartEvent: _start,
        yaml.MappingStartEvent: _start,
        yaml.SequenceEndEvent: _end,
        yaml.MappingEndEvent: _end,
    }
