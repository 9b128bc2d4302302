"""What rests on an item of a standard: lessons, assessments, translations, course texts and prints of them.

Read from what is agreed and taught, never from drafts, so that it says what learners read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from curriculum.editions.read import FrozenEdition, FrozenPage, read_editions
from curriculum.enums import FrozenKind, Kind
from curriculum.models import Frozen
from curriculum.review import queries


@dataclass(frozen=True)
class Touched:
    """One page that rests on it. `languages` are those it is taught in."""

    uid: str
    kind: str
    code: str
    title: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class TouchedModule:
    """A module with the pages in it that are touched; `whole` where the module itself names the item."""

    uid: str
    title: str
    number: int
    whole: bool
    pages: tuple[Touched, ...]
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Impact:
    """Everything that rests on one item. Whatever course text is named was printed from, or may have been."""

    modules: tuple[TouchedModule, ...] = ()
    courses: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> list[tuple[str, Touched]]:
        """(module uid, page) of every touched page."""
        return [(module.uid, page) for module in self.modules for page in module.pages]

    @property
    def translations(self) -> int:
        return sum(len(page.languages) - 1 for _module, page in self.pages)


def impact_of(items: Iterable[tuple[str, str]], language: str) -> Impact:
    """What rests on any of these (framework, item) pairs, called as in `language`: five queries at most."""
    wanted = set(items)
    current = queries.current(FrozenKind.EDITION)
    editions = read_editions([row.frozen_id for row in current.values()])
    courses = _courses()
    modules = []
    for uid, decision in current.items():
        edition = editions[decision.frozen_id]
        whole, pages = _touched(edition, wanted)
        if not (whole or pages):
            continue
        told = tuple(_told(page, language) for page in pages)
        title = edition.module.in_language(language)[0]["title"]
        modules.append(TouchedModule(uid, title, decision.number, whole, told, tuple(courses.get(uid, ()))))
    every = dict.fromkeys(course for module in modules for course in module.courses)
    return Impact(tuple(modules), tuple(every))


def cited() -> dict[tuple[str, str], set[str]]:
    """{(framework, item): uids of the agreed modules that name it}: three queries."""
    current = queries.current(FrozenKind.EDITION)
    editions = read_editions([row.frozen_id for row in current.values()])
    found: dict[tuple[str, str], set[str]] = {}
    for uid, decision in current.items():
        for page in editions[decision.frozen_id].all_pages:
            for one in _named(page):
                found.setdefault(one, set()).add(uid)
    return found


def _touched(edition: FrozenEdition, wanted: set) -> tuple[bool, list[FrozenPage]]:
    """Whether the module itself names an item; the lessons that do, and the assessments of what those teach."""
    whole = bool(_named(edition.module) & wanted)
    lessons = [page for page in edition.lessons if _named(page) & wanted]
    codes = {page.source.get("code") for page in lessons}
    others = [
        page
        for page in edition.pages
        if page.kind == Kind.ASSESSMENT and codes & set(page.source.get("objectives", []))
    ]
    return whole, [*lessons, *others]


def _named(page: FrozenPage) -> set[tuple[str, str]]:
    return {
        (one.get("framework", ""), one.get("item", ""))
        for snapshot in page.versions.values()
        for one in snapshot.get("alignments", [])
    }


def _told(page: FrozenPage, language: str) -> Touched:
    snapshot, _translated = page.in_language(language)
    return Touched(page.uid, str(page.kind), snapshot.get("code", ""), snapshot["title"], tuple(page.versions))


def _courses() -> dict[str, list[str]]:
    """{module uid: the current course texts that hold it}."""
    releases = queries.current(FrozenKind.RELEASE).values()
    content = Frozen.objects.read(row.frozen_id for row in releases)
    found: dict[str, list[str]] = {}
    for row in releases:
        for item in content[row.frozen_id].get("modules", []):
            found.setdefault(item["module"], []).append(f"{row.title} {row.label}")
    return found
