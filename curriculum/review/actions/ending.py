"""How a submission ends: agreed, taken back, without agreement. Wagtail's workflow ends with it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_approved, task_cancelled, task_rejected

from curriculum.enums import FrozenKind
from curriculum.review import chain, queries, signals
from curriculum.review.actions.locking import Refused, locked, still_open, task_of
from curriculum.review.enums import EntryKind, Outcome, Purpose
from curriculum.review.models import Decision, Submission
from curriculum.review.models.tasks import OnlyInTheRoom, ReviewTaskState
from curriculum.review.permissions import CannotSign

#: What both keys make of a submission.
OUTCOMES = {Purpose.RATIFY: Outcome.RATIFIED, Purpose.REAFFIRM: Outcome.REAFFIRMED}


class ModulesFirst(CannotSign):
    """A course text would be agreed before the modules it holds."""


def end_if_agreed(submission: Submission, *, by) -> bool:
    """End it where the last act turned the second key or met the last check. Call it inside the act's transaction."""
    submission = Submission.objects.with_record().get(pk=submission.pk)
    if submission.outcome is not None or not queries.tally_of(submission).both_hold:
        return False
    _end(submission, by=by)
    return True


def _end(submission: Submission, *, by) -> None:
    """Let Wagtail's workflow finish, which approves. The record does not need it: where it is gone, approve without."""
    task_state = ReviewTaskState.objects.filter(
        submission=submission,
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).first()
    if task_state is None:
        approve(submission, by=by)
        return
    try:
        task_state.approve(user=by)
    except OnlyInTheRoom:
        raise CannotSign(
            _(
                "The steps of this review were changed in the settings, so it cannot end. Nothing was signed. "
                "Tell an administrator."
            )
        ) from None


def approve(submission: Submission, *, by) -> list[Decision]:
    """Append the decision that both sides agreed. Raises PermissionDenied without both keys, whoever asks."""
    submission = locked(submission)
    if submission.outcome is not None:
        raise PermissionDenied(_("This review has ended already."))
    if not queries.tally_of(submission).both_hold:
        raise PermissionDenied(_("Both sides have not agreed, so nothing is approved."))
    if queries.is_stale(submission):
        raise PermissionDenied(_("A newer text was agreed meanwhile, so this one is not approved."))
    if queries.unagreed_versions([submission])[submission.pk]:
        raise ModulesFirst(
            _(
                "This course text holds modules that both sides have not agreed on yet. Nothing was signed. Answer "
                "for those first."
            )
        )
    outcome = OUTCOMES.get(submission.purpose, Outcome.APPROVED)
    decisions = decide(submission, outcome, by=by.person)
    if outcome == Outcome.APPROVED:
        signals.agreed.send(sender=Submission, submission=submission, decisions=decisions)
    return decisions


@transaction.atomic
def withdraw(*, submission: Submission, by, words: str = "") -> None:
    """Take a submission back. What was answered stays in the record."""
    submission = still_open(submission)
    task_state = task_of(submission)
    if task_state is None:
        raise Refused(_("This was not sent from a draft, so it cannot be taken back. Nothing was changed."))
    page = task_state.workflow_state.content_object.specific
    if not page.permissions_for_user(by).can_edit():
        raise Refused(_("Only people who may edit this can take it back. Nothing was changed."))
    decide(submission, Outcome.WITHDRAWN, by=by.person, words=words)
    task_state.workflow_state.cancel(user=by)


def end_without(submission: Submission, outcome: Outcome, *, by, words: str = "", details: dict | None = None) -> None:
    """End an open submission without an agreement and stop its workflow. What was agreed before stays.

    `by` is a person, not an account. Call it locked, inside the act's transaction.
    """
    decide(submission, outcome, by=by, words=words, details=details)
    task_state = task_of(submission)
    if task_state is not None and task_state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        task_state.workflow_state.cancel(user=None)


def decide(submission: Submission, outcome: Outcome, *, by, words: str = "", details=None) -> list[Decision]:
    """Append the outcome to the chain and one decision for each item, numbered or labelled when approved.

    `by` is the person whose act ended it.
    """
    labels = queries.next_labels(
        [item.subject_uid for item in submission.items.all() if item.kind == FrozenKind.RELEASE], submission.purpose
    )
    decisions = [
        Decision(
            submission=submission,
            kind=item.kind,
            subject_uid=item.subject_uid,
            title=item.title,
            frozen_id=item.frozen_id,
            outcome=outcome,
            sample=submission.sample,
            **(_name(item, labels) if outcome == Outcome.APPROVED else {}),
        )
        for item in submission.items.all()
    ]
    entry = chain.append(
        submission,
        kind=EntryKind.DECISION,
        person=by,
        outcome=outcome,
        texts={"words": words},
        sample=submission.sample,
        details={"items": [chain.item_told(decision) for decision in decisions], **(details or {})},
    )
    for decision in decisions:
        decision.entry, decision.at = entry, entry.at
        decision.save(force_insert=True)
    signals.ended.send(sender=Submission, submission=submission, outcome=outcome, decisions=decisions)
    return decisions


def _name(item, labels) -> dict:
    if item.kind == FrozenKind.RELEASE:
        return {"label": labels[str(item.subject_uid)]}
    last = queries.current_edition(item.subject_uid)
    return {"number": last.number + 1 if last else 1}


@receiver(task_cancelled, dispatch_uid="review-cancelled")
@transaction.atomic
def record_cancellation(sender, instance, user, **kwargs):
    """Wagtail's own screens can cancel a workflow: the record then says that the text was taken back, and by whom."""
    if getattr(instance, "submission", None) is None:
        return
    submission = locked(instance.submission)
    if submission.outcome is None:
        if user is None:
            raise PermissionDenied(_("A text is taken back by somebody. Nothing was changed."))
        decide(submission, Outcome.WITHDRAWN, by=user.person)


@receiver(task_approved, dispatch_uid="review-approved")
@receiver(task_rejected, dispatch_uid="review-rejected")
def refuse_another_end(sender, instance, **kwargs):
    """Code can turn a task state round without ending anything. Raises OnlyInTheRoom, inside Wagtail's transaction."""
    submission = getattr(instance, "submission", None)
    if submission is not None and submission.outcome != Outcome.APPROVED:
        raise OnlyInTheRoom
