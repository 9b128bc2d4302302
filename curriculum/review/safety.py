"""Named reads about danger: what was reported, what stands over pages, and where a page is taught now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from curriculum.editions.read import FrozenPage, read_editions
from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.enums import NoticeKind, Purpose
from curriculum.review.models import Committee, Decision, PageNotice, SafetyReport, Submission
from users.permissions import roles_of
from users.roles import Role

#: Who says that something could hurt someone, beside those who read reviews.
TEACHING = frozenset({Role.INSTRUCTOR, Role.MENTOR, Role.ASSESSOR})
CORRECTING = frozenset({Role.DESIGNER, Role.COORDINATOR})


class CannotReport(PermissionDenied):
    """Nothing was reported here; the message says whom to tell."""


def check_can_report(user) -> None:
    """Everybody who reads reviews, and whoever teaches or watches learners at work. Raises CannotReport."""
    if not user.is_authenticated or not (reads_reviews(user) or roles_of(user) & TEACHING):
        raise CannotReport(_("Stop, and tell your instructor or your supervisor now. They can report it."))


def can_report(user) -> bool:
    try:
        check_can_report(user)
    except CannotReport:
        return False
    return True


def reads_reviews(user) -> bool:
    """A seat on some committee, a check, or the right to read every review."""
    if user.has_perm("review.view_submission"):
        return True
    return queries.seats_of(user.person).exists() or queries.checks_as(user.person).exists()


def is_duty_lead(user) -> bool:
    """Coordinators lay warnings and stand in for a side that cannot be reached. They sit on no side."""
    return Role.COORDINATOR in roles_of(user) and queries.side_of(user.person) is None


def can_correct(user) -> bool:
    """Designers and coordinators write corrections; both sides agree to them."""
    return bool(roles_of(user) & CORRECTING)


def reports_for(user):
    """Safety reports that this person may read: those of their committees, and their own."""
    rows = SafetyReport.objects.select_related("closed", "committee", "person")
    if user.has_perm("review.view_submission"):
        return rows
    seats = queries.seats_of(user.person).values_list("committee", flat=True)
    return rows.filter(Q(committee__in=seats) | Q(person=user.person_id))


def open_reports(user) -> list[SafetyReport]:
    """Those that nobody has dealt with, oldest first: one query."""
    return list(reports_for(user).filter(closed=None))


@dataclass(frozen=True)
class Place:
    """Where a page is taught, or under review: its module, the committee that looks after it, and the page itself.

    `decision` is the approval of the version that holds it; None for a page that was never agreed on.
    """

    page: FrozenPage
    module_uid: str
    title: str
    committee: Committee
    submission: Submission
    decision: Decision | None = None

    @property
    def edition(self) -> str:
        return self.decision.frozen_id if self.decision else ""


def taught_at(page_uid) -> Place | None:
    """The place of a page in the newest agreed version of its module: three queries."""
    uid = str(page_uid)
    decisions = queries.approved(FrozenKind.EDITION).select_related("frozen", "submission__committee")
    current = {str(row.subject_uid): row for row in decisions}
    for decision in current.values():
        if any(reference["uid"] == uid for reference in decision.frozen.content["snapshots"]):
            return _place(decision, uid)
    return None


def taught_in(module_uid) -> list[Place]:
    """Every page of the newest agreed version of a module, its own page first."""
    decision = queries.current_edition(module_uid)
    if decision is None:
        return []
    edition = read_editions([decision.frozen_id])[decision.frozen_id]
    return [_placed(decision, page) for page in edition.all_pages]


def read_in(edition: str, page_uid) -> FrozenPage | None:
    """A page of a version by its fingerprint; None where there is no such version or page in it."""
    found = read_editions([edition]).get(edition)
    return next((page for page in found.all_pages if page.uid == str(page_uid)), None) if found else None


def under_review_at(page_uid, submission: Submission) -> Place | None:
    """The place of a page in what is put forward (uses prefetched items)."""
    uid = str(page_uid)
    items = [item for item in submission.items.all() if item.kind == FrozenKind.EDITION]
    for digest, edition in read_editions([item.frozen_id for item in items]).items():
        page = next((page for page in edition.all_pages if page.uid == uid), None)
        if page is not None:
            item = next(item for item in items if item.frozen_id == digest)
            return Place(page, str(item.subject_uid), item.title, submission.committee, submission)
    return None


def emergency_of(module_uid) -> Submission | None:
    """The safety correction of a module that is before both sides now."""
    return _open(module_uid, Purpose.EMERGENCY)


def ratification_of(module_uid) -> Submission | None:
    """The confirmation of a safety correction that is before both sides now."""
    return _open(module_uid, Purpose.RATIFY)


def notices_over(module_uids: Iterable | None = None) -> list[PageNotice]:
    """Notices that stand over some version, oldest first: one query."""
    rows = PageNotice.objects.select_related("lifted").exclude(lifted__number=0)
    return list(rows if module_uids is None else rows.filter(module_uid__in=list(module_uids)))


def standing_over(module_uid, page_uid=None) -> list[PageNotice]:
    """Notices over the newest version of a module, or over one page of it: one query."""
    rows = PageNotice.objects.filter(module_uid=module_uid, lifted=None)
    return list(rows if page_uid is None else rows.filter(Q(page_uid=None) | Q(page_uid=page_uid)))


def warned(module_uid, page_uid) -> bool:
    """Whether learners are warned of this page already."""
    kinds = {notice.kind for notice in standing_over(module_uid, page_uid)}
    return bool(kinds & {NoticeKind.BANNER, NoticeKind.WITHDRAWN})


def _open(module_uid, purpose) -> Submission | None:
    return Submission.objects.open().filter(subject_uid=module_uid, purpose=purpose).with_record().first()


def _place(decision: Decision, page_uid: str) -> Place:
    edition = read_editions([decision.frozen_id])[decision.frozen_id]
    return _placed(decision, next(page for page in edition.all_pages if page.uid == page_uid))


def _placed(decision: Decision, page: FrozenPage) -> Place:
    submission = decision.submission
    return Place(page, str(decision.subject_uid), decision.title, submission.committee, submission, decision)
