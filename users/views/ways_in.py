"""Where a way in is used: the page behind a link, and the one where a code is typed."""

from allauth.core import ratelimit
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from users import ways_in
from users.forms.ways_in import CodeForm
from users.models import SignInLink
from users.views.welcome import BACKEND


@method_decorator(never_cache, name="dispatch")
class ByLink(View):
    """A link opens a page with one button. Only the button uses it up: phones look at links before people do."""

    def get(self, request, token):
        try:
            link = ways_in.find(token)
        except ways_in.Closed:
            return self._closed(request, token)
        _speak(request, link)
        return render(request, "users/way_in.html", {"link": link, "person": link.user.person})

    def post(self, request, token):
        try:
            link = ways_in.use(token=token)
        except ways_in.Closed:
            return self._closed(request, token)
        return _let_in(request, link)

    def _closed(self, request, token):
        """Whoever is in already and taps their own link again goes on; everybody else is told the same."""
        link = ways_in.owner_of(token) if request.user.is_authenticated else None
        if link is not None and link.user_id == request.user.pk:
            return redirect(ways_in.leads_to(link.purpose, link.next_path))
        return render(request, "users/way_in_closed.html", status=410)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class ByCode(View):
    """For whoever was read a code, or has it on paper."""

    def get(self, request):
        return self._page(request, CodeForm())

    def post(self, request):
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        if not ratelimit.consume(request, action="way_in_code", key="everybody"):
            form.add_error("code", _("Too many tries. Wait a few minutes, then try again."))
            return self._page(request, form, status=429)
        try:
            link = ways_in.use(code=form.cleaned_data["code"])
        except ways_in.Closed:
            return render(request, "users/way_in_closed.html", status=410)
        return _let_in(request, link)

    def _page(self, request, form, status=200):
        return render(request, "users/way_in_code.html", {"form": form}, status=status)


def _let_in(request, link: SignInLink):
    """Sign the account in on this device for thirty days, and lead where the way leads."""
    login(request, link.user, backend=BACKEND)
    request.session[ways_in.CAME_BY] = link.pk
    request.session.set_expiry(ways_in.STAYS)
    return redirect(ways_in.leads_to(link.purpose, link.next_path))


def _speak(request, link: SignInLink) -> None:
    """The page before the button is in the language of the person it is for."""
    if link.user.preferred_language:
        translation.activate(link.user.preferred_language)
        request.LANGUAGE_CODE = translation.get_language()
