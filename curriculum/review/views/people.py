"""Who sits for a side, and the ways in that a coordinator hands them: a link, a code, a message to copy."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from curriculum.review.actions.letting_in import let_in, take_pin
from curriculum.review.enums import Side
from curriculum.review.models import Committee, Seat, Submission
from curriculum.review.reading import title_of
from curriculum.review.views.access import find, only
from users import qr, ways_in
from users.models import Person, SigningPin, User
from users.permissions import can_invite, who_open_the_admin

#: What one text message holds.
MESSAGE = 160


def for_hosts(view):
    """Those who let people in: coordinators and administrators."""
    return never_cache(only(can_invite, view))


@require_safe
@for_hosts
def people(request):
    """Everybody who sits now, by committee and side. `?to=` names the review a way in shall lead to."""
    target = _target(request, request.GET.get("to", ""))
    seats = Seat.objects.filter(until=None).select_related("representative__person__user")
    seats = seats.order_by("representative__person__name", "pk")
    if target is not None:
        seats = seats.filter(committee=target.committee_id)
    pins = set(SigningPin.objects.exclude(pin="").values_list("user_id", flat=True))
    above = who_open_the_admin(User.objects.all())
    by_place: dict[tuple, list[dict]] = {}
    for seat in seats:
        row = _row(seat.representative.person, pins, above)
        by_place.setdefault((seat.committee_id, seat.representative.side), []).append(row)
    committees = [
        {
            "name": committee.name,
            "sides": [
                {"side": side.value, "party": committee.party(side), "people": by_place.get((committee.pk, side), [])}
                for side in Side
            ],
        }
        for committee in Committee.objects.all()
        if any(key[0] == committee.pk for key in by_place)
    ]
    context = {"committees": committees, "target": target, "target_title": title_of(target) if target else ""}
    return render(request, "review/people.html", context)


@require_POST
@for_hosts
def way_in(request, person):
    """Make a way in and show it: once, here. Nothing of it can be read again."""
    guest = get_object_or_404(Person.objects.select_related("user"), pk=person)
    target = _target(request, request.POST.get("to", ""))
    try:
        link, token, code = let_in(person=guest, by=request.user, submission=target)
    except PermissionDenied as refused:
        return _refused(request, refused)
    address = request.build_absolute_uri(reverse("way_in", args=[token]))
    context = {
        "person": guest,
        "link": link,
        "address": address,
        "code": ways_in.shown_code(code),
        "code_address": request.build_absolute_uri(reverse("way_in_code")),
        "qr": qr.svg(address),
        "language": link.user.preferred_language or translation.get_language(),
        "message": message_for(link, address, target),
        "target_title": title_of(target) if target else "",
        "back_url": _back(target),
    }
    return render(request, "review/way_in.html", context)


@require_POST
@for_hosts
def reset(request, person):
    """Take away a forgotten PIN."""
    owner = get_object_or_404(Person.objects.select_related("user"), pk=person)
    try:
        take_pin(person=owner, by=request.user)
    except PermissionDenied as refused:
        return _refused(request, refused)
    return redirect("review_people")


def message_for(link, address: str, target: Submission | None) -> str:
    """What to send, in the person's language, no longer than one text message: the title gives way first."""
    with translation.override(link.user.preferred_language or translation.get_language()):
        until = date_format(timezone.localtime(link.expires_at), "SHORT_DATE_FORMAT")
        said = {"name": str(link.user.person), "link": address, "until": until}
        plain = _("%(name)s, a text waits for your answer until %(until)s: %(link)s") % said
        if target is None:
            return plain if len(plain) <= MESSAGE else address
        title = title_of(target)
        told = _("%(name)s, “%(title)s” waits for your answer until %(until)s: %(link)s")
        room = MESSAGE - len(told % {**said, "title": ""})
        if room >= len(title):
            return told % {**said, "title": title}
        if room >= 12:
            return told % {**said, "title": title[: room - 1].rstrip() + "…"}
        return plain if len(plain) <= MESSAGE else address


def _row(person, pins, above) -> dict:
    user = getattr(person, "user", None)
    return {
        "person": person,
        "comes_by_link": user is not None and user.is_active and user.pk not in above,
        "has_account": user is not None,
        "has_pin": user is not None and user.pk in pins,
    }


def _target(request, uid: str) -> Submission | None:
    """The review a way in shall lead to. Raises Http404 for one this person may not read."""
    if not uid:
        return None
    try:
        return find(request, uid)
    except ValidationError:
        raise Http404 from None


def _back(target) -> str:
    return reverse("review_people") + (f"?to={target.pk}" if target else "")


def _refused(request, refused):
    return render(request, "review/way_in_refused.html", {"sentence": str(refused)}, status=409)
