"""Addresses of what is saved. A language other than the source's is named first, as with every released page."""

from django.conf import settings
from django.urls import path

from courses.delivery import addresses
from courses.offline import views


def _in(language):
    start = addresses.saved(language).removeprefix("/")
    told = {"language": language}
    yield path(start, views.saved, told)
    yield path(f"{start}offline/", views.saved, told | {"is_offline": True})
    yield path(f"{start}<str:slug>/releases/<str:label>/<str:module>/list.json", views.list_of, told)
    yield path(f"{start}<str:slug>/<str:module>/list.json", views.list_of, told)


urlpatterns = [
    path("sw.js", views.worker),
    *(pattern for code, _name in settings.LANGUAGES for pattern in _in(code)),
]
