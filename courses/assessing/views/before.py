"""Experience from before: what the learner says they did, and who saw it and confirms it on the learner's phone."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions import recognizing
from assessments.actions.trying import NotTaken
from assessments.enums import Capacity, Method
from courses.assessing import handing, tries
from courses.assessing.own import of_judged
from courses.cohorts.text import address
from courses.learning.pages import of_course

MOST_LETTERS = 5000


class ClaimForm(forms.Form):
    text = forms.CharField(
        label=_("What did you do, where, and when?"),
        max_length=MOST_LETTERS,
        help_text=_("In any language. Work at home, in the neighborhood, in another country or without papers counts."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class ConfirmForm(handing.SignedForm):
    capacity = forms.ChoiceField(label=_("As what did you see it?"), choices=Capacity.choices, widget=forms.RadioSelect)
    last_seen_on = forms.DateField(
        label=_("When did you last see it?"),
        help_text=_("About is good enough."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    text = forms.CharField(
        label=_("What did you see this person do?"),
        max_length=handing.MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    saw = forms.BooleanField(label=_("I saw this myself and I sign with my name"))
    field_order = (
        "capacity",
        "text",
        "last_seen_on",
        "name",
        "role",
        "organization",
        "license_type",
        "license_number",
        "saw",
    )


@of_judged
def claim(request, reader, language, skill):
    """What I did before, who confirmed it, and who still has to."""
    _check(skill)
    all_ = tries.around(skill)
    attempt = skill.open_here
    said = all_.words.get(attempt.pk, {}).get("", "") if attempt else ""
    data, problem = request.POST if request.method == "POST" else None, ""
    form = ClaimForm(data, initial={"text": said})
    if data is not None and form.is_valid():
        try:
            recognizing.claim(
                learner=reader.enrollment.learner,
                group_uid=reader.course.pk,
                digest=skill.digest,
                text=form.cleaned_data["text"],
            )
            return redirect(f"{_here(reader, language, skill)}?kept=1")
        except NotTaken as error:
            problem = str(error)
    context = _context(reader, language, skill) | {
        "form": form,
        "problem": problem,
        "said": said,
        "attestations": tries.attestations(attempt, all_) if attempt else [],
        "missing": skill.to_confirm if attempt else [],
        "months": skill.slice.currency_months,
        "kept": "kept" in request.GET,
    }
    below, status = f"skills/{skill.uid}/before/", 422 if data is not None else 200
    return of_course(request, "assessing/learner/before.html", reader, language, below, context, status)


@of_judged
def confirm(request, reader, language, skill):
    """The phone in the hand of somebody who saw it."""
    _check(skill)
    attempt = skill.open_here
    if attempt is None:
        return redirect(_here(reader, language, skill))
    data, problem = request.POST if request.method == "POST" else None, ""
    form = ConfirmForm(data)
    if data is not None and form.is_valid():
        given = form.cleaned_data
        try:
            recognizing.attest(
                attempt=attempt,
                capacity=Capacity(given["capacity"]),
                signed=form.signed(),
                last_seen_on=given["last_seen_on"],
                text=given["text"],
            )
            return redirect(address(reader.course.code, language, f"skills/{skill.uid}/hand/thanks/"))
        except NotTaken as error:
            problem = str(error)
    context = _context(reader, language, skill) | {
        "form": form,
        "problem": problem,
        "said": tries.around(skill).words.get(attempt.pk, {}).get("", ""),
        "today": timezone.localdate(),
    }
    below, status = f"skills/{skill.uid}/before/confirm/", 422 if data is not None else 200
    return of_course(request, "assessing/learner/before_confirm.html", reader, language, below, context, status)


def _check(skill) -> None:
    if skill.read.method != Method.PRIOR_EXPERIENCE:
        raise Http404


def _context(reader, language, skill) -> dict:
    here = _here(reader, language, skill)
    return {"skill": skill, "here": here, "skill_url": address(reader.course.code, language, f"skills/{skill.uid}/")}


def _here(reader, language: str, skill) -> str:
    return address(reader.course.code, language, f"skills/{skill.uid}/before/")
