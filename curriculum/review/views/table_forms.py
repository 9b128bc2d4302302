"""What people type and tick at a joint meeting. Forms parse; actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import PLAIN_POSITIONS
from curriculum.review.models import Committee, Seat
from users.models import Person, User


class MeetingForm(forms.Form):
    """Opening a joint meeting of one committee."""

    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Committee.objects.none())
    place = forms.CharField(label=_("Place"), max_length=160, required=False)

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
        if len(committees) == 1:
            self.fields["committee"].initial = committees[0]


class PresentForm(forms.Form):
    """Who is at the table, of those who sit on the committee now."""

    person = forms.ModelMultipleChoiceField(queryset=Person.objects.none(), required=False)

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Seat.objects.filter(committee=committee, until=None)
        self.fields["person"].queryset = Person.objects.filter(representative__seats__in=seats)


class MinutesForm(forms.Form):
    """What was said about one text at the table."""

    minutes = forms.CharField(
        label=_("Minutes"),
        help_text=_("What was said and why, in plain sentences. Name sides, not people."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20000,
        required=False,
    )
    actions = forms.CharField(
        label=_("Who does what until when"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000, required=False
    )


class TableAnswerForm(forms.Form):
    """An answer on the shared screen: who, what, and the PIN that shows it is them. Only people who are here."""

    person = forms.ModelChoiceField(label=_("Who answers"), queryset=User.objects.none(), empty_label=None)
    position = forms.ChoiceField(
        label=_("Answer"),
        choices=[(one.value, one.label) for one in PLAIN_POSITIONS],
        widget=forms.RadioSelect,
    )
    digest = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What should change?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000, required=False
    )
    pin = forms.CharField(
        label=_("Your PIN"),
        help_text=_("Whoever has no PIN yet answers on their own phone."),
        max_length=20,
        required=False,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(
            person__in=meeting.present.exclude(side="").values("person")
        ).order_by("person__name")


class SheetForm(forms.Form):
    """The photo of a sheet that was signed by hand, and whose names stand on it."""

    photo = forms.FileField(label=_("Photo or scan of the sheet"), help_text=_("PDF, JPEG or PNG, up to 20 MB."))
    people = forms.ModelMultipleChoiceField(
        label=_("Who signed it"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Seat.objects.filter(committee=committee, until=None)
        self.fields["people"].queryset = Person.objects.filter(representative__seats__in=seats).order_by("name")
