"""Putting text before a committee: freeze, check, open; and putting newer text in its place."""

import uuid
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum import checks
from curriculum.editions.portable import FORMAT, canonical
from curriculum.enums import FrozenKind
from curriculum.models import CurriculumPage, Frozen, ModulePage
from curriculum.review import composing, queries, signals
from curriculum.review.actions.ending import decide
from curriculum.review.actions.locking import Refused, still_open, task_of
from curriculum.review.enums import ChangeClass, Outcome, Purpose
from curriculum.review.models import Committee, Submission, SubmissionItem
from curriculum.review.models.tasks import ReviewTaskState
from curriculum.review.permissions import makes_samples
from curriculum.review.proposal import Proposal, current_proposal, proposing


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
    composed.keep()
    authors = queries.authors_of(
        (item.subject_uid for item in composed.items), pages=composed.pages, unseen=composed.unseen
    )
    return store(
        subject=(page.uid, page.kind, page.title),
        committee=committee,
        by=by,
        items=composed.items,
        authors=authors,
        note=proposal.note,
        change_class=change_class,
        languages=composed.languages,
        findings=composed.findings,
        replaces=proposal.replaces,
        opened_at=opened_at,
    )


def store(
    *,
    subject: tuple,
    committee: Committee,
    by,
    items: list[composing.Item],
    authors: set[str],
    note: str,
    change_class: str,
    languages: list[str],
    purpose: str = Purpose.CHANGE,
    findings=(),
    replaces: Submission | None = None,
    about: dict | None = None,
    opened_at=None,
) -> Submission:
    """Write an open submission and its manifest. Everything the items name must be frozen already.

    `subject` is (uid, kind, title); `about` what its purpose needs to say, in portable form: the paper it was agreed
    on, the correction it confirms. Whoever opens it is among the authors, but for what only asks to confirm.
    """
    uid, opened_at = uuid.uuid4(), opened_at or timezone.now()
    opener = {str(by.person_id)} if purpose in (Purpose.CHANGE, Purpose.EMERGENCY) else set()
    round_number = replaces.round + 1 if replaces else 1
    sample = makes_samples(by)
    manifest = {
        "format": FORMAT,
        "kind": FrozenKind.SUBMISSION,
        "submission": str(uid),
        "purpose": purpose,
        "about": about or {},
        "committee": {
            "slug": committee.slug,
            "name": committee.name,
            "labor": committee.labor_name,
            "management": committee.management_name,
        },
        "charter": committee.charter.data,
        "title": subject[2],
        "round": round_number,
        "note": note,
        "class": change_class,
        "languages": languages,
        "authors": sorted(authors | opener),
        "submitted_by": str(by.person_id),
        "opened": opened_at.isoformat(timespec="microseconds"),
        "items": [item.data for item in items],
        "checks": [finding.data for finding in findings],
        "sample": sample,
    }
    submission = Submission.objects.create(
        uid=uid,
        frozen=Frozen.objects.keep(FrozenKind.SUBMISSION, canonical(manifest)),
        committee=committee,
        subject_uid=subject[0],
        subject_kind=subject[1],
        title=subject[2],
        round=round_number,
        replaces=replaces,
        note=note,
        change_class=change_class,
        purpose=purpose,
        opened_by=by.person,
        opened_at=opened_at,
        sample=sample,
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
        for item in items
    )
    signals.opened.send(sender=Submission, submission=submission)
    return submission


@transaction.atomic
def put_newer_text(*, submission: Submission, by, proposal: Proposal) -> Submission:
    """End this round with newer text in its place. Returns the new submission, which starts with no answers.

    Raises Refused where the newer text may not be sent; the old round then goes on untouched.
    """
    submission = still_open(submission)
    task_state = task_of(submission)
    if task_state is None:
        raise Refused(_("This was not sent from a draft, so there is no newer text of it. Nothing was changed."))
    page = task_state.workflow_state.content_object.specific
    if not page.permissions_for_user(by).can_edit():
        raise Refused(_("Only people who may edit this can put newer text forward. Nothing was changed."))
    decide(submission, Outcome.SUPERSEDED, by=by.person, words=proposal.note)
    with proposing(replace(proposal, replaces=submission)):
        task_state.cancel(user=by, resume=True)
    return Submission.objects.get(replaces=submission)
