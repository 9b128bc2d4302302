"""Addresses of learners' screens, in each language below its own name, like released pages.

Names of screens stand before the pages of the text; `taken` keeps modules from having one of them.
"""

from django.conf import settings
from django.urls import path

from courses.delivery import addresses
from courses.learning.views import certificate, course, joining, own, reading, saving


def _in(language):
    below = addresses.prefix(language).removeprefix("/")
    below = f"{below}/" if below else ""
    told = {"language": language}
    return [
        path(f"{below}join/", joining.enter, told),
        path(f"{below}join/<str:code>/", joining.join, told),
        path(f"{below}back/", joining.new_pin, told),
        path(f"{below}back/<str:code>/", joining.come_back, told),
        path(f"{below}learn/", course.mine, told),
        path(f"{below}learn/leave/", joining.leave, told),
        path(f"{below}learn/<slug:code>/", course.home, told),
        path(f"{below}learn/<slug:code>/schedule/", course.schedule, told),
        path(f"{below}learn/<slug:code>/support/", course.support, told),
        path(f"{below}learn/<slug:code>/me/", own.me, told),
        path(f"{below}learn/<slug:code>/me/data.json", own.my_data, told),
        path(f"{below}learn/<slug:code>/certificate/", certificate.certificate, told),
        path(f"{below}learn/<slug:code>/certificate.pdf", certificate.certificate_pdf, told),
        path(f"{below}learn/<slug:code>/saved/<str:module>/list.json", saving.list_of, told),
        path(f"{below}learn/<slug:code>/marks/", reading.marks, told),
        path(f"{below}learn/<slug:code>/<path:path>", reading.read, told),
    ]


urlpatterns = [pattern for code, _name in settings.LANGUAGES for pattern in _in(code)]
