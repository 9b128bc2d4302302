"""A list of names becomes people of the course: a file, what it says, then everybody at once with a code each."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.cohorts import roster
from courses.teaching import access, slips


class RosterForm(forms.Form):
    """The file of names."""

    file = forms.FileField(
        label=_("File of names"),
        help_text=_("A CSV file with the headings name, language, email. Only the name is needed."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("list")
@access.for_instructors
def names(request, course):
    if request.method == "POST" and "list" in request.POST:
        return _take(request, course, request.POST["list"].encode())
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        # One byte more than is taken shows that there is more.
        return _tell(request, course, roster.read(file.read(roster.MOST_BYTES + 1), course), form)
    status = 422 if form.errors else 200
    return access.show(request, course, "teaching/roster.html", {"form": form}, tab="people", status=status)


def _take(request, course, data: bytes):
    try:
        let_in = roster.take(course=course, data=data, by=request.user)
    except roster.NotTaken as refusal:
        return _tell(request, course, roster.read(data, course), RosterForm(), str(refusal))
    context = {"slips": slips.slips(let_in)}
    return access.show(request, course, "teaching/slips.html", context, tab="people")


def _tell(request, course, found: roster.Roster, form: RosterForm, refusal: str = ""):
    """What would be made, and every line that cannot be."""
    context = {"form": form, "found": found, "refusal": refusal}
    status = 200 if found.is_good else 422
    return access.show(request, course, "teaching/roster.html", context, tab="people", status=status)
