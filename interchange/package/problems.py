"""What is wrong with a package, said once for every place, in words a designer can act on.

Importing is all or nothing: readers put every problem they meet into one `Report` and go on, so that a person
fixes a package in one round and not in twenty.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext


def sentence(text: str) -> str:
    """Marks a sentence for translation (imported as `_`). It is put into a language when it is shown."""
    return text


@dataclass(frozen=True)
class Problem:
    """One thing to fix: the file (path inside the package), the line counted from 1, and what to do.

    `template` is the untranslated sentence and `values` fill it, so that the sentence is put into the
    reader's language when it is shown and the package can be read where Django is not set up.
    """

    file: str
    line: int
    template: str
    values: dict = field(default_factory=dict)

    @property
    def message(self) -> str:
        template = gettext(self.template) if settings.configured else self.template
        return template % self.values if self.values else template.replace("%%", "%")

    def __str__(self):
        return f"{self.file}:{self.line}: {self.message}"


class PackageRefused(Exception):
    """The package is taken whole or not at all; `problems` says what to change, in file and line order."""

    def __init__(self, problems):
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


# Whoever sees this many has one mistake that makes all the others.
_MOST = 1000


class Report:
    """The problems met so far, each once."""

    def __init__(self):
        self.found: dict[tuple, Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        return list(self.found.values())

    def add(self, problem: Problem) -> None:
        if len(self.found) < _MOST:
            self.found.setdefault((problem.file, problem.line, problem.template, str(problem.values)), problem)

    def at(self, file: str) -> "FileReport":
        return FileReport(self, file)

    def names(self, file: str) -> bool:
        """Whether something is wrong in this file already: what follows from it is not told a second time."""
        return any(problem.file == file for problem in self.found.values())

    def refuse_if_any(self) -> None:
        """Raise PackageRefused when there is at least one problem."""
        if self.found:
            raise PackageRefused(self.problems)


@dataclass(frozen=True)
class FileReport:
    """The same report, for problems of one file."""

    report: Report
    file: str

    def add(self, line: int, template: str, /, **values) -> None:
        self.report.add(Problem(self.file, line, template, values))
