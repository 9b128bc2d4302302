"""What a learner earned and may take along: with the name they choose in it, or none; and ending it again."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments import queries
from assessments.credentials import addresses, earning, ending, issuer, issuing, keys
from assessments.credentials.ending import Why
from assessments.enums import Subject
from assessments.models import Credential, Result
from courses.assessing.groups import as_group
from courses.assessing.own import for_learner
from courses.cohorts.text import address
from courses.delivery.models import ReleaseOutline
from courses.learning.pages import of_course
from curriculum import printing
from curriculum.editions.read import SOURCE
from users import qr

WHOLE = "all"


class NameForm(forms.Form):
    """Which name stands in it: anybody who is shown the credential reads it."""

    which = forms.ChoiceField(
        label=_("Which name stands in it?"),
        choices=[("none", _("No name")), ("called", ""), ("other", _("Another one"))],
        widget=forms.RadioSelect,
        initial="none",
    )
    name = forms.CharField(label=_("The other name"), max_length=200, required=False)

    def __init__(self, *args, called: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.called = called
        self.fields["which"].choices = [("none", _("No name")), ("called", called), ("other", _("Another one"))]

    def clean(self):
        given = super().clean()
        if given.get("which") == "other" and not given.get("name", "").strip():
            self.add_error("name", _("Write the name, or choose that none stands in it."))
        return given

    @property
    def chosen(self) -> str:
        which = self.cleaned_data["which"]
        return {"none": "", "called": self.called}.get(which, " ".join(self.cleaned_data["name"].split()))


@for_learner
def credentials(request, reader, language):
    """What I earned, what I took, and what stands in it."""
    learner = reader.enrollment.learner_id
    rows = Credential.objects.filter(learner=learner, sealed=None).select_related("end").order_by("-issued_at")
    taken = {str(row.subject_uid) for row in rows if _holds(row)}
    context = {
        "earned": [
            {**one, "url": f"{_here(reader, language)}{one['what']}/", "is_taken": one["subject_uid"] in taken}
            for one in _earned(reader, language)
        ],
        "held": [_held(row) for row in rows],
        "pdf": printing.available(),
        "here": _here(reader, language),
        "skills_url": address(reader.course.code, language, "skills/"),
    }
    return of_course(request, "assessing/learner/credentials.html", reader, language, "credentials/", context)


@for_learner
def take(request, reader, language, what):
    """Choose the name, see what will stand in it, take it."""
    one = next((one for one in _earned(reader, language) if one["what"] == what), None)
    if one is None:
        raise Http404
    act, problem, looked = request.POST.get("act"), "", False
    form = NameForm(request.POST if act else None, called=reader.enrollment.called)
    if act and form.is_valid():
        looked = act == "look"
        if act == "take":
            try:
                row = _issue(reader, one, form.chosen)
                return redirect(f"{_here(reader, language)}#c-{row.pk}")
            except (issuing.NotIssued, keys.NoKey) as error:
                problem = str(error)
    context = {
        "one": one,
        "form": form,
        "looked": looked,
        "name": form.chosen if looked else "",
        "problem": problem,
        "center": issuer.name(),
        "label": reader.text.decision.label,
        "today": timezone.localdate(),
        "back_url": _here(reader, language),
    }
    status = 422 if problem or (act and not form.is_valid()) else 200
    below = f"credentials/{what}/"
    return of_course(request, "assessing/learner/credential_take.html", reader, language, below, context, status)


@for_learner
def end(request, reader, language, uid):
    """The learner does not want it to hold any more."""
    row = get_object_or_404(Credential, pk=uid, learner=reader.enrollment.learner_id)
    if request.method != "POST":
        raise Http404
    if "sure" in request.POST:
        try:
            ending.end(credential=row, why=Why.ASKED, by=reader.enrollment.learner)
        except ending.NotEnded:
            pass  # It ended before: that is what was wanted.
    return redirect(f"{_here(reader, language)}#c-{row.pk}")


def _issue(reader, one: dict, name: str) -> Credential:
    earned, learner = one["earned"], reader.enrollment.learner
    return issuing.issue(
        learner=learner,
        group=reader.course.pk,
        subject=one["subject"],
        subject_uid=one["subject_uid"],
        title=one["title"],
        release=earned.release,
        edition=earned.edition if one["subject"] == Subject.MODULE else "",
        results=earned.results,
        name=name,
        language=one["language"],
        valid_until=earned.valid_until,
        by=learner,
    )


def _earned(reader, language: str) -> list[dict]:
    """Modules that are shown in full, and the whole course text."""
    learner = reader.enrollment.learner_id
    rows = Result.objects.filter(attempt__learner=learner).select_related("attempt")
    results = list(queries.newest(rows).values())
    if not results:
        return []
    group = as_group(reader.course)
    modules = earning.earned_modules(group, results)
    found = [
        _one(Subject.MODULE, module.uid, module.uid, module.titles, language, modules[module.uid])
        for module in reader.text.modules
        if module.uid in modules
    ]
    whole = reader.course.module_uid is None and earning.earned_curriculum(group, results)
    if whole:
        decision = reader.text.decision
        titles = ReleaseOutline.objects.get(pk=decision.pk).pages[""]
        found.append(_one(Subject.CURRICULUM, WHOLE, str(decision.subject_uid), titles, language, whole))
    return found


def _one(subject: Subject, what: str, subject_uid: str, titles: dict, language: str, earned: earning.Earned) -> dict:
    spoken = next((one for one in (language, SOURCE) if one in titles), next(iter(titles)))
    return {
        "subject": subject,
        "what": what,
        "subject_uid": subject_uid,
        "title": titles[spoken],
        "language": spoken,
        "earned": earned,
    }


def _held(row: Credential) -> dict:
    page = addresses.credential(row.pk)
    drawn = qr.svg(page)
    return {"row": row, "address": page, "qr": drawn, "holds": _holds(row), "is_ended": hasattr(row, "end")}


def _holds(row: Credential) -> bool:
    return not hasattr(row, "end") and (row.valid_until is None or row.valid_until >= timezone.localdate())


def _here(reader, language: str) -> str:
    return address(reader.course.code, language, "credentials/")
