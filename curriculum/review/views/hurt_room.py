"""What the room shows of danger: a correction under way, its confirmation, and why an ordinary text became stale."""

from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.review import safety
from curriculum.review.actions import confirming, reaching
from curriculum.review.enums import EntryKind, Outcome, Purpose, Side
from curriculum.review.models import SafetyReport, Submission
from curriculum.review.reprints import reprints
from curriculum.review.standing import Standing
from curriculum.review.views.hurt_forms import TriedForm

#: How the record's short codes of an attempt read.
WAYS = dict(TriedForm.base_fields["way"].choices)


def danger(request, submission: Submission, place: Standing) -> dict:
    """For templates/review/danger.html: `purpose` says which part of it is shown."""
    shown = {"hurt_url": f"{reverse('hurt')}?review={submission.pk}", "purpose": submission.purpose}
    if submission.purpose == Purpose.EMERGENCY:
        shown |= _correction(request, submission, place)
    elif submission.purpose == Purpose.RATIFY:
        shown |= _confirmation(request, submission)
    elif submission.purpose == Purpose.CHANGE and place.is_open:
        shown["corrected_by"] = corrected_meanwhile(submission)
    return shown


def corrected_meanwhile(submission: Submission) -> Submission | None:
    """The safety correction that made an open text stale, if one did: one query."""
    uids = [item.subject_uid for item in submission.items.all()]
    return (
        Submission.objects.filter(
            purpose=Purpose.EMERGENCY,
            subject_uid__in=uids,
            decisions__outcome=Outcome.APPROVED,
            decisions__at__gte=submission.opened_at,
        )
        .order_by("-opened_at")
        .first()
    )


def _correction(request, submission, place) -> dict:
    about = submission.frozen.content["about"]
    leads = place.is_open and safety.is_duty_lead(request.user)
    return {
        "report": about["report"],
        "page_title": SafetyReport.objects.values_list("title", flat=True).get(pk=about["report"]),
        "attempts": [_attempt(entry) for entry in reaching.attempts(submission)],
        "stood_in": next((entry for entry in submission.entries.all() if entry.kind == EntryKind.AUTHORIZATION), None),
        "leads": leads,
        "tried_form": TriedForm() if leads else None,
        "unreached": [_unreached(submission, side) for side in place.waiting_for] if leads else [],
        "can_drop": place.is_open and safety.can_correct(request.user),
        "reprints": reprints(submission) if submission.outcome == Outcome.APPROVED else [],
        "confirmation": _confirmation_of(submission),
    }


def _confirmation(request, submission) -> dict:
    return {
        "due_on": confirming.due_on(submission),
        "learned": [
            entry
            for entry in submission.entries.all()
            if entry.kind == EntryKind.COMMENT and entry.detail.get("learned")
        ],
        "confirms": submission.frozen.content["about"]["confirms"],
        "is_open": submission.outcome is None,
    }


def _confirmation_of(submission) -> Submission | None:
    if submission.outcome != Outcome.APPROVED:
        return None
    item = next(item for item in submission.items.all() if item.subject_uid == submission.subject_uid)
    return Submission.objects.filter(purpose=Purpose.RATIFY, items__frozen_id=item.frozen_id).first()


def _attempt(entry) -> dict:
    detail = entry.detail
    return {
        "side": Side(detail["side"]).label,
        "way": WAYS.get(detail["way"], detail["way"]),
        "reached": _("reached") if detail.get("reached") else _("not reached"),
        "at": entry.at,
    }


def _unreached(submission, side: Side) -> dict:
    why = reaching.why_not(submission, side)
    return {"side": side, "party": submission.committee.party(side), "why_not": why or "", "may": why is None}
