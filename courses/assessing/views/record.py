"""The record of verified skills, in the form that agencies ask for: who saw each, with which license, and when."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import queries
from assessments.credentials import issuer, paper
from assessments.credentials.paper import SkillLine
from assessments.enums import Outcome, SheetKind
from assessments.models import Attempt, Result, Sheet
from courses.assessing import mine
from courses.assessing.own import for_learner
from courses.cohorts.text import address
from courses.delivery.models import ReleaseOutline
from courses.learning.pages import of_course
from curriculum import printing
from curriculum.editions.read import SOURCE


@for_learner
def record(request, reader, language):
    """On screen, to print. Those who saw it are named: the form is about who vouches for it."""
    context = _record(reader, language) | {
        "pdf_url": address(reader.course.code, language, "skills/record.pdf") if printing.available() else "",
        "skills_url": address(reader.course.code, language, "skills/"),
    }
    return of_course(request, "assessing/learner/record.html", reader, language, "skills/record/", context)


@for_learner
def record_pdf(request, reader, language):
    try:
        data = paper.skill_record_pdf(_record(reader, language), language)
    except printing.NotHere:
        raise Http404 from None
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{reader.course.code}-skills.pdf"'
    return response


def _record(reader, language: str) -> dict:
    text = reader.text
    titles = ReleaseOutline.objects.get(pk=text.decision.pk).pages[""]
    lines = [
        line
        for module in mine.modules(reader, language)
        for skill in module["skills"]
        if not skill.is_practice
        for line in lines_of(skill)
    ]
    return paper.skill_record(
        lines,
        name=reader.enrollment.called,
        title=titles.get(language) or titles.get(SOURCE) or next(iter(titles.values())),
        label=text.decision.label,
        on=timezone.localdate(),
        sample=text.decision.sample,
    )


def lines_of(skill: mine.Skill) -> list[SkillLine]:
    """A line for everybody whose word decided the try that shows it, or the newest that was met; else none."""
    met = [pair for pair in reversed(skill.decided) if pair[1].met]
    if not met:
        return []
    attempt, result = next((pair for pair in met if skill.shown and pair[1].pk == skill.shown.pk), met[0])
    return [_line(skill, attempt, result, sheet) for sheet in _deciding(attempt)] or [_line(skill, attempt, result)]


def _deciding(attempt: Attempt) -> list[Sheet]:
    """One sheet of each person who saw it, the newest."""
    counted = [one for one in queries.written(attempt) if queries.confirmed(attempt, one)]
    counted += [one for one in queries.sheets_of(attempt, SheetKind.COSIGN) if one.witness_id]
    return list({_name(one): one for one in sorted(counted, key=lambda one: one.seen_at)}.values())


def _name(sheet: Sheet) -> str:
    return sheet.witness.name if sheet.witness else sheet.rater.name


def _line(skill: mine.Skill, attempt: Attempt, result: Result, sheet: Sheet | None = None) -> SkillLine:
    witness = sheet and sheet.witness
    seen_at = sheet.seen_at if sheet else result.at
    # Met once of several times: what was seen is verified, and the skill is not shown yet.
    more = result.outcome == Outcome.NOT_YET
    return SkillLine(
        skill=skill.title,
        result=_("Met. More times in a row to come.") if more else result.get_outcome_display(),
        verified_on=timezone.localdate(seen_at),
        verifier=_name(sheet) if sheet else "",
        organization=witness.organization if witness else issuer.name() if sheet else "",
        license_type=witness.license_type if witness else "",
        license_number=witness.license_number if witness else "",
    )
