"""Commenting on a text under review, and what every screen of it shows in the margin."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review import passages, speaking
from curriculum.review.actions import Refused
from curriculum.review.actions import comment as post_comment
from curriculum.review.margin import Margin, anchor_of
from curriculum.review.models import Submission
from curriculum.review.reading import Sheet, title_of
from curriculum.review.speaking import CannotTalk
from curriculum.review.talk import conversation
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.talk_forms import CommentForm

METHODS = ["GET", "HEAD", "POST"]
ACTS = frozenset({"reply", "correct", "translate", "refer"})


def talk_context(request, submission: Submission, sheet: Sheet) -> dict:
    """What templates of the room and its pages need: the margin, and the ways that only some people have."""
    side = speaking.caucus_side(request.user, submission)
    invites = submission.outcome is None and speaking.can_invite_guests(request.user)
    return {
        "margin": margin_for(request, submission, sheet),
        "notes_url": reverse("review_notes", args=[submission.pk]) if side else "",
        "guests_url": reverse("review_guests", args=[submission.pk]) if invites else "",
    }


def margin_for(request, submission: Submission, sheet: Sheet) -> Margin:
    """What this reader sees and may do beside the text."""
    may_talk = speaking.can_talk(request.user, submission)
    may_answer = speaking.can_answer(request.user, submission)
    here = request.get_full_path()

    def page(uid, reading):
        address = reverse("review_page", args=[submission.pk, uid])
        return f"{address}?{urlencode({'language': reading})}" if reading else address

    def comment_url(uid, block, reading):
        address = reverse("review_comment_page", args=[submission.pk, uid]) if uid else ""
        address = address or reverse("review_comment", args=[submission.pk])
        asked = {"block": block, "in": reading, "next": here}
        return f"{address}?{urlencode({name: value for name, value in asked.items() if value})}"

    def act(digest, name):
        address = reverse("review_act", args=[submission.pk, digest, name]) if digest else ""
        address = address or reverse("review_refer", args=[submission.pk])
        return f"{address}?{urlencode({'next': here})}"

    return Margin(
        conversation=conversation(submission),
        sheet=sheet,
        person_id=request.user.person_id,
        may_talk=may_talk,
        acts=(ACTS if may_talk else frozenset()) | (frozenset({"answer"}) if may_answer else frozenset()),
        comment=comment_url,
        act=act,
        page=page,
    )


@require_http_methods(METHODS)
@for_readers
def comment(request, uid, page_uid=None):
    """About a block (`?block=`), a page, or the whole text. POST writes it into the record."""
    submission = find(request, uid)
    context = {"submission": submission, "sample": submission.sample, "title": title_of(submission)}
    return say(request, submission, request.user, page_uid, context, reverse("review_room", args=[uid]))


def say(request, submission, by, page_uid, context, home):
    """The comment screen for `by`, an account or a guest. `home` is where it leads back to."""
    if not speaking.can_talk(by, submission) and request.method != "POST":
        raise Http404
    place = find_place(submission, page_uid, request.GET.get("block", ""), request.GET.get("in", ""))
    passage = place["passage"]
    form = CommentForm(request.POST or None, suggested=passage.words if passage and passage.words else "")
    back = back_to(request, home)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            post_comment(submission=submission, by=by, **said, **place["where"])
        except ValueError as refused:
            form.add_error("words", str(refused))
        except (CannotTalk, Refused) as refused:
            return not_said(request, submission, refused, said["words"] or said.get("suggestion", ""), home)
        else:
            messages.success(request, _("Your comment is in the record. Everybody who reads this text sees it."))
            return redirect(f"{back}#{anchor_of(str(page_uid), place['where']['block'])}" if page_uid else back)
    context |= {"form": form, "place": place, "back": back, "home": home}
    return render(request, "review/comment.html", context, status=422 if form.errors else 200)


def find_place(submission, page_uid, block: str, reading: str) -> dict:
    """What a comment is about: {"title", "passage", "reading", "where": for the action}. Raises Http404."""
    if page_uid is None:
        return {"title": "", "passage": None, "reading": "", "where": {}}
    versions = passages.read_page_and_before(submission, page_uid)
    if not versions:
        raise Http404
    reading = reading if reading in versions else next(iter(versions))
    found = {id_: one for version in versions[reading] for id_, one in passages.passages_of(version).items()}
    if block and block not in found:
        raise Http404
    return {
        "title": versions[reading][-1]["title"],
        "passage": found.get(block),
        "reading": reading,
        "where": {"page": str(page_uid), "block": block, "reading": reading},
    }


def back_to(request, home: str) -> str:
    """Where the reader came from, if it is a screen of this text; else its room."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    asked = asked.split("#")[0]
    inside = asked.startswith(home) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if inside else home


def not_said(request, submission, refused, words, home):
    """What happened, what was kept, what to do: with the words that were typed."""
    context = {
        "submission": submission,
        "sample": submission.sample,
        "sentence": str(refused),
        "words": words,
        "home": home,
    }
    return render(request, "review/not_said.html", context, status=409)
