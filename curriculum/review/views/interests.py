"""The interest record of an answer that stopped a text: made for two people at one table, and for a phone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from curriculum.review import permissions, queries
from curriculum.review.actions import Refused, confirm_wording, write_part
from curriculum.review.actions.interests import CannotWrite
from curriculum.review.enums import InterestPart, Side
from curriculum.review.interests import TOGETHER, interest_record
from curriculum.review.permissions import CannotSign
from curriculum.review.reading import title_of
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.answer import refusal
from curriculum.review.views.deciding_forms import PartForm
from users.forms.signing import ProofForm
from users.permissions import has_role
from users.roles import Role

#: What helps to write each part.
HELP = {
    InterestPart.ISSUE: gettext_lazy("One sentence that both sides would sign, without saying who is right."),
    InterestPart.LABOR: gettext_lazy("Why it matters to labor. Needs, not demands."),
    InterestPart.MANAGEMENT: gettext_lazy("Why it matters to management. Needs, not demands."),
    InterestPart.SHARED: gettext_lazy("What both sides would say of themselves."),
    InterestPart.OPTIONS: gettext_lazy("Write down every way that comes to mind, before weighing any."),
    InterestPart.AGREEMENT: gettext_lazy(
        "Once both sides confirm these words, nothing stops this text as it stands. If the text has to change first, "
        "ask for that change and confirm on the newer text."
    ),
    InterestPart.DISAGREEMENT: gettext_lazy(
        "Once both sides confirm these words, this review ends without an agreement. What was agreed before stays."
    ),
}


@require_safe
@for_readers
def interests(request, uid, digest):
    """What was written, with a box for each part that this person may write."""
    submission, record = _find(request, uid, digest)
    return _show(request, submission, record)


@require_POST
@for_readers
def write(request, uid, digest):
    """Save one part."""
    submission, record = _find(request, uid, digest)
    form = PartForm(request.POST)
    if not form.is_valid():
        return _show(request, submission, record, form, status=422)
    try:
        write_part(submission=submission, block=digest, by=request.user, **form.cleaned_data)
    except (CannotWrite, Refused) as refused:
        return refusal(request, submission, refused, form.cleaned_data["words"])
    except ValueError as refused:
        form.add_error("until" if "until" in form.fields else "words", str(refused))
        return _show(request, submission, record, form, status=422)
    return redirect(f"{reverse('review_interests', args=[uid, digest])}#{form.cleaned_data['part']}")


@require_POST
@for_readers
def confirm(request, uid, digest):
    """Confirm for one's side exactly the wording that was shown."""
    submission, record = _find(request, uid, digest)
    proof = ProofForm(request)
    if not proof.holds():
        return _show(request, submission, record, proof=proof, status=422)
    try:
        confirm_wording(submission=submission, block=digest, by=request.user, wording=request.POST.get("wording", ""))
    except (CannotSign, Refused) as refused:
        return refusal(request, submission, refused)
    messages.success(request, _("Your side’s confirmation is in the record."))
    return redirect("review_interests", uid=uid, digest=digest)


def _find(request, uid, digest):
    submission = find(request, uid)
    record = interest_record(submission, digest)
    if record is None:
        raise Http404
    return submission, record


def _show(request, submission, record, posted=None, proof=None, status=200):
    may_confirm = record.is_open and _may_confirm(request.user, submission, record)
    side, may_write = _place(request.user, submission)
    may_write = may_write and record.is_open

    def part(name, writes=True):
        own = posted if posted is not None and posted["part"].value() == name else None
        written = record.written(name)
        return {
            "part": name,
            "label": InterestPart(name).label,
            "help": HELP[name],
            "now": written[0] if written else None,
            "earlier": written[1:],
            "form": (own or PartForm(initial={"part": name}, auto_id=f"{name}_%s")) if may_write and writes else None,
            "open": own is not None,
        }

    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "record": record,
        "issue": part(InterestPart.ISSUE),
        "needs": [{"side": one.value, **part(InterestPart(one.value), side == one)} for one in Side],
        "together": [part(name) for name in TOGETHER],
        "proposals": [part(InterestPart.AGREEMENT), part(InterestPart.DISAGREEMENT)] if may_write else [],
        "may_confirm": may_confirm,
        "proof": (proof or ProofForm(request)) if may_confirm else None,
    }
    return render(request, "review/interests.html", context, status=status)


def _place(user, submission) -> tuple[str, bool]:
    """(the side a person speaks for here, whether they may write at all)."""
    seat = queries.seats_of(user.person).filter(committee=submission.committee_id).first()
    side = seat.representative.side if seat else ""
    return side, bool(seat) or has_role(user, Role.COORDINATOR)


def _may_confirm(user, submission, record) -> bool:
    """Whether this person's side still has to confirm, and they may do it."""
    try:
        capacity = permissions.capacity_of(user, submission)
    except CannotSign:
        return False
    holds = capacity.holder or not submission.charter.holder_signs
    is_author = str(user.person_id) in submission.authors
    return record.proposal is not None and capacity.side not in record.confirmed and holds and not is_author
