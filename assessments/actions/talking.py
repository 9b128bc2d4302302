"""Talking it over before the next try: coaching after something critical, a plan after three times *not yet*."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from assessments import groups, queries
from assessments.actions import deciding
from assessments.enums import TalkKind
from assessments.models import Attempt, Talk, Words
from assessments.permissions import check_can_assess
from users.models import User

#: Who sits at a plan meeting beside the learner, at least.
AT_A_PLAN = ("instructor", "advocate")


class NotKept(ValueError):
    """Nothing was kept; says why and what to do."""


@transaction.atomic
def write_talk(*, attempt: Attempt, by: User, kind: TalkKind, text: str, present: Collection[str] = ()) -> Talk:
    """Write down what was agreed with the learner, who reads it. Raises NotKept, PermissionDenied."""
    check_can_assess(by, groups.find(attempt.group))
    attempt = deciding.fresh(attempt)
    if queries.result_of(attempt) is None:
        raise NotKept(_("This try is not decided yet. Nothing was kept."))
    if not text.strip():
        raise NotKept(_("Write what the two of you agreed on: what went well, what to practice. Nothing was kept yet."))
    if kind == TalkKind.PLAN and not set(AT_A_PLAN) <= set(present):
        raise NotKept(
            _("A plan meeting is the learner, an instructor and somebody who stands by them. Nothing was kept yet.")
        )
    row = Talk.objects.create(attempt=attempt, kind=kind, present=sorted(set(present)), person=by.person)
    Words.objects.create(learner=attempt.learner, of=row.pk, text=text.strip())
    return row
