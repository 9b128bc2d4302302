"""After a safety correction: both sides confirm it in time, or the page is taken away with a warning.

Never back to the unsafe text: what learners read meanwhile is the corrected page, and after that the warning alone.
"""

from datetime import date

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import chain, queries, safety, signals, workdays
from curriculum.review.actions import laying
from curriculum.review.actions.ending import end_without
from curriculum.review.actions.locking import Refused, locked, still_open
from curriculum.review.enums import EntryKind, NoticeKind, Outcome, Purpose
from curriculum.review.models import Entry, PageNotice, Submission
from curriculum.review.permissions import makes_samples

NOT_CONFIRMED = gettext_lazy(
    "This page held something that could hurt someone. Both sides have not confirmed the corrected text yet, so the "
    "page is not shown. Do not use an old print of it. Ask your instructor what to do instead."
)

#: What newer text of the page itself ends.
UNCOVERED = (NoticeKind.WITHDRAWN, NoticeKind.UNDER_REVIEW, NoticeKind.OLDER)
#: How the cause of a notice begins that says an agreement ran out: any newer agreement ends it.
EXPIRED = "expired"


def lapse_unratified(today: date | None = None) -> int:
    """Take away what both sides did not confirm in time. Returns how many; safe to run twice and at once."""
    today = today or timezone.localdate()
    waiting = Submission.objects.open().filter(purpose=Purpose.RATIFY).with_record()
    return sum(_lapse(submission, today) for submission in waiting if due_on(submission) < today)


def due_on(submission: Submission) -> date:
    """The last day on which both sides can confirm (uses prefetched holidays)."""
    opened = timezone.localdate(submission.opened_at)
    return workdays.add(opened, submission.charter.days_ratify, queries.holidays_of(submission.committee))


@transaction.atomic
def _lapse(submission: Submission, today: date) -> bool:
    submission = locked(submission)
    if submission.outcome is not None:
        return False
    details = {"clock": True, "day": today.isoformat()}
    if queries.is_stale(submission):
        end_without(submission, Outcome.SUPERSEDED, by=submission.opened_by, details=details)
        return False
    end_without(submission, Outcome.LAPSED, by=submission.opened_by, details=details)
    laying.lay(
        kind=NoticeKind.WITHDRAWN,
        module_uid=submission.subject_uid,
        page_uid=submission.frozen.content["about"]["page"],
        texts=laying.in_every_language(NOT_CONFIRMED),
        submission=submission,
    )
    laying.tell_readers(submission.subject_uid)
    return True


@receiver(signals.ended, dispatch_uid="correction-confirmed")
def keep_as_history(sender, submission, outcome, decisions, **kwargs):
    """Confirmed: the line about the correction stays, quietly, with the day."""
    if submission.purpose != Purpose.RATIFY or outcome != Outcome.RATIFIED:
        return
    about = submission.frozen.content["about"]
    person = decisions[0].entry.person
    loud = [
        notice
        for notice in safety.standing_over(submission.subject_uid, about["page"])
        if notice.kind == NoticeKind.CORRECTION and str(notice.submission_id) == about["confirms"]
    ]
    laying.lift(loud, person=person, submission=submission)
    for notice in loud:
        texts = {code: {**words, "since": notice.since.isoformat()} for code, words in notice.texts.items()}
        laying.lay(
            kind=NoticeKind.CORRECTION,
            module_uid=notice.module_uid,
            page_uid=notice.page_uid,
            texts=texts,
            cause="confirmed",
            person=person,
            submission=submission,
        )
    laying.tell_readers(submission.subject_uid, everything=True)


@receiver(signals.ended, dispatch_uid="newer-text-uncovers")
def uncover(sender, submission, outcome, decisions, **kwargs):
    """Newer text that both sides agreed to is shown again, where what stood over the page is about older words."""
    if outcome != Outcome.APPROVED or submission.purpose == Purpose.EMERGENCY:
        return
    based_on = {item.subject_uid: item.based_on for item in submission.items.all()}
    for decision in (row for row in decisions if row.kind == FrozenKind.EDITION):
        changed = _changed(decision.frozen.content, based_on[decision.subject_uid])
        over = [one for one in safety.standing_over(decision.subject_uid) if _is_past(one, changed)]
        laying.lift(over, person=decision.entry.person, number=decision.number, submission=submission)


def _is_past(notice: PageNotice, changed: set[tuple[str, str]]) -> bool:
    """A warning of a danger ends with its correction or by a coordinator's hand; the rest when the words changed."""
    if notice.cause.startswith(EXPIRED):
        return True
    pages = {uid for uid, language in changed if notice.language in ("", language)}
    return notice.kind in UNCOVERED and (str(notice.page_uid) in pages or notice.page_uid is None)


def _changed(content: dict, based_on: str) -> set[tuple[str, str]]:
    """(uid, language) of pages that say something else in a version than in the one it was made from."""
    before = Frozen.objects.get(digest=based_on).content["snapshots"] if based_on else []
    old = {(reference["uid"], reference["language"], reference["digest"]) for reference in before}
    new = {(reference["uid"], reference["language"], reference["digest"]) for reference in content["snapshots"]}
    return {(uid, language) for uid, language, _digest in new - old}


@transaction.atomic
def say_what_was_learned(*, submission: Submission, by, words: str, language: str = "") -> Entry:
    """Add what was learned, without blame, to the record of a confirmation. Returns the entry.

    For everybody who reads this review. Raises Refused elsewhere and once it has ended, ValueError without words.
    """
    submission = still_open(submission)
    if submission.purpose != Purpose.RATIFY:
        raise Refused(_("This belongs to the confirmation of a safety correction. Nothing was written."))
    if not words.strip():
        raise ValueError(_("Write a sentence first. Nothing was written."))
    return chain.append(
        submission,
        kind=EntryKind.COMMENT,
        person=by.person,
        side=queries.side_of(by.person) or "",
        language=language,
        texts={"words": words},
        details={"learned": True},
        sample=makes_samples(by),
    )
