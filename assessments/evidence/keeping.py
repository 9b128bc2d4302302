"""How long evidence is kept, and how it goes: by the learner's wish, with the learner's name, or by the calendar.

The bytes and words go and the row stays: it says that there was something, when it came and when it went.
"""

import logging
from datetime import date, datetime, timedelta
from functools import partial
from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import methods
from assessments.enums import EvidenceKind, Method
from assessments.evidence import storing
from assessments.methods.base import KEEP_DAYS
from assessments.models import Appeal, Attempt, Evidence, Upload
from curriculum.review.ticking import register
from users.models import Learner, Person

log = logging.getLogger(__name__)

#: Days after the result that a spoken answer is kept.
DAYS_OF_AN_ANSWER = 30
UNFINISHED_FOR = timedelta(days=2)
#: Both sides have found.
SIDES = 2


def until(kind: str, added_on: date, method: str = "") -> date | None:
    """The last day on which evidence added that day is kept, or None where no day ends it.

    `method` is that of the assessment, "" where nobody knows the assessment any more.
    """
    days = (methods.of(method).keep_days if method else KEEP_DAYS).get(EvidenceKind(kind))
    return None if days is None else added_on + timedelta(days=days)


def new_name() -> str:
    """A name that says nothing and that nobody guesses."""
    return token_urlsafe()


@transaction.atomic
def after_result(*, attempt: Attempt, on: date) -> int:
    """A spoken answer was judged that day: its sound goes 30 days later, or sooner where it would anyway. How many."""
    if attempt.method != Method.ORAL_RESPONSE:
        return 0
    last = on + timedelta(days=DAYS_OF_AN_ANSWER)
    own = Q(attempt=attempt) | Q(
        attempt=None, learner=attempt.learner_id, group=attempt.group, assessment_uid=attempt.assessment_uid
    )
    rows = Evidence.objects.filter(own, kind=EvidenceKind.AUDIO, erased_at__isnull=True)
    return rows.filter(Q(keep_until__isnull=True) | Q(keep_until__gt=last)).update(keep_until=last)


def hold_to(*, attempt: Attempt) -> None:
    """What a learner added to an assessment without naming a try belongs to the try that was judged with it."""
    rows = Evidence.objects.filter(attempt=None, learner=attempt.learner_id, group=attempt.group)
    rows.filter(assessment_uid=attempt.assessment_uid).update(attempt=attempt)


@transaction.atomic
def withdraw(*, evidence: Evidence, by: Person) -> bool:
    """The learner takes evidence back. True where an appeal is open that can no longer look at it: tell them.

    Raises PermissionDenied for everybody else. What is gone already stays gone.
    """
    if by.pk != evidence.learner_id:
        raise PermissionDenied(_("Only the learner takes evidence back. Nothing was changed."))
    row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if row.erased_at is None:
        _erase(row, timezone.now(), withdrawn=True)
        log.info("evidence %s withdrawn by %s", row.pk, by.pk)
    return _with_open_appeal(Evidence.objects.filter(pk=row.pk)).exists()


@transaction.atomic
def drop(*, upload: Upload) -> None:
    """A file on its way in goes, with every piece."""
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(partial(storing.forget_pieces, upload.pk))


@transaction.atomic
def erase_of(*, learner: Learner) -> int:
    """All evidence of a learner goes, and what is on its way in, whatever appeal is open. How many there were."""
    now = timezone.now()
    rows = list(Evidence.objects.select_for_update(of=("self",)).filter(learner=learner, erased_at__isnull=True))
    for row in rows:
        _erase(row, now)
    for upload in Upload.objects.filter(learner=learner):
        drop(upload=upload)
    return len(rows)


def expire(now: datetime) -> str:
    """Everything whose time is over goes, unless an appeal about it is open. Safe to run twice, and beside itself."""
    today = timezone.localdate(now)
    over = Evidence.objects.filter(keep_until__lt=today, erased_at__isnull=True)
    # Ask for those that an open appeal holds by themselves: a file goes only when nobody hears about it any more.
    held = set(_with_open_appeal(over).values_list("pk", flat=True))
    gone = sum(_expire_one(pk, now) for pk in over.values_list("pk", flat=True) if pk not in held)
    old = list(Upload.objects.filter(begun_at__lt=now - UNFINISHED_FOR))
    finished = set(Evidence.objects.filter(pk__in=[one.pk for one in old]).values_list("pk", flat=True))
    for upload in old:
        drop(upload=upload)
    _forget_left_over(now)
    return (
        f"{gone} pieces of evidence whose time was over deleted, {len(held)} kept for an appeal, "
        f"{len({one.pk for one in old} - finished)} unfinished files dropped"
    )


def keep_evidence() -> str:
    return expire(timezone.now())


def register_jobs() -> None:
    register("evidence", keep_evidence)


def _expire_one(pk, now: datetime) -> int:
    with transaction.atomic():
        row = Evidence.objects.select_for_update(of=("self",)).filter(pk=pk, erased_at__isnull=True).first()
        if row is None or _with_open_appeal(Evidence.objects.filter(pk=pk)).exists():
            return 0
        _erase(row, now)
        return 1


def _erase(row: Evidence, now: datetime, *, withdrawn: bool = False) -> None:
    """Take words and bytes away; the bytes once that is certain."""
    name = row.name
    row.text, row.name, row.sha256, row.size = "", "", "", 0
    row.erased_at = now
    row.withdrawn_at = now if withdrawn else None
    row.save(update_fields=["text", "name", "sha256", "size", "erased_at", "withdrawn_at"])
    transaction.on_commit(partial(storing.forget, name))


def _with_open_appeal(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Those about which an appeal is open: of their try, or, where they name none, of any of that assessment."""
    appeals = Appeal.objects.annotate(found=Count("findings")).filter(found__lt=SIDES)
    of_the_try = appeals.filter(result__attempt=OuterRef("attempt"))
    of_the_assessment = appeals.filter(
        result__attempt__learner=OuterRef("learner"),
        result__attempt__group=OuterRef("group"),
        result__attempt__assessment_uid=OuterRef("assessment_uid"),
    )
    return rows.filter(Exists(of_the_try) | Q(attempt__isnull=True) & Exists(of_the_assessment))


def _forget_left_over(now: datetime) -> None:
    """Files that no row names: of a request that stopped half-way. Those of today may be about to be named."""
    named = set(Evidence.objects.exclude(name="").values_list("name", flat=True))
    storing.forget_others(named, now - timedelta(days=1))
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    for uid in storing.arriving() - known:
        storing.forget_pieces(uid)
