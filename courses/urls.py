"""Search, verify, two languages side by side. `courses.delivery.middleware.ReleasedPages` answers released pages."""

from django.conf import settings
from django.urls import include, path

from courses.delivery import addresses, views


def _in(language):
    below = addresses.prefix(language).removeprefix("/")
    below = f"{below}/" if below else ""
    told = {"language": language}
    return [
        path(f"{below}both/<str:slug>/releases/<str:label>/<path:page>/", views.both_languages, told),
        path(f"{below}both/<str:slug>/<path:page>/", views.both_languages, told),
        path(f"{below}search/", views.search_pages, told),
        path(f"{below}verify/", views.verify, told),
        path(f"{below}verify/<str:digest>/", views.verify, told),
    ]


urlpatterns = [
    path("", include("courses.offline.urls")),
    path("", include("courses.assessing.urls")),
    path("", include("courses.teaching.urls")),
    path("", include("courses.learning.urls")),
    path("", include("courses.paper.urls")),
    path("", include("courses.voice.urls")),
    *(pattern for code, _name in settings.LANGUAGES for pattern in _in(code)),
]
