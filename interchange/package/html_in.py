"""Portable HTML to the tree of `richtext`, and by that to its one normal form."""

from html.parser import HTMLParser

from interchange.package.richtext import BREAK, Entry, List, Paragraph, Quote, Run, normal, to_html

_BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote"})


class NotPortable(ValueError):
    """HTML that the portable form does not know."""


class _Reader(HTMLParser):
    """Portable HTML to the tree. Words outside any block element count as a paragraph."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list = []
        self.lists: list[List] = []
        self.runs: list[Run] | None = None
        self.quote = False
        self.open = {"bold": 0, "italic": 0, "code": 0}
        self.link = None

    _MARK = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "code": "code"}

    def handle_starttag(self, tag, attrs):
        if tag in self._MARK:
            self.open[self._MARK[tag]] += 1
        elif tag == "br":
            self._words().append(BREAK)
        elif tag == "a":
            attrs = dict(attrs)
            uid, href = attrs.get("data-uid"), attrs.get("href")
            self.link = ("uid", uid) if uid else ("href", href) if href else None
        elif tag in ("ul", "ol"):
            self._open_list(tag == "ol")
        elif tag == "li":
            if not self.lists:
                raise NotPortable("<li> outside a list")
            self.lists[-1].entries.append(Entry([]))
            self.runs = self.lists[-1].entries[-1].runs
        elif tag == "blockquote":
            self.quote, self.runs = True, None
        elif tag == "p":
            self._paragraph()
        else:
            raise NotPortable(f"<{tag}> has no place in portable text")

    def handle_endtag(self, tag):
        if tag in self._MARK:
            self.open[self._MARK[tag]] -= 1
        elif tag == "a":
            self.link = None
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.runs = None
        elif tag in _BLOCKS and not self.lists:
            self.runs = None
            self.quote = self.quote and tag != "blockquote"

    def handle_data(self, data):
        if self.runs is None and not data.strip():
            return
        marks = {mark: count > 0 for mark, count in self.open.items()}
        self._words().append(Run(data, link=self.link, **marks))

    def _open_list(self, ordered):
        opened = List(ordered, [])
        if self.lists and self.lists[-1].entries:
            self.lists[-1].entries[-1].lists.append(opened)
        else:
            self.blocks.append(opened)
        self.lists.append(opened)
        self.runs = None

    def _paragraph(self):
        """A paragraph in an item goes on with the item's words after a break; elsewhere it is a block."""
        if not self.lists:
            self.runs = None
        elif self.runs:
            self.runs.append(BREAK)

    def _words(self) -> list[Run]:
        if self.runs is None and self.lists and self.lists[-1].entries:
            self.runs = self.lists[-1].entries[-1].runs
        if self.runs is None:
            self.runs = []
            self.blocks.append(Quote(self.runs) if self.quote else Paragraph(self.runs))
        return self.runs


def from_html(html: str) -> list:
    """The tree of portable HTML, in normal form. Raises NotPortable for elements it cannot hold."""
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return normal(reader.blocks)


def canonical(html: str) -> str:
    """The one way to write this portable HTML: reading a package gives it, and so does any round through Markdown."""
    return to_html(from_html(html))
