from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The short code of a way in, typed by hand."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("8 letters and digits. Small letters and dashes do no harm."),
        max_length=40,
        error_messages={"required": _("Type in the code that you were given.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
