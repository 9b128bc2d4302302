"""A learner asks for a result to be heard again, by one person from each side who did not assess."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import queries
from assessments.actions import deciding
from assessments.enums import Finding, Outcome, Ruling
from assessments.models import Appeal, AppealFinding, AppealHearer, Attempt, Result, Words
from assessments.permissions import check_can_coordinate, speaks_for
from assessments.queries import hearers_of
from curriculum.review import workdays
from curriculum.review.enums import Side
from users.models import Learner, User

#: Working days in which both sides answer, and in which a learner may ask (assessment.md).
DAYS = 10


class NotHeard(ValueError):
    """Nothing was kept; says why and what to do."""


@transaction.atomic
def appeal(*, result: Result, learner: Learner, text: str) -> Appeal:
    """A learner asks for one of their results to be heard again, within ten working days. Raises NotHeard."""
    attempt = deciding.held(result.attempt)
    if attempt.learner_id != learner.pk:
        raise PermissionDenied(_("This is somebody else's result."))
    if queries.result_of(attempt).pk != result.pk or result.outcome == Outcome.VOID:
        raise NotHeard(_("This result was changed since. Read the new one first."))
    if Appeal.objects.filter(result__attempt=attempt).exists():
        raise NotHeard(_("You asked for this already. You read the answer here."))
    if last_day(result) < timezone.localdate():
        raise NotHeard(_("The ten working days are over. Talk with your instructor about another try."))
    if not text.strip():
        raise NotHeard(_("Write in a sentence what was not right. Nothing was sent yet."))
    row = Appeal.objects.create(result=result, due_on=workdays.add(timezone.localdate(), DAYS))
    Words.objects.create(learner=learner, of=row.pk, text=text.strip())
    return row


def last_day(result: Result) -> date:
    """The last day on which a learner may ask for a result to be heard again."""
    return workdays.add(timezone.localdate(result.at), DAYS)


def may_hear(attempt: Attempt, user: User) -> Side | None:
    """For which side somebody may hear an appeal about a try; None for whoever saw, decided or talked it over."""
    return None if user.person_id in _touched(attempt) else speaks_for(user)


@transaction.atomic
def name_hearer(*, appeal: Appeal, user: User, by: User) -> AppealHearer:
    """The coordinator asks somebody of one side to hear an appeal. A second name for a side replaces the first.

    Raises NotHeard, PermissionDenied.
    """
    check_can_coordinate(by)
    side = may_hear(deciding.fresh(appeal.result.attempt), user)
    if side is None:
        raise NotHeard(
            _("%(name)s saw this try, or speaks for no side. Ask somebody else.") % {"name": user.person.name}
        )
    if appeal.findings.filter(side=side).exists():
        raise NotHeard(_("That side answered already. Nothing was changed."))
    return AppealHearer.objects.create(appeal=appeal, person=user.person, side=side, named_by=by.person)


@transaction.atomic
def find(*, appeal: Appeal, by: User, finding: Finding, text: str) -> AppealFinding:
    """One side says what it found. When both have, what they both say is done; where they differ, somebody looks again.

    Raises NotHeard, PermissionDenied.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("result__attempt").get(pk=appeal.pk)
    side = speaks_for(by)
    if side is None or hearers_of(appeal).get(side) != by.person_id:
        raise PermissionDenied(_("You were not asked to hear this. Nothing was kept."))
    if appeal.findings.filter(side=side).exists():
        raise NotHeard(_("Your side answered already. Nothing was changed."))
    if not text.strip():
        raise NotHeard(_("Write why, in a sentence the learner can read. Nothing was kept yet."))
    row = AppealFinding.objects.create(appeal=appeal, person=by.person, side=side, finding=finding)
    Words.objects.create(learner_id=appeal.result.attempt.learner_id, of=row.pk, text=text.strip())
    _conclude(appeal)
    return row


def conclusion(findings) -> Finding | None:
    """What both sides come to; None while one has not answered. Where they differ, somebody looks again."""
    said = [row.finding for row in findings]
    if len(said) < len(Side):
        return None
    return Finding(said[0]) if len(set(said)) == 1 else Finding.AGAIN


def _conclude(appeal: Appeal) -> None:
    """What both found becomes a further row of the record; a result that stands stays as it is.

    Another row may have come since the learner asked: it is about the same try, so what they found is done with that.
    """
    found = conclusion(appeal.findings.all())
    attempt = deciding.held(appeal.result.attempt)
    result = queries.result_of(attempt)
    if found == Finding.CHANGES:
        deciding.amend(attempt, result, Ruling.MET, why=deciding.BY_APPEAL)
    elif found == Finding.AGAIN and result.outcome != Outcome.VOID:
        deciding.amend(attempt, result, Ruling.VOID, why=deciding.BY_APPEAL)


def _touched(attempt: Attempt) -> set[UUID]:
    """Everybody who saw, decided, talked over or made this try."""
    rows = [sheet.rater_id for sheet in attempt.sheets.all()]
    look = queries.third_look_of(attempt)
    talks = [talk.person_id for talk in attempt.talks.all()]
    return {*rows, *talks, look and look.person_id, attempt.learner_id, attempt.opened_by_id} - {None}
