"""The map of what is current: every address of every current release, held by the process.

It is read from the database when the generation number has changed, and swapped whole, so that a reader never sees
half of a switch. Between switches an address costs one look into a dictionary.
"""

import logging
from dataclasses import dataclass, field
from functools import lru_cache
from secrets import token_hex
from threading import Lock
from time import monotonic

from django.core.signals import setting_changed
from django.dispatch import receiver

from courses.delivery import addresses, agreements, build, furniture, generation, notices, outlines, stored
from courses.delivery.layout import Layout
from courses.delivery.models import ReleaseOutline
from courses.delivery.notices import NOTHING, Over
from curriculum.editions.read import read_release
from curriculum.review.models import Decision

logger = logging.getLogger(__name__)

#: A new release is seen everywhere within 2 seconds: this, and the second that pages may be kept by a browser.
CHECK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """One address: which release, which language, the path below the curriculum, and what stands over it."""

    decision: Decision
    slug: str
    language: str
    path: str
    folder: str
    over: Over = NOTHING

    @property
    def name(self) -> str:
        """Where its rendered bytes lie."""
        return stored.name(self.folder, self.language, self.path)


@dataclass(frozen=True)
class Course:
    """A current release, with its outline."""

    decision: Decision
    outline: ReleaseOutline


@dataclass(frozen=True, eq=False)
class Map:
    """What is served at one moment: one reading of it, equal to no other.

    `releases` are {(slug, label): decision}, current or not.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    releases: dict[tuple[str, str], Decision] = field(default_factory=dict)
    media: frozenset[str] = frozenset()
    #: {release: what stands over it}
    over: dict[int, Over] = field(default_factory=dict)
    #: What was worked out from this reading by those who ask often.
    known: dict = field(default_factory=dict)
    #: Tells one reading of the map from the next.
    mark: str = field(default_factory=lambda: token_hex(8))

    @property
    def curriculum_uids(self) -> list:
        return [course.decision.subject_uid for course in self.courses.values()]

    def course_of(self, decision: Decision) -> Course | None:
        """The current course text of the same curriculum."""
        courses = self.courses.values()
        return next((course for course in courses if course.decision.subject_uid == decision.subject_uid), None)


def read_map() -> Map:
    """Read what is current: four queries, whatever there is; two more while a notice or a credit stands anywhere."""
    releases, media, current = {}, set(), {}
    rows = agreements.readable_releases().select_related("outline")
    for decision in rows.defer("outline__pages", "outline__card", "outline__languages"):
        outline = _outline(decision)
        releases[outline.slug, decision.label] = decision
        media.update(outline.media)
        current[decision.subject_uid] = decision
    over = notices.over_all(releases.values())
    courses, pages = {}, {}
    outlines = ReleaseOutline.objects.in_bulk([decision.pk for decision in current.values()])
    for decision in current.values():
        course = Course(decision, outlines[decision.pk])
        courses[course.outline.slug] = course
        pages |= pages_of(course, over[decision.pk])
    return Map(pages, courses, releases, frozenset(media), over)


def pages_of(course: Course, over: Over = NOTHING) -> dict[str, Page]:
    """{address: page} of a current release."""
    slug = course.outline.slug
    return _pages(course.decision, course.outline, over, lambda language: addresses.curriculum(slug, language))


def pages_at_release(decision: Decision, over: Over = NOTHING) -> dict[str, Page]:
    """{address: page} of one release below its own address, one query; the last few asked for are kept."""
    return _pages_at_release(build.folder_of(decision, over), decision.pk, over)


@lru_cache(maxsize=8)
def _pages_at_release(_folder: str, pk: int, over: Over) -> dict[str, Page]:
    outline = ReleaseOutline.objects.select_related("decision").get(pk=pk)
    decision = outline.decision
    return _pages(decision, outline, over, lambda language: addresses.release(outline.slug, decision.label, language))


def _pages(decision: Decision, outline: ReleaseOutline, over: Over, address) -> dict[str, Page]:
    folder = build.folder_of(decision, over)
    return {
        address(language) + path: Page(decision, outline.slug, language, path, folder, over)
        for language in outline.languages
        for path in outline.pages
    }


def _outline(decision: Decision) -> ReleaseOutline:
    """Its outline; made here where it was lost, because every approved release can be read."""
    if not hasattr(decision, "outline"):
        return outlines.keep_outline(decision, Layout(read_release(decision.frozen_id)))
    return decision.outline


class PathMap:
    """The map as one process holds it."""

    def __init__(self, check_seconds: float = CHECK_SECONDS):
        self.check_seconds = check_seconds
        self._map: Map | None = None
        self._seen = None
        self._checked = 0.0
        self._lock = Lock()

    def now(self) -> Map:
        """What is current, at most `check_seconds` old. Where it cannot be read anew, what was current goes on."""
        found = self._map
        if found is not None and monotonic() - self._checked < self.check_seconds:
            return found
        with self._lock:
            if self._map is found or self._map is None:
                self._look(found)
            return self._map or found

    def forget(self) -> None:
        """Read everything again at the next request, whatever the number says."""
        self._map = self._seen = None

    def look_again(self) -> None:
        """Compare the number at the next request, however short ago that was done."""
        self._checked = float("-inf")

    def _look(self, found: Map | None) -> None:
        try:
            seen = (generation.read(), furniture.key())
            if found is None or seen != self._seen:
                self._map, self._seen = read_map(), seen
        except Exception:
            if found is None:
                raise
            logger.exception("The map of released pages could not be read; the last one goes on.")
        self._checked = monotonic()


#: The one that the middleware and the views of this process use.
current = PathMap()


@receiver(generation.raised, dispatch_uid="delivery-paths")
def _changed_here(**kwargs):
    current.look_again()


@receiver(setting_changed, dispatch_uid="delivery-paths")
def _settings_changed(setting, **kwargs):
    if setting in ("STORAGES", "HIGHROAD_PRODUCTION", "HIGHROAD_DEMO", "LANGUAGES"):
        current.forget()
