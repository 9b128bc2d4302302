"""A joint meeting on one projected screen, and the paper that comes out of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum import printing
from curriculum.review import fingerprints, queries, table
from curriculum.review.actions import meetings
from curriculum.review.models import Committee, Meeting
from curriculum.review.reading import read_sheet, title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.table_forms import MeetingForm, MinutesForm, PresentForm
from users import qr


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def tables(request):
    """Meetings held, and a way to open one."""
    committees = Committee.objects.all()
    if not request.user.has_perm("review.view_committee"):
        committees = committees.filter(pk__in=queries.seats_of(request.user.person).values("committee"))
    form = MeetingForm(request.POST or None, committees=committees)
    if request.method == "POST" and form.is_valid():
        meeting = meetings.open_meeting(by=request.user, **form.cleaned_data)
        return redirect("review_table", uid=meeting.pk)
    context = {"meetings": table.meetings_of(request.user), "form": form, "may_open": committees.exists()}
    return render(request, "table/tables.html", context)


@require_safe
@for_readers
def meeting(request, uid):
    """The projected screen: the agenda, the text at hand, where both sides stand, who is there."""
    found = table.table_of(find_meeting(request, uid))
    item = found.item(request.GET["text"]) if "text" in request.GET else found.current
    if "text" in request.GET and item is None:
        raise Http404
    room = item and reverse("review_room", args=[item.submission.pk])
    context = {
        "table": found,
        "meeting": found.meeting,
        "item": item,
        "may_lead": may_lead(request.user, found.meeting),
        "form": item and MinutesForm(initial={"minutes": item.row.minutes, "actions": item.row.actions}),
        "room_url": room,
        "qr": qr.svg(request.build_absolute_uri(room)) if room and item.standing.is_open else "",
        "sample": bool(item and item.submission.sample),
        "sheets": item.submission.sheets.prefetch_related("people") if item else [],
        "has_paper": printing.available(),
    }
    return render(request, "table/table.html", context)


@require_safe
@for_readers
def live(request, uid, submission):
    """Where both sides stand now: the part of the screen that is fetched anew while people answer on their phones."""
    item = table.table_of(find_meeting(request, uid)).item(submission)
    if item is None:
        raise Http404
    return render(request, "table/live.html", {"item": item})


@require_POST
@for_readers
def present(request, uid):
    """Who is at the table."""
    found = find_meeting(request, uid)
    form = PresentForm(request.POST, committee=found.committee)
    if form.is_valid():
        meetings.note_present(meeting=found, by=request.user, people=list(form.cleaned_data["person"]))
        messages.success(request, _("Who is here is noted."))
    else:
        messages.error(request, _("Somebody on that list does not sit on this committee. Nothing was changed."))
    return redirect(_back(request, found))


@require_POST
@for_readers
def minutes(request, uid, submission):
    """What was said about one text."""
    found = find_meeting(request, uid)
    item = get_object_or_404(found.agenda.select_related("meeting__committee"), submission=submission)
    form = MinutesForm(request.POST)
    if form.is_valid():
        meetings.note_minutes(item=item, by=request.user, **form.cleaned_data)
        messages.success(request, _("The minutes are kept. You can still change them until the meeting is closed."))
    return redirect(_back(request, found, submission))


@require_POST
@for_readers
def close(request, uid):
    found = find_meeting(request, uid)
    meetings.close_meeting(meeting=found, by=request.user)
    messages.success(request, _("The meeting is closed. Its minutes are in the record of each text."))
    return redirect("review_table", uid=found.pk)


@require_safe
@for_readers
def minutes_paper(request, uid):
    """The minutes with attendance by side, as PDF."""
    if not printing.available():
        raise Http404
    found = table.table_of(find_meeting(request, uid))
    html = render_to_string("table/minutes.html", {"table": found, "meeting": found.meeting}, request)
    return _paper(html, f"minutes-{found.meeting.held_on}")


@require_safe
@for_readers
def sheet(request, uid):
    """A sheet to sign by hand: what it is, its fingerprint in words, a way for each phone to the text."""
    submission = find(request, uid)
    context = {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "standing": standing(submission),
        "sheet": read_sheet(submission),
        "words": fingerprints.in_words(submission.digest),
        "qr": qr.svg(request.build_absolute_uri(reverse("review_room", args=[submission.pk]))),
        "lines": range(max(submission.charter.needed(submission.change_class, submission.purpose).values()) + 1),
    }
    html = render_to_string("table/sheet.html", context, request)
    if not printing.available() or request.GET.get("form") == "page":
        return HttpResponse(html)
    return _paper(html, f"sheet-{submission.digest[:12]}")


def find_meeting(request, uid) -> Meeting:
    """The meeting, if this person keeps records or sits on its committee. Raises Http404 otherwise."""
    found = get_object_or_404(Meeting.objects.select_related("committee"), pk=uid)
    if request.user.has_perm("review.view_submission"):
        return found
    if not queries.seats_of(request.user.person).filter(committee=found.committee).exists():
        raise Http404
    return found


def may_lead(user, found: Meeting) -> bool:
    try:
        meetings.check_can_lead(user, found.committee)
    except meetings.NotAtThisTable:
        return False
    return found.is_open


def _back(request, found: Meeting, submission=None) -> str:
    text = str(submission or request.POST.get("text", ""))
    known = text in {str(pk) for pk in found.agenda.values_list("submission", flat=True)}
    return reverse("review_table", args=[found.pk]) + (f"?text={text}" if known else "")


def _paper(html: str, name: str) -> HttpResponse:
    answer = HttpResponse(printing.pdf(html, "css/packet.css"), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
