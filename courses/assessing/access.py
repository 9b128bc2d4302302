"""Who stands before a screen of assessment. Whoever has no business there learns nothing, not even that it is there."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments import queries
from assessments.groups import Group
from assessments.models import Attempt
from assessments.permissions import can_coordinate
from courses.assessing.groups import as_group
from courses.cohorts.models import Course
from courses.teaching import access

address = access.address


def for_assessors(view: Callable) -> Callable:
    """A decorator: `view(request, course, group, …)` for instructors, assessors and coordinators of the course.

    Coordinators look; whether somebody's word counts is asked again by every act.
    """

    @wraps(view)
    def only(request, course, *args, **kwargs):
        if not (course.teaches or course.assesses):
            raise Http404
        return view(request, course, as_group(course), *args, **kwargs)

    return access.for_team(only)


def for_coordinators(view: Callable) -> Callable:
    """The same for coordinators alone: how assessors agree is nobody else's to read."""

    @wraps(view)
    def only(request, course, group, *args, **kwargs):
        if not can_coordinate(request.user):
            raise Http404
        return view(request, course, group, *args, **kwargs)

    return for_assessors(only)


def attempt_in(group: Group, uid) -> Attempt:
    """A try of this group with everything it is decided from. Raises Http404."""
    return get_object_or_404(queries.with_work(Attempt.objects.filter(group=group.uid)), pk=uid)


def names(course: Course) -> dict:
    """{learner: name in the course} of everybody who is or was there, "" once they left; one query."""
    return dict(course.enrollments.values_list("learner_id", "called"))
