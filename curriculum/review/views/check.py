"""Giving a check: the list, then what was found. For the people named for it; nobody else finds anything here."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review import checking, checklists, queries
from curriculum.review.actions import Refused, give_check
from curriculum.review.checking import CannotCheck
from curriculum.review.models import Submission
from curriculum.review.reading import title_of
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.answer import refusal
from curriculum.review.views.deciding_forms import CheckForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def check(request, uid, kind, language=""):
    """GET shows the list, POST gives the check."""
    submission = find(request, uid)
    places = queries.checks_as(request.user.person).filter(committee=submission.committee_id)
    if not places.filter(kind=kind, language=language).exists():
        raise Http404
    try:
        checker = checking.check_can_check(request.user, submission, kind, language)
    except CannotCheck as refused:
        return refusal(request, submission, refused, request.POST.get("words", ""))
    form = CheckForm(request.POST or None, kind=kind, language=language)
    if request.method != "POST" or not form.is_valid():
        return _show(request, submission, checker, form, 422 if request.method == "POST" else 200)
    said = form.cleaned_data
    try:
        entry = give_check(submission=submission, by=request.user, kind=kind, language=language, **said)
    except (CannotCheck, Refused) as refused:
        return refusal(request, submission, refused, said["words"])
    except ValueError as refused:
        form.add_error("words", str(refused))
        return _show(request, submission, checker, form, 422)
    messages.success(request, _thanks(Submission.objects.with_record().get(pk=submission.pk), entry))
    return redirect("review_room", uid=submission.pk)


def _show(request, submission, checker, form, status):
    asked = next(one for one in checking.asked_of(submission) if one.key == (checker.kind, checker.language))
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "name": checklists.name_of(checker.kind, checker.language),
        "checker": checker,
        "form": form,
        "asked": asked,
        "unmet": checklists.labels(checker.kind, asked.entry.detail.get("unmet", [])) if asked.entry else [],
    }
    return render(request, "review/check.html", context, status=status)


def _thanks(submission, entry) -> str:
    if submission.outcome:
        return _("Your check is in the record. It was the last that was missing: both sides agreed.")
    if entry.detail.get("unmet"):
        return _("Your check is in the record. Until what is missing is put right, both sides cannot agree.")
    return _("Your check is in the record.")
