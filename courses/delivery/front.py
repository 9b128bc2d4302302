"""The pages around the course texts: the list of courses, and the page for an address that leads nowhere."""

from difflib import get_close_matches

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from courses.delivery import addresses, center
from courses.delivery.paths import Course, Map

#: The ways in that a demo shows above its courses; whoever builds the demo writes it.
DOORS = "home/doors.html"
SIMILAR = 5


def shared(language: str, address) -> dict:
    """What every page here shows around its content. `address(code)` is the page in another language."""
    return {
        "language": language,
        "languages": addresses.languages_of(address, language),
        "center_name": center.name(),
        "home_url": addresses.home(language),
        "search_url": addresses.search(language),
    }


def home_page(now: Map, language: str) -> bytes:
    """The courses there are, for everybody the same."""
    sample = any(course.decision.sample for course in now.courses.values())
    with translation.override(language):
        context = {"curricula": cards(now, language), "sample": sample, "doors_template": _doors()}
        return render_to_string("delivery/home.html", shared(language, addresses.home) | context).encode()


def missing_page(now: Map, language: str, path: str) -> bytes:
    """What helps somebody who came to `path`, where nothing is: similar pages, the courses, a search."""
    with translation.override(language):
        context = {"curricula": cards(now, language), "similar": similar(now, language, path)}
        return render_to_string("delivery/missing.html", shared(language, addresses.home) | context).encode()


def cards(now: Map, language: str) -> list[dict]:
    """The current courses by title, each in `language` where it has that."""
    found = [
        _in_language(course, course.outline.card, language)
        | {
            "url": addresses.curriculum(slug, _spoken(course, language)),
            "labels": [_("course text %(label)s") % {"label": course.decision.label}],
            "job_language": _job_language(course, language),
        }
        for slug, course in now.courses.items()
    ]
    return sorted(found, key=lambda card: card["title"])


def similar(now: Map, language: str, path: str) -> list[dict]:
    """Pages whose address is nearly `path`: looked for one part after the other, so that it costs little however
    many pages there are."""
    parts = [part for part in path.partition("/curricula/")[2].lower().split("/") if part][:3]
    slug = next(iter(get_close_matches(parts[0], list(now.courses), 1)), None) if parts else None
    if slug is None:
        return []
    course = now.courses[slug]
    found = [] if len(parts) == 1 else _below(course, parts[1:])
    return [
        {
            "title": _in_language(course, course.outline.pages[below], language),
            "url": addresses.curriculum(slug, _spoken(course, language)) + below,
        }
        for below in [*found, ""][:SIMILAR]
    ]


def _below(course: Course, parts: list[str]) -> list[str]:
    """Paths of one course that are like `parts`: of the module, and of the pages inside it."""
    modules = [path for path in course.outline.pages if path.count("/") == 1]
    module = next(iter(get_close_matches(f"{parts[0]}/", modules, 1)), None)
    if module is None or len(parts) == 1:
        return [module] if module else []
    inside = [path for path in course.outline.pages if path.startswith(module) and path != module]
    return [*get_close_matches(f"{module}{parts[1]}/", inside, 3), module]


def _in_language(course: Course, told: dict, language: str):
    return told.get(language) or told.get(settings.LANGUAGE_CODE) or next(iter(told.values()))


def _job_language(course: Course, language: str) -> str:
    """The source's language where the name of the job is not translated, else ""."""
    card, source = course.outline.card, settings.LANGUAGE_CODE
    if language == source or language not in card or source not in card:
        return ""
    return source if card[language].get("job") == card[source].get("job") else ""


def _spoken(course: Course, language: str) -> str:
    """`language` where the course has anything in it, else the first it has."""
    return language if language in course.outline.languages else course.outline.languages[0]


def _doors() -> str | None:
    if not settings.HIGHROAD_DEMO:
        return None
    try:
        get_template(DOORS)
    except TemplateDoesNotExist:
        return None
    return DOORS
