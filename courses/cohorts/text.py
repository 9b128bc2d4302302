"""The course text as a course serves it: which text, its pages in reading order, and where each stands."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from courses.cohorts import policy
from courses.cohorts.models import Course
from courses.delivery import addresses, paths
from courses.delivery.layout import Layout
from curriculum.editions.read import SOURCE, read_release
from curriculum.enums import Kind, LessonFlag
from curriculum.review.models import Decision


@dataclass(frozen=True, eq=False)
class Page:
    """One lesson or assessment. `titles` and `digests` are by language; `path` lies below the course's address,
    `method` is that of an assessment, `code` that of a lesson."""

    uid: str
    kind: str
    path: str
    module_path: str
    titles: dict[str, str]
    digests: dict[str, str]
    minutes: int | None
    is_safety: bool
    method: str = ""
    code: str = ""

    @property
    def is_lesson(self) -> bool:
        return self.kind == Kind.LESSON

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles.get(SOURCE) or next(iter(self.titles.values()))


@dataclass(frozen=True)
class Module:
    """A module with its lessons and assessments in order; `edition` is the fingerprint of its version."""

    uid: str
    edition: str
    path: str
    code: str
    titles: dict[str, str]
    pages: tuple[Page, ...]

    title = Page.title


@dataclass(frozen=True)
class Contents:
    """What one release holds. Frozen content never changes, so it is kept in memory."""

    modules: tuple[Module, ...]
    languages: tuple[str, ...]

    @cached_property
    def pages(self) -> list[Page]:
        return [page for module in self.modules for page in module.pages]

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}


@lru_cache(maxsize=16)
def contents_of(digest: str) -> Contents:
    """The pages of a release by its fingerprint: four queries the first time."""
    layout = Layout(read_release(digest))
    modules = tuple(
        Module(
            module.page.uid,
            module.edition.digest,
            module.path,
            module.page.source.get("code", ""),
            _titles(module.page),
            tuple(_page(place, module.path) for place in layout.inside(module)),
        )
        for module in layout.modules
    )
    return Contents(modules, layout.languages)


class Text:
    """What one course reads now: its text or the latest safety correction of it. No query once a process knows it."""

    def __init__(self, course: Course, now: paths.Map | None = None):
        self.course = course
        self.now = now or paths.current.now()
        self.slug, self.decision = _served(self.now, course.release)

    @property
    def contents(self) -> Contents:
        return contents_of(self.decision.frozen_id)

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The modules of the course: all of its text, or the one of a workshop."""
        only = self.course.module_uid
        return tuple(module for module in self.contents.modules if only is None or module.uid == str(only))

    @property
    def pages(self) -> list[Page]:
        return [page for module in self.modules for page in module.pages]

    def page_at(self, path: str) -> Page | None:
        """The lesson or assessment that stands there; None for a module's own page."""
        return self.contents.by_path.get(path)

    @property
    def lessons(self) -> list[Page]:
        return [page for page in self.pages if page.is_lesson]

    @property
    def languages(self) -> list[str]:
        """The languages of the course that its text has."""
        chosen = [code for code in self.contents.languages if code in self.course.languages]
        return chosen or list(self.contents.languages)

    def released(self, language: str, path: str) -> paths.Page | None:
        """The released page behind an address of this course, with what stands over it."""
        over = self.now.over[self.decision.pk]
        pages = paths.pages_at_release(self.decision, over)
        return pages.get(addresses.release(self.slug, self.decision.label, language) + path)


def address(course_code: str, language: str, path: str = "") -> str:
    """Where a page of a course is read."""
    return f"{addresses.prefix(language)}/learn/{course_code}/{path}"


def _served(now: paths.Map, release: Decision) -> tuple[str, Decision]:
    """(slug, decision): the release, or the last correction of it. Raises LookupError where it may not be read here."""
    key = ("served", release.pk)
    if key not in now.known:
        now.known[key] = _last_in_line(now, release)
    return now.known[key]


def _last_in_line(now: paths.Map, release: Decision) -> tuple[str, Decision]:
    line = policy.line_of(release.label)
    found = [
        (policy.correction_number(label), slug, decision)
        for (slug, label), decision in now.releases.items()
        if decision.subject_uid == release.subject_uid and policy.line_of(label) == line
    ]
    if not found:
        raise LookupError(f"course text {release.label} may not be read here")
    _number, slug, decision = max(found, key=lambda one: one[0])
    return slug, decision


def _titles(page) -> dict[str, str]:
    return {language: data["title"] for language, data in page.versions.items()}


def _page(place, module_path: str) -> Page:
    source = place.page.source
    return Page(
        place.page.uid,
        place.page.kind,
        place.path,
        module_path,
        _titles(place.page),
        dict(place.page.digests),
        source.get("minutes"),
        LessonFlag.SAFETY_CRITICAL in source.get("flags", []),
        source.get("method", ""),
        source.get("code", ""),
    )
