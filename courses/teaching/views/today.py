"""Today's session on one screen: what it is about, who may need a hand, what to print, and the rest of the week."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.cohorts import progress, queries
from courses.cohorts.text import Text
from courses.delivery import addresses
from courses.teaching import access


@require_safe
@access.for_team
def today(request, course):
    """For its instructors; whoever helps otherwise is led to the plan, which says nothing about a person."""
    if not course.teaches:
        return redirect(access.address(course, "plan/"))
    text, now = Text(course), timezone.now()
    known, lessons = ({page.uid: page for page in some} for some in (text.pages, text.lessons))
    sessions, people = list(course.sessions.all()), list(queries.in_course(course))
    session = next((one for one in sessions if one.ends_at >= now and not one.is_called_off), None)
    pages = progress.pages_of([session], known) if session else []
    if session and course.is_workshop and not pages:
        pages = text.pages
    week = [one for one in sessions if session and progress.week_of(one) == progress.week_of(session)]
    context = {
        "session": session,
        "is_today": bool(session) and timezone.localdate(session.starts_at) == timezone.localdate(),
        "lessons": [_told(course, page) for page in pages],
        "hands": progress.may_need_a_hand(people, queries.marks_by_enrollment(course), sessions, lessons, now),
        "prints": _prints(text, pages),
        "week": week,
        "newer": queries.newer_text(course),
        "text": text.decision,
        "people": len(people),
    }
    return access.show(request, course, "teaching/today.html", context, tab="today")


def _told(course, page) -> dict:
    return {
        "title": page.title(get_language()),
        "url": access.address(course, f"read/{page.path}"),
        "is_lesson": page.is_lesson,
        "safety": page.is_safety,
        "minutes": page.minutes,
    }


def _prints(text: Text, pages) -> list[dict]:
    """The modules on paper, in each language of the course."""
    wanted = {page.module_path for page in pages}
    return [
        {
            "title": module.title(language),
            "language": language,
            "name": addresses.language_name(language),
            "url": addresses.printed(text.slug, module.path, language, text.decision.label),
        }
        for module in text.modules
        if module.path in wanted
        for language in text.languages
    ]
