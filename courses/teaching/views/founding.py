"""My courses, a new one, a workshop on one screen; what stands about a course."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.cohorts import founding
from courses.cohorts.permissions import can_found
from courses.teaching import access, forms, queries
from courses.teaching.acting import act
from curriculum.review.permissions import makes_samples
from users.permissions import roles_of
from users.roles import Role

#: Who has this list even before the first course.
TEACHING = frozenset({Role.INSTRUCTOR, Role.MENTOR, Role.ASSESSOR, Role.COORDINATOR})


@require_safe
@never_cache
@login_required
def mine(request):
    rows = queries.my_courses(request.user)
    if not rows and not roles_of(request.user) & TEACHING:
        raise Http404
    context = {
        "courses": rows,
        "can_found": can_found(request.user),
        "sample": makes_samples(request.user),
    }
    return render(request, "teaching/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_founders
def new(request):
    form = forms.NewForm(request.POST or None, initial={"languages": ["en", "es"]})
    if act(form, lambda asked: founding.make_course(by=request.user, **asked)):
        course = form.made
        messages.success(request, _("The course is there. Plan its sessions, and hang up its poster."))
        return redirect(access.address(course, "plan/"))
    return _form(request, form, "teaching/new.html")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_founders
def workshop(request):
    form = forms.WorkshopForm(request.POST or None)
    if act(form, lambda asked: founding.make_workshop(by=request.user, **asked)):
        course, _session = form.made
        messages.success(request, _("The workshop is there. Print this page and hang it up."))
        return redirect(access.address(course, "poster/"))
    return _form(request, form, "teaching/workshop.html")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_instructors
def about(request, course):
    form = forms.AboutForm(request.POST or None, initial=forms.AboutForm.of(course))
    if act(form, lambda asked: founding.change_course(course=course, by=request.user, **asked)):
        messages.success(request, _("Saved."))
        return redirect(access.address(course, "plan/"))
    context = {"form": form, "back_url": access.address(course, "plan/")}
    return access.show(request, course, "teaching/about.html", context, tab="plan", status=_status(form))


def _form(request, form, template):
    context = {"form": form, "sample": makes_samples(request.user)}
    return render(request, template, context, status=_status(form))


def _status(form) -> int:
    return 422 if form.is_bound else 200
