"""Named reads of agreements: what is approved, what is open, what waits for whom."""

from collections.abc import Iterable

from django.db.models import Max, Q
from django.utils import timezone

from curriculum.enums import FrozenKind
from curriculum.models import Contribution
from curriculum.review import policy
from curriculum.review.enums import EntryKind, Outcome
from curriculum.review.models import Decision, Representative, Seat, Submission


def approved(kind: FrozenKind):
    """Every approval of editions or releases, oldest first."""
    return Decision.objects.filter(kind=kind, outcome=Outcome.APPROVED)


def current(kind: FrozenKind, uids: Iterable | None = None) -> dict[str, Decision]:
    """The latest approval of each subject: {uid: decision}, one query."""
    rows = approved(kind) if uids is None else approved(kind).filter(subject_uid__in=list(uids))
    return {str(row.subject_uid): row for row in rows}


def current_edition(module_uid) -> Decision | None:
    """The module's latest agreed version."""
    return approved(FrozenKind.EDITION).filter(subject_uid=module_uid).last()


def current_release(curriculum_uid) -> Decision | None:
    """The curriculum's latest agreed course text."""
    return approved(FrozenKind.RELEASE).filter(subject_uid=curriculum_uid).last()


def releases_using(module_uid) -> list[Decision]:
    """The current releases that pin some edition of this module."""
    uid = str(module_uid)
    return [
        row
        for row in current(FrozenKind.RELEASE).values()
        if any(item["module"] == uid for item in row.frozen.content.get("modules", []))
    ]


def next_label(curriculum_uid) -> str:
    """The label the next release gets: year and number within it."""
    year = timezone.localdate().year
    taken = approved(FrozenKind.RELEASE).filter(subject_uid=curriculum_uid, label__startswith=f"{year}.")
    return f"{year}.{taken.count() + 1}"


def open_submission_of(subject_uid) -> Submission | None:
    """The submission of this module or curriculum that is under review now."""
    return Submission.objects.open().filter(subject_uid=subject_uid).with_record().first()


def open_submissions_holding(subject_uid):
    """Open submissions that hold this module or curriculum among their items."""
    return Submission.objects.open().filter(items__subject_uid=subject_uid).distinct()


def authors_of(subject_uids: Iterable, pages: dict[str, str] | None = None, unseen: Iterable = ()) -> set[str]:
    """Pseudonyms of everybody who touched any of these, or a page of theirs, since its last approval. Few queries.

    `pages` is {page uid: the module that holds it now}: a page that came from elsewhere brings its writers along.
    `unseen` are pages with a text that no agreement covers yet, in some language; for them nothing is too long ago.
    """
    uids, pages, unseen = {str(uid) for uid in subject_uids}, pages or {}, set(unseen)
    since = current(FrozenKind.EDITION, uids) | current(FrozenKind.RELEASE, uids)
    opened = {uid: decision.submission.opened_at for uid, decision in since.items()}

    def is_new(owner, item, last):
        subjects = {owner, pages.get(item, owner)} & uids
        return item in unseen or any(uid not in opened or last > opened[uid] for uid in subjects)

    touched = Contribution.objects.filter(Q(owner_uid__in=uids) | Q(item_uid__in={*pages, *unseen}))
    rows = touched.order_by().values_list("owner_uid", "item_uid", "person_id").annotate(last=Max("at"))
    return {str(person) for owner, item, person, last in rows if is_new(str(owner), str(item), last)}


def seats_of(person):
    """The person's places on committees now."""
    return Seat.objects.filter(representative__person=person, until=None).select_related("committee")


def side_of(person) -> str | None:
    """The side a person speaks for, or None."""
    row = Representative.objects.filter(person=person).first()
    return row.side if row else None


def tally_of(submission: Submission) -> policy.Tally:
    """Where both sides stand on one submission (uses its prefetched entries).

    How many are needed was frozen when it was sent: changing the charter does not move an open review.
    """
    stands = [entry.stand for entry in submission.entries.all() if entry.kind == EntryKind.POSITION]
    needed = submission.frozen.content["committee"]["needed"]
    return policy.tally(stands, quorum=needed, authors=submission.authors)


def is_stale(submission: Submission) -> bool:
    """Whether something it was made from is no longer current: another release or edition was agreed meanwhile."""
    items = submission.items.all()
    latest = current(FrozenKind.EDITION, [item.subject_uid for item in items]) | current(
        FrozenKind.RELEASE, [item.subject_uid for item in items]
    )
    return any(
        (latest[str(item.subject_uid)].frozen_id if str(item.subject_uid) in latest else "") != item.based_on
        for item in items
    )
