"""Named reads of agreements: what is approved, what is open, what waits for whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from curriculum.enums import FrozenKind
from curriculum.models import Contribution
from curriculum.review import policy
from curriculum.review.enums import ChangeClass, CheckKind, EntryKind, InterestPart, Outcome, Position, Purpose, Side
from curriculum.review.models import Committee, Decision, Delegation, Entry, Representative, Seat, Submission


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


def next_labels(curriculum_uids: Iterable, purpose: str = Purpose.CHANGE) -> dict[str, str]:
    """The label each curriculum's next course text gets: {uid: "2026.2"}. One query.

    Year and number within it. A safety correction stays in the line it corrects: 2026.2 becomes 2026.2.1.
    """
    uids = [str(uid) for uid in curriculum_uids]
    taken: dict[str, list[str]] = {uid: [] for uid in uids}
    for uid, label in approved(FrozenKind.RELEASE).filter(subject_uid__in=uids).values_list("subject_uid", "label"):
        taken[str(uid)].append(label)
    return {uid: _next_label(labels, purpose) for uid, labels in taken.items()}


def next_label(curriculum_uid) -> str:
    """The same for one."""
    return next_labels([curriculum_uid])[str(curriculum_uid)]


def _next_label(taken: list[str], purpose: str) -> str:
    if purpose == Purpose.EMERGENCY and taken:
        line = ".".join(taken[-1].split(".")[:2])
        return f"{line}.{sum(label.startswith(f'{line}.') for label in taken) + 1}"
    year = timezone.localdate().year
    numbers = [label for label in taken if label.count(".") == 1 and label.startswith(f"{year}.")]
    return f"{year}.{len(numbers) + 1}"


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


def delegations_to(person, committee: Committee, day: date | None = None) -> list[Delegation]:
    """For whom a person stands in on a committee today."""
    day = day or timezone.localdate()
    rows = Delegation.objects.filter(
        to__representative__person=person, to__committee=committee, since__lte=day, until__gte=day, seat__until=None
    )
    return list(rows.select_related("seat__representative"))


def holidays_of(committee: Committee) -> set[date]:
    """The days its clocks do not count (uses prefetched rows)."""
    return {row.day for row in committee.holidays.all()}


def class_of(submission: Submission) -> ChangeClass:
    """How much it weighs now: as sent, or as a side said since (uses prefetched entries)."""
    said = [ChangeClass(entry.detail["class"]) for entry in _entries(submission, EntryKind.CHALLENGE)]
    return max([ChangeClass(submission.change_class), *said], key=lambda one: one.weight)


def tally_of(submission: Submission) -> policy.Tally:
    """Where both sides stand on one submission (uses its prefetched entries).

    The charter was frozen when it was sent: changing it does not move an open review.
    """
    settled = settled_blocks(submission)
    stands = [
        policy.Stand(
            str(entry.person_id),
            entry.side,
            entry.position,
            None if "languages" not in entry.detail else frozenset(entry.detail["languages"]),
            entry.detail.get("holder", False),
            entry.digest in settled,
        )
        for entry in _entries(submission, EntryKind.POSITION)
    ]
    return policy.tally(stands, terms_of(submission))


def terms_of(submission: Submission) -> policy.Terms:
    """What one submission asks for, under the charter it was sent with."""
    charter, weight = submission.charter, class_of(submission)
    gates = gates_of(submission)
    return policy.Terms(
        needed=charter.needed(weight, submission.purpose),
        authors=submission.authors,
        languages=frozenset(submission.languages),
        checked=frozenset(one["language"] for one in gates if one["met"] and one["kind"] == CheckKind.LANGUAGE),
        holder_signs=charter.holder_signs and submission.purpose != Purpose.EMERGENCY,
        gates=tuple(one for one in gates if not one["met"]),
        stood_in=next((entry.detail["side"] for entry in _entries(submission, EntryKind.AUTHORIZATION)), ""),
    )


def gates_of(submission: Submission) -> list[dict]:
    """The checks it needs and those that were given: [{"kind", "language", "met", "entry"}], the latest of each."""
    given = {
        (entry.detail["kind"], entry.detail.get("language", "")): entry
        for entry in _entries(submission, EntryKind.CHECK)
    }
    needed = submission.charter.gates_for(class_of(submission), submission.languages, submission.purpose)
    wanted = [(one["kind"], one["language"]) for one in needed]
    return [
        {
            "kind": key[0],
            "language": key[1],
            "met": key in given and not given[key].detail.get("unmet"),
            "entry": given.get(key),
        }
        for key in dict.fromkeys([*wanted, *given])
    ]


def settled_blocks(submission: Submission) -> set[str]:
    """Digests of the answers that stopped it and that both sides have settled since (uses prefetched entries).

    Settled when both sides have confirmed the newest wording of what they agree to do.
    """
    agreement: dict[str, str] = {}
    confirmed: dict[str, set[str]] = {}
    for entry in _entries(submission, EntryKind.INTEREST):
        block, part = entry.detail["block"], entry.detail["part"]
        if part in (InterestPart.AGREEMENT, InterestPart.DISAGREEMENT):
            agreement[block] = entry.digest if part == InterestPart.AGREEMENT else ""
            confirmed[block] = set()
        elif part == InterestPart.CONFIRMED and entry.detail.get("confirms") == agreement.get(block):
            confirmed[block].add(entry.side)
    return {block for block, digest in agreement.items() if digest and confirmed[block] == set(Side.values)}


def blocks_of(submission: Submission) -> list[Entry]:
    """Answers that stop it and stand, settled or not (uses prefetched entries)."""
    latest = {entry.person_id: entry for entry in _entries(submission, EntryKind.POSITION)}
    return [entry for entry in latest.values() if entry.position == Position.BLOCK]


def _entries(submission: Submission, kind: str) -> list[Entry]:
    return [entry for entry in submission.entries.all() if entry.kind == kind]


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
