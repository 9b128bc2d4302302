"""What the team of a course types about tries, appeals and samples. Forms parse; the acts of `assessments` decide."""

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions import talking
from assessments.actions.trying import Signed
from assessments.enums import Capacity, Finding, Ruling, TalkKind
from assessments.instrument import Instrument, Point
from courses.teaching.forms import day_field, words_field

YES, NO = "yes", "no"
BESIDE = {"instructor": gettext_lazy("An instructor"), "advocate": gettext_lazy("Somebody who stands by the learner")}


def _choice(label, choices, **more) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def _named(point: Point) -> str:
    return f"{point.code}. {point.text}" if point.code else point.text


def _value(said: str) -> bool | int:
    """What somebody chose of a point, as acts take it."""
    return said == YES if said in (YES, NO) else int(said)


class MarksForm(forms.Form):
    """One choice for each point: met or not yet, or a level where the assessment has levels."""

    def __init__(self, *args, read: Instrument, points=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = {one.id: one for one in read.criteria if points is None or one.id in points}
        choices = [(one.number, one.label) for one in reversed(read.levels)] or [
            (YES, _("Met")),
            (NO, _("Not yet")),
        ]
        for one in self.points.values():
            self.fields[f"mark-{one.id}"] = _choice(_named(one), choices)

    @property
    def marks(self) -> dict[str, bool | int]:
        return {one: _value(self.cleaned_data[f"mark-{one}"]) for one in self.points}

    @property
    def asked(self) -> dict:
        return {"marks": self.marks}


class LookForm(MarksForm):
    """The third look: a decision and a reason for each point that was seen differently."""

    def __init__(self, *args, read: Instrument, differ, **kwargs):
        super().__init__(*args, read=read, points=set(differ), **kwargs)
        self.stops = [one for one in read.stops if one.id in differ]
        for one in self.points:
            self._reason(one)
        for one in self.stops:
            happened = [(YES, _("It happened")), (NO, _("It did not happen"))]
            self.fields[f"mark-{one.id}"] = _choice(one.text, happened)
            self._reason(one.id)
        self.order_fields([f"{what}-{one}" for one in self._all for what in ("mark", "reason")])

    def tell(self, lines) -> None:
        """Beside each point stands what each of them saw. `lines` are those of the try, names and notes as typed."""
        for line in lines:
            if line.id in self._all:
                said = [
                    (by, word or _("It did not happen"), f" “{note}”" if note else "") for by, word, note in line.said
                ]
                self[f"mark-{line.id}"].help_text = format_html_join(mark_safe("<br>"), "{}: {}{}", said)

    @property
    def _all(self) -> list[str]:
        return [*self.points, *(one.id for one in self.stops)]

    def _reason(self, one: str) -> None:
        self.fields[f"reason-{one}"] = words_field(_("Why: the facts you go by"), rows=2)

    @property
    def asked(self) -> dict:
        return {
            "marks": self.marks,
            "stopped": [one.id for one in self.stops if self.cleaned_data[f"mark-{one.id}"] == YES],
            "reasons": {one: self.cleaned_data[f"reason-{one}"] for one in self._all},
        }


class TalkForm(forms.Form):
    """What was agreed with the learner, who reads it."""

    kind = _choice(gettext_lazy("What kind of talk was it?"), TalkKind.choices, initial=TalkKind.COACHING)
    text = words_field(gettext_lazy("What the two of you agreed on"))
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who was there beside the learner"),
        help_text=gettext_lazy("A plan meeting needs both."),
        choices=[(one, BESIDE[one]) for one in talking.AT_A_PLAN],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class CorrectForm(forms.Form):
    """What a try was instead, and why. `result` is the one it was written against, `now` what that says."""

    result = forms.UUIDField(widget=forms.HiddenInput)
    ruling = _choice(gettext_lazy("What is right instead?"), ())
    text = words_field(gettext_lazy("Why: the learner reads this"), rows=2)

    def __init__(self, *args, now: Ruling, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ruling"].choices = [(one.value, one.label) for one in Ruling if one != now]


class AttestForm(forms.Form):
    """Somebody who worked beside the learner told an assessor what they saw."""

    capacity = _choice(gettext_lazy("Who confirms it?"), Capacity.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    role = forms.CharField(label=gettext_lazy("Role"), max_length=200)
    organization = forms.CharField(label=gettext_lazy("Where they worked together"), max_length=200)
    last_seen_on = day_field(gettext_lazy("Last day they saw the work"))
    text = words_field(gettext_lazy("What they saw"))

    @property
    def asked(self) -> dict:
        data = dict(self.cleaned_data)
        return {"signed": Signed(*(data.pop(one) for one in ("name", "role", "organization")))} | data


class RatersForm(forms.Form):
    """How many people see each try of this course, at least."""

    raters = _choice(
        gettext_lazy("How many people see each try, at least?"),
        [("1", gettext_lazy("One")), ("2", gettext_lazy("Two, each for themselves")), ("3", gettext_lazy("Three"))],
        help_text=gettext_lazy("An assessment may ask for more. Tries that are open keep what they began with."),
    )


class HearerForm(forms.Form):
    """One person of one side, of those who may hear the appeal."""

    person = forms.ChoiceField()

    def __init__(self, *args, label: str, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].label = label
        self.fields["person"].choices = [("", _("Choose somebody")), *((str(one.pk), str(one)) for one in people)]


class FindingForm(forms.Form):
    """What one side found, with a reason that the learner reads."""

    finding = _choice(gettext_lazy("What did you find?"), Finding.choices)
    text = words_field(gettext_lazy("Why: the learner reads this"))
