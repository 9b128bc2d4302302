"""What waits for one person who assesses in a course: each thing one line with one place to go.

A line says that there is something and never what anybody else saw.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import instrument, methods, queries
from assessments.actions import deciding, trying
from assessments.enums import Method, Outcome, SheetKind
from assessments.groups import Group
from assessments.models import Attempt, Evidence, Result, Sheet

#: Methods in which what a learner added is what is judged, so that somebody has to hear that it is there.
NEW = {Method.PORTFOLIO: gettext_lazy("New in a portfolio"), Method.ORAL_RESPONSE: gettext_lazy("An answer to hear")}


@dataclass(frozen=True)
class Line:
    """`what` waits about a learner and an assessment. `attempt` is the try to open, None for the station."""

    what: str
    learner: UUID
    assessment: str
    attempt: UUID | None = None


def waiting(group: Group, person: UUID) -> list[Line]:
    """Everything that waits for this person, the oldest first within each kind. Eleven queries."""
    attempts = list(_worth_reading(group))
    instrument.read_many(attempt.instrument for attempt in attempts)
    open_ = [one for one in attempts if queries.result_of(one) is None and one.learner_id in group.learners]
    lines = [line for attempt in open_ for line in _of_open(attempt, person)]
    return [*lines, *_talks(attempts, group), *_new_evidence(group)]


def _worth_reading(group: Group):
    """Tries that are open, and all of whoever was *not yet* at the same assessment."""
    rows = Attempt.objects.filter(group=group.uid)
    same = {"attempt__learner": OuterRef("learner"), "attempt__assessment_uid": OuterRef("assessment_uid")}
    not_yet = Result.objects.filter(attempt__group=group.uid, outcome=Outcome.NOT_YET, **same)
    decided = Result.objects.filter(attempt=OuterRef("pk"))
    return queries.with_work(rows.filter(Q(~Exists(decided)) | Exists(not_yet))).order_by("opened_at", "number")


def _of_open(attempt: Attempt, person: UUID) -> Iterable[Line]:
    def line(what):
        return Line(what, attempt.learner_id, str(attempt.assessment_uid), attempt.pk)

    if person == attempt.learner_id:
        return
    if unconfirmed(attempt):
        yield line(_("Confirm who signed"))
    if methods.of(attempt.method).sheet_kind == SheetKind.TASK:
        if any(person not in _signers(attempt, sheet) for sheet in to_sign(attempt)):
            yield line(_("A task at work needs a second signature"))
        return
    raters = {sheet.rater_id for sheet in attempt.sheets.all()}
    sheets = queries.sheets_of(attempt, SheetKind.TRY)
    if attempt.method == Method.PRIOR_EXPERIENCE and not sheets:
        yield line(_("A claim of experience to look at"))
    elif person in raters:
        return
    elif deciding.verdict(attempt).differ:
        yield line(_("Two people saw it differently: take the third look"))
    elif sheets and queries.places(attempt):
        yield line(_("One person saw this try; a second is wanted"))


def unconfirmed(attempt: Attempt) -> list[Sheet]:
    """What somebody without an account signed and nobody of the course confirmed."""
    return [sheet for sheet in queries.written(attempt) if not queries.confirmed(attempt, sheet)]


def to_sign(attempt: Attempt) -> list[Sheet]:
    """Tasks that count only once a second person has signed: critical ones, and those of whoever may discipline."""
    critical = {one.id for one in instrument.read(attempt.instrument).criteria if one.critical}
    return [
        sheet
        for sheet in queries.sheets_of(attempt, SheetKind.TASK)
        if len(_signers(attempt, sheet)) < 2
        and (sheet.may_discipline or any(row["criterion"] in critical for row in sheet.marks))
    ]


def _signers(attempt: Attempt, sheet: Sheet) -> set[UUID]:
    more = [one for one in queries.sheets_of(attempt, SheetKind.COSIGN) if one.cosigns_id == sheet.pk]
    return {one.rater_id or one.witness_id for one in (sheet, *more)}


def _talks(attempts: list[Attempt], group: Group) -> Iterable[Line]:
    """Whoever cannot go on before somebody talked with them; the line leads to their last try."""
    by_skill = defaultdict(list)
    for attempt in attempts:
        if attempt.learner_id in group.learners and (row := queries.result_of(attempt)) and row.outcome != Outcome.VOID:
            by_skill[attempt.learner_id, str(attempt.assessment_uid)].append(attempt)
    for (learner, assessment), rows in by_skill.items():
        before = trying.before_next(rows)
        if before.plan:
            yield Line(_("A plan meeting comes before the next try"), learner, assessment, rows[-1].pk)
        elif before.coaching:
            yield Line(_("A talk comes before the next try"), learner, assessment, rows[-1].pk)


def _new_evidence(group: Group) -> Iterable[Line]:
    """Portfolios and spoken answers to which something was added since somebody last judged them."""
    uids = [uid for uid, page in group.pages.items() if page.method in NEW]
    rows = Evidence.objects.filter(
        group=group.uid, assessment_uid__in=uids, erased_at__isnull=True, learner__in=group.learners
    )
    seen = Sheet.objects.filter(attempt__group=group.uid, attempt__assessment_uid__in=uids)
    last = {
        (learner, uid): at
        for learner, uid, at in seen.values_list("attempt__learner", "attempt__assessment_uid").annotate(
            at=Max("sent_at")
        )
    }
    added = rows.values_list("learner", "assessment_uid").annotate(at=Max("added_at")).order_by("at")
    for learner, uid, at in added:
        if (learner, uid) not in last or last[learner, uid] < at:
            yield Line(str(NEW[group.pages[str(uid)].method]), learner, str(uid))
