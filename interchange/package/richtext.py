"""Rich text between its two written forms: the portable HTML of a snapshot, and Markdown.

Both are read into one small tree that can hold exactly what the portable form allows, and the tree is put into one
normal form: in Markdown the mark that reaches furthest stands outside; space stands outside marks; runs of space
are one space; an empty line parts paragraphs; an item of a list and a quotation are one paragraph. The HTML is in
the library's own one form.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from html import escape

from curriculum.codec.richtext import one_form

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
# Plain words in normal form are in the library's form already, and most text is plain.
_MORE_THAN_WORDS = re.compile(r"<(?:b|i|a|br|code)\b|&nbsp;|</(ul|ol)><\1>|[^\S ]")
MARKS = ("link", "bold", "italic", "code")


@dataclass(frozen=True)
class Run:
    """Letters with the same marks. `link` is ("href", address) or ("uid", uid of a library item)."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: tuple[str, str] | None = None

    @property
    def marks(self):
        return tuple(getattr(self, mark) for mark in MARKS)


# A line break inside a paragraph.
BREAK = Run("\n")


@dataclass
class Paragraph:
    runs: list[Run]


@dataclass
class Quote:
    runs: list[Run]


@dataclass
class Entry:
    """An item of a list: its words, then lists inside it."""

    runs: list[Run]
    lists: list["List"] = field(default_factory=list)


@dataclass
class List:
    ordered: bool
    entries: list[Entry]


def normal_runs(runs: list[Run]) -> list[Run]:
    """The one way to write these words: see the top of this file."""
    clean = [run if run is BREAK else _saying(run, _letters(run.text)) for run in runs]
    while True:
        clean = _trimmed(_merged(clean))
        cleared = _without_edge_space(clean)
        if cleared == clean:
            return clean
        clean = cleared


def _saying(run: Run, text: str) -> Run:
    """The run with this text: itself where it has it, as nearly always; the rest is slow for a whole package."""
    return run if run.text == text else replace(run, text=text)


def _letters(text: str) -> str:
    """NFC, without a stroke that has no letter to go through: NFC of the HTML would join it to the sign of the tag."""
    return unicodedata.normalize("NFC", text).lstrip("\u0338")


def _merged(runs):
    """Neighbours with equal marks joined, empty runs gone, any space one space."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and run is not BREAK and last is not BREAK and last.marks == run.marks:
            found[-1] = _saying(last, _SPACE.sub(" ", last.text + run.text))
        elif run is BREAK or run.text:
            found.append(run if run is BREAK else _saying(run, _SPACE.sub(" ", run.text)))
    return found


def _trimmed(runs):
    """Without space beside breaks and edges, and without breaks at the edges."""
    found: list[Run] = []
    for run in [*runs, BREAK]:
        if run is BREAK:
            while found and found[-1] is not BREAK and not found[-1].text.rstrip():
                found.pop()
            if found and found[-1] is not BREAK:
                found[-1] = _saying(found[-1], found[-1].text.rstrip())
            found += [BREAK] if found else []
        elif text := run.text if found and found[-1] is not BREAK else run.text.lstrip():
            found.append(_saying(run, text))
    while found and found[-1] is BREAK:
        found.pop()
    return found


def _without_edge_space(runs, marks=MARKS):
    """Space at the edge of a span stands outside it, because Markdown has no bold that ends in a space."""
    found: list[Run] = []
    for mark, _value, group in spans(runs, marks):
        if mark is None:
            found += group
            continue
        inner = _without_edge_space(group, inner_marks(marks, mark))
        first, last = inner[0].text, inner[-1].text
        start, end = len(first) - len(first.lstrip()), len(last) - len(last.rstrip())
        none = {mark: None if mark == "link" else False}
        if start:
            inner = [
                replace(inner[0], text=first[:start], **none),
                replace(inner[0], text=first[start:]),
                *inner[1:],
            ]
        if end and (len(inner) > 1 or not start):
            last = inner[-1].text
            inner[-1:] = [replace(inner[-1], text=last[:-end]), replace(inner[-1], text=last[-end:], **none)]
        found += [run for run in inner if run.text]
    return found


def spans(runs: list[Run], marks=MARKS):
    """(mark, value, runs) of the elements these words stand in at the outermost level; (None, None, run)
    outside any.

    Of the marks that start at the same place the one that reaches furthest stands outside; code is innermost.
    """
    position = 0
    while position < len(runs):
        run = runs[position]
        active = [mark for mark in marks if getattr(run, mark)]
        reach = {mark: _reach(runs, position, mark, marks) for mark in active if mark != "code" or len(active) == 1}
        if not reach:
            yield None, None, [run]
            position += 1
            continue
        mark = max(reach, key=lambda name: (reach[name], -MARKS.index(name)))
        yield mark, getattr(run, mark), runs[position : position + reach[mark]]
        position += reach[mark]


def _reach(runs, position, mark, marks) -> int:
    value, end = getattr(runs[position], mark), position
    others = inner_marks(marks, mark) if mark == "code" else ()
    while end < len(runs) and getattr(runs[end], mark) == value and not any(getattr(runs[end], o) for o in others):
        end += 1
    return end - position


def inner_marks(marks, mark):
    return tuple(other for other in marks if other != mark)


def normal(blocks: list) -> list:
    """The tree in normal form, without paragraphs and lists that hold nothing."""
    found = []
    for block in blocks:
        if isinstance(block, List):
            entries = [Entry(_one_paragraph(entry.runs), normal(entry.lists)) for entry in block.entries]
            entries = [entry for entry in entries if entry.runs or entry.lists]
            if entries:
                found.append(List(block.ordered, entries))
        else:
            found += [type(block)(runs) for part in _parted(normal_runs(block.runs)) if (runs := normal_runs(part))]
    return found


def _parted(runs) -> list[list[Run]]:
    """An empty line, made of two breaks in a row, parts paragraphs."""
    parts: list[list[Run]] = [[]]
    for position, run in enumerate(runs):
        if run is BREAK and position and runs[position - 1] is BREAK:
            parts.append([])
        else:
            parts[-1].append(run)
    return parts


def _one_paragraph(runs) -> list[Run]:
    parts = [part for part in map(normal_runs, _parted(normal_runs(runs))) if part]
    return [run for number, part in enumerate(parts) for run in ([BREAK, *part] if number else part)]


def to_html(blocks: list) -> str:
    """Portable HTML of a tree in normal form, in the one form in which the library keeps it."""
    html = _html(blocks)
    return one_form(html) if _MORE_THAN_WORDS.search(html) else html


def _html(blocks: list) -> str:
    return "".join(_block_html(block) for block in blocks)


def _block_html(block):
    if isinstance(block, List):
        tag = "ol" if block.ordered else "ul"
        entries = "".join(f"<li>{runs_html(e.runs)}{_html(e.lists)}</li>" for e in block.entries)
        return f"<{tag}>{entries}</{tag}>"
    tag = "p" if isinstance(block, Paragraph) else "blockquote"
    return f"<{tag}>{runs_html(block.runs)}</{tag}>"


def runs_html(runs: list[Run], marks=MARKS) -> str:
    """HTML of runs in normal form."""
    html = ""
    for mark, value, group in spans(runs, marks):
        if mark is None:
            html += "<br>" if group[0] is BREAK else escaped(group[0].text)
        else:
            html += _marked(mark, value, runs_html(group, inner_marks(marks, mark)))
    return html


def _marked(mark, value, html):
    if not value:
        return html
    if mark == "link":
        kind, target = value
        name = "href" if kind == "href" else "data-uid"
        return f'<a {name}="{escape(target, quote=False).replace(chr(34), "&quot;")}">{html}</a>'
    tag = {"bold": "b", "italic": "i", "code": "code"}[mark]
    return f"<{tag}>{html}</{tag}>"


def escaped(text: str) -> str:
    """Text as HTML serializers write it."""
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")
