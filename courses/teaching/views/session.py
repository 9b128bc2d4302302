"""One session on one screen: who was there, the notes for teaching it, what to print."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.cohorts import attending
from courses.cohorts import queries as cohorts
from courses.cohorts.enums import Presence
from courses.cohorts.text import Text
from courses.teaching import access, queries


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_instructors
def session(request, course, uid):
    """A support circle has no such screen: its uid is nobody's here."""
    found = get_object_or_404(course.sessions, pk=uid)
    found.course = course
    people = list(cohorts.in_course(course))
    known = cohorts.attendance_of(found)
    refusal = ""
    if request.method == "POST":
        try:
            written = attending.write(session=found, by=request.user, said=_said(request.POST, people, known))
        except ValueError as refused:
            refusal = str(refused)
        else:
            told = _("Written down.") if written else _("Nothing had changed.")
            messages.success(request, told)
            return redirect(access.address(course, f"session/{found.pk}/"))
    language = translation.get_language()
    about = [page for page in Text(course).pages if page.uid in found.pages]
    context = {
        "session": found,
        "is_open": attending.is_open(found),
        "people": [_row(one, known.get(str(one.pk)), request.POST) for one in people],
        "choices": Presence.choices,
        "missing": sum(str(one.pk) not in known for one in people),
        "refusal": refusal,
        "notes": queries.notes(course, about, language),
        "papers": queries.papers(course, about, language),
    }
    return access.show(request, course, "teaching/session.html", context, tab="plan", status=422 if refusal else 200)


def _said(data, people, known) -> dict[str, attending.Said]:
    """What the one form says of everybody. Whoever has no mark is here where *Everybody is here* was pressed."""
    said = {}
    for one in people:
        uid = str(one.pk)
        presence = data.get(f"p-{uid}", "")
        if not presence and "everybody" in data and uid not in known:
            presence = Presence.HERE
        if presence:
            said[uid] = attending.Said(presence, _number(data.get(f"h-{uid}", "")))
    return said


def _number(typed: str) -> Decimal | None:
    try:
        number = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not number.is_finite() or number.as_tuple().exponent < -2:
        return None
    return number


def _row(one, last, data) -> dict:
    """A person with what is marked: what was typed just now, else what counts."""
    typed = data.get(f"p-{one.pk}", "")
    part = last.hours if last and last.presence == Presence.PART else None
    return {
        "uid": str(one.pk),
        "called": one.called,
        "presence": typed or (last.presence if last else ""),
        "hours": data.get(f"h-{one.pk}") or (f"{part.normalize():f}" if part else ""),
    }
