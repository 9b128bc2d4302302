"""Guests of a text under review: the coordinator makes a link, sees who has one, and closes it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.review.actions import Refused, close_guest_link, invite_guest
from curriculum.review.reading import title_of
from curriculum.review.speaking import can_invite_guests
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.talk_forms import GuestForm
from curriculum.review.views.talking import METHODS


@require_http_methods(METHODS)
@for_readers
def guests(request, uid):
    """GET lists the links; POST makes one and shows it this once."""
    submission = _of_coordinator(request, uid)
    form = GuestForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            link, token = invite_guest(
                submission=submission,
                by=request.user,
                name=said["name"],
                email=said["email"],
                may_comment=said["may_comment"],
                good_for=timedelta(days=int(said["days"])),
                language=said["language"],
                link=_address_of(request),
            )
        except (Refused, ValueError) as refused:
            form.add_error(None, str(refused))
        else:
            address, form = _address_of(request)(token), GuestForm()
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "form": form if submission.outcome is None else None,
        "address": address,
        "name": link.person.name if address else "",
        "links": submission.guest_links.select_related("person", "made_by"),
        "home": reverse("review_room", args=[uid]),
    }
    return render(request, "review/guests.html", context, status=422 if form.errors else 200)


@require_POST
@for_readers
def close(request, uid, pk):
    """Ends one link at once."""
    submission = _of_coordinator(request, uid)
    close_guest_link(link=get_object_or_404(submission.guest_links, pk=pk), by=request.user)
    messages.success(request, _("The link is closed. What the guest said stays in the record."))
    return redirect("review_guests", uid=uid)


def _of_coordinator(request, uid):
    submission = find(request, uid)
    if not can_invite_guests(request.user):
        raise Http404
    return submission


def _address_of(request):
    return lambda token: request.build_absolute_uri(reverse("guest", args=[token]))
