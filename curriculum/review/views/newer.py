"""Designer's acts on something under review: put newer text in its place, or take it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.editions.media import MediaLost
from curriculum.enums import FrozenKind, Kind
from curriculum.review.actions import Refused, put_newer_text, withdraw
from curriculum.review.forms import NoteForm
from curriculum.review.reading import title_of
from curriculum.review.sending import Sending
from curriculum.review.standing import standing
from curriculum.review.views.access import find_for_writing, for_readers
from curriculum.review.views.send import FILE_LOST, sending_page, sent

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@for_readers
def newer(request, uid):
    """GET shows the draft beside what is under review; POST puts the draft in its place with empty answers."""
    submission, page = find_for_writing(request, uid)
    if submission.outcome is not None:
        return redirect("review_room", uid=uid)
    items = list(submission.items.all())
    of_kind = {
        kind: [str(item.subject_uid) for item in items if item.kind == kind]
        for kind in (FrozenKind.RELEASE, FrozenKind.EDITION)
    }
    is_post = request.method == "POST"
    along = request.POST.getlist("modules") if is_post else of_kind[FrozenKind.EDITION]
    sending = Sending(
        page=page,
        user=request.user,
        replaces=submission,
        ticked_releases=frozenset(of_kind[FrozenKind.RELEASE]),
        ticked_modules=frozenset(along if page.kind == Kind.CURRICULUM else ()),
    )
    form = sending.form(request.POST if is_post else None)
    if not is_post or not form.is_valid():
        return sending_page(request, sending, form)
    if not_read := sending.not_read(form):
        return sending_page(request, sending, sending.form_again(form), refused=not_read)
    try:
        submission = put_newer_text(submission=submission, by=request.user, proposal=sending.proposal(form))
    except Refused as refused:
        return sending_page(request, sending, form, refused=str(refused), findings=refused.findings)
    except MediaLost:
        return sending_page(request, sending, form, refused=FILE_LOST)
    return sent(request, submission)


@require_http_methods(METHODS)
@for_readers
def take_back(request, uid):
    """Ends the round without an agreement. What was answered stays in the record."""
    submission, _page = find_for_writing(request, uid)
    if submission.outcome is not None:
        return redirect("review_room", uid=uid)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(submission=submission, by=request.user, words=form.cleaned_data["note"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Taken back. What was answered stays in the record."))
            return redirect("write")
    context = {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "standing": standing(submission),
        "form": form,
        "cancel_url": reverse("review_room", args=[submission.pk]),
    }
    return render(request, "review/take_back.html", context, status=422 if form.errors else 200)
