from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _

WRONG = _("This name and this password do not go together. Check both and try again.")


class InvitedOnly(DefaultAccountAdapter):
    """Accounts are made by invitation: an open sign-up would let anybody take a seat's name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code does not open the door. Codes are good for a short time: take the newest."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
        "email_taken": _("Another account uses this e-mail already."),
    }

    def is_open_for_signup(self, request):
        return False
