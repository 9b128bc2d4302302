from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnly(DefaultAccountAdapter):
    """Accounts are made by invitation: an open sign-up would let anybody take a seat's name."""

    def is_open_for_signup(self, request):
        return False
