"""Rich text to Markdown that reads back as the same text.

Words are first written as a person would write them. What that is read back as is compared, and where it
differs (a star between letters, a line that looks like a list) every sign is escaped instead.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from interchange.package.blocks_in import BLOCK_BREAK
from interchange.package.markdown_in import Place, inline_runs, paragraph_runs, parse
from interchange.package.problems import Report
from interchange.package.richtext import BREAK, MARKS, List, Quote, Run, inner_marks, normal_runs, spans

_SAFE = re.compile(r"^[^\W\d_][\w ,.;?'\"()/%°–—“”‘’¿¡áéíóúñü-]*$")
_ESCAPE = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\|")
_LINE_START = re.compile(r"^(#{1,6}(?= |$)|>|[-+](?= |$)|[-=]+$|~~~|:::|\|)", re.M)
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?= |$)", re.M)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


class CannotWrite(ValueError):
    """The package form has no place for this; the message says what and where."""


Link = Callable[[tuple[str, str]], str]


def inline(runs: list[Run], link: Link, *, cell=False) -> str:
    """Markdown of words in normal form, for a paragraph or (`cell`) a cell of a table."""
    if len(runs) == 1 and not any(runs[0].marks) and _SAFE.match(runs[0].text):
        return runs[0].text
    for strict in (False, True):
        text = _Inline(link, cell, strict).write(runs)
        if _reads_back(text, runs, link, cell):
            return text
    raise CannotWrite("".join(run.text for run in runs)[:60])


class _Inline:
    def __init__(self, link, cell, strict):
        self.link, self.cell, self.strict = link, cell, strict

    def write(self, runs) -> str:
        self.alone = len(runs) == 1
        text = self._span(runs, MARKS)
        if self.strict or self.cell:
            return text
        return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", text))

    def _span(self, runs, marks) -> str:
        text = ""
        for mark, value, group in spans(runs, marks):
            text += self._text(group[0]) if mark is None else self._marked(mark, value, group, inner_marks(marks, mark))
        return text

    def _marked(self, mark, value, group, inner):
        if mark == "code":
            return self._code("".join(run.text for run in group))
        words = self._span(group, inner)
        if mark == "link":
            address = self.link(value)
            bare = re.fullmatch(r"[^\s<>()\\&]+", address)
            return f"[{words}]({address if bare else '<' + re.sub(r'([<>&])', _entity, address) + '>'})"
        sign = "**" if mark == "bold" else "_" if self.strict else "*"
        return f"{sign}{words}{sign}"

    def _code(self, text):
        longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
        fence = "`" * (longest + 1)
        space = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{fence}{space}{text.replace('|', chr(92) + '|') if self.cell else text}{space}{fence}"

    def _text(self, run) -> str:
        if run is BREAK:
            return "<br>" if self.cell else "\\\n"
        if not self.strict:
            return _ESCAPE.sub(lambda sign: "|" if sign[0] == "|" and not self.cell else "\\" + sign[0], run.text)
        letters = [_strict_letter(letter) for letter in run.text]
        if not self.alone:
            for edge in (0, -1):
                if run.text[edge].isalnum() or ord(run.text[edge]) > 126:
                    letters[edge] = f"&#{ord(run.text[edge])};"
        return "".join(letters)


def _entity(match) -> str:
    return f"&#{ord(match[0])};"


def _strict_letter(letter) -> str:
    if unicodedata.category(letter)[0] == "M":
        return f"&#{ord(letter)};"
    return _PUNCTUATION.sub(r"\\\1", letter)


def _reads_back(text, runs, link, cell) -> bool:
    text = unicodedata.normalize("NFC", text)
    targets = {link(run.link): run.link for run in runs if run.link}
    report = Report()
    place = Place(report.at(""), lambda address, line: targets.get(address), lambda *details: None)
    if cell:
        nodes = parse(f"| x |\n|---|\n| {text} |", 1, place)
        if [node.type for node in nodes] != ["table"] or len(nodes[0].children) != 2:
            return False
        (row,) = nodes[0].children[1].children
        found = inline_runs(row.children[0].children[0], 1, place, cell=True)
    else:
        nodes = parse(text, 1, place)
        if [node.type for node in nodes] != ["paragraph"] or nodes[0].children[0].content == BLOCK_BREAK:
            return False
        found = paragraph_runs(nodes[0], 1, place)
    return found == runs and not report.found


def rich(blocks: list, link: Link, *, bullet="-") -> str:
    """Markdown of rich text in normal form. `bullet`: the sign for the first list without numbers."""
    parts = []
    last: List | None = None
    sign = {True: ".", False: bullet}
    for block in blocks:
        if isinstance(block, List):
            if last and last.ordered == block.ordered:
                sign[block.ordered] = _other(sign[block.ordered])
            parts.append(_list(block, link, sign[block.ordered]))
            last = block
            continue
        last = None
        words = inline(block.runs, link)
        parts.append("\n".join(f"> {line}" for line in words.split("\n")) if isinstance(block, Quote) else words)
    return "\n\n".join(parts)


def _other(sign):
    return {"-": "*", "*": "-", ".": ")", ")": "."}[sign]


def _list(block: List, link: Link, sign: str) -> str:
    found = []
    for number, entry in enumerate(block.entries, start=1):
        parts = [inline(entry.runs, link)] if entry.runs else []
        inner = {True: ".", False: "-"}
        for position, nested in enumerate(entry.lists):
            if position and entry.lists[position - 1].ordered == nested.ordered:
                inner[nested.ordered] = _other(inner[nested.ordered])
            parts.append(_list(nested, link, inner[nested.ordered]))
        found.append(item("\n".join(parts), f"{number}{sign}" if block.ordered else sign))
    return "\n".join(found)


def item(text: str, marker: str) -> str:
    """An item of a list: its further lines stand under its first word."""
    indent = " " * (len(marker) + 1)
    first, *more = text.split("\n")
    return "\n".join([f"{marker} {first}", *(f"{indent}{line}" if line else "" for line in more)])


def plain(text: str, *, cell=False) -> str:
    """Markdown of words without marks, on one line."""
    runs = normal_runs([Run(" ".join(text.split()))])
    return inline(runs, str, cell=cell) if runs else ""


def image(alt: str, path: str, caption: str) -> str:
    """A picture alone in its paragraph."""
    title = re.sub(r"\s+", " ", caption).strip()
    title = re.sub(r'(["\\])', r"\\\1", re.sub(r"&(?=#?\w+;)", "&amp;", title))
    return f"![{_alt(alt)}]({quote(path, safe='/._-~')}" + (f' "{title}")' if title else ")")


def _alt(alt: str) -> str:
    alt = " ".join(alt.split())
    for text in (
        _ESCAPE.sub(lambda sign: "|" if sign[0] == "|" else "\\" + sign[0], alt),
        _PUNCTUATION.sub(r"\\\1", alt),
    ):
        nodes = parse(f"![{text}](x)", 1, Place(None, None, None))
        (only, *more) = nodes[0].children[0].children
        if not more and only.type == "image" and "".join(c.content for c in only.children if c.type == "text") == alt:
            return text
    return "".join(_strict_letter(letter) for letter in alt)
