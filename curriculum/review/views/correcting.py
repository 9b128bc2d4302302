"""Writing a safety correction, and what a coordinator does while both sides are reached."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.review import safety
from curriculum.review.actions import Refused, confirming, correcting, reaching
from curriculum.review.enums import Purpose
from curriculum.review.permissions import makes_samples
from curriculum.review.reading import title_of
from curriculum.review.views import hurt_shown
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.hurt import find_report
from curriculum.review.views.hurt_forms import CorrectionForm, TriedForm, WordsForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def correct(request, uid):
    """GET shows the reported parts as they are taught; POST sends the correction to both sides."""
    report = find_report(request, uid)
    place = safety.taught_at(report.page_uid)
    if not safety.can_correct(request.user) or place is None:
        raise Http404
    if not report.is_open:
        return redirect("hurt_report", uid=uid)
    form = CorrectionForm(request.POST or None, page=place.page, blocks=report.blocks)
    if request.method == "POST" and form.is_valid():
        try:
            submission = correcting.correct_danger(
                report=report, by=request.user, fixes=form.fixes, wrong=form.told("wrong"), right=form.told("right")
            )
        except (Refused, ValueError) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent to labor and management now. One person on each side is enough."))
            return redirect("review_room", uid=submission.pk)
    return _form(request, report, place, form)


def _form(request, report, place, form):
    reading = hurt_shown.as_reviewer(reverse("review_desk") + "media/")
    numbers = {id_: number for number, id_ in enumerate(dict.fromkeys(id_ for _code, id_ in form.names), start=1)}
    parts = hurt_shown.parts_of(place.page, list(numbers), reading)
    parts.sort(key=lambda part: numbers[part["id"]])
    context = {
        "report": report,
        "sample": makes_samples(request.user),
        "form": form,
        "title": place.page.source["title"],
        "parts": [
            {**part, "number": numbers[part["id"]], "fields": form.part(part["language"], part["id"])} for part in parts
        ],
    }
    return render(request, "safety/correct.html", context, status=422 if form.errors else 200)


@require_POST
@for_readers
def tried(request, uid):
    """Keep that a side was tried."""
    submission = find(request, uid)
    form = TriedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say which side was tried, and how. Nothing was written."))
        return redirect("review_room", uid=uid)
    return _done(
        request,
        submission,
        lambda: reaching.log_contact(submission=submission, by=request.user, **form.cleaned_data),
        _("Kept in the record."),
    )


@require_POST
@for_readers
def stand_in(request, uid):
    """The duty lead stands in for the side that could not be reached."""
    submission = find(request, uid)
    side, words = request.POST.get("side", ""), request.POST.get("words", "")
    return _done(
        request,
        submission,
        lambda: reaching.stand_in(submission=submission, by=request.user, side=side, words=words),
        _("Kept in the record. The other side answers for itself, and both confirm it afterwards."),
    )


@require_POST
@for_readers
def learned(request, uid):
    """What was learned, without blame."""
    submission = find(request, uid)
    words = request.POST.get("words", "")
    return _done(
        request,
        submission,
        lambda: confirming.say_what_was_learned(submission=submission, by=request.user, words=words),
        _("Kept in the record."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def drop(request, uid):
    """Take a correction back."""
    submission = find(request, uid)
    if submission.purpose != Purpose.EMERGENCY or not safety.can_correct(request.user):
        raise Http404
    if submission.outcome is not None:
        return redirect("review_room", uid=uid)
    form = WordsForm(request.POST or None, label=_("Why, in one sentence"))
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            submission,
            lambda: correcting.drop_correction(submission=submission, by=request.user, **form.cleaned_data),
            _("Taken back. What stands over the page stays there."),
        )
    context = {"submission": submission, "title": title_of(submission), "form": form}
    return render(request, "safety/drop.html", context, status=422 if form.errors else 200)


def _done(request, submission, act, thanks):
    """Do it and go back to the room with a sentence either way."""
    try:
        act()
    except (Refused, reaching.CannotStandIn, ValueError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, thanks)
    return redirect("review_room", uid=submission.pk)
