"""What a committee's charter says, as an administrator writes it: in groups, each with what it changes for people."""

from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from curriculum.review.enums import ChangeClass, CheckKind, SeatRole, Side
from curriculum.review.models import Committee, Seat

#: What a change can weigh, as one ticks it, and the classes it stands for. What could hurt someone counts as safety.
WEIGHTS = {
    "small": (_("Small fixes"), (ChangeClass.TYPO.value, ChangeClass.EDITORIAL.value)),
    "taught": (_("What is taught changes"), (ChangeClass.SUBSTANTIVE.value,)),
    "safety": (_("Safety"), (ChangeClass.SAFETY.value, ChangeClass.EMERGENCY.value)),
}
KINDS = {f"gate_{kind.value}": kind for kind in CheckKind}
DAYS = (
    "days_to_answer",
    "days_small",
    "days_challenge",
    "days_changes",
    "days_interest",
    "days_escalation",
    "days_ratify",
)


class GateField(forms.MultipleChoiceField):
    """For which changes one check is needed."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, kind: CheckKind):
        choices = [(name, label) for name, (label, _classes) in WEIGHTS.items()]
        super().__init__(label=kind.label, choices=choices, required=False)


class CharterForm(WagtailAdminModelForm):
    """The names of the two parties and everything the charter says. What is under review keeps the charter it was sent
    under."""

    gate_expert = GateField(CheckKind.EXPERT)
    gate_clinical = GateField(CheckKind.CLINICAL)
    gate_accessibility = GateField(CheckKind.ACCESSIBILITY)
    gate_language = GateField(CheckKind.LANGUAGE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = {gate["kind"]: set(gate["classes"]) for gate in self.instance.gates}
        for name, kind in KINDS.items():
            classes = held.get(kind.value, set())
            self.initial[name] = [weight for weight, (_label, ones) in WEIGHTS.items() if classes & set(ones)]
        for name in ("quorum", "quorum_safety", "contact_attempts", "hours_to_reach", *DAYS):
            self.fields[name].min_value = 1
            self.fields[name].validators.append(_at_least_one)
            self.fields[name].widget.attrs["min"] = 1

    def clean(self):
        said = super().clean()
        if said.get("quorum_safety", 1) < said.get("quorum", 1):
            self.add_error(
                "quorum_safety", _("Safety never takes fewer people than other changes. Nothing was saved yet.")
            )
        if said.get("holder_signs") and (missing := self._without_co_chair()):
            sides = ", ".join(str(side.label) for side in missing)
            self.add_error(
                "holder_signs",
                _("Give each side a co-chair under Seats first; missing: %(sides)s. Nothing was saved yet.")
                % {"sides": sides},
            )
        return said

    def _without_co_chair(self) -> list[Side]:
        """Sides on which nobody could give the decision."""
        seats = Seat.objects.filter(committee=self.instance, until=None, role=SeatRole.CO_CHAIR)
        held = set(seats.values_list("representative__side", flat=True))
        return [side for side in Side if side not in held]

    def save(self, commit=True):
        self.instance.gates = [
            {"kind": kind.value, "classes": [one for weight in self.cleaned_data[name] for one in WEIGHTS[weight][1]]}
            for name, kind in KINDS.items()
            if self.cleaned_data[name]
        ]
        return super().save(commit)


def _at_least_one(value):
    if value < 1:
        raise forms.ValidationError(_("It takes one at least."))


@cache
def charter_panel() -> ObjectList:
    """The form in groups, from what every partnership has to what only some will want."""
    groups = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("labor_name"), FieldPanel("management_name")], heading=_("Both sides")
            ),
            MultiFieldPanel(
                [FieldPanel("quorum"), FieldPanel("quorum_safety"), FieldPanel("holder_signs")],
                heading=_("Who agrees for a side"),
                help_text=_(
                    "Each side always needs somebody of its own. More people on one side never outweigh the other."
                ),
            ),
            MultiFieldPanel([FieldPanel("more_answers"), FieldPanel("caucus_notes")], heading=_("What people can say")),
            MultiFieldPanel(
                [FieldPanel(name) for name in KINDS],
                heading=_("Checks before both sides can agree"),
                help_text=_("A named person goes through a list, without a vote. Name these people under Checkers."),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in DAYS],
                heading=_("How long things take"),
                help_text=_(
                    "Working days: no weekends and none of the days under Holidays. No answer is ever taken as a yes."
                ),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("hours_to_reach"),
                    FieldPanel("contact_attempts"),
                    FieldPanel("labor_principal"),
                    FieldPanel("management_principal"),
                ],
                heading=_("When a side cannot be reached"),
            ),
            MultiFieldPanel([FieldPanel("hide_expired")], heading=_("When an agreement runs out")),
        ],
        base_form_class=CharterForm,
    )
    return groups.bind_to_model(Committee)
