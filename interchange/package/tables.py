"""Tables of a lesson: a caption, plain column names, rows of cells that hold words with marks."""

from markdown_it.rules_block.table import escapedSplit

from interchange.package.markdown_in import Place, inline_runs
from interchange.package.problems import sentence as _
from interchange.package.richtext import Paragraph, normal, to_html

_PLAIN = ("text", "softbreak")


def plain_text(inline, line: int, place: Place) -> str:
    """Words without marks, for headings and column names."""
    if any(child.type not in _PLAIN for child in inline.children):
        place.report.add(
            line, _("Headings and column names are plain words. Take out bold, italic, links and pictures.")
        )
        return "?"
    return " ".join("".join(child.content or " " for child in inline.children).split())


def read_table(node, first: int, lines: list[str], place: Place) -> dict:
    """The value of a table node in text whose first line is line `first` of the file."""
    head, *body = node.children
    start = node.map[0]
    if ":" in lines[start + 1]:
        place.report.add(
            first + start + 1, _("Columns cannot be moved left or right. Write this line with | and - only.")
        )
    columns = [plain_text(cell.children[0], first + start, place) for cell in head.children[0].children]
    rows = []
    for row in body[0].children if body else ():
        line = first + row.map[0]
        if (count := _count(lines[row.map[0]])) != len(columns):
            place.report.add(
                line,
                _("This row has %(count)s cells and the table has %(columns)s columns. Write \\| for an upright line."),
                count=count,
                columns=len(columns),
            )
        rows.append([_cell(c.children[0], line, place) for c in row.children])
    return {"columns": columns, "rows": rows}


def _count(line: str) -> int:
    """How many cells were typed; the Markdown reader itself fills up and cuts off."""
    cells = escapedSplit(line.strip())
    cells = cells[1:] if cells and cells[0] == "" else cells
    return len(cells[:-1] if cells and cells[-1] == "" else cells)


def _cell(inline, line, place) -> str:
    return to_html(normal([Paragraph(inline_runs(inline, line, place, cell=True))]))
