"""Writes of review, one each: send, answer, put newer text forward, take back, approve.

Each is atomic and keyword-only, says who did it, and raises with a sentence a person can act on. Answers and endings
lock the committee's row first, so that two people acting at once are put in order.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_approved, task_cancelled, task_rejected

from curriculum import checks
from curriculum.editions.portable import FORMAT, canonical
from curriculum.enums import FrozenKind
from curriculum.models import CurriculumPage, Frozen, ModulePage
from curriculum.review import chain, composing, queries, signals
from curriculum.review.enums import ChangeClass, EntryKind, Outcome, Position
from curriculum.review.models import Committee, Decision, Submission, SubmissionItem
from curriculum.review.models.tasks import OnlyInTheRoom, ReviewTaskState
from curriculum.review.permissions import CannotSign, check_can_sign, makes_samples
from curriculum.review.proposal import Proposal, current_proposal, proposing


class Refused(PermissionDenied):
    """Content may not be sent as it is. `findings` say what to put right; nothing was frozen or opened."""

    def __init__(self, sentence, findings=()):
        super().__init__(sentence)
        self.findings = list(findings)


@transaction.atomic
def submit(*, page: ModulePage | CurriculumPage, by, proposal: Proposal) -> Submission:
    """Put a module or curriculum before its committee: freeze, check, open. Returns the open submission.

    Raises Refused when the page may not be sent: no edit right, no committee, already under review, or findings that
    stop it.
    """
    # Two people sending at once are put in order: the second is told that it is under review.
    Page.objects.select_for_update().get(pk=page.pk)
    if not page.permissions_for_user(by).can_edit():
        raise Refused(_("Only people who may edit this can send it. Nothing was sent."))
    workflow = page.get_workflow()
    if workflow is None:
        raise Refused(_("No committee looks after this part of the library yet. Nothing was sent. Ask a coordinator."))
    if page.workflow_in_progress:
        raise Refused(
            _("“%(title)s” is already under review. Nothing was sent. Put the newer text forward instead.")
            % {"title": page.title}
        )
    with proposing(proposal):
        state = workflow.start(page, by)
    task_state = state.current_task_state and state.current_task_state.specific
    if not isinstance(task_state, ReviewTaskState):
        raise Refused(_("This committee cannot answer here yet. Nothing was sent. Ask an administrator."))
    return task_state.submission


def open_submission(*, page, committee: Committee, by) -> Submission:
    """Freeze what `page` holds now and open a submission for it. Called by the task when it starts."""
    if by is None:
        raise Refused(_("A text is sent by somebody. Nothing was sent."))
    # Taken before reading: whoever edits while this reads is an author of the next version, not lost between two.
    opened_at = timezone.now()
    proposal = current_proposal()
    composed = composing.compose(page, proposal)
    stopping = [finding for finding in composed.findings if finding.level == checks.Level.STOP]
    if stopping:
        raise Refused(stopping[0].sentence, stopping)
    if not composed.items:
        raise Refused(_("Nothing has changed since both sides last agreed. Nothing was sent."))
    change_class = ChangeClass(proposal.change_class or composed.proposed_class)
    if change_class.is_small and not composed.proposed_class.is_small:
        raise Refused(
            _(
                "This change touches safety, steps, numbers, criteria, hours or an objective, so it is not a small "
                "fix. Nothing was sent. Send it as: %(class)s."
            )
            % {"class": composed.proposed_class.label}
        )
    if composed.proposed_class == ChangeClass.SAFETY and change_class == ChangeClass.SUBSTANTIVE:
        raise Refused(
            _("This change touches safety. Nothing was sent. Send it as: %(class)s.")
            % {"class": composed.proposed_class.label}
        )
    return _store(page, committee, by, proposal, composed, change_class, opened_at)


def _store(page, committee, by, proposal, composed, change_class, opened_at) -> Submission:
    composed.keep()
    uid = uuid.uuid4()
    authors = queries.authors_of(
        (item.subject_uid for item in composed.items), pages=composed.pages, unseen=composed.unseen
    ) | {str(by.person_id)}
    round_number = proposal.replaces.round + 1 if proposal.replaces else 1
    manifest = {
        "format": FORMAT,
        "kind": FrozenKind.SUBMISSION,
        "submission": str(uid),
        "committee": {
            "slug": committee.slug,
            "name": committee.name,
            "labor": committee.labor_name,
            "management": committee.management_name,
            "needed": committee.needed(change_class),
        },
        "title": page.title,
        "round": round_number,
        "note": proposal.note,
        "class": change_class,
        "authors": sorted(authors),
        "submitted_by": str(by.person_id),
        "opened": opened_at.isoformat(timespec="microseconds"),
        "items": [item.data for item in composed.items],
        "checks": [finding.data for finding in composed.findings],
        "sample": makes_samples(by),
    }
    frozen = Frozen.objects.keep(FrozenKind.SUBMISSION, canonical(manifest))
    submission = Submission.objects.create(
        uid=uid,
        frozen=frozen,
        committee=committee,
        subject_uid=page.uid,
        subject_kind=page.kind,
        title=page.title,
        round=round_number,
        replaces=proposal.replaces,
        note=proposal.note,
        change_class=change_class,
        opened_by=by.person,
        opened_at=opened_at,
        sample=makes_samples(by),
    )
    SubmissionItem.objects.bulk_create(
        SubmissionItem(
            submission=submission,
            kind=item.kind,
            subject_uid=item.subject_uid,
            title=item.title,
            frozen_id=item.digest,
            based_on=item.based_on,
        )
        for item in composed.items
    )
    return submission


@transaction.atomic
def sign(*, submission: Submission, by, position: str, digest: str, words: str = ""):
    """Record a person's answer for their side. Returns the entry; approves when both sides hold.

    `digest` is the fingerprint of what the person was shown. Raises CannotSign with the reason; a request for
    changes without words, or an answer that is none, is refused with ValueError.
    """
    submission = _locked(submission)
    side = check_can_sign(by, submission, position=position, digest=digest)
    if position not in Position.values:
        raise ValueError(_("That is no answer. Nothing was sent yet."))
    if position == Position.REQUEST_CHANGES and not words.strip():
        raise ValueError(_("Say in a sentence what should change. Nothing was sent yet."))
    entry = chain.append(
        submission,
        kind=EntryKind.POSITION,
        person=by.person,
        side=side,
        position=position,
        words=words.strip(),
        sample=makes_samples(by),
    )
    submission = Submission.objects.with_record().get(pk=submission.pk)
    if queries.tally_of(submission).both_hold:
        _end(submission, by=by)
    return entry


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
    submission = _locked(submission)
    if submission.outcome is not None:
        raise PermissionDenied(_("This review has ended already."))
    if not queries.tally_of(submission).both_hold:
        raise PermissionDenied(_("Both sides have not agreed, so nothing is approved."))
    if queries.is_stale(submission):
        raise PermissionDenied(_("A newer text was agreed meanwhile, so this one is not approved."))
    decisions = _decide(submission, Outcome.APPROVED, by=by)
    signals.agreed.send(sender=Submission, submission=submission, decisions=decisions)
    return decisions


@transaction.atomic
def put_newer_text(*, submission: Submission, by, proposal: Proposal) -> Submission:
    """End this round with newer text in its place. Returns the new submission, which starts with no answers.

    Raises Refused where the newer text may not be sent; the old round then goes on untouched.
    """
    submission = _locked(submission)
    task_state = _running(submission)
    page = task_state.workflow_state.content_object.specific
    if not page.permissions_for_user(by).can_edit():
        raise Refused(_("Only people who may edit this can put newer text forward. Nothing was changed."))
    _decide(submission, Outcome.SUPERSEDED, by=by, words=proposal.note)
    with proposing(Proposal(**{**proposal.__dict__, "replaces": submission})):
        task_state.cancel(user=by, resume=True)
    return Submission.objects.get(replaces=submission)


@transaction.atomic
def withdraw(*, submission: Submission, by, words: str = "") -> None:
    """Take a submission back. What was answered stays in the record."""
    submission = _locked(submission)
    task_state = _running(submission)
    page = task_state.workflow_state.content_object.specific
    if not page.permissions_for_user(by).can_edit():
        raise Refused(_("Only people who may edit this can take it back. Nothing was changed."))
    _decide(submission, Outcome.WITHDRAWN, by=by, words=words)
    task_state.workflow_state.cancel(user=by)


def _decide(submission: Submission, outcome: Outcome, *, by, words: str = "") -> list[Decision]:
    """Append the outcome to the chain and one decision for each item, numbered or labelled when approved."""
    decisions = [
        Decision(
            submission=submission,
            kind=item.kind,
            subject_uid=item.subject_uid,
            title=item.title,
            frozen_id=item.frozen_id,
            outcome=outcome,
            sample=submission.sample,
            **(_name(item) if outcome == Outcome.APPROVED else {}),
        )
        for item in submission.items.all()
    ]
    entry = chain.append(
        submission,
        kind=EntryKind.DECISION,
        person=by.person,
        outcome=outcome,
        words=words,
        sample=submission.sample,
        details={"items": [chain.item_told(decision) for decision in decisions]},
    )
    for decision in decisions:
        decision.entry, decision.at = entry, entry.at
        decision.save(force_insert=True)
    return decisions


def _name(item) -> dict:
    if item.kind == FrozenKind.RELEASE:
        return {"label": queries.next_label(item.subject_uid)}
    last = queries.current_edition(item.subject_uid)
    return {"number": last.number + 1 if last else 1}


def _locked(submission: Submission) -> Submission:
    """The submission as it is now, with every committee's row locked until the transaction ends.

    Every one, because two committees may have the same curriculum's next course text before them.
    """
    list(Committee.objects.select_for_update().order_by("pk"))
    return Submission.objects.with_record().get(pk=submission.pk)


def _running(submission: Submission) -> ReviewTaskState:
    """Raises Refused when the submission has ended."""
    if submission.outcome is not None:
        raise Refused(_("This review has ended already. Nothing was changed."))
    return ReviewTaskState.objects.get(submission=submission)


@receiver(task_cancelled, dispatch_uid="review-cancelled")
@transaction.atomic
def record_cancellation(sender, instance, user, **kwargs):
    """Wagtail's own screens can cancel a workflow: the record then says that the text was taken back, and by whom."""
    if getattr(instance, "submission", None) is None:
        return
    submission = _locked(instance.submission)
    if submission.outcome is None:
        if user is None:
            raise PermissionDenied(_("A text is taken back by somebody. Nothing was changed."))
        _decide(submission, Outcome.WITHDRAWN, by=user)


@receiver(task_approved, dispatch_uid="review-approved")
@receiver(task_rejected, dispatch_uid="review-rejected")
def refuse_another_end(sender, instance, **kwargs):
    """Code can turn a task state round without ending anything. Raises OnlyInTheRoom, inside Wagtail's transaction."""
    submission = getattr(instance, "submission", None)
    if submission is not None and submission.outcome != Outcome.APPROVED:
        raise OnlyInTheRoom
