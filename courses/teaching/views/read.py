"""The course text as an instructor reads it: the same pages with the notes for the instructor shown."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.cohorts.text import Text
from courses.delivery import addresses, build
from courses.delivery.contexts import Contexts
from courses.delivery.layout import Place
from courses.teaching import access
from curriculum.editions.render import INSTRUCTOR, Reading


class AsInstructor(Contexts):
    """The pages of one course text with the instructor's notes. Links stay in the course; the language is in them."""

    def __init__(self, opened: Contexts, course):
        super().__init__(opened.layout, opened.agreement, opened.slug, opened.over)
        self.course = course

    def url(self, path: str, language: str) -> str:
        return access.address(self.course, f"read/{path}?{urlencode({'in': language})}")

    def reading(self, own: str, language: str) -> Reading:
        return replace(super().reading(own, language), audience=INSTRUCTOR)

    def both(self, place: Place, language: str) -> str:
        """Side by side is for learners: it has no notes."""
        return ""

    def _printed(self, place: Place, language: str) -> str:
        if not super()._printed(place, language):
            return ""
        module, label = self.layout.module_of(place), self.agreement.decision.label
        return addresses.printed(self.slug, module.path, language, label)


@require_safe
@access.for_team
def read(request, course, path=""):
    """One page. Whoever is no instructor is led to the page that everybody reads."""
    text = Text(course)
    language = _language(request, text)
    if not course.teaches:
        return redirect(addresses.release(text.slug, text.decision.label, language) + path)
    contexts = AsInstructor(build.contexts_open(text.decision, text.slug, text.now.over[text.decision.pk]), course)
    place = contexts.layout.by_path.get(path)
    if place is None:
        raise Http404
    with translation.override(language):
        context = contexts.of(place, language) | {
            "page_template": contexts.template(place, language),
            "course": course,
            "back_url": access.address(course),
        }
        html = render_to_string("teaching/read.html", context)
    return HttpResponse(html, headers={"Content-Language": language, "X-Robots-Tag": "noindex"})


def _language(request, text: Text) -> str:
    """The one that is asked for, else that of the screens, else the first that the text has."""
    asked, has = request.GET.get("in", ""), text.contents.languages
    return next((code for code in (asked, get_language()) if code in has), has[0])
