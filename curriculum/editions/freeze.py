"""Freezing: drafts become rows that cannot change, named by the digest of their bytes."""

from dataclasses import dataclass, field

from wagtail.models import Page

from curriculum.editions import media
from curriculum.editions.portable import FORMAT, canonical, digest, dump
from curriculum.enums import FrozenKind, Kind
from curriculum.models import Frozen


@dataclass(frozen=True)
class Snapshot:
    """One library page in one language, in portable form, with its digest."""

    digest: str
    data: dict

    @property
    def reference(self) -> dict:
        """How an edition or release names it."""
        return {key: self.data[key] for key in ("uid", "kind", "language")} | {"digest": self.digest}


@dataclass(frozen=True)
class Draft:
    """What a module or curriculum holds now: ordered snapshots in every language, not yet stored.

    `pages` are (uid, language) in reading order; `left_out` are translations their designer chose not to send.
    """

    uid: str
    kind: str
    snapshots: tuple[Snapshot, ...]
    left_out: frozenset = field(default_factory=frozenset)

    @property
    def source(self) -> dict:
        return self.snapshots[0].data

    @property
    def media(self) -> dict[str, dict]:
        found = {}
        for snapshot in self.snapshots:
            found |= media.media_in(snapshot.data)
        return found

    @property
    def edition(self) -> dict:
        """The edition these snapshots make: content only, without status or number."""
        return {
            "format": FORMAT,
            "kind": FrozenKind.EDITION,
            "module": self.uid,
            "snapshots": [snapshot.reference for snapshot in self.snapshots],
            "media": sorted(self.media),
        }

    @property
    def edition_digest(self) -> str:
        return digest(self.edition)


def read_draft(page, left_out=frozenset()) -> Draft:
    """Dump a source-language module or curriculum with all that belongs to it, in every language.

    Order and membership are the source language's; a translation contributes its own snapshot and nothing else.
    `left_out` holds (uid, language) pairs of translations to leave behind. Raises ValueError for a translation page.
    """
    if not page.is_source:
        raise ValueError("order and membership are the source language's")
    rows = [page] + ([child.specific for child in page.get_children()] if page.kind == Kind.MODULE else [])
    snapshots = []
    for row in rows:
        for version in [row, *_translations(row)]:
            if (version.uid, version.language) not in left_out:
                data = dump(version)
                snapshots.append(Snapshot(digest(data), data))
    return Draft(page.uid, str(page.kind), tuple(snapshots), frozenset(left_out))


def keep_draft(draft: Draft) -> str:
    """Store a module's snapshots, media and edition. Returns the edition's digest; freezing twice changes nothing."""
    keep_snapshots(draft)
    return Frozen.objects.keep(FrozenKind.EDITION, canonical(draft.edition)).digest


def keep_snapshots(draft: Draft) -> None:
    """Store a draft's snapshots and media."""
    media.keep(draft.media)
    for snapshot in draft.snapshots:
        Frozen.objects.keep(FrozenKind.SNAPSHOT, canonical(snapshot.data))


def lock_data(references: list[dict], curriculum: dict, editions: dict[str, str]) -> dict:
    """A release in portable form: curriculum snapshots named by `references`, and one edition of each module.

    `editions` is {module uid: edition digest}. A module without an edition (an outline) is left out of the lock; its
    title stays in the curriculum's page.
    """
    modules = [
        {"module": uid, "edition": editions[uid], "elective": bool(item["value"].get("elective"))}
        for item in curriculum.get("modules", [])
        if (uid := item["value"].get("module")) in editions
    ]
    return {
        "format": FORMAT,
        "kind": FrozenKind.RELEASE,
        "curriculum": curriculum["uid"],
        "snapshots": references,
        "modules": modules,
    }


def keep_lock(release: dict) -> str:
    """Store a release. Returns its digest."""
    return Frozen.objects.keep(FrozenKind.RELEASE, canonical(release)).digest


def _translations(page) -> list:
    """Its other languages. An alias there still has the source's words, so it is no translation yet."""
    pages = Page.objects.filter(translation_key=page.translation_key, alias_of=None).exclude(pk=page.pk)
    return [row.specific for row in pages.select_related("locale").order_by("locale__language_code")]
