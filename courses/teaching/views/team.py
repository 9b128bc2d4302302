"""Who stands beside the learners, and whom they turn to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.cohorts import founding
from courses.cohorts.permissions import can_teach
from courses.teaching import access, forms
from courses.teaching.acting import act

FIELDS = ("helps_with", "who", "phone", "hours", "spoken")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_instructors
def team(request, course):
    form = forms.TeammateForm(request.POST or None)
    if act(form, lambda asked: _add(course, request.user, form)):
        messages.success(request, _("They are in the team."))
        return redirect(access.address(course, "team/"))
    context = {
        "form": form,
        "rows": course.team.select_related("person"),
    }
    return access.show(request, course, "teaching/team.html", context, tab="team", status=422 if form.is_bound else 200)


@require_POST
@access.for_instructors
def remove(request, course, pk):
    try:
        founding.remove_teammate(teammate=get_object_or_404(course.team, pk=pk), by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They are no longer in the team."))
    # Whoever took themselves away has no business here any more.
    return redirect(access.address(course, "team/") if can_teach(request.user, course) else "/teach/")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_team
def support(request, course):
    """Everybody of the team reads it; instructors write it."""
    lines = [{name: getattr(row, name) for name in FIELDS} for row in course.support.all()]
    formset = None
    if course.teaches:
        formset = forms.SupportLines(request.POST or None, initial=lines)
        if formset.is_bound and formset.is_valid():
            founding.write_support(course=course, by=request.user, lines=_lines(formset))
            messages.success(request, _("Saved. Learners see it on their support page."))
            return redirect(access.address(course, "support/"))
    status = 422 if formset is not None and formset.is_bound else 200
    context = {"lines": lines, "formset": formset}
    return access.show(request, course, "teaching/support.html", context, tab="support", status=status)


def _add(course, by, form):
    data = form.cleaned_data
    user = form.people[data["picked"]] if data["picked"] else founding.find_account(data["named"])
    return founding.add_teammate(course=course, by=by, user=user, hat=data["hat"])


def _lines(formset) -> list[dict]:
    """The lines that hold something and were not struck out."""
    return [
        {name: form.cleaned_data[name] for name in FIELDS}
        for form in formset
        if form.cleaned_data.get("helps_with") and not form.cleaned_data.get("DELETE")
    ]
