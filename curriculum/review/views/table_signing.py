"""Signing at the table: on the shared screen with one's own PIN, or by hand on paper that is photographed."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curriculum.review import scans
from curriculum.review.actions import meetings
from curriculum.review.actions.locking import Refused
from curriculum.review.models import SignedSheet, Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.reading import title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.media import POLICY
from curriculum.review.views.table import find_meeting, may_lead
from curriculum.review.views.table_forms import SheetForm, TableAnswerForm
from users.signing import NotProven, check_pin


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def sign(request, uid, submission):
    """One person after the other answers on the shared screen."""
    meeting, text = _before(request, uid, submission)
    form = TableAnswerForm(request.POST or None, meeting=meeting, initial={"digest": text.digest})
    if request.method == "POST" and form.is_valid() and _answered(form, meeting, text):
        messages.success(
            request, _("The answer of %(person)s is in the record.") % {"person": form.cleaned_data["person"]}
        )
        return redirect(reverse("review_table", args=[meeting.pk]) + f"?text={text.pk}")
    status = 422 if request.method == "POST" else 200
    return render(request, "table/sign.html", _context(meeting, text, form), status=status)


def _answered(form, meeting, text) -> bool:
    """Whether it was signed; where not, the form says why. A wrong PIN is counted whatever follows."""
    said = form.cleaned_data
    person = said["person"]
    try:
        if not person.is_demo:
            check_pin(person, said["pin"])
        meetings.sign_at_table(
            meeting=meeting,
            submission=text,
            by=person,
            position=said["position"],
            digest=said["digest"],
            words=said["words"],
        )
    except NotProven as refused:
        form.add_error("pin", str(refused))
    except (CannotSign, Refused) as refused:
        form.add_error(None, str(refused))
    except ValueError as refused:
        form.add_error("words", str(refused))
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def file_sheet(request, uid, submission):
    """File the photo of a sheet that was signed by hand."""
    meeting, text = _before(request, uid, submission)
    form = SheetForm(request.POST or None, request.FILES or None, committee=meeting.committee)
    if request.method == "POST" and form.is_valid():
        try:
            scan = scans.take(form.cleaned_data["photo"])
            meetings.file_sheet(
                meeting=meeting, submission=text, by=request.user, scan=scan, people=list(form.cleaned_data["people"])
            )
        except (scans.NotAScan, Refused) as refused:
            form.add_error("photo", str(refused))
        else:
            messages.success(request, _("The sheet is filed. Each person who signed it confirms once in the room."))
            return redirect(reverse("review_table", args=[meeting.pk]) + f"?text={text.pk}")
    status = 422 if request.method == "POST" else 200
    return render(request, "table/file_sheet.html", _context(meeting, text, form), status=status)


@require_safe
@for_readers
def signed_sheet(request, uid, pk):
    """The photo, for whoever may read the review it belongs to."""
    submission = find(request, uid)
    sheet = get_object_or_404(SignedSheet, pk=pk, submission=submission)
    scan = scans.Scan(sheet.scan, sheet.ext)
    try:
        answer = FileResponse(scan.open(), content_type=scan.content_type)
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Security-Policy"] = POLICY
    return answer


def _before(request, uid, submission) -> tuple:
    """(meeting, text) for people who may lead; 404 for everybody else and for texts that are not on its agenda."""
    meeting = find_meeting(request, uid)
    if not may_lead(request.user, meeting) or not meeting.agenda.filter(submission=submission).exists():
        raise Http404
    return meeting, Submission.objects.with_record().get(pk=submission)


def _context(meeting, text, form) -> dict:
    return {
        "meeting": meeting,
        "submission": text,
        "title": title_of(text),
        "sample": text.sample,
        "standing": standing(text),
        "form": form,
        "back": reverse("review_table", args=[meeting.pk]) + f"?text={text.pk}",
    }
