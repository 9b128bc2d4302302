"""The sheet on a phone that is handed over: what it asks of whoever saw the work, and what they answered."""

from datetime import datetime
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.trying import Said, Signed, next_number
from assessments.models import Witness
from courses.assessing.mine import Skill

MOST_LETTERS = 2000
YES, NO = "yes", "no"


def _line(name: str, label, *, required: bool = True, **attrs):
    most = Witness._meta.get_field(name).max_length
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.TextInput(attrs=attrs))


class SignedForm(forms.Form):
    """Who signs, with their name. Their license only where they have one."""

    name = _line("name", gettext_lazy("Your name"), autocomplete="off")
    role = _line("role", gettext_lazy("Your role"), autocomplete="off")
    organization = _line("organization", gettext_lazy("Where you work, or which union or group"), autocomplete="off")
    license_type = _line("license_type", gettext_lazy("Type of license"), required=False, autocomplete="off")
    license_number = _line("license_number", gettext_lazy("License number"), required=False, autocomplete="off")

    def signed(self) -> Signed:
        return Signed(**{name: self.cleaned_data[name] for name in vars(Signed("", "", ""))})


class DoneForm(SignedForm):
    """The same of somebody who saw it themselves."""

    discipline = forms.ChoiceField(
        label=gettext_lazy("May you discipline this person at work?"),
        choices=[(NO, gettext_lazy("No")), (YES, gettext_lazy("Yes"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("If you may, somebody else looks too. You never decide alone."),
    )
    saw = forms.BooleanField(label=gettext_lazy("I saw this myself and I sign with my name"))


class SecondForm(SignedForm):
    """The same of a second person."""

    saw = forms.BooleanField(label=gettext_lazy("I saw this too, and I sign with my name"))


def rows(skill: Skill, data=None) -> list[dict]:
    """Each point with its answers and what was answered so far."""
    data = data or {}
    read, is_tasks = skill.read, skill.is_log
    if read.levels:
        choices = [(str(one.number), one.label, one.descriptor) for one in read.levels]
    else:
        choices = [(YES, _("Met"), ""), (NO, _("Not yet"), "")]
    if is_tasks:
        choices = [("", _("Not today"), ""), *choices]
    enough = read.rule.enough
    return [
        {
            "id": point.id,
            "code": point.code,
            "text": point.text,
            "critical": point.critical,
            "limit": point.limit,
            "must_note": point.critical and not is_tasks,
            "choices": [
                {
                    "value": value,
                    "label": label,
                    "descriptor": descriptor if descriptor != label else "",
                    "chosen": data.get(f"mark-{point.id}", "" if is_tasks else None) == value,
                    "is_not_yet": value == NO or (enough is not None and value.isdigit() and int(value) < enough),
                }
                for value, label, descriptor in choices
            ],
            "note": data.get(f"note-{point.id}", ""),
        }
        for point in read.criteria
    ]


def stops(skill: Skill, data=None) -> list[dict]:
    data = data or {}
    return [
        {"id": one.id, "text": one.text, "chosen": f"stop-{one.id}" in data, "note": data.get(f"note-{one.id}", "")}
        for one in skill.read.stops
    ]


def number(skill: Skill) -> int:
    """Which try is being seen: the one that is open, or the next."""
    return skill.open_here.number if skill.open_here else next_number(skill.here)


def said(skill: Skill, data, learner: UUID, form: DoneForm) -> Said:
    """What was answered. Whatever does not belong to this assessment is refused by the act itself."""
    marks = {}
    for point in skill.read.criteria:
        value = data.get(f"mark-{point.id}", "")
        if value in (YES, NO):
            marks[point.id] = value == YES
        elif value.isascii() and value.isdigit() and len(value) < 4:
            marks[point.id] = int(value)
    stopped = tuple(one.id for one in skill.read.stops if f"stop-{one.id}" in data)
    known = {one.id for one in skill.read.criteria} & marks.keys() | set(stopped)
    notes = {one: data.get(f"note-{one}", "")[:MOST_LETTERS] for one in known}
    given = data.get("number", "")
    return Said(
        uid=uid_of(data),
        learner=learner,
        digest=skill.digest,
        number=int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 1,
        marks=marks,
        stopped=stopped,
        notes=notes | {"": data.get("note", "")[:MOST_LETTERS]},
        alternative=data.get("alternative", ""),
        may_discipline=form.cleaned_data["discipline"] == YES,
        seen_at=_time(data.get("seen_at", "")),
    )


def uid_of(data) -> UUID:
    """The number of the sheet, made where it was written; a new one where it cannot be read."""
    try:
        return UUID(data.get("uid", ""))
    except ValueError:
        return uuid4()


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
