"""What a guest reads through a link: one text under review and nothing else. A guest may comment, and never signs.

Whether a link never was, is too old or was closed: the answer is the same page.
"""

from functools import wraps
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from curriculum.editions.diff import REMOVED
from curriculum.review import speaking
from curriculum.review.actions.guests import open_link
from curriculum.review.margin import Margin
from curriculum.review.models import Submission
from curriculum.review.presenting import Shower
from curriculum.review.reading import read_sheet, title_of
from curriculum.review.speaking import Guest
from curriculum.review.talk import conversation
from curriculum.review.views.media import file_response
from curriculum.review.views.room import language_of
from curriculum.review.views.talking import METHODS, say

BASE = "review/guest_base.html"


def with_link(view):
    """`view(request, guest, token, ...)` for a good link; for every other a page that says what to do."""

    @never_cache
    @wraps(view)
    def guarded(request, token, **kwargs):
        link = open_link(token)
        response = _closed(request) if link is None else view(request, Guest(link), token, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # The address is the key: no other site hears it. Our own must, or posting a comment is refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


@require_safe
@with_link
def guest(request, guest, token):
    """The text under review: what changed, and a way to every page."""
    submission, shower = _open(request, guest, token)
    context = {
        **_common(submission, guest, token),
        "sheet": shower.sheet,
        "parts": shower.parts,
        "is_inline": shower.is_inline,
        "language": shower.language,
        "tabs": shower.tabs(lambda language: f"{reverse('guest', args=[token])}?{urlencode({'language': language})}"),
        "margin": _margin(request, guest, token, submission, shower),
    }
    return render(request, "review/guest.html", context)


@require_safe
@with_link
def guest_page(request, guest, token, page_uid):
    """One page of it, as learners will read it."""
    submission, shower = _open(request, guest, token)
    sheet = shower.sheet.page(page_uid)
    if sheet is None:
        raise Http404
    snapshot = sheet.snapshot(shower.language)
    shown = shower.page(sheet, full=False)
    context = {
        **_common(submission, guest, token),
        "page": shown,
        "snapshot": snapshot,
        "reading_language": snapshot["language"],
        "is_gone": shown.status == REMOVED,
        "body": shower.body(snapshot),
        "margin": _margin(request, guest, token, submission, shower),
    }
    return render(request, "review/guest_page.html", context)


@require_http_methods(METHODS)
@with_link
def guest_comment(request, guest, token, page_uid=None):
    """Saying something, in the guest's name."""
    submission = Submission.objects.with_record().get(pk=guest.link.submission_id)
    return say(request, submission, guest, page_uid, _common(submission, guest, token), reverse("guest", args=[token]))


@require_safe
@with_link
def guest_media(request, guest, token, digest, ext):
    """A picture or file of this text, and of no other."""
    submission, shower = _open(request, guest, token)
    shown = {found for page in shower.sheet.pages for found in _files(page)}
    if digest not in shown:
        raise Http404
    return file_response(digest, ext)


def _open(request, guest: Guest, token: str) -> tuple[Submission, Shower]:
    submission = Submission.objects.with_record().get(pk=guest.link.submission_id)
    sheet = read_sheet(submission)
    language = language_of(request, sheet)

    def address(page_uid):
        return f"{reverse('guest_page', args=[token, page_uid])}?{urlencode({'language': language})}"

    return submission, Shower(sheet, language, address, reverse("guest", args=[token]) + "media/", submission.sample)


def _common(submission: Submission, guest: Guest, token: str) -> dict:
    return {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "base": BASE,
        "guest": guest,
        "may_talk": speaking.can_talk(guest, submission),
        "home": reverse("guest", args=[token]),
        "is_guest": True,
    }


def _margin(request, guest, token, submission, shower: Shower) -> Margin:
    """A guest's own threads and what was answered there; what both parties say to each other is not a guest's."""
    here = request.get_full_path()

    def comment(uid, block, reading):
        name, args = ("guest_comment_page", [token, uid]) if uid else ("guest_comment", [token])
        asked = {"block": block, "in": reading, "next": here}
        return f"{reverse(name, args=args)}?{urlencode({key: value for key, value in asked.items() if value})}"

    return Margin(
        conversation=conversation(submission).only_of(guest.person_id),
        sheet=shower.sheet,
        person_id=guest.person_id,
        may_talk=speaking.can_talk(guest, submission),
        acts=frozenset(),
        comment=comment,
        act=lambda digest, name: "",
        page=lambda uid, reading: shower.address(uid),
        names=False,
    )


def _files(page) -> set[str]:
    """Digests of the files that a page shows, in any language, now or before the change."""
    found: set[str] = set()
    for diff in page.diffs.values():
        for snapshot in (diff.old, diff.new):
            _gather(snapshot, found)
    return found


def _gather(value, found: set[str]) -> None:
    if isinstance(value, dict):
        if "sha256" in value:
            found.add(value["sha256"])
        for one in value.values():
            _gather(one, found)
    elif isinstance(value, list):
        for one in value:
            _gather(one, found)


def _closed(request):
    return render(request, "review/guest_closed.html", {"base": BASE, "is_guest": True}, status=404)
