"""What a saved module of a course holds: its pages with this learner's marks, and the course's own few screens."""

import re
from functools import partial

from django.http import Http404, JsonResponse

from courses.cohorts.text import Text, address
from courses.delivery import addresses, paths
from courses.learning import splicing
from courses.learning.access import Reader, for_readers
from courses.learning.views import course, reading
from courses.offline.manifest import saved_list, static_of, static_size

#: Screens of a course that are wanted without a line, whichever module is saved.
SCREENS = {"": course.home, "schedule/": course.schedule, "support/": course.support}


@for_readers
def list_of(request, reader, language, module):
    """The list of one module in this course, as `courses.offline` tells it of a released one."""
    text = reader.text
    pages = paths.pages_at_release(text.decision, text.now.over[text.decision.pk])
    found = pages.get(addresses.release(text.slug, text.decision.label, language) + f"{module}/")
    if found is None:
        raise Http404
    rewrite = partial(_rewritten, text)
    told = saved_list(found, pages, rewrite=rewrite, read=partial(_read, reader))
    _add_screens(told, request, reader)
    return JsonResponse(told, headers={"Content-Language": language})


def _rewritten(text: Text, url: str) -> str:
    """An address of the released text, or of a list of it, as this course has it."""
    code, slug = text.course.code, re.escape(text.slug)
    url = re.sub(rf"/curricula/{slug}/(releases/[^/]+/)?", f"/learn/{code}/", url)
    return re.sub(rf"/saved/{slug}/(releases/[^/]+/)?", f"/learn/{code}/saved/", url)


def _read(reader: Reader, _address: str, page: paths.Page) -> bytes:
    """The page as this reader is shown it."""
    cut = splicing.cut(reader.text, page)
    is_learner = reader.enrollment is not None
    return reading.page_bytes(reader.text, cut, page.language, page.path, done=reader.done, is_learner=is_learner)


def _add_screens(told: dict, request, reader: Reader) -> None:
    shown = {}
    for language in reader.text.languages:
        for below, view in SCREENS.items():
            html = view(request, code=reader.course.code, language=language).content
            shown[address(reader.course.code, language, below)] = (language, html)
    told["pages"] += [
        {"url": url, "language": language, "title": reader.course.title, "bytes": len(html), "safety": False}
        for url, (language, html) in shown.items()
    ]
    known = {one["url"] for one in told["files"]}
    more = [one for one in static_of(html.decode() for _language, html in shown.values()) if one not in known]
    told["files"] += [{"url": one, "bytes": static_size(one)} for one in more]
    told["bytes"] = sum(one["bytes"] for one in told["pages"] + told["files"])
