"""My skills: all of them in a list, one of them, and asking for a result to be heard again."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assessments.actions import appealing
from assessments.enums import Method
from assessments.methods.worksite_sign_off import NOT_FOR_DISCIPLINE
from assessments.models import Credential, Evidence, Result
from courses.assessing import mine, tries
from courses.assessing.own import for_learner, of_skill
from courses.cohorts.text import address
from courses.learning.pages import of_course

#: How many next steps are named above the list.
NEXT = 3
MOST_LETTERS = 5000


def url(reader, language: str, below: str = "") -> str:
    """Where the skills of a learner are read."""
    return address(reader.course.code, language, f"skills/{below}")


@for_learner
def skills(request, reader, language):
    """Where I stand, what I can do next, my evidence, what I may take with me."""
    modules = mine.modules(reader, language)
    rows = [_row(reader, language, skill) for module in modules for skill in module["skills"]]
    by_uid = {row["skill"].uid: row for row in rows}
    for module in modules:
        module["rows"] = [by_uid[skill.uid] for skill in module["skills"]]
    steps = sorted((row for row in rows if row["step"] and row["step"].order is not None), key=_order)
    learner = reader.enrollment.learner_id
    evidence = Evidence.objects.filter(learner=learner, erased_at__isnull=True).only("uid", "kind", "assessment_uid")
    context = {
        "modules": modules,
        "next": steps[:NEXT],
        "evidence": [_piece(row, by_uid) for row in evidence.order_by("added_at")],
        "credentials": Credential.objects.filter(learner=learner, sealed=None).exclude(end__isnull=False),
        "credentials_url": address(reader.course.code, language, "credentials/"),
        "record_url": url(reader, language, "record/"),
    }
    return of_course(request, "assessing/learner/skills.html", reader, language, "skills/", context)


@of_skill
def skill(request, reader, language, skill):
    """One skill: how it counts, my tries with what was said of each, what a result rests on."""
    all_ = tries.around(skill)
    context = _context(reader, language, skill) | {
        "tries": [tries.told(skill, one, all_, reader, language) for one in reversed(skill.tries)],
        "evidence": Evidence.objects.filter(
            learner=reader.enrollment.learner_id, assessment_uid=skill.uid, erased_at__isnull=True
        ),
    }
    return of_course(request, "assessing/learner/skill.html", reader, language, f"skills/{skill.uid}/", context)


@for_learner
def appeal(request, reader, language, result):
    """Ask for a result to be heard again, in one's own words."""
    row = Result.objects.select_related("attempt").filter(pk=result).first()
    if row is None or row.attempt.learner_id != reader.enrollment.learner_id:
        raise Http404
    skill = mine.skill(reader, language, str(row.attempt.assessment_uid))
    problem, text = "", request.POST.get("text", "")
    if request.method == "POST":
        try:
            appealing.appeal(result=row, learner=reader.enrollment.learner, text=text[:MOST_LETTERS])
            return redirect(f"{url(reader, language, f'{skill.uid}/')}#heard")
        except appealing.NotHeard as error:
            problem = str(error)
    context = _context(reader, language, skill) | {
        "problem": problem,
        "text": text,
        "most": MOST_LETTERS,
        "last_day": appealing.last_day(row),
        "days": appealing.DAYS,
    }
    below = f"skills/appeal/{row.pk}/"
    status = 422 if problem else 200
    return of_course(request, "assessing/learner/appeal.html", reader, language, below, context, status)


def _context(reader, language: str, skill: mine.Skill) -> dict:
    here = url(reader, language, f"{skill.uid}/")
    return {
        "skill": skill,
        "step": mine.next_step(skill) if skill.slice.is_judged else None,
        "here": here,
        "skills_url": url(reader, language),
        "hand_url": f"{here}hand/" if skill.is_handed else "",
        "evidence_url": f"{here}evidence/" if skill.slice.takes(skill.read.evidence) and skill.path else "",
        "before_url": f"{here}before/" if skill.read.method == Method.PRIOR_EXPERIENCE and skill.path else "",
        "not_for_discipline": NOT_FOR_DISCIPLINE if skill.read.method == Method.WORKSITE_SIGN_OFF else "",
    }


def _row(reader, language: str, skill: mine.Skill) -> dict:
    return {"skill": skill, "url": url(reader, language, f"{skill.uid}/"), "step": mine.next_step(skill)}


def _order(row: dict) -> int:
    return row["step"].order


def _piece(row: Evidence, by_uid: dict) -> dict:
    about = by_uid.get(str(row.assessment_uid))
    return {
        "kind": row.get_kind_display(),
        "title": about["skill"].title if about else _("An assessment of another course"),
        "url": f"{about['url']}evidence/" if about else "",
    }
