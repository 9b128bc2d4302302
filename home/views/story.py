from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.delivery import addresses
from curriculum.review.enums import Outcome, Position, Side
from curriculum.review.models import Decision
from home.demo import acting
from home.demo.steps import reason, steps, verdict
from home.demo.story import NEXT, Stage, find_scene, told
from home.demo.switch import demo_only

#: An answer as components/sides.html shows it.
STATES = {Position.SUPPORT: "agreed", Position.REQUEST_CHANGES: "change"}


@demo_only
@never_cache
def story(request):
    """The six taps. The address says what was looked at; everything else is read from the database."""
    scene = find_scene()
    if scene is None:
        return render(request, "demo/story_waiting.html", {"sample": True})
    ended = told(scene, request.GET.get("told", ""))
    stage = Stage.DONE if ended else scene.stage
    seen = "seen" in request.GET
    spoken = scene.layout.languages
    phone = request.GET.get("phone", "")
    language = phone if phone in spoken else get_language() if get_language() in spoken else spoken[0]
    kept = {name: request.GET[name] for name in ("told", "seen") if name in request.GET}
    found = steps(scene, stage, ended, seen)
    context = {
        "sample": True,
        "scene": scene,
        "titles": _titles(scene),
        "ended": ended,
        "steps": found,
        "now": next((step for step in found if step.state == "now"), None),
        "started": stage not in (Stage.READY, Stage.BLOCKED),
        "reason": reason(scene) if stage == Stage.BLOCKED else "",
        "look": _here({**kept, "seen": "1", "phone": language}, "phone"),
        "sides": _sides(ended or scene.submission),
        "sentences": _sentences(scene, stage),
        "language": language,
        "languages": addresses.languages_of(
            lambda code: _here({**kept, "phone": code}, "phone"), language, codes=spoken
        ),
        # The label is only there so that a browser fetches the page anew when the course text has changed.
        "phone": f"{scene.address(language)}?{scene.release.label}#b-{scene.block}",
        "verdict": verdict(stage) if seen else "",
        "verify": addresses.verify(scene.release.frozen_id, language),
        "older": _older(scene, ended, language),
    }
    return render(request, "demo/story.html", context)


@demo_only
@require_POST
def tell(request, move):
    """One tap: the cast acts, and the page says what happened."""
    scene = find_scene()
    if scene is None or move not in NEXT.values():
        raise Http404
    more = {"phone": request.POST["phone"]} if request.POST.get("phone") else {}
    try:
        submission = acting.play(scene, move, request.POST.get("digest", ""))
    except acting.OutOfTurn:
        messages.warning(request, _("The story went on meanwhile. This is where it stands now."))
        submission = None
    except PermissionDenied as refused:
        messages.error(request, str(refused))
        submission = None
    if submission is not None and submission.outcome == Outcome.APPROVED:
        more["told"] = submission.pk
    return redirect(_here(more, "now"))


def _titles(scene) -> dict[str, str]:
    """What the course and the lesson are called in the language on screen, where they are translated."""
    course, _translated = scene.layout.curriculum.page.in_language(get_language())
    return {"course": course["title"], "lesson": scene.drafts.get(get_language(), scene.lesson).title}


def _here(query: dict, place: str) -> str:
    address = reverse("demo_story")
    return f"{address}?{urlencode(query)}#{place}" if query else f"{address}#{place}"


def _sides(submission) -> list[dict]:
    """Both parties as they stand on what is under review; open outlines where nothing is."""
    if submission is None:
        return [{"side": side.value, "state": "waiting", "label": _("has nothing to read yet")} for side in Side]
    stands = {entry.side: entry for entry in submission.entries.all() if entry.position}
    return [
        {
            "side": side.value,
            "name": submission.committee.party(side),
            "state": STATES[stands[side].position] if side in stands else "waiting",
            "on": stands[side].at if side in stands else None,
        }
        for side in Side
    ]


def _sentences(scene, stage) -> list[dict]:
    """The sentence in each language: as learners read it, and what is to take its place."""
    return [
        {
            "language": code,
            "name": addresses.language_name(code),
            "old": scene.old[code],
            "new": scene.new.get(code, ""),
            "changing": stage not in (Stage.READY, Stage.DONE),
        }
        for code in scene.drafts
    ]


def _older(scene, ended, language) -> dict | None:
    """Where the course text of before is still read: it stays at its own address."""
    item = ended and next((item for item in ended.items.all() if item.kind == "release"), None)
    if not item or not item.based_on:
        return None
    before = Decision.objects.filter(frozen_id=item.based_on, outcome=Outcome.APPROVED).first()
    return {"label": before.label, "url": scene.address(language, before.label)} if before else None
