"""Everybody in a course by name: done or not yet by week, hours, a way back in, a way out. Nobody is ranked."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.cohorts import progress, queries, roster
from courses.cohorts.text import Text
from courses.paper import addresses
from courses.teaching import access, slips
from users.models import LearnerCode
from users.ways_in import shown_code


@require_safe
@access.for_instructors
def people(request, course):
    everybody = list(queries.in_course(course).select_related("learner"))
    weeks = [week for week in progress.weeks(course, course.sessions.all(), Text(course).lessons) if week.pages]
    marks = queries.marks_by_enrollment(course)
    context = {
        "count": len(everybody),
        "hours": _hours(course, everybody),
        "weeks": [_week(week, everybody, marks, progress.is_lately(week, weeks)) for week in weeks],
        "codes": _codes(everybody),
    }
    return access.show(request, course, "teaching/people.html", context, tab="people")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_instructors
def code(request, course, uid):
    """Lets somebody back in: a page with one button, and the code once."""
    person = _person(course, uid)
    made = roster.let_back_in(enrollment=person, by=request.user) if request.method == "POST" else ""
    context = {
        "person": person,
        "code": made and shown_code(made),
        "back_url": addresses.short(slips.way_back(person)),
        "codes": _codes([person]),
    }
    return access.show(request, course, "teaching/code.html", context, tab="people")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_instructors
def out(request, course, uid):
    """Takes somebody out of the course, after saying what stays."""
    person = _person(course, uid)
    if request.method == "POST":
        called = person.called
        roster.take_out(enrollment=person, by=request.user)
        messages.success(request, _("%(name)s is out of the course. Hours from attendance stay.") % {"name": called})
        return redirect(access.address(course, "people/"))
    return access.show(request, course, "teaching/out.html", {"person": person}, tab="people")


def _person(course, uid):
    rows = queries.in_course(course).select_related("learner__person", "course")
    return get_object_or_404(rows, pk=uid)


def _hours(course, everybody) -> dict:
    """Rows of components/table.html: hours, and what can be done for each."""
    hours = queries.hours_by_enrollment(course)
    return {
        "columns": [_("Name"), _("Hours"), _("Related instruction"), _("PIN forgotten"), _("Not coming any more")],
        "rows": [
            [
                format_html("{}", person.called),
                format_html("{}", hours[str(person.pk)]["all"] if str(person.pk) in hours else 0),
                format_html("{}", hours[str(person.pk)]["related"] if str(person.pk) in hours else 0),
                _link(course, person, "code", _("Let %(name)s back in")),
                _link(course, person, "out", _("Take %(name)s out")),
            ]
            for person in everybody
        ],
    }


def _link(course, person, what: str, words: str):
    url = access.address(course, f"people/{person.pk}/{what}/")
    return format_html('<a class="person-act" href="{}">{}</a>', url, words % {"name": person.called})


def _week(week, everybody, marks, is_open: bool) -> dict:
    """One table a week: a row a person, a column a lesson."""
    language = get_language()
    done, not_yet = format_html('<b class="is-done">{}</b>', _("Done")), format_html("{}", _("Not yet"))
    return {
        "number": week.number,
        "is_open": is_open,
        "first_day": week.first_day,
        "columns": [_("Name"), *(page.title(language) for page in week.pages)],
        "rows": [
            [
                format_html("{}", person.called),
                *(done if progress.is_done(marks.get(str(person.pk), {}), page) else not_yet for page in week.pages),
            ]
            for person in everybody
        ],
    }


def _codes(everybody) -> list[dict]:
    """Who made a code for whom, newest first; one query."""
    called = {person.learner_id: person.called for person in everybody}
    rows = LearnerCode.objects.filter(learner__in=list(called)).select_related("made_by").order_by("-made_at", "-pk")
    return [{"called": called[row.learner_id], "row": row} for row in rows]
