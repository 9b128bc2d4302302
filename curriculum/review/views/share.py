"""Dividing a large review among one side's people, and marking what one has read."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.review import queries
from curriculum.review.actions.division import mark_read, share_reading
from curriculum.review.division import division_of, pages_to_share
from curriculum.review.enums import Side
from curriculum.review.reading import read_sheet, title_of
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.room import shower_for

#: Chosen for a page that whoever likes may read.
NOBODY = "nobody"


class ShareForm(forms.Form):
    """One choice a page: who of one's own side reads it. Fields are named by page uid."""

    def __init__(self, *args, pages, people, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(NOBODY, _("nobody in particular")), *((str(person.pk), str(person)) for person in people)]
        for uid, title in pages:
            self.fields[uid] = forms.ChoiceField(label=title, choices=choices)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def share(request, uid):
    """Who of my side reads what. The other side sees nothing of it, and one answer still speaks for the side."""
    submission = find(request, uid)
    seat = queries.seats_of(request.user.person).filter(committee=submission.committee_id).first()
    if seat is None or submission.outcome is not None:
        raise Http404
    side = seat.representative.side
    seats = queries.seats_on(submission.committee, side)
    people = {str(row.representative.person_id): row.representative.person for row in seats}
    sheet = read_sheet(submission)
    pages = [(uid, sheet.page(uid).title(request.LANGUAGE_CODE)) for uid in pages_to_share(sheet)]
    division = division_of(submission, request.user)
    now = {uid: NOBODY for uid, _title in pages} | {uid: str(one.pk) for uid, one in division.readers.items()}
    form = ShareForm(request.POST or None, pages=pages, people=people.values(), initial=now)
    if request.method == "POST" and form.is_valid():
        readers = {page: people.get(chosen) for page, chosen in form.cleaned_data.items()}
        share_reading(submission=submission, by=request.user, readers=readers)
        messages.success(request, _("Your side sees now who reads what. One answer still speaks for all of you."))
        return redirect("review_room", uid=submission.pk)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "side": Side(side),
        "form": form,
        "cancel_url": reverse("review_room", args=[submission.pk]),
    }
    return render(request, "review/share.html", context, status=422 if form.errors else 200)


@require_POST
@for_readers
def read(request, uid, page_uid):
    """*I have read this*: in the language on screen. Then on to the next page that is mine, or back to the room."""
    submission = find(request, uid)
    shower = shower_for(request, submission)
    sheet = shower.sheet.page(page_uid)
    if sheet is None:
        raise Http404
    language = sheet.snapshot(shower.language)["language"]
    try:
        mark_read(submission=submission, by=request.user, page_uid=str(page_uid), language=language)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
        return redirect(shower.address(str(page_uid)))
    division = division_of(submission, request.user)
    marks = division.marks(pages_to_share(shower.sheet), language)
    left = next((page for page, mark in marks.items() if mark.yours and not mark.you_read), None)
    if left is None:
        messages.success(request, _("It is marked as read. Nothing more is yours to read here."))
        return redirect("review_room", uid=submission.pk)
    return redirect(shower.address(left))
