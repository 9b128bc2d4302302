"""Naming who answers in one's place for a time: for whoever holds a seat, about their own seat only."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review import queries
from curriculum.review.actions import delegate
from curriculum.review.actions.standing_in import CannotDelegate
from curriculum.review.models import Delegation, Seat
from curriculum.review.views.access import for_readers
from curriculum.review.views.deciding_forms import StandInForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def stand_in(request):
    """GET shows who stands in now and asks who shall; POST names them."""
    seats = queries.seats_of(request.user.person)
    if not seats.exists():
        raise Http404
    form = StandInForm(request.POST or None, seats=seats, others=_others(request.user.person, seats))
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, 422 if request.method == "POST" else 200)
    try:
        made = delegate(by=request.user, **form.cleaned_data)
    except (CannotDelegate, ValueError) as refused:
        form.add_error(None, str(refused))
        return _show(request, form, 422)
    messages.success(
        request,
        _("%(person)s can answer in your place from %(since)s up to and with %(until)s. You can still answer yourself.")
        % {
            "person": made.to.representative.person,
            "since": date_format(made.since),
            "until": date_format(made.until),
        },
    )
    return redirect("review_stand_in")


def _others(person, seats):
    """Everybody else on the same side of the same committees."""
    side = queries.side_of(person)
    rows = Seat.objects.filter(committee__in=seats.values("committee"), representative__side=side, until=None)
    rows = rows.exclude(representative__person=person).select_related("representative__person", "committee")
    return rows.order_by("representative__person__name")


def _show(request, form, status):
    mine = Delegation.objects.filter(seat__representative__person=request.user.person, until__gte=timezone.localdate())
    context = {
        "form": form,
        "named": mine.select_related("to__representative__person", "seat__committee"),
        "somebody": form.fields["to"].queryset.exists(),
    }
    return render(request, "review/stand_in.html", context, status=status)
