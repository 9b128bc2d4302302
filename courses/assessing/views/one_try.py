"""One try: who saw what, what was decided and on what it rests, and what somebody does about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import instrument, methods, queries
from assessments.actions import deciding, recognizing, talking, trying
from assessments.enums import Method, Outcome, Ruling, TalkKind
from assessments.models import Attempt, Result, Sheet
from assessments.permissions import can_assess, can_coordinate, check_can_assess
from assessments.policy import scoring
from courses.assessing import access, team_forms
from courses.assessing.trial import Trial, trial
from courses.cohorts.text import Text
from courses.teaching.access import show
from courses.teaching.acting import act


@require_safe
@access.for_assessors
def one_try(request, course, group, uid):
    return _shown(request, course, group, access.attempt_in(group, uid))


@require_POST
@access.for_assessors
def look(request, course, group, uid):
    """The third look. Whoever may not take it is told so by the act, and nothing is decided."""
    attempt = access.attempt_in(group, uid)
    differ = deciding.verdict(attempt).differ
    if not differ or queries.result_of(attempt):
        messages.error(request, _("Nothing is open here: it was decided meanwhile, or a sheet has yet to come."))
        return _back(course, attempt)
    form = team_forms.LookForm(request.POST, read=instrument.read(attempt.instrument), differ=differ)
    if act(form, lambda asked: deciding.look_again(attempt=attempt, by=request.user, **asked)):
        messages.success(request, _("Decided. The learner reads the result now, with your reasons."))
        return _back(course, attempt)
    return _shown(request, course, group, attempt, look=form)


@require_POST
@access.for_assessors
def confirm(request, course, group, uid, sheet):
    """Whoever signed on the learner's phone is who they say; or a task at work has a second signature."""
    attempt = access.attempt_in(group, uid)
    return _answer(request, course, attempt, sheet, trying.confirm, _("Signed by you. It counts from now on."))


@require_POST
@access.for_assessors
def turn_away(request, course, group, uid, sheet):
    """Nobody of the course knows who signed on the learner's phone."""
    attempt = access.attempt_in(group, uid)
    return _answer(request, course, attempt, sheet, trying.turn_away, _("It counts for nothing. The learner reads so."))


def _answer(request, course, attempt, sheet, act_, done: str):
    """Do one of the two with a sheet of this try."""
    row = get_object_or_404(Sheet.objects.filter(cosigns=None), pk=sheet, attempt=attempt)
    try:
        act_(sheet=row, by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(course, attempt)


@require_POST
@access.for_assessors
def talk(request, course, group, uid):
    attempt, form = access.attempt_in(group, uid), team_forms.TalkForm(request.POST)
    if act(form, lambda asked: talking.write_talk(attempt=attempt, by=request.user, **asked)):
        messages.success(request, _("Kept. The learner reads it, and the way to the next try is open."))
        return _back(course, attempt)
    return _shown(request, course, group, attempt, talk=form)


@require_POST
@access.for_coordinators
def correct(request, course, group, uid):
    attempt = access.attempt_in(group, uid)
    now = queries.result_of(attempt)
    form = now and _correct_form(attempt, now, request.POST)
    if now and act(form, lambda asked: _correct(attempt, request.user, asked)):
        messages.success(request, _("Corrected. The learner reads the new result and why. The old one stays below."))
        return _back(course, attempt)
    return _shown(request, course, group, attempt, correct=form)


@require_POST
@access.for_assessors
def attest(request, course, group, uid):
    """An assessor writes down what somebody told them who saw the work."""
    check_can_assess(request.user, group)
    attempt, form = access.attempt_in(group, uid), team_forms.AttestForm(request.POST)
    if act(form, lambda asked: recognizing.attest(attempt=attempt, by=request.user, **asked)):
        messages.success(request, _("Kept. The learner reads it."))
        return _back(course, attempt)
    return _shown(request, course, group, attempt, attest=form)


def _correct(attempt: Attempt, user, asked):
    result = get_object_or_404(Result, pk=asked["result"], attempt=attempt)
    return deciding.correct(result=result, by=user, ruling=Ruling(asked["ruling"]), text=asked["text"])


def _correct_form(attempt: Attempt, now: Result, data=None):
    return team_forms.CorrectForm(data, now=deciding.ruling_of(now), initial={"result": now.pk})


def _shown(request, course, group, attempt, **typed):
    """The screen; `typed` are forms that were refused, with what was typed in them."""
    read = trial(attempt, request.user.person_id)
    ours = can_assess(request.user, group) and request.user.person_id != attempt.learner_id
    before = _before(attempt)
    context = {
        "trial": read,
        "attempt": attempt,
        "called": access.names(course).get(attempt.learner_id) or _("A learner who left the course"),
        "station_url": access.address(course, f"skills/station/{attempt.assessment_uid}/"),
        "here": access.address(course, f"skills/try/{attempt.pk}/"),
        "before": before,
        "gaps": _gaps(course, read),
        "missing": methods.of(attempt.method).still_to_confirm([one["row"].capacity for one in read.attestations]),
        "is_experience": attempt.method == Method.PRIOR_EXPERIENCE,
        "to_confirm": [one.pk for one in (*read.unconfirmed, *read.to_sign) if ours and _may_sign(request.user, one)],
        **_forms(request.user, attempt, read, before, ours, typed),
    }
    status = 422 if typed else 200
    return show(request, course, "assessing/team/try.html", context, tab="skills", status=status)


def _forms(user, attempt: Attempt, read: Trial, before: scoring.Before, ours: bool, typed: dict) -> dict:
    """The forms of what this person may do now; those they may not are left out."""
    forms = {}
    raters = {sheet.rater_id for sheet in attempt.sheets.all()}
    if ours and read.result is None and read.verdict and read.verdict.differ and user.person_id not in raters:
        forms["look"] = typed.get("look") or team_forms.LookForm(read=read.read, differ=read.verdict.differ)
        forms["look"].tell(read.lines)
    if ours and read.result is not None and read.result.outcome != Outcome.VOID:
        initial = {"kind": TalkKind.PLAN if before.plan else TalkKind.COACHING}
        forms["talk"] = typed.get("talk") or team_forms.TalkForm(initial=initial)
    if can_coordinate(user) and read.result is not None:
        forms["correct"] = typed.get("correct") or _correct_form(attempt, read.result)
    if ours and attempt.method == Method.PRIOR_EXPERIENCE and read.result is None:
        forms["attest"] = typed.get("attest") or team_forms.AttestForm()
    return {f"{name}_form": form for name, form in forms.items()}


def _before(attempt: Attempt):
    """What stands before the learner's next try; only the last one is asked."""
    known = queries.tries_of(attempt.learner_id, attempt.assessment_uid)
    rows = [one for one in known if one.group == attempt.group]
    decided = [one for one in rows if queries.result_of(one)]
    return trying.before_next(rows if decided and decided[-1].pk == attempt.pk else [])


def _may_sign(user, sheet: Sheet) -> bool:
    return sheet.rater_id != user.person_id and not any(
        one.rater_id == user.person_id for one in sheet.attempt.sheets.all() if one.cosigns_id == sheet.pk
    )


def _gaps(course, read: Trial) -> list[str]:
    """What experience did not cover: lessons by title, or as the assessment calls them."""
    language = get_language()
    titles = {page.uid: page.title(language) for page in Text(course).lessons}
    found = read.result.basis.get("gaps", ()) if read.result else ()
    return [titles.get(one, one) for one in found]


def _back(course, attempt):
    return redirect(access.address(course, f"skills/try/{attempt.pk}/"))
