"""Founding a committee and giving somebody a place on it. Saving goes through the acts that keep the rules."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale, WorkflowPage

from curriculum.models import LibraryPage
from curriculum.review.enums import Side
from curriculum.review.founding import found_committee, seat
from curriculum.review.models import Committee, Seat
from users.models import Person


class FoundCommitteeForm(WagtailAdminModelForm):
    """A new committee looks after one shelf of the library and everything below it."""

    shelf = forms.ModelChoiceField(label=_("Part of the library it looks after"), queryset=LibraryPage.objects.none())

    class Meta:
        model = Committee
        fields = ["name", "labor_name", "management_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shelf"].queryset = LibraryPage.objects.filter(locale=Locale.get_default()).order_by("path")

    def clean_shelf(self):
        shelf = self.cleaned_data["shelf"]
        if WorkflowPage.objects.filter(page=shelf).exists():
            raise ValidationError(_("Another committee looks after this shelf. Choose a shelf below it or beside it."))
        return shelf

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Committee.objects.filter(slug=slugify(name)).exists() or not slugify(name):
            raise ValidationError(_("There is a committee of that name already. Choose another name."))
        return name

    def save(self, commit=True):
        said = self.cleaned_data
        self.instance = found_committee(
            shelf=said["shelf"],
            slug=slugify(said["name"]),
            name=said["name"],
            labor_name=said["labor_name"],
            management_name=said["management_name"],
        )
        return self.instance


class CharterForm(WagtailAdminModelForm):
    """The names of the two parties and what the charter says: how many people a side, how long to answer."""

    class Meta:
        model = Committee
        fields = ["name", "labor_name", "management_name", "quorum", "quorum_safety", "days_to_answer"]


class NewSeatForm(WagtailAdminModelForm):
    """A person, a committee and a side. One person speaks for one side, everywhere."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.filter(erased_at=None).exclude(name="").order_by("name")
    )
    side = forms.ChoiceField(label=_("Side"), choices=Side)

    class Meta:
        model = Seat
        fields = ["committee"]

    def clean(self):
        said = super().clean()
        person, side = said.get("person"), said.get("side")
        speaks_for = getattr(person, "representative", None)
        if speaks_for is not None and speaks_for.side != side:
            self.add_error(
                "side",
                _("%(person)s already speaks for the other side. Nothing was changed. One person sits on one side.")
                % {"person": person},
            )
        return said

    def save(self, commit=True):
        said = self.cleaned_data
        self.instance = seat(person=said["person"], committee=said["committee"], side=said["side"])
        return self.instance


class EndSeatForm(WagtailAdminModelForm):
    """A seat is ended by a date, never deleted: old answers stay explained."""

    class Meta:
        model = Seat
        fields = ["until"]
        labels = {"until": _("Ended on")}
        help_texts = {"until": _("From the moment you save, this person no longer answers for the side.")}

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until > timezone.localdate():
            raise ValidationError(_("A seat ends at once. Choose today or an earlier day."))
        return until
