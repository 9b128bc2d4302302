"""Telling people: one function, called by acts and receivers, inside their transaction.

It only writes down who is to be told what; letters are composed from that later (`review.mailing`), so an act costs
one insert and a broken mail server breaks nothing.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review import signals
from curriculum.review.models import Notification, Submission
from curriculum.review.permissions import can_pass_on
from curriculum.review.steps import Step


def tell(
    step: Step,
    submission: Submission,
    people: Iterable = (),
    *,
    about: str = "",
    day: date | None = None,
    principals: Iterable[str] = (),
) -> None:
    """Let these people (users.Person), and the principals of these sides, know of `step`.

    Telling the same person the same step of the same review twice tells it once; where it can happen several times,
    `about` is the digest of the entry that says so. `day` is what the sentence names, when that is not the day by
    which answers are due. Sent with the next day's letter; at once, on commit, for what could hurt someone.
    """
    keep(notices(Step(step), submission, people, about=about, day=day, principals=principals))
    if Step(step).is_urgent:
        transaction.on_commit(lambda: signals.urgent.send(sender=Submission, submission=submission), robust=True)


def notices(step, submission, people=(), *, about="", day=None, principals=()) -> list[Notification]:
    """The rows of `tell`, not written yet."""
    row = {"submission": submission, "step": step, "about": about, "day": day, "made_at": timezone.now()}
    told = {person.pk: person for person in people}.values()
    return [
        *(Notification(person=person, **row) for person in told),
        *(Notification(principal=side, **row) for side in principals),
    ]


def keep(rows: list[Notification]) -> None:
    """Write them; those that exist already stay as they are, whoever wrote them first."""
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def pass_on(*, notice: Notification, by) -> None:
    """Write down that it was told by hand, with everything that asks the same of the same person: no letter follows.

    Raises PermissionDenied for people who do not pass notices on.
    """
    if not can_pass_on(by):
        raise PermissionDenied(_("The coordinator passes notices on. Nothing was changed."))
    same = Notification.objects.filter(
        person=notice.person_id, submission=notice.submission_id, step__in=Step(notice.step).same, passed_on_at=None
    )
    same.update(passed_on_at=timezone.now(), passed_on_by=by.person)
