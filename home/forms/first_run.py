"""The three screens of the first run. Each form is also asked again at the end, before anything is written."""

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.first_run.samples import samples

User = get_user_model()
BLANK = "blank"


class YouForm(forms.Form):
    """The account of whoever sets the installation up. `kept` is the hash of a password chosen a screen ago."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = forms.CharField(
        label=_("A short name to sign in with"),
        max_length=150,
        validators=User._meta.get_field("username").validators,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, kept="", **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = kept
        password = self.fields["password"]
        password.required = password.widget.is_required = not kept
        password.help_text = (
            _("You chose one. Leave this empty to keep it.")
            if kept
            else _("At least 10 characters. Three words that do not belong together are good.")
        )

    def clean(self):
        said = super().clean()
        if said.get("password"):
            try:
                validate_password(said["password"], User(username=said.get("username", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return said

    @property
    def hashed(self) -> str:
        """The hash to keep: of the password typed now, else the one of before."""
        typed = self.cleaned_data.get("password")
        return make_password(typed) if typed else self.kept


class CenterForm(forms.Form):
    """What the place is called, and which languages its screens speak."""

    center_name = forms.CharField(
        label=_("What is your training center called?"),
        max_length=120,
        help_text=_("It stands on top of every page."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages do you offer?"),
        choices=lambda: settings.LANGUAGES,
        initial=lambda: [code for code, _name in settings.LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )


class PartyForm(forms.Form):
    """One party and the person who reads for it first; two of these stand side by side."""

    party = forms.CharField(max_length=160)
    name = forms.CharField(label=_("Who reads for it?"), max_length=200)
    email = forms.EmailField(label=_("Their e-mail"), required=False)

    def __init__(self, *args, label, example, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].label = label
        self.fields["party"].help_text = example
        self.fields["party"].widget.attrs["autocomplete"] = "off"
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class StartForm(forms.Form):
    """A sample to change, or an empty lesson."""

    start = forms.ChoiceField(label=_("What do you start from?"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.samples = {sample.name: sample for sample in samples()}
        choices = [(sample.name, sample.title) for sample in self.samples.values()]
        self.fields["start"].choices = [*choices, (BLANK, _("An empty lesson"))]

    @property
    def sample(self):
        """The Sample chosen, None for an empty start."""
        return self.samples.get(self.cleaned_data["start"])
