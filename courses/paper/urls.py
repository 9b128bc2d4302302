"""Addresses of paper. A language other than the source's is named first, as with every released page."""

from django.conf import settings
from django.urls import path

from courses.delivery import addresses
from courses.paper import views
from courses.paper.options import Kind


def _in(language):
    start = addresses.prefix(language).removeprefix("/")
    start = f"{start}/print/" if start else "print/"
    for below in (f"{start}<str:slug>/releases/<str:label>/<str:module>/", f"{start}<str:slug>/<str:module>/"):
        yield path(f"{below}foot.css", views.foot, {"language": language})
        for kind in Kind:
            told = {"language": language, "kind": kind}
            at = below if kind == Kind.PACKET else f"{below}{kind}/"
            yield path(f"{at}packet.pdf", views.paper, told)
            yield path(at, views.page, told)


urlpatterns = [
    path("print/again/<str:digest>/<uuid:module>/", views.again, name="print_again"),
    *(pattern for code, _name in settings.LANGUAGES for pattern in _in(code)),
]
