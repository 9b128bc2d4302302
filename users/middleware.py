from django.conf import settings
from django.contrib.auth import logout
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from users.permissions import opens_the_admin
from users.ways_in import CAME_BY


class OwnLanguage(LocaleMiddleware):
    """Screens speak the language their reader chose: the account's, else the cookie's, else the browser's.

    Never the address: `/es/` names the language of the content and belongs to released pages alone.
    """

    def process_request(self, request):
        chosen = getattr(request.user, "preferred_language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)


class OnlyBelow:
    """A session that came by a link or code ends where its account has become more than a reader's.

    Such sessions live for thirty days on a phone; roles change meanwhile. No other session costs anything.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if CAME_BY in request.session and opens_the_admin(request.user):
            logout(request)
        return self.get_response(request)
