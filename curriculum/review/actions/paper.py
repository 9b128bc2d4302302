"""Bringing in what both sides agreed on before, on paper: so that a partnership with a shelf of modules can start.

Each module becomes a review of its own, tied to its text by digest and to the paper by the digest of the scan. One
person a side confirms it. Nothing is taken for agreed because somebody uploaded a file.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum import checks
from curriculum.editions.portable import dump
from curriculum.enums import FrozenKind, Kind
from curriculum.models import CurriculumPage, ModulePage
from curriculum.review import composing, queries
from curriculum.review.actions.ending import end_without
from curriculum.review.actions.locking import Refused, still_open
from curriculum.review.actions.opening import store
from curriculum.review.composing import Composed
from curriculum.review.enums import Outcome, Purpose, Side
from curriculum.review.models import Committee, JointReviewTask, Submission
from curriculum.review.proposal import Proposal
from curriculum.review.scans import Scan
from users.permissions import has_role
from users.roles import Role


def may_bring_in(user) -> bool:
    """Coordinators, who convene and never vote, and administrators."""
    return has_role(user, Role.COORDINATOR) or has_role(user, Role.ADMINISTRATOR)


@transaction.atomic
def bring_in(
    *, curriculum: CurriculumPage, modules: Iterable[str], by, scan: Scan, agreed_on: date, whole: bool, note: str = ""
) -> list[Submission]:
    """Open one review for each of these modules (uids), and with `whole` one for the course text they make.

    Returns them in reading order, the course text last: it can only be agreed once its modules are. Raises Refused,
    and then nothing was brought in.
    """
    _check_may(by, curriculum, agreed_on)
    committee = _committee_of(curriculum)
    # Two people bringing in the same paper are put in order: the second is told that it is here.
    list(Committee.objects.select_for_update().order_by("pk"))
    wanted = list(dict.fromkeys(str(uid) for uid in modules))
    pages = _modules(curriculum, wanted)
    composed = [(page, composing.compose(page, Proposal())) for page in pages]
    if whole:
        composed.append((curriculum, _course_text(curriculum, wanted)))
    if not composed:
        raise Refused(_("Tick what was agreed on. Nothing was brought in."))
    _check_each(composed)
    about = {
        "date": agreed_on.isoformat(),
        "scan": scan.digest,
        "ext": scan.ext,
        "parties": {side.value: committee.party(side) for side in Side},
    }
    return [_open(page, one, committee, by, note, about) for page, one in composed]


@transaction.atomic
def take_paper_back(*, submission: Submission, by, words: str) -> None:
    """End a review that was brought in from paper without an agreement: wrong paper, wrong text. Raises Refused."""
    submission = still_open(submission)
    if submission.purpose != Purpose.PAPER or not may_bring_in(by):
        raise Refused(_("Only a coordinator takes back what came from paper. Nothing was changed."))
    if not words.strip():
        raise ValueError(_("Say in a sentence why. Nothing was changed."))
    end_without(submission, Outcome.WITHDRAWN, by=by.person, words=words)


def _check_may(by, curriculum, agreed_on: date) -> None:
    if not may_bring_in(by) or not curriculum.permissions_for_user(by).can_edit():
        raise Refused(_("Only a coordinator brings in what was agreed on paper. Nothing was brought in."))
    if agreed_on > timezone.localdate():
        raise Refused(_("The paper is dated in the future. Nothing was brought in. Look at the date again."))


def _committee_of(page) -> Committee:
    workflow = page.get_workflow()
    task = workflow and JointReviewTask.objects.filter(workflow_tasks__workflow=workflow, active=True).first()
    if not task:
        raise Refused(_("No committee looks after this part of the library yet. Nothing was brought in."))
    return task.committee


def _modules(curriculum, wanted: list[str]) -> list[ModulePage]:
    """The drafts of these modules, in the curriculum's order. Raises Refused for one that is not in it."""
    order = [item["value"].get("module") for item in dump(curriculum).get("modules", [])]
    rows = Page.objects.filter(translation_key__in=wanted, locale=curriculum.locale)
    pages = {str(row.translation_key): row.specific for row in rows}
    if set(wanted) - set(order) or set(wanted) - pages.keys():
        raise Refused(_("One of these modules is not in this curriculum. Nothing was brought in. Choose again."))
    return [pages[uid] for uid in order if uid in pages]


def _course_text(curriculum, wanted: list[str]) -> Composed:
    """The course text alone: its modules are reviews of their own."""
    whole = composing.compose(curriculum, Proposal(modules=tuple(wanted)))
    left = [item.title for item in whole.items if item.kind == FrozenKind.EDITION and item.subject_uid not in wanted]
    if left:
        raise Refused(
            _(
                "Nobody has agreed on these modules of the course text yet: %(titles)s. Nothing was brought in. Tick "
                "them too, or leave the course text for later."
            )
            % {"titles": ", ".join(left)}
        )
    return Composed(
        items=[item for item in whole.items if item.kind == FrozenKind.RELEASE],
        findings=[finding for finding in whole.findings if finding.uid == curriculum.uid],
        diffs=[diff for diff in whole.diffs if (diff.new or diff.old)["kind"] == Kind.CURRICULUM],
        proposed_class=whole.proposed_class,
        releases=whole.releases,
    )


def _check_each(composed: list[tuple]) -> None:
    """Raises Refused for the first text that cannot come in as it is, with everything that must be put right."""
    findings = [finding for _page, one in composed for finding in one.findings if finding.level == checks.Level.STOP]
    if findings:
        raise Refused(findings[0].sentence, findings)
    for page, one in composed:
        if not one.items:
            raise Refused(
                _("“%(title)s” is word for word what both sides agreed on here already. Nothing was brought in.")
                % {"title": page.title}
            )
        if queries.open_submissions_holding(page.uid).exists():
            raise Refused(
                _("“%(title)s” is under review already. Nothing was brought in. Leave it out, or end that review.")
                % {"title": page.title}
            )


def _open(page, composed: Composed, committee: Committee, by, note: str, about: dict) -> Submission:
    opened_at = timezone.now()
    composed.keep()
    subjects = [item.subject_uid for item in composed.items]
    return store(
        subject=(page.uid, page.kind, page.title),
        committee=committee,
        by=by,
        items=composed.items,
        authors=queries.authors_of(subjects, pages=composed.pages, unseen=composed.unseen),
        note=note,
        change_class=composed.proposed_class,
        languages=composed.languages,
        purpose=Purpose.PAPER,
        findings=composed.findings,
        about=about,
        opened_at=opened_at,
    )
