"""Founding a committee and giving somebody a place on it. Saving goes through the acts that keep the rules."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale, WorkflowPage

from curriculum.models import LibraryPage
from curriculum.review.actions import delegate
from curriculum.review.actions.standing_in import check_delegation
from curriculum.review.enums import CheckKind, SeatRole, Side
from curriculum.review.founding import found_committee, seat
from curriculum.review.models import Checker, Committee, Delegation, Seat
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


class NewSeatForm(WagtailAdminModelForm):
    """A person, a committee and a side. One person speaks for one side, everywhere."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.filter(erased_at=None).exclude(name="").order_by("name")
    )
    side = forms.ChoiceField(label=_("Side"), choices=Side)
    role = forms.ChoiceField(label=_("What for"), choices=SeatRole, initial=SeatRole.MEMBER, required=False)

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
        self.instance = seat(
            person=said["person"],
            committee=said["committee"],
            side=said["side"],
            role=said["role"] or SeatRole.MEMBER,
        )
        return self.instance


class EndSeatForm(WagtailAdminModelForm):
    """What a seat is for can change. It is ended by a date, never deleted: old answers stay explained."""

    role = forms.ChoiceField(label=_("What for"), choices=SeatRole, required=False)

    class Meta:
        model = Seat
        fields = ["role", "until"]
        labels = {"until": _("Ended on")}
        help_texts = {"until": _("From the moment you save, this person no longer answers for the side.")}

    def clean_role(self):
        return self.cleaned_data["role"] or self.instance.role

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until > timezone.localdate():
            raise ValidationError(_("A seat ends at once. Choose today or an earlier day."))
        return until


class NewCheckerForm(WagtailAdminModelForm):
    """Who is named for which check, and what gives them standing."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.filter(erased_at=None).exclude(name="").order_by("name")
    )
    language = forms.ChoiceField(label=_("Language, for a language check"), required=False)

    class Meta:
        model = Checker
        fields = ["committee", "person", "kind", "language", "credential", "credential_until"]
        widgets = {"credential_until": AdminDateInput}
        help_texts = {"credential": _("A license, a certificate, the work they do. It goes into the record.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "–"), *settings.LANGUAGES]

    def clean(self):
        said = super().clean()
        kind, language = said.get("kind"), said.get("language")
        if kind == CheckKind.LANGUAGE and not language:
            self.add_error("language", _("Choose the language. Nothing was saved yet."))
        if kind != CheckKind.LANGUAGE:
            said["language"] = ""
        places = Checker.objects.filter(person=said.get("person"), kind=kind, language=said.get("language") or "")
        if places.filter(committee=said.get("committee"), until=None).exists():
            self.add_error("person", _("This person is a checker for that already. Nothing was saved."))
        if kind in (CheckKind.EXPERT, CheckKind.CLINICAL) and not said.get("credential"):
            self.add_error("credential", _("Write down what gives this person standing. Nothing was saved yet."))
        return said


class CheckerForm(WagtailAdminModelForm):
    """Renewing what gives a checker standing, or ending it. Checks that were given keep what they said."""

    class Meta:
        model = Checker
        fields = ["credential", "credential_until", "until"]
        labels = {"until": _("Ended on")}
        widgets = {"credential_until": AdminDateInput, "until": AdminDateInput}

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until > timezone.localdate():
            raise ValidationError(_("It ends at once. Choose today or an earlier day."))
        return until


class StandInForAnyForm(WagtailAdminModelForm):
    """Who stands in for whom, and when: an administrator can name it for any seat."""

    class Meta:
        model = Delegation
        fields = ["seat", "to", "since", "until"]
        widgets = {"since": AdminDateInput, "until": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Seat.objects.filter(until=None).select_related("representative__person", "committee")
        for name in ("seat", "to"):
            self.fields[name].queryset = seats

    def clean(self):
        said = super().clean()
        if {"seat", "to", "since", "until"} <= said.keys():
            try:
                check_delegation(said["seat"], said["to"], said["since"], said["until"])
            except ValueError as refused:
                raise ValidationError(str(refused)) from None
        return said

    def save(self, commit=True):
        said = self.cleaned_data
        self.instance = delegate(
            seat=said["seat"], to=said["to"], since=said["since"], until=said["until"], by=self.for_user
        )
        return self.instance
