"""allauth's forms in our words: sentence case, and labels where it has placeholders."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Sign-in name or e-mail"),
    "password": _("Password"),
    "remember": _("Keep me signed in on this device"),
    "email": _("E-mail"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
}

PASSWORD_HELP = _("At least 10 characters. Not your name, not only digits, not a word everybody uses.")


class InOurWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = PASSWORD_HELP if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")


class AskForCodeForm(InOurWords, account.RequestLoginCodeForm):
    pass


class CodeForm(InOurWords, account.ConfirmLoginCodeForm):
    pass


class NewEmailForm(InOurWords, account.AddEmailForm):
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    pass


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class IsItYouForm(InOurWords, account.ReauthenticateForm):
    pass


class AppCodeForm(InOurWords, mfa.AuthenticateForm):
    pass


class IsItYouByAppForm(InOurWords, mfa.ReauthenticateForm):
    pass


class UseAppForm(InOurWords, totp.ActivateTOTPForm):
    pass
