"""A directive as a lesson file holds it, between ::: and :::."""

from dataclasses import dataclass

from interchange.package.markdown_in import Place, parse, rich
from interchange.package.richtext import to_html


@dataclass
class Directive:
    """One directive. `first` is the line its content starts on; `options` are its `:name: value` lines."""

    name: str
    argument: str
    content: str
    line: int
    first: int
    options: dict
    place: Place

    def add(self, template, line=None, **values):
        self.place.report.add(line or self.line, template, **values)

    def nodes(self):
        return parse(self.content, self.first, self.place)

    def words(self, text=None, first=None) -> str:
        """Portable HTML of (a part of) the content."""
        text = self.content if text is None else text
        first = first or self.first
        return to_html(rich(parse(text, first, self.place), first, self.place))
