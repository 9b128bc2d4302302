"""*Still right, renew*: both sides say once more that agreed text holds. No new version; the record keeps it."""

from datetime import date

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.enums import FrozenKind, Kind
from curriculum.models import Frozen
from curriculum.review import expiry, queries, safety, signals
from curriculum.review.actions import laying, opening
from curriculum.review.actions.confirming import EXPIRED
from curriculum.review.actions.locking import Refused
from curriculum.review.actions.noticing import tell
from curriculum.review.audiences import Roster
from curriculum.review.composing import Item
from curriculum.review.enums import ChangeClass, NoticeKind, Outcome, Purpose
from curriculum.review.expiry import Validity
from curriculum.review.models import Committee, Submission
from curriculum.review.steps import Step
from curriculum.review.subjects import about_agreement

CHECKED_AGAIN = gettext_lazy("This text is being checked again. Ask your instructor whether something has changed.")
HIDDEN = gettext_lazy(
    "This page is about safety, and it is being checked again. It is shown when both sides have said that it is right. "
    "Ask your instructor what to do until then."
)
STEPS = {90: Step.EXPIRES_90, 60: Step.EXPIRES_60, 30: Step.EXPIRES_30}


@transaction.atomic
def renew(*, module_uid, by, words: str = "") -> Submission:
    """Ask both sides whether a module's agreed text is still right. Returns the open submission.

    For people who sit for a side, designers and coordinators. Raises Refused where it is not agreed, is asked already,
    or a safety correction of it waits.
    """
    list(Committee.objects.select_for_update().order_by("pk"))
    agreed = queries.current_edition(module_uid)
    if agreed is None:
        raise Refused(_("Both sides have not agreed on this module yet. Nothing was sent."))
    committee = agreed.submission.committee
    if not may_renew(by, committee):
        raise Refused(_("This module is before a committee you do not sit on. Nothing was sent."))
    if safety.emergency_of(module_uid) or safety.ratification_of(module_uid):
        raise Refused(_("A safety correction of this module comes first. Nothing was sent."))
    if Submission.objects.open().filter(subject_uid=module_uid, purpose=Purpose.REAFFIRM).exists():
        raise Refused(_("Both sides are asked already whether this is still right. Nothing was sent."))
    item = Item(FrozenKind.EDITION, str(module_uid), agreed.title, agreed.frozen_id, agreed.frozen_id)
    return opening.store(
        subject=(module_uid, Kind.MODULE, agreed.title),
        committee=committee,
        by=by,
        items=[item],
        authors=set(),
        note=words.strip(),
        change_class=_weight(agreed.frozen.content),
        languages=[],
        purpose=Purpose.REAFFIRM,
    )


def may_renew(user, committee: Committee) -> bool:
    """People who sit for a side there, designers and coordinators."""
    return safety.can_correct(user) or queries.seats_of(user.person).filter(committee=committee).exists()


@receiver(signals.ended, dispatch_uid="renewed")
def show_again(sender, submission, outcome, decisions, **kwargs):
    """Still right: what said otherwise goes, and hidden pages are read again."""
    if outcome != Outcome.REAFFIRMED:
        return
    kinds = (NoticeKind.UNDER_REVIEW, NoticeKind.WITHDRAWN)
    over = [one for one in safety.standing_over(submission.subject_uid) if one.kind in kinds]
    laying.lift(over, person=decisions[0].entry.person, submission=submission)
    laying.tell_readers(submission.subject_uid)


def watch_expiry(today: date | None = None) -> int:
    """Tell of agreements that run out, and say so over their pages. Returns how many notices were laid.

    Safe to run twice and at once: what stands already is not laid again, and nobody is told twice.
    """
    today = today or timezone.localdate()
    near = [one for one in expiry.validities() if one.days_left(today) <= max(expiry.TOLD)]
    return sum(_watch(one, today) for one in near)


@transaction.atomic
def _watch(validity: Validity, today: date) -> int:
    list(Committee.objects.select_for_update().order_by("pk"))
    _tell(validity, today)
    if not validity.is_over(today):
        return 0
    standing = {(notice.cause, str(notice.page_uid or "")) for notice in safety.standing_over(validity.uid)}
    wanted = [(f"{EXPIRED}:{validity.until}", "", NoticeKind.UNDER_REVIEW, CHECKED_AGAIN)]
    if validity.grace_is_over(today) and validity.decision.submission.committee.hide_expired:
        cause = f"{EXPIRED}-hidden:{validity.until}"
        wanted += [(cause, page, NoticeKind.WITHDRAWN, HIDDEN) for page in validity.safety_pages]
    fresh = [one for one in wanted if one[:2] not in standing]
    for cause, page, kind, words in fresh:
        laying.lay(
            kind=kind,
            module_uid=validity.uid,
            page_uid=page or None,
            texts=laying.in_every_language(words),
            cause=cause,
        )
    if fresh:
        laying.tell_readers(validity.uid)
    return len(fresh)


def _tell(validity: Validity, today: date) -> None:
    """The step that is due now; a later one stands for those that were missed."""
    left = validity.days_left(today)
    step = Step.EXPIRED if left < 0 else STEPS[min(days for days in expiry.TOLD if left <= days)]
    submission = Submission.objects.with_record().get(pk=validity.decision.submission_id)
    roster = Roster([submission.committee_id])
    people = [*roster.co_chairs(submission.committee), *roster.coordinators]
    tell(step, submission, people, about=about_agreement(validity.uid, validity.until), day=validity.until)


def _weight(edition: dict) -> ChangeClass:
    """Renewing weighs what a usual change to the module weighs."""
    module = Frozen.objects.get(digest=edition["snapshots"][0]["digest"]).content
    is_safety = module.get("review", {}).get("class") == "safety"
    return ChangeClass.SAFETY if is_safety else ChangeClass.SUBSTANTIVE
