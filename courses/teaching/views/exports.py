"""Files for a spreadsheet. A department gets sums alone, and none where the course is small."""

import csv

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.cohorts import progress, queries, roster
from courses.cohorts.text import Text
from courses.teaching import access


@require_safe
@access.for_instructors
def export(request, course, what):
    if what not in FILES:
        raise Http404
    return csv_file(f"{course.code}-{what}.csv", FILES[what](course))


def csv_file(name: str, rows) -> HttpResponse:
    """Rows as a file that a spreadsheet opens and runs nothing of."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    # A spreadsheet reads accents right only behind this mark.
    answer.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(answer)
    for row in rows:
        writer.writerow(map(safe_cell, row))
    return answer


def safe_cell(value) -> str:
    """A cell that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(roster.FORMULA) else text


def _roster(course):
    yield [_("Name"), _("Language"), _("E-mail"), _("In the course since")]
    for person in queries.in_course(course).select_related("learner"):
        yield [person.called, person.learner.language, person.learner.email, person.joined_on]


def _hours(course):
    """All hours, those of related instruction, and each session in a column of its own.

    Hours of those who left are here too, under a pseudonym: the sum of the course stays what it was.
    """
    sessions = [one for one in course.sessions.all() if not one.is_called_off]
    said, hours = progress.latest_attendance(sessions), queries.hours_by_enrollment(course)
    yield [_("Name"), _("Hours"), _("Related instruction"), *(f"{_day(one)} {one.title}" for one in sessions)]
    people = list(course.enrollments.all())
    for person in sorted(people, key=lambda one: one.left_on is not None):
        own = hours.get(str(person.pk), {"all": 0, "related": 0})
        if person.left_on and not own["all"]:
            continue
        name = f"{_('left the course')} ({str(person.pk)[:8]})" if person.left_on else person.called
        rows = [said.get((person.pk, one.pk)) for one in sessions]
        yield [name, own["all"], own["related"], *(row.hours if row else "" for row in rows)]


def _progress(course):
    """A column a lesson: done or not yet, and never when."""
    pages, marks, language = Text(course).lessons, queries.marks_by_enrollment(course), get_language()
    yield [_("Name"), *(page.title(language) for page in pages)]
    for person in queries.in_course(course):
        own = marks.get(str(person.pk), {})
        yield [person.called, *(_("done") if progress.is_done(own, page) else _("not yet") for page in pages)]


def _summary(course):
    people, sessions = list(queries.in_course(course)), list(course.sessions.all())
    found = progress.totals(people, sessions, queries.hours_by_enrollment(course))
    if found is None:
        yield [_("Fewer than five people are in this course, so no sums are given.")]
        return
    yield [_("Course"), _("Department"), _("People"), _("Sessions held"), _("Hours"), _("Related instruction")]
    yield [course.title, course.department, found.people, found.sessions, found.hours, found.related]


def _day(session) -> str:
    return f"{timezone.localdate(session.starts_at):%Y-%m-%d}"


FILES = {"roster": _roster, "hours": _hours, "progress": _progress, "hours-summary": _summary}
