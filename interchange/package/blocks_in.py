"""The body of a lesson file to its blocks. What each directive holds is in `directives`."""

from dataclasses import dataclass

from interchange.package.directives import read_directive
from interchange.package.markdown_in import Place, parse, refuse, rich
from interchange.package.problems import sentence as _
from interchange.package.richtext import to_html
from interchange.package.tables import plain_text, read_table

_WORDS = ("paragraph", "bullet_list", "ordered_list", "blockquote")
# A paragraph of these three letters ends a text block, so that two text blocks can follow each other.
BLOCK_BREAK = "+++"
_LEVELS = {"h2": 2, "h3": 3}


@dataclass
class Parsed:
    """A block and the line it starts on."""

    line: int
    type: str
    value: object

    def block(self) -> dict:
        return {"id": None, "type": self.type, "value": self.value}


def read_body(text: str, first: int, place: Place) -> list[Parsed]:
    """The blocks of Markdown whose first line is line `first` of its file. Problems go to `place.report`."""
    lines = text.split("\n")
    found: list[Parsed] = []
    run: list = []

    def end_run():
        if run:
            html = to_html(rich(run, first, place))
            if html:
                found.append(Parsed(first + run[0].map[0], "text", html))
            run.clear()

    for node in parse(text, first, place):
        line = first + node.map[0]
        if node.type in _WORDS and not _is_break(node) and not _is_image(node):
            run.append(node)
            continue
        end_run()
        if _is_break(node):
            continue
        read = _image if _is_image(node) else _READERS.get(node.type)
        parsed = read(node, line, lines, place) if read else refuse(node, line, place)
        if parsed:
            found.append(parsed)
    end_run()
    return found


def _is_break(node) -> bool:
    return node.type == "paragraph" and node.children[0].content == BLOCK_BREAK


def _is_image(node) -> bool:
    return node.type == "paragraph" and [child.type for child in node.children[0].children] == ["image"]


def _heading(node, line, lines, place):
    inline = node.children[0] if node.children else None
    if node.markup in ("-", "="):
        return refuse(node, line, place)
    if node.tag not in _LEVELS:
        place.report.add(
            line, _("Headings inside a lesson start with ## or ###. The title stands at the top of the file.")
        )
        return None
    text = plain_text(inline, line, place) if inline else ""
    if not text:
        place.report.add(line, _("This heading is empty. Write its words, or take it out."))
        return None
    return Parsed(line, "heading", {"level": _LEVELS[node.tag], "text": text})


def _image(node, line, lines, place):
    image = node.children[0].children[0]
    media = place.media(str(image.attrGet("src") or ""), line, "image")
    if media is None:
        return None
    alt = " ".join("".join(child.content or " " for child in image.walk() if not child.children).split())
    value = {"image": media, "alt": alt if image.children else ""}
    caption = " ".join(str(image.attrGet("title") or "").split())
    if caption:
        value["caption"] = caption
    return Parsed(line, "image", value)


def _table(node, line, lines, place):
    return Parsed(line, "table", read_table(node, line - node.map[0], lines, place))


def _directive(node, line, lines, place):
    closing = lines[node.map[1] - 1].strip()
    closed = node.map[1] - node.map[0] > 1 and closing.startswith(node.markup) and not closing.strip(":")
    if node.info.strip() and not closed:
        place.report.add(line, _("This block is not closed. Put ::: on a line of its own where it ends."))
        return None
    found = read_directive(node, line, place)
    return Parsed(line, *found) if found else None


_READERS = {"heading": _heading, "table": _table, "colon_fence": _directive}
