"""Moving a course to a newer course text: everything that changes, then one button."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.cohorts import moving
from courses.delivery import addresses
from courses.teaching import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.for_instructors
def move(request, course):
    if request.method == "POST":
        try:
            done = moving.move(course=course, token=request.POST.get("read", ""), by=request.user)
        except moving.NotMoved as refusal:
            messages.error(request, str(refusal))
        else:
            label = done.after.label
            messages.success(request, _("The course reads course text %(label)s from now on.") % {"label": label})
        return redirect(access.address(course, "move/"))
    found = moving.dry_run(course)
    context = {
        "run": found,
        "pages": [_page(page) for page in found.pages] if found else [],
        "people": [_named(name, pages) for name, pages in found.people] if found else [],
        "sessions": [_named(session, pages) for session, pages in found.sessions] if found else [],
        "modules": [{"row": one, "title": one.title(get_language())} for one in found.modules] if found else [],
        "moves": course.moves.select_related("before", "after", "person").order_by("-pk"),
    }
    return access.show(request, course, "teaching/move.html", context, tab="today")


def _page(page: moving.PageChange) -> dict:
    return {
        "title": page.title(get_language()),
        "change": page.change,
        "is_lesson": page.kind == "lesson",
        "languages": [
            {"name": addresses.language_name(code), "change": change} for code, change in page.languages.items()
        ],
    }


def _named(of, pages) -> dict:
    return {"of": of, "titles": [page.title(get_language()) for page in pages]}
