"""The paper on the wall: how one joins, and who then sees what."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.cohorts import founding
from courses.paper.addresses import short, whole
from courses.teaching import access
from users import qr
from users.ways_in import shown_code


@require_safe
@access.for_instructors
def poster(request, course):
    address = course.join_code and whole(f"/join/{course.join_code}/")
    context = {
        "code": course.join_code and shown_code(course.join_code),
        "address": address and short(whole("/join/")),
        "qr": address and qr.svg(address),
        "session": course.is_workshop and course.sessions.first(),
    }
    return access.show(request, course, "teaching/poster.html", context, tab="poster")


@require_POST
@access.for_instructors
def new_code(request, course):
    founding.new_join_code(course=course, by=request.user)
    messages.success(request, _("Here is a new code. The old one lets nobody in any more: hang up this poster."))
    return redirect(access.address(course, "poster/"))


@require_POST
@access.for_instructors
def close(request, course):
    founding.close_joining(course=course, by=request.user)
    messages.success(request, _("Nobody else can join. Whoever is in the course stays in it."))
    return redirect(access.address(course, "poster/"))
