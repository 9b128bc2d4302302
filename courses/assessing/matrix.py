"""The table of a cohort: learners by name, assessments by module, and where each stands. Never ranked, never sorted
by result. The same number of queries whatever its size; none for an assessment that a process has read."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from assessments import instrument, queries
from assessments.actions import deciding
from assessments.groups import Group, Pinned
from assessments.models import Attempt, Result
from courses.assessing.cells import Cell, Decided, Tried, cell
from courses.cohorts.models import Course
from courses.cohorts.queries import in_course
from courses.cohorts.text import Module, Text

_RESULT = ("attempt_id", "at", "corrects_id", "outcome", "met", "raters", "valid_until")


@dataclass(frozen=True)
class Column:
    uid: str
    title: str


@dataclass(frozen=True)
class Part:
    """A module with its assessments that somebody judges."""

    uid: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Row:
    called: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[Column]:
        return [column for part in self.parts for column in part.columns]


def parts(course: Course, group: Group, language: str) -> list[Part]:
    """The modules of a course that have anything to assess, in their order. No query for a text a process knows."""
    return [part for module in Text(course).modules if (part := _part(module, group, language)).columns]


def table(course: Course, group: Group, language: str, module: str = "") -> Table:
    """Everybody who is in the course now; `module` leaves out the assessments of all others. At most twelve queries."""
    found = [part for part in parts(course, group, language) if module in ("", part.uid)]
    instrument.read_many(page.digest("en") for page in group.pages.values())
    tried, today = _tried(group), timezone.localdate()
    columns = [(UUID(column.uid), *_rule(group.pages[column.uid])) for part in found for column in part.columns]
    rows = [
        Row(
            person.called,
            tuple(
                cell(tried.get((person.learner_id, uid), ()), many, today, yardstick)
                for uid, many, yardstick in columns
            ),
        )
        for person in in_course(course)
    ]
    return Table(tuple(found), tuple(rows))


def _part(module: Module, group: Group, language: str) -> Part:
    pages = [page for page in module.pages if page.uid in group.pages]
    title = f"{module.code} {module.title(language)}".strip()
    return Part(module.uid, title, tuple(Column(page.uid, page.title(language)) for page in pages))


def _rule(page: Pinned) -> tuple[int, str]:
    """How many times in a row it takes, and the yardstick that counts now."""
    read = instrument.read(page.digest("en"))
    return read.rule.consecutive, read.yardstick


def _tried(group: Group) -> dict[tuple[UUID, UUID], list[Tried]]:
    """{(learner, assessment): tries, oldest first}. Sheets are read of tries that are open alone."""
    rows = Attempt.objects.filter(group=group.uid)
    results = queries.newest(Result.objects.filter(attempt__group=group.uid).values_list(*_RESULT, named=True))
    waiting = list(queries.with_work(rows.filter(results__isnull=True)))
    instrument.read_many(attempt.instrument for attempt in waiting)
    differ = {attempt.pk: bool(deciding.verdict(attempt).differ) for attempt in waiting}
    found = defaultdict(list)
    told = rows.order_by("opened_at", "number").values_list("pk", "learner_id", "assessment_uid", "yardstick")
    for uid, learner, assessment, yardstick in told:
        decided = results.get(uid)
        found[learner, assessment].append(
            Tried(str(uid), decided and _decided(decided, yardstick), differ.get(uid, False))
        )
    return found


def _decided(row, yardstick: str) -> Decided:
    return Decided(row.outcome, row.met, frozenset(row.raters), yardstick, row.valid_until)
