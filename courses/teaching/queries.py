"""What screens of whoever teaches read: my courses, the weeks of a plan, notes and papers of a session."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone

from courses.cohorts import queries
from courses.cohorts.models import Course, Session, SupportCircle
from courses.cohorts.text import Page, Text
from courses.delivery import addresses as delivered
from courses.delivery import notices
from courses.paper import addresses as paper
from courses.paper.options import Kind
from curriculum.editions.read import SOURCE
from curriculum.editions.render import INSTRUCTOR, Reading, render_block
from curriculum.models import Frozen


@dataclass(frozen=True)
class Standing:
    """A course in the list: its next session, and whether it runs now, is still to come, or is over."""

    course: Course
    state: str
    next: Session | None


def my_courses(user) -> list[Standing]:
    """The courses of somebody, the ones running first; three queries."""
    courses = list(queries.courses_of(user))
    rows = Session.objects.filter(course__in=courses, ends_at__gte=timezone.now(), is_called_off=False)
    coming: dict = {}
    for session in rows.order_by("starts_at", "pk"):
        coming.setdefault(session.course_id, session)
    told = [Standing(course, state_of(course), coming.get(course.pk)) for course in courses]
    ahead = [one for one in told if one.state == "ahead"]
    ahead.sort(key=lambda one: one.course.starts_on)
    return [*(one for one in told if one.state == "now"), *ahead, *(one for one in told if one.state == "over")]


def state_of(course: Course) -> str:
    today = timezone.localdate()
    if course.starts_on > today:
        return "ahead"
    return "over" if course.ends_on < today else "now"


@dataclass(frozen=True)
class Meeting:
    """A row of the plan. A circle is told by its purpose and rules alone; `titles` are of what a session is about."""

    session: Session | None
    circle: SupportCircle | None
    titles: tuple[str, ...] = ()

    @property
    def at(self) -> Session | SupportCircle:
        return self.session or self.circle


@dataclass(frozen=True)
class Week:
    first: date
    meetings: tuple[Meeting, ...]


def weeks(course: Course, language: str) -> list[Week]:
    """The plan by weeks, Monday first; two queries."""
    known = {page.uid: page.title(language) for page in Text(course).pages}
    rows = [_meeting(one, known) for one in queries.meetings(course)]
    return [Week(first, tuple(inside)) for first, inside in groupby(rows, key=_monday)]


def _meeting(one, known) -> Meeting:
    if isinstance(one, SupportCircle):
        return Meeting(None, one)
    return Meeting(one, None, tuple(known[uid] for uid in one.pages if uid in known))


def _monday(meeting: Meeting) -> date:
    day = timezone.localdate(meeting.at.starts_at)
    return day - timedelta(days=day.weekday())


def notes(course: Course, pages: list[Page], language: str) -> list[dict]:
    """What the text says to instructors about these pages: [{"title", "url", "language", "notes", "warnings"}].

    From the frozen words, one query. A page that is not shown to learners is not taught from either.
    """
    text = Text(course)
    over = text.now.over[text.decision.pk]
    snapshots = Frozen.objects.read(_digest(page, language) for page in pages)
    modules = {page.uid: module for module in text.modules for page in module.pages}
    path_of = {page.uid: page.path for page in text.pages}
    read = f"/teach/{course.code}/read/"

    def link(uid):
        return read + path_of[uid] if uid in path_of else None

    told = []
    for page in pages:
        snapshot = snapshots[_digest(page, language)]
        standing = over.of(modules[page.uid].uid, page.uid, language)
        reading = Reading(
            snapshot["language"], INSTRUCTOR, media=delivered.MEDIA, sample=text.decision.sample, link=link
        )
        blocks = [] if notices.hides(standing) else snapshot.get("body", [])
        told.append(
            {
                "title": page.title(language),
                "url": read + page.path,
                "language": snapshot["language"],
                "warnings": notices.told(standing, language),
                "notes": [render_block(block, reading) for block in blocks if block["type"] == "facilitator"],
            }
        )
    return told


def papers(course: Course, pages: list[Page], language: str) -> list[dict]:
    """What to print for these pages, by module: [{"title", "papers": [{"label", "sentence", "url"}]}]."""
    text = Text(course)
    language = language if language in text.contents.languages else SOURCE
    wanted = {page.module_path for page in pages}
    return [
        {
            "title": module.title(language),
            "papers": [
                {
                    "label": kind.label,
                    "sentence": kind.sentence,
                    "url": paper.packet(text.slug, module.path, language, text.decision.label, kind),
                }
                for kind in Kind
            ],
        }
        for module in text.modules
        if module.path in wanted
    ]


def _digest(page: Page, language: str) -> str:
    return page.digests.get(language) or page.digests.get(SOURCE) or next(iter(page.digests.values()))
