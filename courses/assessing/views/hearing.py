"""For somebody of one side who was asked to hear an appeal: what there is of it while it is open, and nothing after."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import queries
from assessments.actions import appealing
from assessments.models import Attempt
from assessments.permissions import hears
from courses.assessing import hearing, team_forms
from courses.assessing.trial import trial
from courses.teaching.acting import act
from users.permissions import roles_of
from users.roles import SIDES


@require_safe
@never_cache
@login_required
def mine(request):
    """The list of whoever speaks for a side. Of what is closed only that it is."""
    found = hearing.of_hearer(request.user)
    if not found and not roles_of(request.user) & SIDES:
        raise Http404
    return render(request, "assessing/team/hearings.html", {"appeals": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def one(request, uid):
    heard = next((one for one in hearing.of_hearer(request.user) if one.row.pk == uid), None)
    if heard is None:
        raise Http404
    if heard.is_closed:
        return render(request, "assessing/team/heard.html", {"heard": heard})
    attempt = queries.with_work(Attempt.objects.filter(pk=heard.row.result.attempt_id)).get()
    if not hears(request.user, attempt):
        raise Http404
    form = team_forms.FindingForm(request.POST or None)
    if act(form, lambda asked: appealing.find(appeal=heard.row, by=request.user, **asked)):
        messages.success(request, _("Kept. The learner reads what you found once both sides have answered."))
        return redirect("hear_one", uid=uid)
    mine = queries.hearers_of(heard.row)
    answered = any(half.finding for half in heard.halves if mine.get(half.side) == request.user.person_id)
    read = trial(attempt, request.user.person_id)
    context = {
        "heard": heard,
        "trial": read,
        "called": str(attempt.learner.person),
        # What was added without naming this try does not belong to the appeal.
        "evidence": [piece for piece in read.evidence if piece.attempt_id == attempt.pk],
        "form": None if answered else form,
    }
    return render(request, "assessing/team/hear.html", context, status=422 if form.is_bound else 200)
