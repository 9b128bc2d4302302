"""The review room: what is put forward, what changed, where both sides stand; and one page as learners read it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from curriculum.editions.diff import CHANGED, REMOVED
from curriculum.review import beside, drafts, permissions, queries
from curriculum.review.division import division_of, may_divide, pages_to_share
from curriculum.review.enums import Outcome, Purpose
from curriculum.review.models import Submission
from curriculum.review.presenting import Shower
from curriculum.review.reading import AGREED, ROUND, Sheet, read_sheet, title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.deciding import deciding
from curriculum.review.views.hurt_room import danger
from curriculum.review.views.talking import talk_context
from curriculum.review.views.timing import timing
from users.models import Person
from users.permissions import can_invite


@require_safe
@for_readers
def room(request, uid):
    """Everything a person needs to answer, on one screen."""
    submission = find(request, uid)
    shower = shower_for(request, submission)
    return render(request, "review/room.html", room_context(request, submission, shower))


@require_safe
@for_readers
def page(request, uid, page_uid):
    """One page under review, as learners will read it or with its changes marked (`?view=changes`)."""
    submission = find(request, uid)
    shower = shower_for(request, submission)
    sheet = shower.sheet.page(page_uid)
    if sheet is None:
        raise Http404
    snapshot = sheet.snapshot(shower.language)
    shown = shower.page(sheet, full=False)
    wanted = request.GET.get("view", "")
    with_changes = wanted == "changes" and shown.status == CHANGED
    both = beside.beside(shower, sheet) if wanted == "both" else None
    before, after = _neighbours(shower, sheet)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "page": shown,
        "snapshot": snapshot,
        "reading_language": snapshot["language"],
        "is_gone": shown.status == REMOVED,
        "with_changes": with_changes,
        "changes": shower.changes(sheet.diffs[shower.language]) if with_changes else [],
        "beside": both,
        "body": "" if with_changes or both else shower.body(snapshot),
        "views": _views(shower, sheet, shown.status, "both" if both else "changes" if with_changes else ""),
        "tabs": [tab for tab in _page_tabs(shower, sheet) if len(sheet.diffs) > 1],
        "previous": before,
        "next": after,
        "hurt_url": f"{reverse('hurt')}?page={page_uid}&review={submission.pk}",
        "room_url": address(submission, shower),
        "read_query": _query({"language": shower.language, "since": shower.sheet.against}),
        **answering(request, submission),
        **talk_context(request, submission, shower.sheet),
    }
    return render(request, "review/page.html", context)


@require_safe
@for_readers
def redline(request, uid):
    """Every change on one page, however many there are: to print, or to read in one go."""
    submission = find(request, uid)
    shower = replace(shower_for(request, submission), everything=True)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "standing": standing(submission),
        "sheet": shower.sheet,
        "parts": shower.parts,
        "is_inline": True,
        "language": shower.language,
        "tabs": shower.tabs(lambda language: redline_address(submission, shower, language=language)),
        "room_url": address(submission, shower),
    }
    return render(request, "review/redline.html", context)


def room_context(request, submission: Submission, shower: Shower) -> dict:
    place = standing(submission)
    is_stale = place.is_open and queries.is_stale(submission)
    sees_names = request.user.has_perm("review.view_submission")
    draft = drafts.draft_of(submission) if request.user.has_perm("wagtailadmin.access_admin") else None
    may_write = draft is not None and draft.permissions_for_user(request.user).can_edit()
    return {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "standing": place,
        "sheet": shower.sheet,
        "parts": shower.parts,
        "is_inline": shower.is_inline,
        "tabs": shower.tabs(lambda language: address(submission, shower, language=language)),
        "language": shower.language,
        "bases": _bases(submission, shower),
        "redline_url": redline_address(submission, shower),
        "author_count": len(submission.authors),
        "authors": _names(submission) if sees_names else [],
        "newer": _newer(submission),
        "moved_on": place.is_open and submission.purpose == Purpose.CHANGE and drafts.has_moved_on(submission),
        "may_write": may_write and place.is_open and submission.purpose == Purpose.CHANGE,
        "is_stale": is_stale,
        "timing": timing(request, submission, place, is_stale=is_stale),
        "has_open_cautions": permissions.has_open_cautions(submission),
        "deciding": deciding(request, submission),
        "danger": danger(request, submission, place),
        "can_host": can_invite(request.user),
        **dividing(submission, shower),
        **answering(request, submission),
        **talk_context(request, submission, shower.sheet),
    }


def dividing(submission: Submission, shower: Shower) -> dict:
    """How one's own side divided the reading, for review/reading_card.html."""
    shared, pages = shower.division, pages_to_share(shower.sheet)
    return {
        "division": shared,
        "may_divide": may_divide(submission, shared, shower.sheet),
        "unread_count": len(shared.unread(pages, shower.language)),
    }


def answering(request, submission: Submission) -> dict:
    """Whether the two buttons are shown, and what this person answered before."""
    entry = standing(submission).answer_of(request.user.person)
    can_answer = permissions.can_sign(request.user, submission)
    return {
        "can_answer": can_answer,
        "mine": entry,
        # Signed by hand at a meeting, and not confirmed yet.
        "signed_sheet": queries.sheet_signed_by(request.user.person, submission) if can_answer and not entry else None,
        # Said only to somebody who has a side: a designer is not asked to answer.
        "is_author": str(request.user.person_id) in submission.authors
        and queries.side_of(request.user.person) is not None,
    }


def shower_for(request, submission: Submission) -> Shower:
    """The sheet in the language and against the base that the address asks for."""
    against = ROUND if request.GET.get("since") == ROUND and submission.replaces_id else AGREED
    sheet = read_sheet(submission, against=against)
    language = language_of(request, sheet)
    return Shower(
        sheet,
        language,
        lambda page_uid: page_address(submission, page_uid, language, against),
        reverse("review_desk") + "media/",
        submission.sample,
        division=division_of(submission, request.user),
    )


def address(submission: Submission, shower: Shower, **changes) -> str:
    """The room's address with language and base kept."""
    kept = {"language": shower.language, "since": shower.sheet.against, **changes}
    return reverse("review_room", args=[submission.pk]) + _query(kept)


def redline_address(submission: Submission, shower: Shower, **changes) -> str:
    """The address of all changes on one page, in the same language and against the same base."""
    kept = {"language": shower.language, "since": shower.sheet.against, **changes}
    return reverse("review_redline", args=[submission.pk]) + _query(kept)


def page_address(submission, page_uid, language, against, **more) -> str:
    kept = {"language": language, "since": against, **more}
    return reverse("review_page", args=[submission.pk, page_uid]) + _query(kept)


def _query(kept: dict) -> str:
    said = {name: value for name, value in kept.items() if value and (name, value) != ("since", AGREED)}
    return f"?{urlencode(said)}" if said else ""


def language_of(request, sheet: Sheet) -> str:
    """The one asked for; else the reader's own where something changed in it; else one where something did."""
    languages = sheet.languages
    if request.GET.get("language") in languages:
        return request.GET["language"]
    own = (translation.get_language() or "").split("-")[0]
    order = sorted(languages, key=lambda language: (not sheet.changed_in(language), language != own))
    return order[0]


def _bases(submission: Submission, shower: Shower) -> list[dict]:
    """What to compare with, as tabs; only where there is a choice."""
    if not submission.replaces_id:
        return []
    names = {
        AGREED: translation.gettext("Since both sides last agreed"),
        ROUND: translation.gettext("Since round %(number)d") % {"number": submission.replaces.round},
    }
    return [
        {
            "label": name,
            "url": address(submission, shower, since=base),
            "current": base == shower.sheet.against,
            "count": None,
        }
        for base, name in names.items()
    ]


def _names(submission: Submission) -> list[str]:
    return [str(person) for person in Person.objects.filter(pk__in=submission.authors).order_by("name")]


def _newer(submission: Submission) -> Submission | None:
    if submission.outcome != Outcome.SUPERSEDED:
        return None
    return Submission.objects.filter(replaces=submission).first()


def _neighbours(shower: Shower, sheet) -> tuple:
    """The changed pages before and after this one, for components/pager.html."""
    wanted = {page.uid for page in shower.sheet.changed_in(shower.language)} | {sheet.uid}
    order = [page for page in shower.sheet.pages if page.uid in wanted]
    place = [page.uid for page in order].index(sheet.uid)

    def link(position):
        if not 0 <= position < len(order):
            return None
        return {"title": order[position].title(shower.language), "url": shower.address(order[position].uid)}

    return link(place - 1), link(place + 1)


def _views(shower: Shower, sheet, status: str, wanted: str) -> list[dict]:
    """The ways to read a page, as tabs; none where there is only one."""
    url = shower.address(sheet.uid)
    joint = "&" if "?" in url else "?"
    ways = [("", translation.gettext("As learners will read it"))]
    if status == CHANGED:
        ways.append(("changes", translation.gettext("What changed")))
    if len(beside.languages_of(sheet)) > 1:
        ways.append(("both", translation.gettext("Side by side")))
    if len(ways) == 1:
        return []
    return [
        {"label": label, "url": f"{url}{joint}view={way}" if way else url, "current": way == wanted, "count": None}
        for way, label in ways
    ]


def _page_tabs(shower: Shower, sheet) -> list[dict]:
    """The languages this page has or had."""
    here = f"language={shower.language}"
    tabs = shower.tabs(lambda language: shower.address(sheet.uid).replace(here, f"language={language}"))
    kept = [tab for tab, language in zip(tabs, shower.sheet.languages, strict=True) if language in sheet.diffs]
    return [{**tab, "count": None} for tab in kept]
