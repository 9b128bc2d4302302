"""Agreements that run out, and asking both sides whether the text is still right."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curriculum.editions.read import SOURCE, titles_in
from curriculum.review import expiry, queries, safety
from curriculum.review.actions import Refused, renewing
from curriculum.review.enums import Purpose
from curriculum.review.models import Submission
from curriculum.review.views.access import for_readers
from curriculum.review.views.hurt_forms import WordsForm


@require_safe
@for_readers
def renewals(request):
    """Every agreed module this person may read of, the one that runs out first on top."""
    return render(request, "safety/renewals.html", {"rows": rows_for(request.user), "today": timezone.localdate()})


def rows_for(user, within: int | None = None) -> list[dict]:
    """Agreed modules with the day their agreement ends; `within` so many days only. A constant number of queries."""
    today = timezone.localdate()
    found = [one for one in expiry.validities() if within is None or one.days_left(today) <= within]
    asked = dict(
        Submission.objects.open()
        .filter(purpose=Purpose.REAFFIRM, subject_uid__in=[one.uid for one in found])
        .values_list("subject_uid", "pk")
    )
    committees = _committees(user)
    titles = titles_in((translation.get_language() or SOURCE).split("-")[0], [one.decision.frozen_id for one in found])
    by_submission = _committee_of([one.decision.submission_id for one in found])
    return [
        {
            "title": titles.get(one.decision.frozen_id, one.title),
            "uid": one.uid,
            "number": one.decision.number,
            "until": one.until,
            "is_over": one.is_over(today),
            "days": one.days_left(today),
            "room": asked.get(one.decision.subject_uid),
        }
        for one in found
        if committees is None or by_submission[one.decision.submission_id] in committees
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def renew(request, uid):
    """GET says what is asked; POST asks both sides."""
    agreed = queries.current_edition(uid)
    if agreed is None or not renewing.may_renew(request.user, agreed.submission.committee):
        raise Http404
    form = WordsForm(request.POST or None, label=_("Who looked at it, and at what?"))
    if request.method == "POST" and form.is_valid():
        try:
            submission = renewing.renew(module_uid=uid, by=request.user, words=form.cleaned_data["words"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Both sides are asked whether it is still right."))
            return redirect("review_room", uid=submission.pk)
    [validity] = expiry.validities([uid])
    context = {
        "form": form,
        "title": agreed.title,
        "number": agreed.number,
        "validity": validity,
        "notices": safety.standing_over(uid),
    }
    return render(request, "safety/renew.html", context, status=422 if form.errors else 200)


def _committees(user) -> set | None:
    """Committees whose agreements this person sees; None for all."""
    if user.has_perm("review.view_submission"):
        return None
    return set(queries.seats_of(user.person).values_list("committee", flat=True))


def _committee_of(submissions) -> dict:
    return dict(Submission.objects.filter(pk__in=submissions).values_list("pk", "committee"))
