"""A learner's course: where to go on, what is next in class, what is done; the schedule; who helps."""

from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from courses.cohorts import queries
from courses.cohorts.models import Enrollment, SupportCircle
from courses.cohorts.moving import changed_since
from courses.cohorts.text import address
from courses.delivery import addresses
from courses.learning.access import for_readers
from courses.learning.pages import of_course, shown
from courses.learning.views.certificate import certificate_url
from courses.paper.addresses import packet
from curriculum.enums import Kind
from users import learners


@never_cache
def mine(request, language):
    """All courses of whoever learns here; the only one opens at once."""
    learner = learners.learner_of(request)
    if learner is None:
        return redirect(f"{addresses.prefix(language)}/join/")
    rows = Enrollment.objects.filter(learner=learner, left_on__isnull=True).select_related("course")
    courses = [row.course for row in rows.order_by("-course__starts_on")]
    if len(courses) == 1:
        return redirect(address(courses[0].code, language))
    with translation.override(language):
        told = [{"title": one.title, "url": address(one.code, language)} for one in courses]
        return shown(
            request, "learning/mine.html", language, lambda code: f"{addresses.prefix(code)}/learn/", {"courses": told}
        )


@for_readers
def home(request, reader, language):
    """Lessons and assessments in one list, and where to go on."""
    text, course = reader.text, reader.course
    changed = _changed(reader, language)
    modules = [_module(reader, module, language, changed) for module in text.modules]
    pages = [page for module in modules for page in module["pages"]]
    lessons = [page for page in pages if page["kind"] == Kind.LESSON]
    going_on = next((page for page in lessons if not page["done"]), None)
    for module in modules:
        module["is_open"] = going_on in module["pages"] or len(modules) == 1
    session = queries.next_session(course)
    context = {
        "modules": modules,
        "going_on": going_on,
        "begun": any(page["done"] for page in lessons),
        "session": session,
        "session_pages": [page for page in pages if session and page["uid"] in session.pages],
        "label": text.decision.label,
        "corrected": text.decision.pk != course.release_id,
        "support_url": address(course.code, language, "support/"),
        "schedule_url": address(course.code, language, "schedule/"),
        "me_url": address(course.code, language, "me/"),
        "skills_url": address(course.code, language, "skills/"),
        "certificate_url": certificate_url(reader, language),
    }
    return of_course(request, "learning/course.html", reader, language, "", context)


@for_readers
def schedule(request, reader, language):
    """What is when and where. A support circle says what it is for and its rules, and asks for nothing."""
    now = timezone.now()
    meetings = [
        {"what": one, "is_circle": isinstance(one, SupportCircle), "is_over": one.ends_at < now}
        for one in queries.meetings(reader.course)
    ]
    context = {
        "meetings": [one for one in meetings if not one["is_over"]],
        "past": [one for one in meetings if one["is_over"]],
        "calendar_url": f"/learn/{reader.course.code}/calendar/{reader.course.calendar_key}.ics",
    }
    return of_course(request, "learning/schedule.html", reader, language, "schedule/", context)


@for_readers
def support(request, reader, language):
    """Who helps with what. It is saved with the course, so that it is there without a line."""
    context = {"support": reader.course.support.all()}
    return of_course(request, "learning/support.html", reader, language, "support/", context)


def _changed(reader, language: str) -> set[str]:
    """The lessons a learner marked as done whose words are others now."""
    if reader.enrollment is None or not reader.done:
        return set()
    return changed_since(reader.course, reader.enrollment.marks.filter(is_done=True), language)


def _module(reader, module, language: str, changed: set[str]) -> dict:
    code, text = reader.course.code, reader.text
    lessons = [page for page in module.pages if page.is_lesson]
    return {
        "code": module.code,
        "title": module.title(language),
        "url": address(code, language, module.path),
        "print_url": packet(text.slug, module.path, language, text.decision.label) if lessons else "",
        "lessons": len(lessons),
        "done": sum(page.uid in reader.done for page in lessons),
        "pages": [_page(reader, page, language) | {"changed": page.uid in changed} for page in module.pages],
    }


def _page(reader, page, language: str) -> dict:
    return {
        "uid": page.uid,
        "kind": page.kind,
        "title": page.title(language),
        "url": address(reader.course.code, language, page.path),
        "minutes": page.minutes,
        "safety": page.is_safety,
        "translated": language in page.titles,
        "done": page.uid in reader.done,
        "current": False,
    }
