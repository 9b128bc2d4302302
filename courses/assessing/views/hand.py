"""The phone in somebody else's hand: they say what they saw and sign, and see nothing else of the learner's."""

from uuid import uuid4

from django.db import IntegrityError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect

from assessments.actions import trying
from assessments.enums import SheetKind
from assessments.methods.worksite_sign_off import NOT_FOR_DISCIPLINE
from assessments.models import Sheet
from courses.assessing import handing, tries
from courses.assessing.own import of_judged
from courses.cohorts.text import address
from courses.learning.pages import of_course


@of_judged
def hand(request, reader, language, skill):
    """The sheet. Sent twice, from a form or a script that waited for a line, it is kept once."""
    if not skill.is_handed:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = handing.DoneForm(data)
    problem = ""
    if data is not None and form.is_valid():
        problem = keep(
            lambda: trying.take_signed(
                group_uid=reader.course.pk,
                learner=reader.enrollment.learner,
                said=handing.said(skill, data, reader.enrollment.learner_id, form),
                signed=form.signed(),
            ),
            uid=handing.uid_of(data),
            learner=reader.enrollment.learner_id,
        )
        if not problem:
            return _done(request, reader, language, skill)
    if data is not None and _by_script(request):
        return JsonResponse({"sentence": problem or _first(form)}, status=422)
    context = _context(reader, language, skill) | {
        "form": form,
        "problem": problem,
        "rows": handing.rows(skill, data),
        "stops": handing.stops(skill, data),
        "note": (data or {}).get("note", ""),
        "alternatives": skill.read.alternatives,
        "alternative": (data or {}).get("alternative", ""),
        "uid": handing.uid_of(data or {}),
        "number": handing.number(skill),
        "is_tasks": skill.is_log,
        "most": handing.MOST_LETTERS,
    }
    below = f"skills/{skill.uid}/hand/"
    status = 422 if data is not None else 200
    return of_course(request, "assessing/learner/hand.html", reader, language, below, context, status)


@of_judged
def second(request, reader, language, skill, sheet):
    """A second person at work signs a task."""
    row = Sheet.objects.select_related("witness").filter(pk=sheet, kind=SheetKind.TASK).first()
    attempt = row and next((one for one in skill.tries if one.pk == row.attempt_id), None)
    if attempt is None or attempt.group != reader.course.pk:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form, problem = handing.SecondForm(data), ""
    if data is not None and form.is_valid():
        uid, learner = handing.uid_of(data), reader.enrollment.learner
        problem = keep(
            lambda: trying.cosign_signed(sheet=row, learner=learner, signed=form.signed(), uid=uid),
            uid=uid,
            learner=learner.pk,
        )
        if not problem:
            return _done(request, reader, language, skill)
    all_ = tries.around(skill)
    shown = next(one for one in tries.tasks(attempt, skill.read, all_) if one["uid"] == row.pk)
    context = _context(reader, language, skill) | {
        "form": form,
        "problem": problem,
        "sheet": shown,
        "uid": handing.uid_of(data) if data else uuid4(),
    }
    below = f"skills/{skill.uid}/hand/{row.pk}/"
    status = 422 if data is not None else 200
    return of_course(request, "assessing/learner/hand_second.html", reader, language, below, context, status)


@of_judged
def thanks(request, reader, language, skill):
    """For both: the one who hands the phone back, and the one who gets it."""
    context = _context(reader, language, skill)
    return of_course(
        request, "assessing/learner/hand_thanks.html", reader, language, f"skills/{skill.uid}/hand/thanks/", context
    )


def keep(act, *, uid, learner) -> str:
    """Do it; "" or why nothing was kept. The same form sent twice at once is one form."""
    try:
        act()
    except trying.NotTaken as error:
        return str(error)
    except IntegrityError:
        if not Sheet.objects.filter(pk=uid, attempt__learner=learner).exists():
            raise
    return ""


def _done(request, reader, language, skill):
    if _by_script(request):
        return JsonResponse({"kept": True})
    return redirect(address(reader.course.code, language, f"skills/{skill.uid}/hand/thanks/"))


def _by_script(request) -> bool:
    return request.headers.get("X-Handed") == "script"


def _first(form) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _context(reader, language, skill) -> dict:
    return {
        "skill": skill,
        "here": address(reader.course.code, language, f"skills/{skill.uid}/"),
        "not_for_discipline": NOT_FOR_DISCIPLINE if skill.is_log else "",
    }
