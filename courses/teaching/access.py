"""Who stands before a screen of a course, and the head that all of them share.

Whoever has no business in a course gets a 404: that there is such a course is nobody else's to know.
"""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courses.cohorts.enums import Hat
from courses.cohorts.models import Course
from courses.cohorts.permissions import FOUNDING, can_assess, can_found, hats_of
from users.permissions import roles_of
from users.roles import Role


def find(request, code: str) -> Course:
    """The course of an address, for somebody who stands in it; `course.teaches` says whether as its instructor,
    `course.assesses` whether what they see there counts.

    Raises Http404 for everybody else. Three queries: the account's roles, the course, the hats.
    """
    held = roles_of(request.user)
    is_coordinator = Role.COORDINATOR in held
    course = Course.objects.select_related("release").filter(code=code).first()
    if course is None:
        raise Http404
    hats = hats_of(request.user, course)
    if not (hats or is_coordinator):
        raise Http404
    course.teaches = is_coordinator or bool(held & FOUNDING) and Hat.INSTRUCTOR in hats
    course.assesses = can_assess(request.user, hats)
    return course


def for_team(view):
    """A decorator: `view(request, course, …)` for whoever stands in the course with any hat."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request, code, *args, **kwargs):
        return view(request, find(request, code), *args, **kwargs)

    return guarded


def for_instructors(view):
    """The same for its instructors and for coordinators. Everybody else learns nothing, not even that it is there."""

    @wraps(view)
    def only(request, course, *args, **kwargs):
        if not course.teaches:
            raise Http404
        return view(request, course, *args, **kwargs)

    return for_team(only)


def for_founders(view):
    """A decorator: for whoever may set up a course."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_found(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def address(course: Course, below: str = "") -> str:
    """Where a screen of a course stands: `below` is "plan/", "people/" …"""
    return f"/teach/{course.code}/{below}"


def show(request, course: Course, template: str, context: dict, *, tab: str, status: int = 200):
    """A screen within the head of its course. `tab` is what is marked: "today", "people", "skills", "plan",
    "poster", "support", "team" or "read"."""
    return render(request, template, head(course, tab) | context, status=status)


def head(course: Course, tab: str) -> dict:
    """What templates/teaching/course.html takes. Whoever is no instructor sees schedule, support and text."""
    tabs = [
        ("today", "", _("Today"), course.teaches),
        ("people", "people/", _("People"), course.teaches),
        ("skills", "skills/", _("Skills"), course.teaches or course.assesses),
        ("plan", "plan/", _("Plan"), True),
        ("poster", "poster/", _("Poster"), course.teaches),
        ("support", "support/", _("Support"), True),
        ("read", "read/", _("Course text"), True),
        ("team", "team/", _("Team"), course.teaches),
    ]
    return {
        "course": course,
        "teaches": course.teaches,
        "sample": course.release.sample,
        "course_tabs": [
            {"label": label, "url": address(course, below), "current": name == tab}
            for name, below, label, shown in tabs
            if shown
        ],
    }
