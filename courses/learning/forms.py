"""What a learner is asked for: a code, a name, a PIN. Nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 8}


def _pin(label, help_text=""):
    return forms.CharField(label=label, help_text=help_text, widget=forms.PasswordInput(attrs=_DIGITS))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the course"),
        max_length=20,
        help_text=_("It is on the wall or on paper from your instructor: eight letters and digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class _OnThisPhone(forms.Form):
    shared = forms.BooleanField(
        label=_("Other people use this phone too"),
        help_text=_("Then you are signed out when the browser closes."),
        required=False,
    )


class JoinForm(_OnThisPhone):
    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=60,
        help_text=_("Any name you like. It need not be the one on your papers."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    pin = _pin(_("Choose a PIN"), _("4 to 8 digits. With your name it lets you back in, on any phone."))
    again = _pin(_("The PIN once more"))
    field_order = ("name", "pin", "again", "shared")


class BackForm(_OnThisPhone):
    name = forms.CharField(label=_("The name you chose"), max_length=60)
    pin = _pin(_("Your PIN"))
    field_order = ("name", "pin", "shared")


class NewPinForm(_OnThisPhone):
    code = forms.CharField(
        label=_("Code from your instructor"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    pin = _pin(_("Choose a new PIN"), _("4 to 8 digits."))
    again = _pin(_("The PIN once more"))
    field_order = ("code", "pin", "again", "shared")
