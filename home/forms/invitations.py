from django import forms
from django.utils.translation import gettext_lazy as _

from users.permissions import can_invite
from users.roles import Role


class InviteForm(forms.Form):
    """Somebody to invite. The roles are those the one who invites may give."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Their part"))
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    language = forms.ChoiceField(label=_("Language of their screens"))

    def __init__(self, *args, by, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if can_invite(by, role)]
        self.fields["language"].choices = languages
