"""Search and verify. Released pages themselves are answered by `courses.delivery.middleware.ReleasedPages`."""

from django.conf import settings
from django.urls import path

from courses.delivery import addresses, views


def _in(language):
    below = addresses.prefix(language).removeprefix("/")
    below = f"{below}/" if below else ""
    told = {"language": language}
    return [
        path(f"{below}search/", views.search_pages, told),
        path(f"{below}verify/", views.verify, told),
        path(f"{below}verify/<str:digest>/", views.verify, told),
    ]


urlpatterns = [pattern for code, _name in settings.LANGUAGES for pattern in _in(code)]
