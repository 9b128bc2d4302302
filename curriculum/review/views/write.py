"""The designer's desk: every module with where it stands, and the way into its lessons."""

from django.conf import settings
from django.db.models import Max
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from curriculum.editions.read import SOURCE
from curriculum.enums import Kind, Status
from curriculum.models import Contribution
from curriculum.review.drafts import Row, shelves
from curriculum.review.standing import Standing
from curriculum.review.views.access import for_writers

#: How many pages "where you left off" lists.
RECENT = 3
#: Up to so many modules, their lessons are listed without a tap.
OPEN = 4

NAMES = dict(settings.LANGUAGES)


@require_safe
@for_writers
def write(request):
    found = shelves()
    rows = [row for shelf in found for row in shelf.rows]
    recent = _recent(request.user)
    mine = {page["module"] for page in recent}
    context = {
        "shelves": [
            {
                "title": shelf.title,
                "add_url": reverse("wagtailadmin_pages:add_subpage", args=[shelf.pk]),
                "rows": [_shown(row, is_open=len(rows) <= OPEN or row.page.path in mine) for row in shelf.rows],
            }
            for shelf in found
        ],
        "recent": recent,
        "sample": request.user.is_demo,
        "library_url": reverse("wagtailadmin_explore_root"),
    }
    return render(request, "write/modules.html", context)


def _recent(user) -> list[dict]:
    """The pages this person wrote in last, in the language they wrote in."""
    latest = (
        Contribution.objects.filter(person=user.person_id)
        .values("item_uid")
        .annotate(last=Max("at"))
        .order_by("-last")[: RECENT * 3]
    )
    order = [str(row["item_uid"]) for row in latest]
    pages = Page.objects.filter(translation_key__in=order, latest_revision__user=user)
    pages = pages.exclude(content_type__model="librarypage").select_related("locale", "content_type")
    best: dict[str, Page] = {}
    for page in pages.order_by("latest_revision_created_at"):
        best[str(page.translation_key)] = page
    return [
        {
            "title": page.title,
            "url": _edit(page.pk),
            "language": page.locale.language_code,
            "on": page.latest_revision_created_at,
            "module": page.path if page.content_type.model != "lessonpage" else page.path[: -Page.steplen],
        }
        for uid in order
        if (page := best.get(uid))
    ][:RECENT]


def _shown(row: Row, *, is_open: bool) -> dict:
    return {
        "page": row.page,
        "is_curriculum": row.kind == Kind.CURRICULUM,
        "is_open": is_open,
        "status": status(row),
        "children": [
            {
                "title": child.title,
                "kind": child.kind,
                "url": _edit(child.pages.get(SOURCE) or next(iter(child.pages.values()))),
                "versions": [
                    {"language": language, "name": NAMES.get(language, language), "url": _edit(pk)}
                    for language, pk in sorted(child.pages.items(), key=lambda item: item[0] != SOURCE)
                ],
            }
            for child in row.children
        ],
        "edit_url": _edit(row.page.pk),
        "add_url": reverse("wagtailadmin_pages:add_subpage", args=[row.page.pk]),
    }


def status(row: Row) -> dict:
    """One line: what the state is, who holds it, since when, and the next thing to do."""
    if row.review is not None:
        return _under_review(row, row.review)
    send = reverse("send", args=[row.page.pk])
    if row.page.status == Status.OUTLINE and not row.is_agreed:
        return {"text": _("Outline: hours and titles only")}
    if not row.is_agreed:
        return {"text": _("Draft, not sent yet"), "url": send, "action": _("Send for agreement")}
    name = row.label and _("course text %(label)s") % {"label": row.label}
    name = name or _("version %(number)d") % {"number": row.number}
    carried = ", ".join(f"{text['title']} {text['label']}" for text in row.carried_by)
    if row.moved_on:
        return {
            "text": _("Draft changed since %(name)s") % {"name": name},
            "url": send,
            "action": _("Send for agreement"),
        }
    text = _("Agreed, %(name)s, in %(texts)s") if carried else _("Agreed, %(name)s")
    return {"text": text % {"name": name, "texts": carried}, "is_agreed": True}


def _under_review(row: Row, review: Standing) -> dict:
    room = reverse("review_room", args=[review.submission.pk])
    said = {
        "sides": review.sides,
        "keys": review.tally.keys,
        "text": _("Under review: %(state)s") % {"state": review.state},
        "since": review.submission.opened_at,
        "url": room,
        "action": _("Open the review"),
    }
    if row.moved_on:
        said |= {
            "next": _("The draft has moved on since."),
            "url": reverse("review_newer", args=[review.submission.pk]),
            "action": _("Put the newer text forward"),
        }
    return said


def _edit(pk) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])
