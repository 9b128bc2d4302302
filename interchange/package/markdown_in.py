"""Markdown to rich text. Whatever the portable form cannot hold is reported with its line, never dropped."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.colon_fence import colon_fence_plugin

from interchange.package.problems import FileReport
from interchange.package.problems import sentence as _
from interchange.package.richtext import BREAK, Entry, List, Paragraph, Quote, Run, normal, normal_runs

_BR = re.compile(r"^<br\s*/?>$", re.I)
_SEPARATOR = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.M)
# The Markdown reader drops what is nested deeper than 20; a list inside a list inside a list is 6.
_DEEPEST = 12
_MARKS = {"strong": "bold", "em": "italic"}

REFUSED = {
    "html_block": _(
        "HTML is not used in lessons. Write it in Markdown; for a sign such as < put a backslash before it."
    ),
    "html_inline": _(
        "HTML is not used in lessons. Write it in Markdown; for a sign such as < put a backslash before it."
    ),
    "hr": _("A line across the page is not used. Take it out, or start a new part with ##."),
    "fence": _("A code block cannot be kept. Write the words as text; `code` inside a line is fine."),
    "code_block": _("This line starts with four spaces and would become a code block. Take the spaces out."),
    "heading": _("A heading cannot stand here. Headings stand between blocks, on a line that starts with ##."),
    "lheading": _("A line under words makes a heading. Write ## before the words instead."),
    "table": _("A table cannot stand here. Put it between blocks."),
    "colon_fence": _("A block cannot stand inside another. Close the outer one with ::: first."),
    "image": _("A picture stands alone in a paragraph, outside lists, tables and blocks. Put empty lines around it."),
}
OTHER = _("“%(kind)s” cannot be kept. Write it as plain text.")


def _parser() -> MarkdownIt:
    """CommonMark with tables and directives. Addresses are checked by us, so that a bad one is named, not shown."""
    parser = MarkdownIt("commonmark").enable("table").use(colon_fence_plugin)
    parser.validateLink = lambda address: True
    parser.normalizeLink = lambda address: address
    return parser


PARSER = _parser()


@dataclass
class Place:
    """Where Markdown stands: how to report, and how to find what links and pictures name.

    `link(address, line)` gives ("href", ...), ("uid", ...) or None; `media(path, line, kind)` a media value or None.
    """

    report: FileReport
    link: Callable
    media: Callable
    env: dict = field(default_factory=dict)


def parse(text: str, first: int, place: Place) -> list[SyntaxTreeNode]:
    """The block nodes of Markdown whose first line is line `first` of the file."""
    tokens = PARSER.parse(text, place.env)
    deep = next((token for token in tokens if token.level >= _DEEPEST and token.map), None)
    if deep:
        place.report.add(
            first + deep.map[0], _("Too many lists or quotations inside each other. Use two levels at most.")
        )
        return []
    return SyntaxTreeNode(tokens).children


def refuse(node: SyntaxTreeNode, line: int, place: Place) -> None:
    kind = "lheading" if node.type == "heading" and node.markup in ("-", "=") else node.type
    if kind in REFUSED:
        place.report.add(line, REFUSED[kind])
    else:
        place.report.add(line, OTHER, kind=kind.replace("_", " "))


def rich(nodes, first: int, place: Place) -> list:
    """Rich text of block nodes in text whose first line is line `first` of the file, in normal form."""
    return normal([block for node in nodes if (block := _block(node, first, place)) is not None])


def _block(node, first, place):
    line = first + node.map[0]
    if node.type == "paragraph":
        return Paragraph(paragraph_runs(node, first, place))
    if node.type in ("bullet_list", "ordered_list"):
        return _list(node, first, place)
    if node.type == "blockquote":
        return _quote(node, first, place)
    refuse(node, line, place)
    return None


def paragraph_runs(node, first, place) -> list[Run]:
    """The words of a paragraph node."""
    inline = node.children[0]
    if _SEPARATOR.search(inline.content):
        place.report.add(
            first + node.map[0],
            _("This looks like a table whose first row has more or fewer columns than the line of hyphens below it."),
        )
    return inline_runs(inline, first + node.map[0], place)


def _list(node, first, place):
    if node.attrGet("start") not in (None, 1):
        place.report.add(
            first + node.map[0],
            _("A numbered list starts at 1. Join it to the list before, or say the number in the words."),
        )
    return List(node.type == "ordered_list", [_entry(item, first, place) for item in node.children])


def _entry(item, first, place):
    runs, lists = [], []
    for position, child in enumerate(item.children):
        line = first + child.map[0]
        if child.type == "paragraph" and position == 0:
            runs = paragraph_runs(child, first, place)
        elif child.type in ("bullet_list", "ordered_list"):
            lists.append(_list(child, first, place))
        elif child.type in ("paragraph", "blockquote"):
            place.report.add(
                line,
                _("A list item is one paragraph, then perhaps a list. Make this an item of its own, or join it."),
            )
        else:
            refuse(child, line, place)
    return Entry(runs, lists)


def _quote(node, first, place):
    if len(node.children) == 1 and node.children[0].type == "paragraph":
        return Quote(paragraph_runs(node.children[0], first, place))
    place.report.add(
        first + node.map[0],
        _("A quotation is one paragraph. Put an empty line without > between two quotations, and lists outside."),
    )
    return None


def text_runs(text: str, line: int, place: Place) -> list[Run]:
    """The words of Markdown that is known to stand inside a paragraph."""
    tokens = PARSER.parseInline(text, place.env)
    return inline_runs(SyntaxTreeNode(tokens).children[0], line, place)


def inline_runs(inline: SyntaxTreeNode, line: int, place: Place, *, cell=False) -> list[Run]:
    """Words with marks, in normal form. In a `cell` of a table, <br> is the way to break a line."""
    reader = _Inline(line, place, cell)
    reader.read(inline.children, Run(""))
    return normal_runs(reader.runs)


class _Inline:
    def __init__(self, line, place, cell):
        self.line, self.place, self.cell = line, place, cell
        self.runs: list[Run] = []

    def read(self, nodes, marks: Run):
        for node in nodes:
            if node.type == "text":
                self._add(node.content, marks)
            elif node.type == "code_inline":
                self._add(node.content, marks, code=True)
            elif node.type == "softbreak":
                self.line += 1
                self._add(" ", marks)
            elif node.type == "hardbreak" or (self.cell and node.type == "html_inline" and _BR.match(node.content)):
                self.line += node.type == "hardbreak"
                self.runs.append(BREAK)
            elif node.type in _MARKS:
                self.read(node.children, _with(marks, **{_MARKS[node.type]: True}))
            elif node.type == "link":
                self._link(node, marks)
            else:
                refuse(node, self.line, self.place)

    def _add(self, text, marks, **changes):
        self.runs.append(_with(marks, text=text, **changes))

    def _link(self, node, marks):
        if node.attrGet("title"):
            self.place.report.add(
                self.line,
                _("A link cannot carry a title in quotes. Say it in the words before or after the link."),
            )
        target = self.place.link(str(node.attrGet("href") or ""), self.line)
        self.read(node.children, _with(marks, link=target))


def _with(marks: Run, **changes) -> Run:
    values = {"text": "", "bold": marks.bold, "italic": marks.italic, "code": marks.code, "link": marks.link}
    return Run(**(values | changes))
