"""A page of the course text inside a course, and what a learner marks there."""

import json
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.http import Http404, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from assessments import methods
from courses.cohorts import marking
from courses.cohorts.marking import Word
from courses.cohorts.text import Page, Text, address
from courses.delivery import addresses, arriving
from courses.learning import quick, splicing
from courses.learning.access import for_learners, for_readers
from courses.learning.pages import check_own_page, sent
from users import learners

#: Words of one phone that were not sent yet. Nobody reads so many lessons in a year.
MOST = 2000


@never_cache
def read(request, code, language, path):
    """The released page with this learner's marks. One query for a learner on their phone."""
    phone = learners.carried(request)
    found = phone and quick.glance(code, phone)
    if found is None:
        return read_slowly(request, code=code, language=language, path=path)
    return _page(request, found.text, language, path, done=found.done, is_learner=True)


@for_readers
def read_slowly(request, reader, language, path):
    """The same for whoever came in by an account: learners and the team."""
    is_learner = reader.enrollment is not None
    return _page(request, reader.text, language, path, done=reader.done, is_learner=is_learner)


def _page(request, text: Text, language: str, path: str, *, done: frozenset[str], is_learner: bool):
    page = text.released(language, path)
    cut = page and splicing.cut(text, page, arriving.arrives(request))
    if cut is None:
        if path and not path.endswith("/"):
            return HttpResponsePermanentRedirect(address(text.course.code, language, f"{path}/"))
        raise Http404
    data = page_bytes(text, cut, language, path, done=done, is_learner=is_learner)
    return sent(request, data, language, cut.policy)


def page_bytes(text: Text, cut: splicing.Cut, language: str, path: str, *, done: frozenset[str], is_learner: bool):
    """A page of the text with what one learner marked."""
    here = text.page_at(path)
    marked = frozenset(one.path for one in text.pages if one.uid in done)
    end = _end(text.course.code, text.course.title, language, here, bool(here and here.uid in done), is_learner)
    return cut.joined(marked, _done_word(language), end)


@csrf_exempt
@require_POST
@never_cache
def marks(request, code, language):
    """Take in marks: `{"marks": [{"page", "done", "at"}]}` from a script, or the form of one lesson.

    Answers `{"marks": {page uid: done}}`, the truth after both were brought together. A page saved last week carries
    no token that is still good: the cookie travels from our own pages alone, and the browser says where a form stood.
    """
    check_own_page(request)
    phone = learners.carried(request)
    found = phone and quick.glance(code, phone)
    if found is None:
        return marks_slowly(request, code=code, language=language)
    return _take_in(request, found.text, found.enrollment, language)


@for_learners
def marks_slowly(request, reader, language):
    """The same for a learner who came in by an account."""
    return _take_in(request, reader.text, reader.enrollment.pk, language)


def _take_in(request, text: Text, enrollment: UUID, language: str):
    by_script = request.content_type == "application/json"
    words = _words(request) if by_script else [_word_of_form(request)]
    if words is None:
        with translation.override(language):
            problem = _("These marks could not be read. They are still on your phone.")
        return JsonResponse({"error": problem}, status=400)
    told = marking.mark(
        enrollment=enrollment,
        words=words,
        pages=[page.uid for page in text.lessons],
        digest=text.decision.frozen_id,
    )
    if by_script:
        return JsonResponse({"marks": told})
    here = next((page for page in text.lessons if page.uid == words[0].page), None)
    return redirect(address(text.course.code, language, here.path if here else ""))


def _words(request) -> list[Word] | None:
    try:
        rows = json.loads(request.body)["marks"]
        words = [Word(str(row["page"]), _is_true(row["done"]), _time(row["at"])) for row in rows]
    except (ValueError, KeyError, TypeError):
        return None
    return words if len(words) <= MOST else None


def _word_of_form(request) -> Word:
    return Word(request.POST.get("page", ""), request.POST.get("done") == "1", timezone.now())


def _is_true(value) -> bool:
    if not isinstance(value, bool):
        raise TypeError("done is true or false")
    return value


def _time(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at


@lru_cache(maxsize=8)
def _done_word(language: str) -> bytes:
    with translation.override(language):
        return format_html(' <span class="is-done">{}</span>', _("done")).encode()


def _is_judged(page: Page | None) -> bool:
    return bool(page and page.method and methods.of(page.method).is_judged)


@lru_cache(maxsize=2048)
def _end(code: str, title: str, language: str, page: Page | None, is_done: bool, is_learner: bool) -> bytes:
    """What stands at the end of a page: the form that marks a lesson, and the way back to the course."""
    context = {
        "code": code,
        "title": title,
        "course_url": address(code, language),
        "action": address(code, language, "marks/"),
        "join_url": f"{addresses.prefix(language)}/join/",
        "page": page,
        "is_done": is_done,
        "marks": bool(page and page.is_lesson and is_learner),
        "is_judged": _is_judged(page),
        "skill_url": address(code, language, f"skills/{page.uid}/") if is_learner and _is_judged(page) else "",
    }
    with translation.override(language):
        return render_to_string("learning/end.html", context).encode()
