"""When a course meets: the plan by weeks, the schedule on paper, sessions and support circles."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.cohorts import sessions
from courses.teaching import access, forms, queries
from courses.teaching.acting import act

ASKED = ["GET", "HEAD", "POST"]


@require_safe
@access.for_team
def plan(request, course):
    context = {"weeks": queries.weeks(course, get_language())}
    return access.show(request, course, "teaching/plan.html", context, tab="plan")


@require_safe
@access.for_team
def schedule(request, course):
    """The same for paper: whatever somebody may do about it is not on it."""
    context = {"weeks": queries.weeks(course, get_language()), "back_url": access.address(course, "plan/")}
    return access.show(request, course, "teaching/schedule.html", context, tab="plan")


@require_http_methods(ASKED)
@access.for_instructors
def new(request, course):
    """A session, and the same every week until a day."""
    initial = {"place": course.place, "day": max(course.starts_on, timezone.localdate())}
    form = forms.SessionForm(request.POST or None, course=course, initial=initial)
    if act(form, lambda asked: _plan(course, request.user, asked, form.cleaned_data["until"])):
        told = ngettext("%(count)d session is in the plan.", "%(count)d sessions are in the plan.", form.made)
        messages.success(request, told % {"count": form.made})
        return _back(course)
    return _form(request, course, form, "teaching/session_form.html", title=_("Plan a session"))


@require_http_methods(ASKED)
@access.for_instructors
def change(request, course, uid):
    session = get_object_or_404(course.sessions, pk=uid)
    session.course = course
    form = forms.SessionForm(
        request.POST or None, course=course, session=session, initial=forms.SessionForm.of(session)
    )
    if act(form, lambda asked: sessions.change(session=session, by=request.user, **asked)):
        messages.success(request, _("Saved. Calendars show it within some hours."))
        return _back(course)
    return _form(request, course, form, "teaching/session_form.html", title=_("Change the session"), session=session)


@require_POST
@access.for_instructors
def call_off(request, course, uid):
    session = get_object_or_404(course.sessions, pk=uid)
    sessions.call_off(session=session, by=request.user)
    messages.success(request, _("Called off. It stays in the plan, crossed out."))
    return _back(course)


@require_POST
@access.for_instructors
def hold_after_all(request, course, uid):
    session = get_object_or_404(course.sessions, pk=uid)
    sessions.hold_after_all(session=session, by=request.user)
    messages.success(request, _("It takes place after all."))
    return _back(course)


@require_http_methods(ASKED)
@access.for_instructors
def new_circle(request, course):
    form = forms.CircleForm(request.POST or None, initial={"place": course.place})
    if act(form, lambda asked: sessions.write_circle(course=course, by=request.user, **asked)):
        messages.success(request, _("The support circle is in the plan."))
        return _back(course)
    return _form(request, course, form, "teaching/circle_form.html", title=_("Plan a support circle"))


@require_http_methods(ASKED)
@access.for_instructors
def change_circle(request, course, uid):
    circle = get_object_or_404(course.circles, pk=uid)
    form = forms.CircleForm(request.POST or None, initial=forms.CircleForm.of(circle))
    if act(form, lambda asked: sessions.write_circle(course=course, by=request.user, circle=circle, **asked)):
        messages.success(request, _("Saved. Calendars show it within some hours."))
        return _back(course)
    title = _("Change the support circle")
    return _form(request, course, form, "teaching/circle_form.html", title=title, circle=circle)


@require_POST
@access.for_instructors
def remove_circle(request, course, uid):
    sessions.remove_circle(circle=get_object_or_404(course.circles, pk=uid), by=request.user)
    messages.success(request, _("The support circle is out of the plan."))
    return _back(course)


@transaction.atomic
def _plan(course, by, asked, until) -> int:
    """How many sessions it became. One that cannot be repeated is not planned either."""
    session = sessions.plan(course=course, by=by, **asked)
    return 1 + (len(sessions.repeat(session=session, by=by, until=until)) if until else 0)


def _form(request, course, form, template, **context):
    context |= {"form": form, "back_url": access.address(course, "plan/")}
    return access.show(request, course, template, context, tab="plan", status=422 if form.is_bound else 200)


def _back(course):
    return redirect(access.address(course, "plan/"))
