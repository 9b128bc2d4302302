"""Notes that one side keeps for itself. For everybody else, administrators too, there is nothing here."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review.actions import Refused, keep_note
from curriculum.review.models import CaucusNote
from curriculum.review.reading import title_of
from curriculum.review.speaking import CannotTalk, caucus_side
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.talk_forms import NoteForm
from curriculum.review.views.talking import METHODS, not_said


@require_http_methods(METHODS)
@for_readers
def notes(request, uid):
    """The side's notes, oldest first, and a box for another while the review is open."""
    submission = find(request, uid)
    side = caucus_side(request.user, submission)
    if not side:
        raise Http404
    home = reverse("review_room", args=[uid])
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_note(submission=submission, by=request.user, words=form.cleaned_data["words"])
        except (CannotTalk, Refused) as refused:
            return not_said(request, submission, refused, form.cleaned_data["words"], home)
        messages.success(request, _("Your note is kept for your side."))
        return redirect("review_notes", uid=uid)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "party": submission.committee.party(side),
        "notes": CaucusNote.objects.filter(submission=submission, side=side).select_related("person", "sealing"),
        "form": form if submission.outcome is None else None,
        "home": home,
    }
    return render(request, "review/notes.html", context, status=422 if form.errors else 200)
