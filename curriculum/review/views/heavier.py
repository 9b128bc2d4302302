"""Saying for a side that a change weighs more than it was sent as."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review import queries
from curriculum.review.actions import Refused, challenge
from curriculum.review.permissions import CannotSign, can_challenge
from curriculum.review.reading import title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.answer import refusal
from curriculum.review.views.deciding_forms import ChallengeForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def heavier(request, uid):
    """For people in a seat, as long as the charter lets them; nobody else finds anything here."""
    submission = find(request, uid)
    now = queries.class_of(submission)
    if request.method != "POST":
        if not can_challenge(request.user, submission):
            raise Http404
        return _show(request, submission, ChallengeForm(now=now))
    form = ChallengeForm(request.POST, now=now)
    if not form.is_valid():
        return _show(request, submission, form, 422)
    try:
        challenge(submission=submission, by=request.user, **form.cleaned_data)
    except (CannotSign, Refused) as refused:
        return refusal(request, submission, refused, form.cleaned_data["words"])
    except ValueError as refused:
        form.add_error("words", str(refused))
        return _show(request, submission, form, 422)
    messages.success(request, _("It weighs more from now on. Both sides see that you said so, and why."))
    return redirect("review_room", uid=submission.pk)


def _show(request, submission, form, status=200):
    place = standing(submission)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "form": form,
        "now": place.change_class,
        "last_day": queries.last_day_to_challenge(submission),
    }
    return render(request, "review/heavier.html", context, status=status)
