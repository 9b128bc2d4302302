from allauth.account.models import EmailAddress
from allauth.account.views import EmailView


class OwnEmail(EmailView):
    """Change one's e-mail. Until the link sent to the new one was opened, the old one counts.

    allauth drops an address it has never confirmed as soon as another is asked for. The one of an account
    counts as confirmed: its codes and links go there already.
    """

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and user.email:
            taken = EmailAddress.objects.filter(email__iexact=user.email, verified=True).exclude(user=user)
            if not taken.exists():
                EmailAddress.objects.update_or_create(
                    user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
                )
        return super().dispatch(request, *args, **kwargs)
