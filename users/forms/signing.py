"""What is asked at the signature, as fields: a PIN, a new PIN twice, the password, or nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from users.signing import Asks, NotProven, asked_of, check_signer

#: A phone shows its number keys, and no browser offers to keep it.
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class ProofForm(forms.Form):
    """Goes on the sheet that is signed, beside the answer's own form; templates/review/proof.html draws it.

        proof = ProofForm(request)
        if request.method == "POST" and not proof.holds():
            ...the sheet again, with status 422

    The digits are never sent back to the browser.
    """

    def __init__(self, request):
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request
        self.asked = asked_of(request)
        if self.asked is Asks.PASSWORD:
            self.fields["pin"] = _secret(
                _("Your password"), _("It shows that it is you who signs."), autocomplete="current-password"
            )
        elif self.asked is Asks.NEW_PIN:
            words = _("4 to 8 digits. You type them each time you sign, so that nobody else signs on your phone.")
            self.fields["pin"] = _secret(_("Choose a PIN"), words, **DIGITS)
            self.fields["pin_again"] = _secret(_("The same PIN again"), **DIGITS)
        elif self.asked is Asks.PIN:
            words = _("The digits you chose. Forgotten? Your coordinator can take the old PIN away.")
            self.fields["pin"] = _secret(_("Your PIN"), words, **DIGITS)

    def holds(self) -> bool:
        """Whether whoever posted this proved who they are. Where not, the form says why."""
        if not self.is_valid():
            return False
        try:
            check_signer(self.request, self.cleaned_data.get("pin", ""), self.cleaned_data.get("pin_again", ""))
        except NotProven as refused:
            self.add_error("pin", str(refused))
            return False
        return True


def _secret(label, words="", **attrs) -> forms.CharField:
    """Something that is typed and never shown."""
    return forms.CharField(
        label=label,
        help_text=words,
        max_length=200,
        strip=False,
        error_messages={"required": _("Show that it is you: fill in this field. Nothing was signed yet.")},
        widget=forms.PasswordInput(attrs=attrs),
    )
