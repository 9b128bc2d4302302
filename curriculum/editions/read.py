"""Reading what is frozen: editions and releases with their snapshots, a constant number of queries each."""

from dataclasses import dataclass

from django.conf import settings

from curriculum.enums import Kind
from curriculum.models import Frozen

SOURCE = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class FrozenPage:
    """One item in every language it has: {language: snapshot}, {language: digest}."""

    uid: str
    kind: str
    versions: dict[str, dict]
    digests: dict[str, str]

    @property
    def source(self) -> dict:
        return self.versions.get(SOURCE) or next(iter(self.versions.values()))

    def in_language(self, language: str) -> tuple[dict, bool]:
        """The snapshot to read in `language`, and whether it is in that language."""
        return (self.versions[language], True) if language in self.versions else (self.source, False)


@dataclass(frozen=True)
class FrozenEdition:
    """A module as frozen: its own page and the lessons and assessments in order."""

    digest: str
    module: FrozenPage
    pages: tuple[FrozenPage, ...]

    @property
    def all_pages(self) -> tuple[FrozenPage, ...]:
        return (self.module, *self.pages)

    @property
    def lessons(self) -> list[FrozenPage]:
        return [page for page in self.pages if page.kind == Kind.LESSON]


@dataclass(frozen=True)
class FrozenRelease:
    """A curriculum as frozen, with its modules' editions in order."""

    digest: str
    curriculum: FrozenPage
    editions: tuple[FrozenEdition, ...]
    electives: frozenset[str]


def read_editions(digests) -> dict[str, FrozenEdition]:
    """Editions with all their snapshots: {digest: edition}, two queries."""
    rows = Frozen.objects.read(digests)
    snapshots = Frozen.objects.read(ref["digest"] for row in rows.values() for ref in row["snapshots"])
    return {digest: _edition(digest, row, snapshots) for digest, row in rows.items()}


def read_release(digest: str) -> FrozenRelease:
    """A release with everything it pins: four queries. Raises Frozen.DoesNotExist."""
    row = Frozen.objects.get(digest=digest).content
    snapshots = Frozen.objects.read(ref["digest"] for ref in row["snapshots"])
    editions = read_editions(item["edition"] for item in row.get("modules", []))
    return FrozenRelease(
        digest,
        _pages(row["snapshots"], snapshots)[0],
        tuple(editions[item["edition"]] for item in row.get("modules", [])),
        frozenset(item["module"] for item in row.get("modules", []) if item.get("elective")),
    )


def titles_in(language: str, digests) -> dict[str, str]:
    """What editions and releases are called in `language`: {digest: title} of those that are translated, two queries.

    None, and no query, for the source's language: its titles stand in the rows of the record.
    """
    if language == SOURCE:
        return {}
    rows = Frozen.objects.read(digests)
    pages = {
        digest: reference["digest"]
        for digest, row in rows.items()
        for reference in row["snapshots"]
        if reference["language"] == language and reference["uid"] == row["snapshots"][0]["uid"]
    }
    snapshots = Frozen.objects.read(pages.values())
    return {digest: snapshots[page]["title"] for digest, page in pages.items()}


def _edition(digest, row, snapshots) -> FrozenEdition:
    module, *pages = _pages(row["snapshots"], snapshots)
    return FrozenEdition(digest, module, tuple(pages))


def _pages(references, snapshots) -> list[FrozenPage]:
    grouped: dict[str, list[dict]] = {}
    for reference in references:
        grouped.setdefault(reference["uid"], []).append(reference)
    return [
        FrozenPage(
            uid,
            group[0]["kind"],
            {ref["language"]: snapshots[ref["digest"]] for ref in group},
            {ref["language"]: ref["digest"] for ref in group},
        )
        for uid, group in grouped.items()
    ]
