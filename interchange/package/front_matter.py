"""A lesson file: data between two lines ---, then Markdown."""

from dataclasses import dataclass

from interchange.package.entry import Entry
from interchange.package.problems import Report
from interchange.package.problems import sentence as _
from interchange.package.source import Source
from interchange.package.yaml_lines import load

LESSON = "uid slug code title objective hours mode minutes flags tags glossary alignments".split()


@dataclass
class LessonFile:
    """One language of a lesson: its front matter, and its Markdown from line `first` of the file."""

    name: str
    front: Entry
    body: str
    first: int


def read_lesson_file(source: Source, name: str, report: Report) -> LessonFile | None:
    """The two parts of a lesson file; None, with problems reported, where they cannot be told apart."""
    where = report.at(name)
    text = source.text(name, where)
    if text is None:
        return None
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"]
    if lines[0].rstrip() != "---" or not ends:
        where.add(1, _("A lesson file starts with a line ---, its data, and another line ---. They are missing here."))
        return None
    before = len(report.found)
    node = load("\n".join(lines[1 : ends[0]]), where, 2)
    if node is None:
        if len(report.found) == before:
            where.add(1, _("There is nothing between the two lines ---. Write code, title and the rest there."))
        return None
    return LessonFile(name, Entry(node, where, LESSON), "\n".join(lines[ends[0] + 1 :]), ends[0] + 2)
