"""Answering for one's side: a screen that says what is signed, then the signature."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from curriculum.review import checklists, permissions
from curriculum.review.actions import sign
from curriculum.review.enums import PLAIN_POSITIONS, Outcome, Position, Side
from curriculum.review.forms import AnswerForm
from curriculum.review.models import Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.reading import ROUND, course_texts, read_sheet, title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers
from users.forms.signing import ProofForm
from users.models import Person
from users.people import remember_languages

#: The button that signs, with its icon: a verb that names what follows.
SIGN = {
    Position.SUPPORT: (gettext_lazy("I agree"), "tick"),
    Position.RESERVATION: (gettext_lazy("Agree, with this note"), "note"),
    Position.STAND_ASIDE: (gettext_lazy("Stand aside"), "next"),
    Position.REQUEST_CHANGES: (gettext_lazy("Ask for this change"), "pencil"),
    Position.BLOCK: (gettext_lazy("Stop this text"), "hand"),
    Position.RECUSE: (gettext_lazy("Take no part"), "next"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def answer(request, uid):
    """GET asks once more, `?position=support` and the like; POST signs."""
    submission = find(request, uid)
    if request.method == "POST":
        return _sign(request, submission)
    position = request.GET.get("position")
    if position not in submission.charter.positions:
        return redirect("review_room", uid=uid)
    asked = _languages(submission)
    form = AnswerForm(
        initial={
            "position": position,
            "digest": submission.digest,
            "languages": [code for code, _name in asked if code in request.user.reads],
        },
        languages=asked,
    )
    return _confirm(request, submission, form, position)


@require_safe
@for_readers
def more(request, uid):
    """The answers beside the two that are always there, each with what it does. Only where the charter knows them."""
    submission = find(request, uid)
    if not submission.charter.more_answers:
        return redirect("review_room", uid=uid)
    try:
        permissions.check_can_sign(
            request.user, submission, position=Position.REQUEST_CHANGES, digest=submission.digest
        )
    except CannotSign as refused:
        return refusal(request, submission, refused)
    address = reverse("review_answer", args=[submission.pk])
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "doors": [
            {
                "label": position.label,
                "text": position.sentence,
                "url": f"{address}?position={position}",
                "icon": SIGN[position][1],
            }
            for position in Position
            if position not in PLAIN_POSITIONS
        ],
    }
    return render(request, "review/answer_more.html", context)


def _sign(request, submission):
    asked = _languages(submission)
    form = AnswerForm(request.POST, languages=asked)
    position = request.POST.get("position")
    if position not in submission.charter.positions or (not form.is_valid() and "digest" in form.errors):
        return refusal(request, submission, CannotSign(_("That was not an answer we know. Nothing was signed.")))
    if not form.is_valid():
        return _confirm(request, submission, form, position, status=422)
    proof = ProofForm(request)
    if not proof.holds():
        return _confirm(request, submission, form, position, proof=proof, status=422)
    said = form.cleaned_data
    try:
        entry = sign(submission=submission, by=request.user, **said)
    except CannotSign as refused:
        return refusal(request, submission, refused, said.get("words", ""))
    except ValueError as refused:
        form.add_error(None, str(refused))
        return _confirm(request, submission, form, position, status=422)
    if "languages" in said:
        remember_languages(user=request.user, offered=[code for code, _name in asked], ticked=said["languages"])
    messages.success(request, thanks(Submission.objects.with_record().get(pk=submission.pk), entry))
    return redirect("review_room", uid=submission.pk)


def _languages(submission) -> list[tuple[str, str]]:
    """The languages whose text changed, named in themselves: what a person may be asked to have read."""
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code, code)) for code in submission.languages]


def _confirm(request, submission, form, position, proof=None, status=200):
    try:
        capacity = permissions.check_can_sign(request.user, submission, position=position, digest=submission.digest)
    except CannotSign as refused:
        return refusal(request, submission, refused, request.POST.get("words", ""))
    sheet = read_sheet(submission)
    names = dict(settings.LANGUAGES)
    label, icon = SIGN[Position(position)]
    context = {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "form": form,
        "proof": proof or ProofForm(request),
        "position": Position(position),
        "side": Side(capacity.side),
        "party": submission.committee.party(capacity.side),
        "instead": Person.objects.filter(pk=capacity.in_place_of).first() if capacity.in_place_of else None,
        "sheet": sheet,
        "changed_count": len([page for page in sheet.pages if page.status != "same"]),
        "unchanged_languages": [names.get(one, one) for one in sheet.languages if one not in submission.languages],
        "sign_label": label,
        "sign_icon": icon,
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


def thanks(submission, entry) -> str:
    """What the answer did, for the message on the next screen: also what it did not do yet, and why."""
    if submission.outcome == Outcome.APPROVED:
        texts = ", ".join(course_texts(submission))
        if texts:
            return _("Both sides agreed. Learners read it from now on in %(texts)s.") % {"texts": texts}
        return _("Both sides agreed. It is the new version from now on.")
    if submission.outcome:
        return f"{Outcome(submission.outcome).label}."
    place = standing(submission)
    if entry.position == Position.BLOCK:
        return _("Your answer is in the record. Nothing goes out. Now both sides write down what each of them needs.")
    if Position(entry.position).agrees and (lacking := _lacking(place, entry.side)):
        return _("Your answer is in the record. %(lacking)s") % {"lacking": lacking}
    if place.blocking:
        return _("Your answer is in the record. Somebody stops this text, so both sides settle that first.")
    if place.asking:
        return _("Your answer is in the record. The designer sees what should change.")
    if not place.waiting_for and place.open_gates:
        checks = ", ".join(checklists.name_of(gate["kind"], gate["language"]) for gate in place.open_gates)
        return _("Your answer is in the record. Still needed: %(checks)s.") % {"checks": checks}
    waiting = ", ".join(str(side.waiting) for side in place.waiting_for)
    return _("Your answer is in the record: %(waiting)s.") % {"waiting": waiting}


def _lacking(place, side: str) -> str:
    """What one's own side still needs before its agreement counts, in a sentence or two."""
    tally = next(one for one in place.tally.sides if one.side == side)
    names = dict(settings.LANGUAGES)
    said = []
    if len(tally.agreed) < tally.needed:
        words = {"agreed": len(tally.agreed), "needed": tally.needed}
        said.append(_("%(agreed)d of %(needed)d people on your side agreed so far.") % words)
    if tally.unread:
        languages = ", ".join(names.get(code, code) for code in tally.unread)
        said.append(_("Nobody on your side has read it in %(languages)s yet.") % {"languages": languages})
    if tally.lacks_holder:
        said.append(_("Your side’s co-chair has not agreed yet."))
    return " ".join(said)
