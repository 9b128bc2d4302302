"""What a submission puts before its readers: every page of it, beside the page it was made from.

A constant number of queries, however many modules and pages there are. Nothing here knows who reads.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils import translation

from curriculum.editions.diff import CHANGED, SAME, PageDiff, compare
from curriculum.editions.read import SOURCE, FrozenPage, read_editions, titles_in
from curriculum.enums import FrozenKind, Kind
from curriculum.models import Frozen
from curriculum.review import queries
from curriculum.review.enums import Outcome, Purpose
from curriculum.review.models import Decision, Submission

AGREED, ROUND = "agreed", "round"


@dataclass(frozen=True)
class PageSheet:
    """One page in every language it has or had: {language: what changed}."""

    uid: str
    kind: str
    diffs: dict[str, PageDiff]

    @property
    def status(self) -> str:
        """added, removed, changed or same, for all languages together."""
        found = {diff.status for diff in self.diffs.values()}
        return found.pop() if len(found) == 1 else CHANGED

    def status_in(self, language: str) -> str:
        """The same for one language; a page that never had it is unchanged there."""
        return self.diffs[language].status if language in self.diffs else SAME

    def snapshot(self, language: str) -> dict:
        """The page to read in `language`, else in the source's; a removed page as it was."""
        diff = self.diffs.get(language) or self.diffs.get(SOURCE) or next(iter(self.diffs.values()))
        return diff.new or diff.old

    def title(self, language: str) -> str:
        return self.snapshot(language)["title"]


@dataclass(frozen=True)
class Part:
    """A module or a curriculum page that was put forward, its own page first. `first` when none was agreed before."""

    uid: str
    kind: str
    pages: tuple[PageSheet, ...]
    first: bool

    @property
    def changed(self) -> list[PageSheet]:
        return [page for page in self.pages if page.status != SAME]

    @property
    def unchanged(self) -> list[PageSheet]:
        return [page for page in self.pages if page.status == SAME]


@dataclass(frozen=True)
class Carrier:
    """A course text that will carry what is agreed: "Green Custodial 2026.2"."""

    uid: str
    title: str
    label: str
    takes_in: tuple[dict, ...] = ()
    provenance: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything put forward. `against` says with what it is compared: what was last agreed, or the round before.

    `names` are titles of modules that are not put forward but named: {uid: title}.
    """

    parts: tuple[Part, ...]
    carriers: tuple[Carrier, ...]
    against: str
    names: dict[str, str]

    @cached_property
    def pages(self) -> list[PageSheet]:
        return [page for part in self.parts for page in part.pages]

    @property
    def languages(self) -> list[str]:
        """Every language there is, the source's first."""
        found = {language for page in self.pages for language in page.diffs}
        return sorted(found, key=lambda language: (language != SOURCE, language))

    def changed_in(self, language: str) -> list[PageSheet]:
        return [page for page in self.pages if page.status_in(language) != SAME]

    def page(self, uid) -> PageSheet | None:
        return next((page for page in self.pages if page.uid == str(uid)), None)

    @property
    def titles(self) -> dict[str, str]:
        """{uid: title}, for words that name other pages."""
        return {**self.names, **{page.uid: page.title(SOURCE) for page in self.pages}}


def read_sheet(submission: Submission, *, against: str = AGREED) -> Sheet:
    """Read what `submission` puts forward beside what was agreed before, or beside the round it replaces."""
    return read_sheets([submission], against=against)[submission.pk]


def read_sheets(submissions: list[Submission], *, against: str = AGREED) -> dict:
    """{pk: sheet} of several submissions, in as many queries as one. Uses prefetched items and decisions."""
    before = {submission.pk: _before(submission, against) for submission in submissions}
    items = [item for submission in submissions for item in submission.items.all()]
    digests = {item.frozen_id for item in items} | {digest for found in before.values() for digest in found.values()}
    editions = read_editions(_of_kind(items, FrozenKind.EDITION, digests, before))
    releases = _read_releases(_of_kind(items, FrozenKind.RELEASE, digests, before))
    labels = _labels(submissions)
    named = _names(releases)
    return {
        submission.pk: _sheet(submission, before[submission.pk], editions, releases, labels, named, against)
        for submission in submissions
    }


def titles_of(submissions: list[Submission]) -> dict:
    """{pk: what was put forward, called as in the language on screen}. Uses prefetched items; two queries at most."""
    subjects = {
        submission.pk: item.frozen_id
        for submission in submissions
        for item in submission.items.all()
        if item.subject_uid == submission.subject_uid
    }
    named = titles_in(_on_screen(), subjects.values())
    return {row.pk: named.get(subjects.get(row.pk), row.title) for row in submissions}


def title_of(submission: Submission) -> str:
    """The same for one."""
    return titles_of([submission])[submission.pk]


def course_texts(submission: Submission) -> list[str]:
    """The course texts that `submission` made, such as "Green Custodial 2026.2"."""
    made = [row for row in submission.decisions.all() if row.label]
    named = titles_in(_on_screen(), [row.frozen_id for row in made])
    return [f"{named.get(row.frozen_id, row.title)} {row.label}" for row in made]


def _before(submission, against) -> dict[str, str]:
    """{subject uid: digest} of what each item is compared with."""
    if against == ROUND and submission.replaces_id:
        return {str(item.subject_uid): item.frozen_id for item in submission.replaces.items.all()}
    if submission.purpose == Purpose.RATIFY:
        # It confirms what learners read already: one reads what the correction changed.
        return submission.frozen.content["about"]["before"]
    return {str(item.subject_uid): item.based_on for item in submission.items.all() if item.based_on}


def _labels(submissions) -> dict[tuple, str]:
    """{(curriculum uid, purpose): the label it gets}: one query a purpose."""
    uids: dict[str, set] = {}
    for submission in submissions:
        releases = [item.subject_uid for item in submission.items.all() if item.kind == FrozenKind.RELEASE]
        uids.setdefault(submission.purpose, set()).update(releases)
    return {
        (uid, purpose): label
        for purpose, found in uids.items()
        if found
        for uid, label in queries.next_labels(found, purpose).items()
    }


def _of_kind(items, kind, digests, before) -> set[str]:
    subjects = {str(item.subject_uid) for item in items if item.kind == kind}
    own = {item.frozen_id for item in items if item.kind == kind}
    return own | {digest for found in before.values() for uid, digest in found.items() if uid in subjects}


def _read_releases(digests) -> dict[str, dict]:
    """{digest: the release with its curriculum page read in}: two queries."""
    rows = Frozen.objects.read(digests)
    snapshots = Frozen.objects.read(ref["digest"] for row in rows.values() for ref in row["snapshots"])
    return {
        digest: {
            "modules": {item["module"]: item["edition"] for item in row.get("modules", [])},
            "page": FrozenPage(
                row["curriculum"],
                Kind.CURRICULUM,
                {ref["language"]: snapshots[ref["digest"]] for ref in row["snapshots"]},
                {ref["language"]: ref["digest"] for ref in row["snapshots"]},
            ),
        }
        for digest, row in rows.items()
    }


def _on_screen() -> str:
    return (translation.get_language() or SOURCE).split("-")[0]


def _names(releases) -> dict[str, Decision]:
    """{edition digest: its approval, called as in the language on screen} of everything the releases pin."""
    pinned = {edition for release in releases.values() for edition in release["modules"].values()}
    rows = Decision.objects.filter(frozen_id__in=pinned, outcome=Outcome.APPROVED)
    named = {row.frozen_id: row for row in rows.only("frozen_id", "title", "number", "subject_uid")}
    for digest, title in titles_in(_on_screen(), named).items():
        named[digest].title = title
    return named


def _sheet(submission, before, editions, releases, labels, named, against) -> Sheet:
    parts, carriers = [], []
    decided = {str(decision.subject_uid): decision.label for decision in submission.decisions.all()}
    for item in submission.items.all():
        uid = str(item.subject_uid)
        old = before.get(uid)
        if item.kind == FrozenKind.EDITION:
            pages = _pages(editions[item.frozen_id].all_pages, editions[old].all_pages if old else ())
            parts.append(Part(uid, Kind.MODULE, pages, not item.based_on))
            continue
        release, older = releases[item.frozen_id], releases.get(old)
        pages = _pages([release["page"]], [older["page"]] if older else [])
        if pages[0].status != SAME:
            parts.insert(0, Part(uid, Kind.CURRICULUM, pages, not item.based_on))
        put_forward = {other.frozen_id for other in submission.items.all()}
        carriers.append(
            Carrier(
                uid,
                release["page"].in_language(_on_screen())[0]["title"],
                decided.get(uid) or labels[uid, submission.purpose],
                tuple(_taken_in(release, older, put_forward, named)),
                release["page"].source.get("provenance", ""),
            )
        )
    names = {str(row.subject_uid): row.title for row in named.values()}
    return Sheet(tuple(parts), tuple(carriers), against, names)


def _taken_in(release, older, put_forward, named) -> list[dict]:
    """Agreed versions that come along without being changed here: {"title", "number"} each."""
    pinned = older["modules"] if older else {}
    return [
        {"title": named[edition].title, "number": named[edition].number}
        for uid, edition in release["modules"].items()
        if edition not in put_forward and pinned.get(uid) != edition and edition in named
    ]


def _pages(new, old) -> tuple[PageSheet, ...]:
    """Pages of both, matched by uid: the new order, then those that went."""
    before = {page.uid: page for page in old}
    pages = [_page(page, before.pop(page.uid, None)) for page in new]
    return tuple(pages + [_page(None, page) for page in before.values()])


def _page(new: FrozenPage | None, old: FrozenPage | None) -> PageSheet:
    known = new or old
    languages = dict.fromkeys([*(new.versions if new else ()), *(old.versions if old else ())])
    return PageSheet(known.uid, str(known.kind), {language: _diff(new, old, language) for language in languages})


def _diff(new, old, language) -> PageDiff:
    if new and old and language in new.digests and new.digests[language] == old.digests.get(language):
        return PageDiff(new.versions[language], new.versions[language], ())
    return compare(old.versions.get(language) if old else None, new.versions.get(language) if new else None)
