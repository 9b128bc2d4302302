"""Finding the blocks in a rendered page, to put something beside each. The page itself is not written anew."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

_BLOCK = re.compile(r"(?:[0-9a-f]+-)?b-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: Nothing but their own parts may stand between these, so what belongs to one goes inside it.
_INSIDE = frozenset({"li", "dd", "dt"})


def put_beside(html: str, beside: Callable[[str], str]) -> str:
    """`html` with `beside(block id)` after each block, or at the end of it where it is an entry of a list."""
    finder = _Finder(html)
    parts, done = [], 0
    for offset, block in finder.places:
        parts += [html[done:offset], beside(block)]
        done = offset
    return "".join([*parts, html[done:]])


class _Finder(HTMLParser):
    """Where each block's margin goes: `places` are (offset in the text, block id), in order."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.places: list[tuple[int, str]] = []
        self._open: list[tuple[str, str]] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._html = html
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in _VOID:
            match = _BLOCK.fullmatch(dict(attrs).get("id") or "")
            self._open.append((tag, match[1] if match else ""))

    def handle_startendtag(self, tag, attrs):
        """A part of a drawing that closes itself holds nothing."""

    def handle_endtag(self, tag):
        while self._open:
            opened, block = self._open.pop()
            if block:
                self.places.append((self._place(opened), block))
            if opened == tag:
                return

    def _place(self, tag: str) -> int:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        inside = tag in _INSIDE or bool(self._open) and self._open[-1][0] == "dl"
        return start if inside else self._html.index(">", start) + 1
