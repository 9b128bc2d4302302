"""Taking words out of the record: for administrators, with a reason that stays."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review import speaking
from curriculum.review.actions import Refused, seal
from curriculum.review.enums import EntryKind
from curriculum.review.reading import title_of
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.talk_forms import SealForm
from curriculum.review.views.talking import METHODS


@require_http_methods(METHODS)
@for_readers
def seal_words(request, uid, digest):
    """GET shows the words and asks for the reason; POST takes them away for good. Http404 for everybody else."""
    submission = find(request, uid)
    if not speaking.can_seal(request.user):
        raise Http404
    entry = next((one for one in submission.entries.all() if one.digest == digest), None)
    if entry is None or not entry.said or entry.kind == EntryKind.SEALED:
        raise Http404
    record = reverse("review_record", args=[uid])
    form = SealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seal(entry=entry, by=request.user, reason=form.cleaned_data["words"], link=_room_of(request))
        except (Refused, ValueError) as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, _("The words are gone. Both sides are told why."))
            return redirect(record)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "entry": entry,
        "texts": entry.texts.values(),
        "form": form,
        "home": record,
    }
    return render(request, "review/seal.html", context, status=422 if form.errors else 200)


def _room_of(request):
    return lambda submission: request.build_absolute_uri(reverse("review_room", args=[submission.pk]))
