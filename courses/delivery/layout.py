"""Where every page of a release stands: its path below the curriculum's address, in reading order. Pure."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from curriculum.editions.read import FrozenEdition, FrozenPage, FrozenRelease


@dataclass(frozen=True)
class Place:
    """One page: `path` is "" for the curriculum, "module/" or "module/page/" below it."""

    page: FrozenPage
    path: str
    edition: FrozenEdition | None = None


class Layout:
    """A release laid out for reading. Source slugs in every language, so that a language switch stays on the page."""

    def __init__(self, release: FrozenRelease):
        self.release = release
        self.curriculum = Place(release.curriculum, "")
        self.modules: list[Place] = []
        self.pages: dict[str, list[Place]] = {}
        taken: set[str] = set()
        for edition in release.editions:
            slug = _free(_slug(edition.module), taken)
            module = Place(edition.module, f"{slug}/", edition)
            self.modules.append(module)
            inside: set[str] = set()
            self.pages[module.path] = [
                Place(page, f"{slug}/{_free(_slug(page), inside)}/", edition) for page in edition.pages
            ]

    @cached_property
    def places(self) -> list[Place]:
        """The curriculum, then each module followed by its pages: the order of *previous* and *next*."""
        return [self.curriculum, *(place for module in self.modules for place in (module, *self.inside(module)))]

    @cached_property
    def by_path(self) -> dict[str, Place]:
        return {place.path: place for place in self.places}

    @cached_property
    def path_of(self) -> dict[str, str]:
        """{uid: path}: what links between pages are made of."""
        return {place.page.uid: place.path for place in self.places}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Every language that any page has, in the order of the settings."""
        found = {language for place in self.places for language in place.page.versions}
        order = [code for code, _name in settings.LANGUAGES]
        return tuple(sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code)))

    def inside(self, module: Place) -> list[Place]:
        """The lessons and assessments of a module, in order."""
        return self.pages[module.path]

    def module_of(self, place: Place) -> Place:
        return self.by_path[place.path.partition("/")[0] + "/"]

    def beside(self, place: Place) -> tuple[Place | None, Place | None]:
        """The pages before and after in reading order; the curriculum is not one of them."""
        order = self.places[1:]
        here = self._position[place.path]
        return (order[here - 1] if here else None, order[here + 1] if here + 1 < len(order) else None)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {place.path: index for index, place in enumerate(self.places[1:])}


def _slug(page: FrozenPage) -> str:
    return page.source.get("slug") or page.uid


def _free(slug: str, taken: set[str]) -> str:
    """Modules of two shelves may share a slug: the later one gets a number."""
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free
