"""Rich text in one form: the same words with the same marks are the same bytes, however they were nested.

Browsers, the editor and packages nest marks and place spaces each in their own way, and the editor writes its own
way back when a page is saved untouched. Here each stretch of letters carries its marks itself, always in the same
order, so that saving changes nothing that people could see. A quotation or list entry holds words, never paragraphs:
the editor would take those out of it.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import groupby

MARKS = ("b", "i", "code")
_PIECE = re.compile(r"\s+|\S+")
_ORDINARY = re.compile(r"[ \t\n\f\r]")
_NOTHING = re.compile(r"<(ul|ol|li|p|blockquote)></\1>")
_PARTED_LIST = re.compile(r"</(ul|ol)><\1>")
# What sanitized text cannot hold.
_BREAK = "\v"


@dataclass(frozen=True)
class Run:
    """Letters with the same marks; `link` is an attribute of `a` and its value."""

    text: str
    marks: frozenset = frozenset()
    link: tuple | None = None


@lru_cache(maxsize=16384)
def one_form(html: str) -> str:
    """Sanitized `html` in its one form. Words outside any block become a paragraph. Idempotent."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    writer.flush()
    html = "".join(writer.out)
    while (shorter := _PARTED_LIST.sub("", _NOTHING.sub("", html))) != html:
        html = shorter
    return html


class _Writer(HTMLParser):
    """Reads sanitized HTML; marks are gathered into runs, blocks written as they come."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.blocks: list[str] = []
        self.marks: list[str] = []
        self.link: tuple | None = None
        self.runs: list[Run] = []

    def handle_starttag(self, tag, attrs):
        if tag in MARKS:
            self.marks.append(tag)
        elif tag == "a":
            self.link = attrs[0] if attrs else None
        elif tag == "br":
            # The editor loses a break inside a link, and joins the words.
            self.runs.append(Run(" " if self.link else _BREAK))
        elif tag == "p" and self.blocks:
            self.runs += [Run(_BREAK)] if any(run.text.strip() for run in self.runs) else []
        else:
            self.flush()
            self.blocks.append(tag)
            self.out.append(f"<{tag}>")

    def handle_endtag(self, tag):
        if tag in MARKS:
            self.marks.remove(tag)
        elif tag == "a":
            self.link = None
        elif self.blocks and self.blocks[-1] == tag:
            self.flush()
            self.blocks.pop()
            self.out.append(f"</{tag}>")

    def handle_data(self, data):
        self.runs.append(Run(data, frozenset(self.marks), self.link))

    def flush(self):
        words = "".join(_linked(link, runs) for link, runs in groupby(_settled(self.runs), key=lambda run: run.link))
        self.out.append(words if self.blocks or not words else f"<p>{words}</p>")
        self.runs = []


def _settled(runs: list[Run]) -> list[Run]:
    """Runs with one space or break where words part, which carries only what the words on both sides carry."""
    pieces = [replace(run, text=text) for run in runs for text in _PIECE.findall(run.text)]
    parts = [(is_gap, list(group)) for is_gap, group in groupby(pieces, key=lambda piece: piece.text.isspace())]
    settled: list[Run] = []
    for position, (is_gap, group) in enumerate(parts):
        if is_gap and 0 < position < len(parts) - 1:
            group = _gap(parts[position - 1][1][-1], group, parts[position + 1][1][0])
        elif is_gap:
            group = []
        for piece in group:
            if settled and (settled[-1].marks, settled[-1].link) == (piece.marks, piece.link):
                settled[-1] = replace(settled[-1], text=settled[-1].text + piece.text)
            else:
                settled.append(piece)
    return settled


def _gap(before: Run, gap: list[Run], after: Run) -> list[Run]:
    """What stands between two words: breaks, else one space, else spaces that hold words together as they are."""
    text = "".join(piece.text for piece in gap)
    marks = before.marks & after.marks
    if _BREAK in text:
        return [Run(_BREAK * text.count(_BREAK), marks)]
    if _ORDINARY.search(text):
        return [Run(" ", marks, before.link if before.link == after.link else None)]
    return gap


def _linked(link, runs) -> str:
    words = "".join(_marked(run) for run in runs)
    return f'<a {link[0]}="{_escaped(link[1]).replace(chr(34), "&quot;")}">{words}</a>' if link else words


def _marked(run: Run) -> str:
    html = _escaped(run.text).replace(_BREAK, "<br>")
    for mark in reversed(MARKS):
        if mark in run.marks:
            html = f"<{mark}>{html}</{mark}>"
    return html


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")
