"""How the people who assess see alike: for the coordinator, who talks with them. Nothing here is about a learner."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import instrument, queries
from assessments.actions import moderating
from assessments.policy.agreement import TARGET
from courses.assessing import access, raters, team_forms, trial
from courses.teaching.access import show
from courses.teaching.acting import act

#: The picture is so wide, in its own units; a bar takes so much height.
WIDE, HIGH = 320, 44


@require_safe
@access.for_coordinators
def agreement(request, course, group):
    waiting = raters.waiting_for_a_look(group)
    found, sample = raters.watched(group, waiting), raters.sampled(group, waiting)
    here = access.address(course, "skills/agreement/")
    context = {
        "watched": found,
        "chart": _chart(found.agreements),
        "sample": [
            {"title": one.title, "url": f"{here}sheet/{one.sheet.pk}/", "again": one.again}
            for one in sample
            if one.sheet.rater_id != request.user.person_id
        ],
        "moderation": raters.moderation(sample),
        "target": percent(TARGET.numerator, TARGET.denominator),
    }
    return show(request, course, "assessing/team/agreement.html", context, tab="skills")


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_coordinators
def look_at(request, course, group, sheet):
    """One sheet of the sample, without the name of whoever wrote it and without what they marked."""
    sample = raters.sampled(group, raters.waiting_for_a_look(group))
    one = next((one for one in sample if one.sheet.pk == sheet and one.again is None), None)
    if one is None or one.sheet.rater_id == request.user.person_id:
        raise Http404
    read = instrument.read(one.sheet.digest)
    form = team_forms.MarksForm(request.POST or None, read=read)
    if act(form, lambda asked: moderating.moderate(sheet=one.sheet, by=request.user, **asked)):
        messages.success(request, _("Kept. No result changed by it."))
        return redirect(access.address(course, "skills/agreement/"))
    notes = queries.words_of([one.sheet.pk])[one.sheet.pk]
    named = {point.id: point.text for point in (*read.criteria, *read.stops)}
    context = {
        "read": read,
        "form": form,
        "notes": [{"about": named.get(about, ""), "text": text} for about, text in notes.items()],
        "evidence": trial.evidence_of(one.sheet.attempt),
        "seen_at": one.sheet.seen_at,
    }
    status = 422 if form.is_bound else 200
    return show(request, course, "assessing/team/look_at.html", context, tab="skills", status=status)


def percent(alike: int, of: int) -> int:
    """Whole percent, never rounded up: what is short of a target stays short of it."""
    return alike * 100 // of if of else 0


def _chart(agreements) -> dict:
    """Bars of critical points seen alike, with a line where the target is."""
    told = [one for one in agreements if one.critical.of]
    bars = [
        {
            "title": one.title,
            "percent": percent(one.critical.alike, one.critical.of),
            "said": _("%(alike)d of %(of)d") % {"alike": one.critical.alike, "of": one.critical.of},
            "text_y": number * HIGH + 14,
            "y": number * HIGH + 20,
            "width": one.critical.alike * WIDE // one.critical.of,
            "is_short": not one.reaches_target,
        }
        for number, one in enumerate(told)
    ]
    line = WIDE * TARGET.numerator // TARGET.denominator
    return {"bars": bars, "wide": WIDE, "high": len(bars) * HIGH, "line": line}
