from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """allauth's form in our words, with labels where it has placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password, remember = (self.fields[name] for name in ("login", "password", "remember"))
        login.label = _("Sign-in name or e-mail")
        login.widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")
        password.label = _("Password")
        password.help_text = ""
        remember.label = _("Keep me signed in on this device")
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
