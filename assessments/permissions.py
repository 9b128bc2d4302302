"""Who sees what of assessment: one table (`SEES`), which docs/assessment.md shows and a test compares.

Results belong to the learner. Labor and management reviewers see how many, never who, and nothing below five.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import groups
from assessments.models import AppealFinding, AppealHearer, Attempt, Evidence
from curriculum.review.enums import SIDE_OF, Side
from users.learners import learner_of
from users.models import Learner
from users.permissions import roles_of
from users.roles import SIDES, Role


class Record(models.TextChoices):
    """What there is to see."""

    SHEET = "sheet", gettext_lazy("What one person saw, and their notes")
    RESULT = "result", gettext_lazy("Results, and what they rest on")
    EVIDENCE = "evidence", gettext_lazy("Evidence")
    TALK = "talk", gettext_lazy("What was talked over before the next try")
    APPEAL = "appeal", gettext_lazy("An appeal and what was found")
    GROUP = "group", gettext_lazy("The table of a course, person by person")
    RATERS = "raters", gettext_lazy("How assessors agree with each other")
    COUNTS = "counts", gettext_lazy("How many people, never fewer than five, never who")


class Viewer(models.TextChoices):
    """As what somebody looks."""

    LEARNER = "learner", gettext_lazy("The learner")
    ASSESSOR = "assessor", gettext_lazy("Assessors and instructors of the course")
    COORDINATOR = "coordinator", gettext_lazy("Coordinator")
    HEARER = "hearer", gettext_lazy("Who hears the appeal, while it is open")
    READER = "reader", gettext_lazy("Labor and management reviewers, designers, auditors")


SEES: dict[Record, frozenset[Viewer]] = {
    Record.SHEET: frozenset({Viewer.LEARNER, Viewer.ASSESSOR, Viewer.COORDINATOR, Viewer.HEARER}),
    Record.RESULT: frozenset({Viewer.LEARNER, Viewer.ASSESSOR, Viewer.COORDINATOR, Viewer.HEARER}),
    Record.EVIDENCE: frozenset({Viewer.LEARNER, Viewer.ASSESSOR, Viewer.COORDINATOR, Viewer.HEARER}),
    Record.TALK: frozenset({Viewer.LEARNER, Viewer.ASSESSOR, Viewer.COORDINATOR, Viewer.HEARER}),
    Record.APPEAL: frozenset({Viewer.LEARNER, Viewer.COORDINATOR, Viewer.HEARER}),
    Record.GROUP: frozenset({Viewer.ASSESSOR, Viewer.COORDINATOR}),
    Record.RATERS: frozenset({Viewer.COORDINATOR}),
    Record.COUNTS: frozenset({Viewer.COORDINATOR, Viewer.READER}),
}

COUNTING = SIDES | {Role.DESIGNER, Role.AUDITOR}


def may(record: Record, viewers) -> bool:
    return bool(SEES[record] & frozenset(viewers))


def viewers_of_group(user, group: groups.Group | None) -> frozenset[Viewer]:
    """As what an account looks at a group; one query for the roles."""
    held, found = roles_of(user), set()
    if Role.COORDINATOR in held:
        found.add(Viewer.COORDINATOR)
    if held & COUNTING:
        found.add(Viewer.READER)
    if can_assess(user, group):
        found.add(Viewer.ASSESSOR)
    return frozenset(found)


def viewers(*, user, learner: Learner | None, of: UUID, group_uid: UUID, attempt: Attempt | None = None) -> frozenset:
    """As what somebody looks at what belongs to the learner `of` in a group.

    `user` is the account and `learner` who learns on this phone; either may be nobody.
    """
    found = set(viewers_of_group(user, groups.find(group_uid)))
    if learner and learner.pk == of:
        found.add(Viewer.LEARNER)
    if user.is_authenticated and attempt and hears(user, attempt):
        found.add(Viewer.HEARER)
    return frozenset(found)


def speaks_for(user) -> Side | None:
    """The side an account speaks for now; None for nobody's, and for whoever stands on both."""
    sides = [side for role, side in SIDE_OF.items() if role in roles_of(user)]
    return sides[0] if len(sides) == 1 else None


def hears(user, attempt: Attempt) -> bool:
    """Whether an account was asked to hear an appeal about this try that is still open, and speaks for that side still.

    Two queries.
    """
    side = speaks_for(user)
    rows = AppealHearer.objects.filter(appeal__result__attempt=attempt).order_by("pk")
    named = {(row.appeal_id, row.side): row.person_id for row in rows}
    mine = {appeal for (appeal, of), person in named.items() if person == user.person_id and of == side}
    found = AppealFinding.objects.filter(appeal__in=mine).values_list("appeal_id", flat=True)
    answered = list(found)
    return any(answered.count(appeal) < len(Side) for appeal in mine)


def can_see_evidence(request, evidence: Evidence) -> bool:
    """Whether whoever asks may open a piece of evidence."""
    who = viewers(
        user=request.user,
        learner=learner_of(request),
        of=evidence.learner_id,
        group_uid=evidence.group,
        attempt=evidence.attempt,
    )
    return may(Record.EVIDENCE, who)


def can_assess(user, group: groups.Group | None) -> bool:
    """Whether an account's sheets count in a group."""
    return bool(group and user.is_authenticated and user.person_id in group.assessors)


def check_can_assess(user, group: groups.Group | None) -> None:
    if not can_assess(user, group):
        raise PermissionDenied(_("Only assessors of this course write down what they saw. Nothing was kept."))


def can_coordinate(user) -> bool:
    return Role.COORDINATOR in roles_of(user)


def check_can_coordinate(user) -> None:
    if not can_coordinate(user):
        raise PermissionDenied(_("This is for the coordinator. Nothing was changed."))
