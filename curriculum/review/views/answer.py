"""Answering for one's side: a screen that says what is signed, then the signature."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review import permissions, queries
from curriculum.review.actions import sign
from curriculum.review.enums import Outcome, Position, Side
from curriculum.review.forms import AnswerForm
from curriculum.review.models import Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.reading import ROUND, course_texts, read_sheet, title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def answer(request, uid):
    """GET asks once more, `?position=support` or `request_changes`; POST signs."""
    submission = find(request, uid)
    if request.method == "POST":
        return _sign(request, submission)
    position = request.GET.get("position")
    if position not in Position.values:
        return redirect("review_room", uid=uid)
    try:
        permissions.check_can_sign(request.user, submission, position=position, digest=submission.digest)
    except CannotSign as refused:
        return refusal(request, submission, refused)
    form = AnswerForm(initial={"position": position, "digest": submission.digest})
    return _confirm(request, submission, form, position)


def _sign(request, submission):
    form = AnswerForm(request.POST)
    position = request.POST.get("position")
    if not form.is_valid():
        if position not in Position.values or "digest" in form.errors:
            return refusal(request, submission, CannotSign(_("That was not an answer we know. Nothing was signed.")))
        return _confirm(request, submission, form, position, status=422)
    said = form.cleaned_data
    try:
        sign(submission=submission, by=request.user, **said)
    except CannotSign as refused:
        return refusal(request, submission, refused, said["words"])
    except ValueError as refused:
        form.add_error("words", str(refused))
        return _confirm(request, submission, form, position, status=422)
    messages.success(request, thanks(Submission.objects.with_record().get(pk=submission.pk)))
    return redirect("review_room", uid=submission.pk)


def _confirm(request, submission, form, position, status=200):
    sheet = read_sheet(submission)
    side = queries.side_of(request.user.person)
    context = {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "form": form,
        "position": Position(position),
        "side": Side(side) if side else None,
        "party": submission.committee.party(side) if side else "",
        "sheet": sheet,
        "changed_count": len([page for page in sheet.pages if page.status != "same"]),
        "standing": standing(submission),
    }
    return render(request, "review/answer.html", context, status=status)


def refusal(request, submission, refused, words="", status=409):
    """What happened, what was kept, what to do: a page, with the words that were typed."""
    newer = Submission.objects.filter(replaces=submission).first()
    context = {
        "submission": submission,
        "sample": submission.sample,
        "sentence": str(refused),
        "words": words,
        "newer_url": f"{reverse('review_room', args=[newer.pk])}?since={ROUND}" if newer else "",
        "has_ended": submission.outcome is not None,
    }
    return render(request, "review/not_signed.html", context, status=status)


def thanks(submission) -> str:
    """What the answer did, for the message on the next screen."""
    if submission.outcome == Outcome.APPROVED:
        texts = ", ".join(course_texts(submission))
        if texts:
            return _("Both sides agreed. Learners read it from now on in %(texts)s.") % {"texts": texts}
        return _("Both sides agreed. It is the new version from now on.")
    place = standing(submission)
    if place.asking:
        return _("Your answer is in the record. The designer sees what should change.")
    waiting = ", ".join(str(side.waiting) for side in place.waiting_for)
    return _("Your answer is in the record: %(waiting)s.") % {"waiting": waiting}
