"""What is a learner's own: to see it, take a copy, leave the course, and have everything taken away."""

from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import forgetting
from courses.cohorts import joining
from courses.cohorts.models import Attendance
from courses.cohorts.text import address
from courses.delivery import addresses
from courses.learning import skills
from courses.learning.access import for_learners
from courses.learning.pages import of_course
from users import learners


@for_learners
def me(request, reader, language):
    """Everything that is kept about whoever asks, in one page."""
    if request.method == "POST":
        return _answer(request, reader, language)
    return _page(request, reader, language)


@for_learners
def my_data(request, reader, language):
    """The same as a file."""
    response = JsonResponse(_told(reader, language), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{reader.course.code}-my-data.json"'
    return response


def _answer(request, reader, language):
    act = request.POST.get("act")
    if act in ("leave", "erase") and "sure" not in request.POST:
        problem = _("Tick the box first. Nothing was taken away.")
        return _page(request, reader, language, {"problem": problem, "problem_of": act}, 422)
    learner = reader.enrollment.learner
    if act == "leave":
        joining.leave(enrollment=reader.enrollment)
        return redirect(f"{addresses.prefix(language)}/learn/")
    if act == "erase":
        with transaction.atomic():
            forgetting.forget(learner=learner)
            joining.erase(learner=learner)
        response = HttpResponseRedirect(addresses.home(language))
        response.delete_cookie(learners.COOKIE, samesite="Lax")
        return response
    return redirect(address(reader.course.code, language, "me/"))


def _page(request, reader, language, more=None, status=200):
    context = {
        "told": _told(reader, language),
        "data_url": address(reader.course.code, language, "me/data.json"),
        "leave_url": f"{addresses.prefix(language)}/learn/leave/",
        "skills_url": address(reader.course.code, language, "skills/"),
        "heard": forgetting.open_appeals(reader.enrollment.learner),
        **(more or {}),
    }
    return of_course(request, "learning/me.html", reader, language, "me/", context, status)


def _told(reader, language: str) -> dict:
    """Everything there is about one learner in one course."""
    enrollment = reader.enrollment
    titles = {page.uid: page for page in reader.text.pages}
    latest: dict = {}
    for row in Attendance.objects.filter(enrollment=enrollment).select_related("session"):
        latest[row.session_id] = row
    return {
        "name": enrollment.called,
        "course": reader.course.title,
        "joined_on": enrollment.joined_on.isoformat(),
        "lessons": [
            {
                "title": titles[str(mark.page_uid)].title(language)
                if str(mark.page_uid) in titles
                else str(mark.page_uid),
                "done": mark.is_done,
                "marked_at": mark.at.isoformat(),
            }
            for mark in enrollment.marks.order_by("at")
        ],
        "attendance": [
            {
                "session": row.session.title,
                "on": timezone.localdate(row.session.starts_at).isoformat(),
                "presence": row.get_presence_display(),
                "hours": str(row.hours),
            }
            for row in latest.values()
        ],
        **skills.told(enrollment.learner_id, {page.uid: page.title(language) for page in reader.text.pages}),
    }
