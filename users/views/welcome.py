from django.contrib.auth import login
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from users import invitations, signing
from users.forms.welcome import WelcomeForm
from users.roles import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class Welcome(View):
    """Where an invitation's link ends: the person says a name, chooses a password, and is in.

    Somebody who is signed in adds the role to the account at hand, after being shown which account that is.
    """

    def dispatch(self, request, token):
        try:
            self.invitation = invitations.find(token)
        except invitations.NotOpen as closed:
            return render(request, "users/welcome_closed.html", {"reason": str(closed)}, status=410)
        return super().dispatch(request, token)

    def get(self, request, token):
        language = self.invitation.language or translation.get_language()
        form = WelcomeForm(initial={"name": self.invitation.name, "email": self.invitation.email, "language": language})
        return self._page(request, form)

    def post(self, request, token):
        if request.user.is_authenticated:
            return self._add_role(request, token)
        form = WelcomeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            user = invitations.accept(token=token, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._page(request, form, status=422)
        login(request, user, backend=BACKEND)
        signing.mark_proven(request)
        return redirect("/desk/")

    def _add_role(self, request, token):
        try:
            invitations.accept_as(token=token, user=request.user)
        except PermissionDenied as refused:
            return self._page(request, WelcomeForm(), refused=str(refused), status=403)
        return redirect("/desk/")

    def _page(self, request, form, refused="", status=200):
        context = {
            "form": form,
            "invitation": self.invitation,
            "role": Role(self.invitation.role),
            "refused": refused,
        }
        return render(request, "users/welcome.html", context, status=status)
