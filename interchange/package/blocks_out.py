"""Blocks of a lesson to Markdown: what `blocks_in` and `directives` read, written."""

import re
from collections.abc import Callable

from interchange.package import markdown_out
from interchange.package.blocks_in import BLOCK_BREAK
from interchange.package.html_in import NotPortable, from_html
from interchange.package.markdown_out import CannotWrite, inline, item, plain, rich
from interchange.package.phrases import CONFIRM, WHAT_WORKS, as_words, in_language
from interchange.package.problems import sentence as _
from interchange.package.richtext import BREAK, Paragraph


class BlockWriter:
    """Writes the blocks of one lesson file.

    `link` gives the address of a link, `path` the path from the lesson to a picture or file.
    """

    def __init__(self, language: str, link: Callable, path: Callable):
        self.language, self.link, self.path = language, link, path

    def body(self, blocks: list[dict]) -> str:
        """The Markdown of a lesson without its front matter."""
        parts = []
        for position, block in enumerate(blocks):
            if position and block["type"] == blocks[position - 1]["type"] == "text":
                parts.append(BLOCK_BREAK)
            parts.append(self.block(block))
        return "\n\n".join(parts)

    def block(self, block: dict) -> str:
        write = getattr(self, f"_{block['type']}", None)
        try:
            if write:
                return write(block.get("value") or {})
            return self._directive(block["type"], self._rich(block.get("value")))
        except NotPortable as error:
            raise CannotWrite(str(error)) from error

    def _rich(self, html: str | None, **options) -> str:
        return rich(from_html(html or ""), self.link, **options)

    def _directive(self, kind, content, argument=""):
        head = f":::{{{kind.replace('_', '-')}}}" + (f" {argument}" if argument else "")
        return f"{head}\n{content}\n:::"

    def _text(self, html):
        return self._rich(html or "")

    def _heading(self, value):
        return f"{'#' * int(value.get('level') or 2)} {plain(value.get('text') or '')}"

    def _image(self, value):
        if not value.get("image"):
            raise CannotWrite(_("a picture block without a picture"))
        return markdown_out.image(value.get("alt") or "", self.path(value["image"]), value.get("caption") or "")

    def _table(self, value):
        def row(cells):
            return f"| {' | '.join(cells)} |"

        rows = [row([self._cell(cell) for cell in cells]) for cells in value.get("rows", [])]
        columns = value.get("columns", [])
        head = row([plain(column or "", cell=True) for column in columns])
        table = "\n".join([head, row(["---"] * len(columns)), *rows])
        caption = " ".join((value.get("caption") or "").split())
        return self._directive("table", table, caption) if caption else table

    def _cell(self, html):
        runs = self._joined(html, _("a list or quotation in a cell of a table"))
        return inline(runs, self.link, cell=True) if runs else ""

    def _paragraphs(self, html, what) -> list[Paragraph]:
        blocks = from_html(html or "")
        if any(not isinstance(block, Paragraph) for block in blocks):
            raise CannotWrite(what)
        return blocks

    def _joined(self, html, what):
        """Paragraphs as one run of words, with two line breaks between them."""
        runs = []
        for block in self._paragraphs(html, what):
            runs += [BREAK, BREAK, *block.runs] if runs else block.runs
        return runs

    def _item(self, html, marker, box="", what=""):
        text = "\n\n".join(inline(block.runs, self.link) for block in self._paragraphs(html, what))
        return item(f"{box}{text}", marker)

    def _steps(self, value):
        what = _("a list or quotation in a step")
        steps = [self._item(step.get("value"), f"{number}.", what=what) for number, step in enumerate(value, start=1)]
        return self._directive("steps", "\n".join(steps))

    def _scenario(self, value):
        situation = "\n\n".join(as_words(part) for part in self._rich(value.get("situation")).split("\n\n"))
        lead = f"**{in_language(WHAT_WORKS, self.language)}:**"
        blocks = from_html(value.get("what_works") or "")
        if blocks and isinstance(blocks[0], Paragraph):
            lead = f"{lead} {inline(blocks.pop(0).runs, self.link)}"
        return self._directive(
            "scenario", "\n\n".join([situation, lead, *([rich(blocks, self.link)] if blocks else [])])
        )

    def _check(self, value):
        what = _("a list or quotation in an answer")
        answers = [
            self._item(answer.get("text"), "-", "[x] " if answer.get("correct") else "[ ] ", what)
            for answer in _values(value.get("answers"))
        ]
        parts = [
            self._rich(value.get("question")),
            "\n".join(answers),
            self._rich(value.get("feedback"), bullet="*"),
        ]
        return self._directive("check", "\n\n".join(part for part in parts if part))

    def _facilitator(self, value):
        parts = [as_words(self._rich(value.get("text")))] if value.get("text") else []
        parts += [self._caution(caution) for caution in _values(value.get("cautions"))]
        return self._directive("facilitator", "\n\n".join(parts))

    def _caution(self, value):
        about = []
        if value.get("who"):
            about.append(f"who: {_said(value['who'])}")
        if value.get("confirmed_on") or value.get("confirmed_by"):
            by = f"by {_said(value['confirmed_by'])}" if value.get("confirmed_by") else ""
            about.append(f"confirmed: {value.get('confirmed_on') or ''} {by}".replace("  ", " ").rstrip())
        brackets = f" [{'; '.join(about)}]" if about else ""
        runs = self._joined(value.get("what"), _("a list or quotation in something to confirm"))
        words = as_words(inline(runs, self.link)) if runs else ""
        return f"{in_language(CONFIRM, self.language)}{brackets}: {words}"

    def _video(self, value):
        options = [f":{name}: {self.path(value[name])}" for name in ("captions", "poster") if value.get(name)]
        content = "\n".join([*options, "", self._rich(value.get("transcript"))])
        return self._directive("video", content, self._path(value))

    def _audio(self, value):
        return self._directive("audio", f"\n{self._rich(value.get('transcript'))}", self._path(value))

    def _path(self, value):
        return self.path(value["file"]) if value.get("file") else ""

    def _document(self, value):
        argument = self._path(value) or value.get("url") or ""
        return self._directive("document", self._rich(value.get("text")), argument)

    def _link_card(self, value):
        return self._directive("link-card", self._rich(value.get("text")), value.get("url") or "")


def _values(entries) -> list[dict]:
    return [entry.get("value") or {} for entry in entries or []]


def _said(text: str) -> str:
    return re.sub(r"([][\\;])", r"\\\1", " ".join(text.split()))
