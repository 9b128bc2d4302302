from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


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
