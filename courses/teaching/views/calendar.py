"""The calendar of a course, behind an address that only its people have. Phones fetch it, signed in as nobody."""

from secrets import compare_digest
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from courses.cohorts import queries
from courses.cohorts.calendar import CALENDAR_TYPE, calendar
from courses.cohorts.models import Course


@require_safe
def feed(request, code, key):
    """In the first language of the course. A wrong key is as if there were no course."""
    course = Course.objects.filter(code=code).first()
    if course is None or not compare_digest(course.calendar_key.encode(), key.encode()):
        raise Http404
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "highroad"
    with translation.override(next(iter(course.languages), settings.LANGUAGE_CODE)):
        data = calendar(course, queries.meetings(course), host)
    answer = HttpResponse(data, content_type=CALENDAR_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{course.code}.ics"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Robots-Tag"] = "noindex"
    return answer
