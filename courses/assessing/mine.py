"""What a learner reads of their own skills: where they stand with each, and what comes next. No points, no ranks."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import instrument, methods, queries
from assessments.actions import deciding, trying
from assessments.enums import ENOUGH, Method, Outcome, SheetKind
from assessments.instrument import Instrument
from assessments.methods import Slice
from assessments.models import Attempt, Result
from assessments.policy import scoring
from courses.assessing import cells
from courses.cohorts.text import Page, address
from courses.learning.access import Reader
from curriculum.editions.read import SOURCE

#: Methods that somebody may judge on the learner's own phone.
HANDED = frozenset(
    {Method.SKILLS_DEMONSTRATION, Method.SCENARIO, Method.ORAL_RESPONSE, Method.WORKSITE_SIGN_OFF},
)


@dataclass(eq=False)
class Skill:
    """One assessment as a learner stands with it. `tries` are theirs, oldest first, read with their work, `group` the
    course that is open; `path` is where the assessment is read in it, "" where the course text has it no more."""

    group: UUID
    uid: str
    digest: str
    title: str
    language: str
    path: str = ""
    tries: list[Attempt] = field(default_factory=list)

    @cached_property
    def read(self) -> Instrument:
        return instrument.read(self.digest)

    @cached_property
    def slice(self) -> Slice:
        return methods.of(self.read.method)

    @property
    def is_practice(self) -> bool:
        return not self.read.is_graded

    @property
    def is_log(self) -> bool:
        """Tasks at work, written down each time."""
        return self.slice.sheet_kind == SheetKind.TASK

    @property
    def is_handed(self) -> bool:
        return self.read.method in HANDED and bool(self.path)

    @cached_property
    def decided(self) -> list[tuple[Attempt, Result]]:
        """Tries that count, with the result that counts."""
        pairs = [(attempt, queries.result_of(attempt)) for attempt in self.tries]
        return [(attempt, row) for attempt, row in pairs if row and row.outcome != Outcome.VOID]

    @cached_property
    def open(self) -> Attempt | None:
        """The try that is not decided yet."""
        return next((one for one in reversed(self.tries) if queries.result_of(one) is None), None)

    @cached_property
    def here(self) -> list[Attempt]:
        """Tries in the course that is open: only those go on here."""
        return [one for one in self.tries if one.group == self.group]

    @cached_property
    def open_here(self) -> Attempt | None:
        """The try of this course that is not decided yet."""
        return next((one for one in reversed(self.here) if queries.result_of(one) is None), None)

    @cached_property
    def shown(self) -> Result | None:
        """The newest result that says competent or recognized; a later try takes nothing away."""
        found = [row for _attempt, row in self.decided if row.outcome in ENOUGH]
        return max(found, key=lambda row: row.at, default=None)

    @property
    def until(self) -> date | None:
        return self.shown.valid_until if self.shown else None

    @property
    def is_over(self) -> bool:
        """It was shown, and has to be shown again."""
        return bool(self.until and self.until < timezone.localdate())

    @property
    def holds(self) -> bool:
        return bool(self.shown) and not self.is_over

    @property
    def word(self) -> str:
        """Where somebody stands, in a word."""
        if self.shown:
            return str(Outcome(self.shown.outcome).label)
        if self.decided:
            result = self.decided[-1][1]
            now = cells.after(self.standing, result.met)
            return now.word if now.state == cells.State.ONE_MORE else str(Outcome(result.outcome).label)
        return _("Begun") if self.open else _("Not tried")

    @cached_property
    def standing(self) -> scoring.Standing:
        """By the assessment as the course has it now: tries by an older one do not count in the same row."""
        rows = [queries.as_try(attempt, row) for attempt, row in self.decided]
        if rows and rows[-1].yardstick != self.read.yardstick:
            rows = []
        return scoring.standing(rows, self.read.rule.consecutive)

    @cached_property
    def before(self) -> scoring.Before:
        return trying.before_next(self.here)

    @cached_property
    def times(self) -> list[dict]:
        """Of tasks at work: how often each was done, of how often it is wanted."""
        if not self.is_log or self.open is None:
            return []
        done = scoring.tasks_done(self.read.rule, queries.entries_of(self.open))
        wanted = self.read.rule.consecutive
        return [
            {"point": point, "done": min(done.get(point.id, 0), wanted), "wanted": wanted}
            for point in self.read.criteria
        ]

    @cached_property
    def to_confirm(self) -> list[str]:
        """Who still has to confirm experience from before."""
        if self.open is None:
            return []
        groups = self.slice.still_to_confirm([row.capacity for row in self.open.attestations.all()])
        return [" / ".join(str(one.label) for one in sorted(group)) for group in groups]


@dataclass(frozen=True)
class Step:
    """What comes next with a skill. `order`: the smaller, the sooner; None where there is nothing to do."""

    sentence: str
    order: int | None = None


def next_step(skill: Skill) -> Step | None:
    """What a learner can do next, or what they wait for."""
    if skill.open is not None:
        return _while_open(skill)
    if skill.before.plan:
        return Step(_("A plan meeting comes first: you, an instructor, and somebody who stands by you."), 0)
    if skill.before.coaching:
        return Step(_("First somebody talks it over with you. Then you try again."), 0)
    if skill.holds:
        return None
    if skill.is_over:
        return Step(_("Show it again: the time it holds is over."), 1)
    if skill.read.method == Method.PRIOR_EXPERIENCE:
        return Step(_("If you did this before: say where and when, and have it confirmed."), 4)
    if not skill.decided:
        return Step(_("Try it when you are ready."), 3)
    standing = skill.standing
    if standing.needs_another_rater:
        return Step(_("Show it once more, to somebody who did not see the last try."), 1)
    return Step(_more(standing.still), 1 if standing.in_a_row else 2)


def _more(still: int) -> str:
    return ngettext(
        "%(count)d more try that is enough, and you have it.",
        "%(count)d more tries in a row that are enough, and you have it.",
        still,
    ) % {"count": still}


def _while_open(skill: Skill) -> Step:
    attempt = skill.open
    if skill.is_log:
        left = sum(one["wanted"] - one["done"] for one in skill.times)
        return Step(
            ngettext("%(count)d time at work is still wanted.", "%(count)d times at work are still wanted.", left)
            % {"count": left},
            1,
        )
    if skill.to_confirm:
        return Step(_("Still to confirm it: %(who)s.") % {"who": "; ".join(skill.to_confirm)}, 1)
    sheets = queries.sheets_of(attempt, SheetKind.TRY)
    if not sheets and queries.turned_away(attempt):
        return Step(
            _("Nobody of the course could confirm who signed. Show it to an assessor, or to somebody they know."), 1
        )
    if any(not queries.confirmed(attempt, sheet) for sheet in sheets):
        return Step(_("It is signed. An assessor of the course now confirms who signed."))
    if deciding.verdict(attempt).differ:
        return Step(_("People saw it differently. Somebody else takes a third look now."))
    if sheets:
        of = max(attempt.raters, len(sheets) + 1)
        return Step(
            _("%(count)d of %(of)d people wrote down what they saw. You read it once it is decided.")
            % {"count": len(sheets), "of": of}
        )
    return Step(_("An assessor looks at it now."))


def modules(reader: Reader, language: str) -> list[dict]:
    """Every judged assessment of the course by module, and what was tried before and is not in the text any more.

    Nine queries, however many there are.
    """
    tries, found = _tries(reader), []
    for module in reader.text.modules:
        skills = [
            _of_page(reader, page, language, tries.pop(page.uid, []))
            for page in module.pages
            if page.method and methods.of(page.method).is_judged
        ]
        if skills:
            found.append({"code": module.code, "title": module.title(language), "skills": skills})
    older = [_older(reader, uid, rows) for uid, rows in tries.items()]
    instrument.read_many(one.digest for part in found for one in part["skills"])
    return [*found, {"code": "", "title": _("From before"), "skills": older}] if older else found


def skill(reader: Reader, language: str, uid: str) -> Skill | None:
    """One of them."""
    rows = _tries(reader, assessment_uid=uid).get(uid, [])
    page = next((page for page in reader.text.pages if page.uid == uid and page.method), None)
    if page:
        return _of_page(reader, page, language, rows)
    return _older(reader, uid, rows) if rows else None


def _tries(reader: Reader, **which) -> dict[str, list[Attempt]]:
    """Tries in whatever course: what somebody showed elsewhere they have shown."""
    rows = Attempt.objects.filter(learner=reader.enrollment.learner_id, **which)
    found = defaultdict(list)
    for row in queries.with_work(rows).order_by("opened_at", "number"):
        found[str(row.assessment_uid)].append(row)
    instrument.read_many(row.instrument for rows in found.values() for row in rows)
    return dict(found)


def _of_page(reader: Reader, page: Page, language: str, tries: list[Attempt]) -> Skill:
    spoken = next((one for one in (language, SOURCE) if one in page.titles), next(iter(page.titles)))
    path = address(reader.course.code, language, page.path)
    return Skill(reader.course.pk, page.uid, page.digests[spoken], page.titles[spoken], spoken, path, tries)


def _older(reader: Reader, uid: str, tries: list[Attempt]) -> Skill:
    read = instrument.read(tries[-1].instrument)
    return Skill(reader.course.pk, uid, read.digest, read.title, read.language, tries=tries)
