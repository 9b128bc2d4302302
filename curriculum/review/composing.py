"""Working out what a submission holds: which editions changed, and the releases that will carry them.

Sending a module takes its draft as a candidate edition, and for each curriculum named a release made from the current
one with only that module's edition changed. Sending a curriculum takes its own page and every module of it that has
no agreed version or was named to go along.
"""

from dataclasses import dataclass, field

from wagtail.models import Page

from curriculum import checks
from curriculum.editions import freeze
from curriculum.editions.diff import SAME, PageDiff, compare
from curriculum.editions.read import SOURCE, read_editions
from curriculum.enums import FrozenKind, Kind
from curriculum.models import CurriculumPage, Frozen
from curriculum.review import queries, unsafe, weighing
from curriculum.review.enums import ChangeClass
from curriculum.review.proposal import Proposal


@dataclass(frozen=True)
class Item:
    """One thing to put forward, by digest, and the approved one it was made from."""

    kind: str
    subject_uid: str
    title: str
    digest: str
    based_on: str

    @property
    def data(self) -> dict:
        return {
            "kind": self.kind,
            "subject": self.subject_uid,
            "title": self.title,
            "digest": self.digest,
            "based_on": self.based_on,
        }


@dataclass
class Composed:
    """What would be sent: items in order, findings, the class the diff proposes, and the drafts behind them."""

    items: list[Item] = field(default_factory=list)
    findings: list[checks.Finding] = field(default_factory=list)
    diffs: list[PageDiff] = field(default_factory=list)
    proposed_class: ChangeClass = ChangeClass.TYPO
    drafts: list[freeze.Draft] = field(default_factory=list)
    releases: list[tuple] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, str]:
        """{uid of a page: uid of the module that holds it}."""
        return {snapshot.data["uid"]: draft.uid for draft in self.drafts for snapshot in draft.snapshots}

    @property
    def unseen(self) -> set[str]:
        """Uids of pages with a text, in some language, that was not in what was agreed last."""
        return {diff.new["uid"] for diff in self.diffs if diff.old is None}

    @property
    def languages(self) -> list[str]:
        """Languages whose text changes, the source's first."""
        found = {(diff.new or diff.old)["language"] for diff in self.diffs if diff.status != SAME}
        return sorted(found, key=lambda language: (language != SOURCE, language))

    def keep(self) -> None:
        """Store everything by digest. Until this is called nothing was written."""
        for draft in self.drafts:
            if draft.kind == Kind.MODULE:
                freeze.keep_draft(draft)
        for store in self.releases:
            store()


def compose(page, proposal: Proposal) -> Composed:
    """Read the drafts and work out the items. Writes nothing."""
    composed = Composed()
    editions: dict[str, str] = {}
    if page.kind == Kind.MODULE:
        _add_module(composed, page, proposal, editions)
        for curriculum in _curricula(proposal.releases):
            _add_release_with(composed, curriculum, page.uid, editions)
    else:
        _add_curriculum(composed, page, proposal, editions)
    composed.proposed_class = weighing.propose_class(composed.diffs, usual=_usual(page))
    return composed


def _add_module(composed, page, proposal, editions) -> None:
    draft = freeze.read_draft(page, proposal.left_out)
    approved = queries.current_edition(page.uid)
    digest = draft.edition_digest
    if approved and approved.frozen_id == digest:
        return
    composed.drafts.append(draft)
    composed.findings += [*unsafe.findings(draft), *checks.run(draft)]
    composed.diffs += diffs_with(draft, approved.frozen_id if approved else None)
    editions[page.uid] = digest
    composed.items.append(
        Item(FrozenKind.EDITION, page.uid, page.title, digest, approved.frozen_id if approved else "")
    )


def _add_release_with(composed, curriculum, module_uid, editions) -> None:
    """The curriculum's current release with one module's edition changed; its own page stays as agreed."""
    current = queries.current_release(curriculum.uid)
    if current is None or module_uid not in editions:
        return
    content = current.frozen.content
    pinned = {item["module"]: item["edition"] for item in content.get("modules", [])} | editions
    source = next(ref for ref in content["snapshots"] if ref["language"] == SOURCE)
    snapshot = Frozen.objects.get(digest=source["digest"]).content
    release = freeze.lock_data(content["snapshots"], snapshot, pinned)
    _add_release(composed, curriculum, release, current.frozen_id)


def _add_curriculum(composed, page, proposal, editions) -> None:
    draft = freeze.read_draft(page, proposal.left_out)
    uids = [item["value"]["module"] for item in draft.source.get("modules", [])]
    agreed = queries.current(FrozenKind.EDITION, uids)
    going = [uid for uid in uids if uid not in agreed or uid in proposal.modules]
    pages = {
        str(row.translation_key): row.specific
        for row in Page.objects.filter(translation_key__in=going)
        if row.locale_id == page.locale_id
    }
    for uid in going:
        if uid in pages and pages[uid].status != "outline":
            _add_module(composed, pages[uid], proposal, editions)
    current = queries.current_release(page.uid)
    pinned = {uid: decision.frozen_id for uid, decision in agreed.items()} | editions
    release = freeze.lock_data([snapshot.reference for snapshot in draft.snapshots], draft.source, pinned)
    composed.findings += checks.run(draft)
    composed.diffs += diffs_with(draft, current.frozen_id if current else None)
    composed.releases.append(lambda: freeze.keep_snapshots(draft))
    _add_release(composed, page, release, current.frozen_id if current else "")


def _add_release(composed, curriculum, release, based_on) -> None:
    digest = freeze.digest(release)
    if digest == based_on:
        return
    composed.releases.append(lambda: freeze.keep_lock(release))
    composed.items.append(Item(FrozenKind.RELEASE, curriculum.uid, curriculum.title, digest, based_on))


def diffs_with(draft: freeze.Draft, approved_digest: str | None) -> list[PageDiff]:
    """What changed in every page and language of a draft since the approved edition or release."""
    before: dict[tuple, dict] = {}
    if approved_digest and draft.kind == Kind.MODULE:
        edition = read_editions([approved_digest])[approved_digest]
        before = {(page.uid, language): data for page in edition.all_pages for language, data in page.versions.items()}
    elif approved_digest:
        references = Frozen.objects.get(digest=approved_digest).content["snapshots"]
        rows = Frozen.objects.read(ref["digest"] for ref in references)
        before = {(ref["uid"], ref["language"]): rows[ref["digest"]] for ref in references}
    after = {(snapshot.data["uid"], snapshot.data["language"]): snapshot.data for snapshot in draft.snapshots}
    gone = [compare(data, None) for key, data in before.items() if key not in after]
    return [compare(before.get(key), data) for key, data in after.items()] + gone


def _curricula(uids) -> list[CurriculumPage]:
    pages = CurriculumPage.objects.filter(translation_key__in=list(uids)).select_related("locale")
    return [page for page in pages if page.is_source]


def _usual(page) -> str:
    return getattr(page, "review_class", "substantive")
