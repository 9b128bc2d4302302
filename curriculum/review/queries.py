"""Named reads of agreements: what is approved, what is open, what waits for whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from curriculum.enums import FrozenKind
from curriculum.models import Contribution, Frozen
from curriculum.review import policy, workdays
from curriculum.review.enums import (
    ChangeClass,
    CheckKind,
    EntryKind,
    InterestPart,
    Outcome,
    Position,
    Purpose,
    SeatRole,
    Side,
)
from curriculum.review.models import (
    Checker,
    Committee,
    Decision,
    Delegation,
    Entry,
    ReadingShare,
    Representative,
    Seat,
    SignedSheet,
    Submission,
)


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
    """The submission of this module's or curriculum's draft that is under review now."""
    rows = Submission.objects.open().filter(subject_uid=subject_uid, purpose=Purpose.CHANGE)
    return rows.with_record().first()


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


def answering(person, seats: list[Seat]) -> list[Seat]:
    """Of these seats of a person, those in which they may answer today: an alternate only in somebody's place."""
    if all(seat.role != SeatRole.ALTERNATE for seat in seats):
        return seats
    day = timezone.localdate()
    rows = Delegation.objects.filter(to__in=seats, since__lte=day, until__gte=day, seat__until=None)
    named = set(rows.values_list("to_id", flat=True))
    return [seat for seat in seats if seat.role != SeatRole.ALTERNATE or seat.pk in named]


def may_name_somebody(person) -> bool:
    """Whether a stand-in means anything on a committee of theirs: a co-chair has to agree, or alternates sit there."""
    own = Seat.objects.filter(representative__person=person, until=None).values("committee")
    side = Representative.objects.filter(person=person).values("side")
    alternates = Q(role=SeatRole.ALTERNATE, representative__side__in=side)
    rows = Seat.objects.filter(committee__in=own, until=None)
    return rows.filter(alternates | Q(committee__holder_signs=True)).exists()


def checks_as(person):
    """What a person is named to check now, on which committees. The credential may have run out (see `checking`)."""
    return Checker.objects.filter(person=person, until=None).select_related("committee")


def holidays_of(committee: Committee) -> set[date]:
    """The days its clocks do not count (uses prefetched rows)."""
    return {row.day for row in committee.holidays.all()}


def class_of(submission: Submission) -> ChangeClass:
    """How much it weighs now: as sent, or as a side said since (uses prefetched entries)."""
    said = [ChangeClass(entry.detail["class"]) for entry in _entries(submission, EntryKind.CHALLENGE)]
    return max([ChangeClass(submission.change_class), *said], key=lambda one: one.weight)


def last_day_to_challenge(submission: Submission) -> date:
    """Until when a side may say that it weighs more (uses prefetched holidays)."""
    opened = timezone.localdate(submission.opened_at)
    return workdays.add(opened, submission.charter.days_challenge, holidays_of(submission.committee))


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
    newest = _proposals(submission)
    return {
        block
        for block, entry in newest.items()
        if entry.detail["part"] == InterestPart.AGREEMENT and confirmed_by(submission, entry.digest) == set(Side.values)
    }


def proposal_of(submission: Submission, block: str) -> Entry | None:
    """The newest wording of what both sides agree to do, or to disagree, about what stopped it."""
    return _proposals(submission).get(block)


def confirmed_by(submission: Submission, wording: str) -> set[str]:
    """The sides that confirmed exactly this wording."""
    return {
        entry.side
        for entry in _entries(submission, EntryKind.INTEREST)
        if entry.detail["part"] == InterestPart.CONFIRMED and entry.detail.get("confirms") == wording
    }


def _proposals(submission: Submission) -> dict[str, Entry]:
    """{digest of the answer that stops it: the newest wording}."""
    parts = (InterestPart.AGREEMENT, InterestPart.DISAGREEMENT)
    found = [entry for entry in _entries(submission, EntryKind.INTEREST) if entry.detail["part"] in parts]
    return {entry.detail["block"]: entry for entry in found}


def blocks_of(submission: Submission) -> list[Entry]:
    """Answers that stop it and stand, settled or not (uses prefetched entries)."""
    latest = {entry.person_id: entry for entry in _entries(submission, EntryKind.POSITION)}
    return [entry for entry in latest.values() if entry.position == Position.BLOCK]


def sheet_signed_by(person, submission: Submission) -> SignedSheet | None:
    """The newest filed sheet that this person signed by hand for this text."""
    return SignedSheet.objects.filter(submission=submission, people=person).order_by("pk").last()


def decided_later(submission: Submission):
    """What became of the same items in later reviews: renewals, confirmations, newer versions, oldest first."""
    mine = [row.at for row in submission.decisions.all()]
    if not mine:
        return Decision.objects.none()
    rows = Decision.objects.filter(subject_uid__in=[item.subject_uid for item in submission.items.all()])
    told = (Outcome.APPROVED, Outcome.RATIFIED, Outcome.REAFFIRMED, Outcome.LAPSED)
    return rows.filter(at__gt=max(mine), outcome__in=told)


def earlier_entries(submission: Submission) -> list[Entry]:
    """What was said in the rounds this one replaces, oldest first, with people and submissions.

    One query, however many rounds; none for a first round. Every round that was replaced has an entry that ended it.
    """
    if not submission.replaces_id:
        return []
    rows = Entry.objects.filter(submission__subject_uid=submission.subject_uid, submission__round__lt=submission.round)
    by_round: dict[object, list[Entry]] = {}
    for row in rows.select_related("person", "submission").order_by("pk"):
        by_round.setdefault(row.submission_id, []).append(row)
    found: list[Entry] = []
    before = submission.replaces_id
    while before in by_round:
        found[:0] = by_round[before]
        before = by_round[before][0].submission.replaces_id
    return found


def _entries(submission: Submission, kind: str) -> list[Entry]:
    return [entry for entry in submission.entries.all() if entry.kind == kind]


def is_stale(submission: Submission) -> bool:
    """Whether something it was made from is no longer current: another release or edition was agreed meanwhile."""
    return bool(stale_among([submission]))


def stale_among(submissions: Iterable[Submission]) -> set:
    """Which of these are stale, by key: two queries for all (uses prefetched items)."""
    items = [(submission.pk, item) for submission in submissions for item in submission.items.all()]
    uids = {item.subject_uid for _pk, item in items}
    latest = current(FrozenKind.EDITION, uids) | current(FrozenKind.RELEASE, uids)
    digests = {uid: decision.frozen_id for uid, decision in latest.items()}
    return {pk for pk, item in items if digests.get(str(item.subject_uid), "") != item.based_on}


def unagreed_versions(submissions: Iterable[Submission]) -> dict:
    """{pk: digests of versions its course texts would pin and nobody agreed on, nor are put forward with it}.

    Uses prefetched items; two queries for all.
    """
    rows = list(submissions)
    releases = [(row.pk, item.frozen_id) for row in rows for item in row.items.all() if item.kind == FrozenKind.RELEASE]
    contents = Frozen.objects.read(digest for _pk, digest in releases)
    pinned: dict = {row.pk: set() for row in rows}
    for pk, digest in releases:
        pinned[pk] |= {item["edition"] for item in contents[digest].get("modules", [])}
    wanted = set().union(*pinned.values())
    agreed = set(approved(FrozenKind.EDITION).filter(frozen_id__in=wanted).values_list("frozen_id", flat=True))
    return {row.pk: pinned[row.pk] - agreed - {item.frozen_id for item in row.items.all()} for row in rows}


def seats_on(committee: Committee, side: str):
    """The places of one side on a committee now, by name."""
    rows = Seat.objects.filter(committee=committee, representative__side=side, until=None)
    return rows.select_related("representative__person").order_by("representative__person__name", "pk")


def shares_of(submission: Submission, side: str) -> list[ReadingShare]:
    """Who of a side reads what: the last word about each page. One query."""
    rows = ReadingShare.objects.filter(submission=submission, side=side).select_related("person")
    return list({row.page_uid: row for row in rows}.values())


def pages_of(submission: Submission, language: str = "") -> set[str]:
    """Uids of the pages of everything put forward, of those that have `language` when it is named. One query."""
    contents = Frozen.objects.read(item.frozen_id for item in submission.items.all())
    return {
        reference["uid"]
        for content in contents.values()
        for reference in content.get("snapshots", [])
        if language in ("", reference["language"])
    }
