"""Who reads a course: the phone's learner, an account's learner, or somebody of the team."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.cache import never_cache

from courses.cohorts.models import Course, Enrollment
from courses.cohorts.permissions import can_look_in
from courses.cohorts.text import Text
from courses.delivery import addresses
from users import learners


@dataclass(frozen=True)
class Reader:
    """Somebody in front of a course. `enrollment` is None for the team, who mark nothing."""

    course: Course
    enrollment: Enrollment | None = None
    done: frozenset[str] = field(default_factory=frozenset)

    @property
    def text(self) -> Text:
        return Text(self.course)


def reader_of(request, code: str) -> Reader | None:
    """Who asks for the course `code`, with what they marked done. One query for a learner on their phone."""
    phone = learners.carried(request)
    if phone:
        return _learner(code, Q(learner=phone[0], learner__stamp=phone[1])) or _of_team(request, code)
    if request.user.is_authenticated:
        return _learner(code, Q(learner__account=request.user.pk)) or _of_team(request, code)
    return None


def _learner(code: str, who: Q) -> Reader | None:
    """One query: the enrollment and its course, once for each mark."""
    rows = Enrollment.objects.filter(who, course__code=code, left_on__isnull=True).select_related("course__release")
    marked = F("marks__page_uid"), F("marks__is_done")
    rows = list(rows.annotate(marked_page=marked[0], marked_done=marked[1]).order_by())
    if not rows:
        return None
    done = frozenset(str(row.marked_page) for row in rows if row.marked_done)
    return Reader(rows[0].course, rows[0], done)


def _of_team(request, code: str) -> Reader | None:
    course = Course.objects.select_related("release").filter(code=code).first()
    return Reader(course) if course and can_look_in(request.user, course) else None


def for_readers(view: Callable) -> Callable:
    """A screen of one course: `view(request, reader, language, ...)` in the language of its address.

    Whoever is not in the course is asked to come in; that is all they learn of it, and the same where there is none.
    """

    @never_cache
    @wraps(view)
    def screen(request, code, language, **kwargs):
        reader = reader_of(request, code)
        if reader is None:
            return _to_the_door(request, language)
        with translation.override(language):
            return view(request, reader, language, **kwargs)

    return screen


def for_learners(view: Callable) -> Callable:
    """The same for what is somebody's own: the team finds nothing here."""

    @wraps(view)
    def screen(request, reader, language, **kwargs):
        if reader.enrollment is None:
            raise Http404
        return view(request, reader, language, **kwargs)

    return for_readers(screen)


def _to_the_door(request, language: str):
    if request.method != "GET":
        raise Http404
    return redirect(f"{addresses.prefix(language)}/join/")
