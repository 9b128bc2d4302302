"""What people type and tick around an answer: a challenge, a check, a part of the interest record, who stands in."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.review import checklists
from curriculum.review.enums import ChangeClass, InterestPart


class ChallengeForm(forms.Form):
    """How much a change weighs, and why. Only what is heavier than now."""

    change_class = forms.ChoiceField(label=_("How much does it weigh?"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Why, in a sentence"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args, now: ChangeClass, **kwargs):
        super().__init__(*args, **kwargs)
        choices = heavier_than(now)
        self.fields["change_class"].choices = [(one.value, one.label) for one in choices]
        if len(choices) == 1:
            self.fields["change_class"].initial = choices[0].value


def heavier_than(now: ChangeClass) -> list[ChangeClass]:
    """What a side may say instead. *This could hurt someone* has its own way in."""
    weights = (ChangeClass.SUBSTANTIVE, ChangeClass.SAFETY)
    return [one for one in weights if one.weight > now.weight]


class CheckForm(forms.Form):
    """One list, and a sentence where something is not met."""

    met = forms.MultipleChoiceField(label=_("What is met"), widget=forms.CheckboxSelectMultiple, required=False)
    words = forms.CharField(
        label=_("What is missing"),
        help_text=_("Needed when something is not ticked. Name the lesson, and say what would put it right."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args, kind: str, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["met"].choices = [(item.code, item.label) for item in checklists.items_of(kind, language)]


class PartForm(forms.Form):
    """One part of the interest record."""

    part = forms.ChoiceField(choices=InterestPart, widget=forms.HiddenInput)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)
    until = forms.DateField(
        label=_("Until"),
        help_text=_("Then both sides take it up again."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        part = self["part"].value()
        self.fields["words"].label = InterestPart(part).label if part in InterestPart.values else _("Words")
        self.fields["words"].error_messages["required"] = _("Write it in a sentence or two. Nothing was saved yet.")
        if part != InterestPart.DISAGREEMENT:
            del self.fields["until"]


class StandInForm(forms.Form):
    """Who answers in somebody's place, and for how long."""

    seat = forms.ModelChoiceField(label=_("On which committee"), queryset=None, empty_label=None)
    to = forms.ModelChoiceField(
        label=_("Who stands in for you"),
        help_text=_("Somebody of your side on the same committee."),
        queryset=None,
    )
    since = forms.DateField(
        label=_("From"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Up to and with"),
        help_text=_("At most 60 days."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, seats, others, **kwargs):
        super().__init__(*args, **kwargs)
        seat, to = self.fields["seat"], self.fields["to"]
        seat.queryset, to.queryset = seats, others
        seat.label_from_instance = lambda one: one.committee.name
        several = len(seats) > 1
        to.label_from_instance = lambda one: (
            f"{one.representative.person} ({one.committee.name})" if several else str(one.representative.person)
        )
        if not several:
            seat.widget, seat.initial = forms.HiddenInput(), seats[0] if seats else None
