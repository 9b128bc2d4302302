"""What anybody may do without an account: say how it is at work, and follow it by a code.

Nothing here looks at who is asking. There is no cookie and so no token against forged forms: nothing is done in
anybody's name. The code stands in no address, because addresses are written into logs beside the sender's own.
"""

import secrets
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from courses.delivery import addresses, paths
from courses.delivery.front import shared
from courses.voice import codes, passages, queries, recordings, saying
from courses.voice.enums import State
from courses.voice.forms import SPOKEN, CodeForm, SayForm, TakeBackForm
from courses.voice.models import VoiceItem
from curriculum.editions.read import titles_in

#: More than this is not read at all: a recording with room to spare, so that one that is too long keeps the words.
MOST_BYTES = 3 * recordings.MOST_BYTES


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request, language=settings.LANGUAGE_CODE):
    """The form about one page, or one paragraph of it; without `?page=`, what this is and where one's code goes."""
    with translation.override(language):
        if "page" not in request.GET:
            return _page("voice/start.html", language, addresses.voice, {"form": CodeForm()})
        about = passages.find(request.GET["page"], request.GET.get("text", ""), language)
        if about is None:
            raise Http404
        block = request.GET.get("block", "")
        block = block if block in about.paragraphs else ""
        if request.method == "POST":
            return _said(request, about, block, language)
        spoken = SayForm(paragraphs=about.paragraphs, chosen=block, initial=_begun(about, block))
        return _form(request, about, block, language, spoken)


@csrf_exempt
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, language=settings.LANGUAGE_CODE):
    """Where an item stands, for whoever has its code."""
    with translation.override(language):
        form = CodeForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return _ask_for_code(form, language, 422 if form.is_bound else 200)
        item, refused = _find(request, form, language)
        return refused or _followed(item, form.cleaned_data["code"], language)


@csrf_exempt
@never_cache
@sensitive_post_parameters("code")
@require_POST
def take_back(request, language=settings.LANGUAGE_CODE):
    """The sender's words go."""
    with translation.override(language):
        asked, form = CodeForm(request.POST), TakeBackForm(request.POST)
        if not asked.is_valid():
            return _ask_for_code(asked, language, 422)
        item, refused = _find(request, asked, language)
        if refused:
            return refused
        if not form.is_valid():
            return _followed(item, asked.cleaned_data["code"], language, form, status=422)
        try:
            saying.take_back(item=item)
        except ValueError as refusal:
            form.add_error(None, str(refusal))
            return _followed(item, asked.cleaned_data["code"], language, form, status=409)
        return _followed(queries.find(asked.cleaned_data["code"]), asked.cleaned_data["code"], language)


def _said(request, about, block: str, language: str):
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _page("voice/too_large.html", language, addresses.voice, {}, status=413)
    form = SayForm(request.POST, request.FILES, paragraphs=about.paragraphs, chosen=block)
    if not form.is_valid():
        return _form(request, about, block, language, form, status=422)
    if not ratelimit.consume(request, action="voice", key="everybody"):
        form.add_error(
            None, _("Too many came in from here. Your words are still below: wait a while, then send again.")
        )
        return _form(request, about, block, language, form, status=429)
    try:
        code = saying.say(about=about, **form.said)
    except ValueError as refusal:
        form.add_error(None, str(refusal))
        return _form(request, about, block, language, form, status=422)
    context = {"code": codes.shown(code), "follow_url": _follow_url(language), "back_url": about.url}
    response = _page("voice/sent.html", language, addresses.voice, context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _form(request, about, block: str, language: str, form: SayForm, status: int = 200):
    query = {name: request.GET[name] for name in ("page", "text") if name in request.GET}
    context = {
        "form": form,
        "title": about.snapshot["title"],
        "text_language": about.snapshot["language"],
        "block": block,
        "paragraph": passages.html_of(about.snapshot, block) if block else "",
        "other_url": f"{addresses.voice(language)}?{urlencode(query, safe='/')}" if block else "",
        "back_url": about.url,
        "spoken": SPOKEN,
        "most_seconds": recordings.MOST_SECONDS,
        "most_bytes": recordings.MOST_BYTES,
    }
    here = query | ({"block": block} if block else {})
    return _page(
        "voice/say.html", language, lambda code: f"{addresses.voice(code)}?{urlencode(here, safe='/')}", context, status
    )


def _begun(about, block: str) -> dict:
    language = about.snapshot["language"]
    return {"secret": secrets.token_hex(16), "block": block, "language": addresses.language_name(language)}


def _find(request, form: CodeForm, language: str) -> tuple[VoiceItem | None, HttpResponse | None]:
    """(item, None), or (None, the page that says why there is none): wrong codes can only be tried so often."""
    if not ratelimit.consume(request, action="voice_code", key="everybody"):
        form.add_error("code", _("Too many tries. Wait a few minutes, then try again."))
        return None, _ask_for_code(form, language, 429)
    item = queries.find(form.cleaned_data["code"])
    if item is None:
        form.add_error("code", _("Nothing was sent under this code. Look at each letter again."))
        return None, _ask_for_code(form, language, 404)
    return item, None


def _ask_for_code(form: CodeForm, language: str, status: int):
    return _page("voice/code.html", language, _follow_url, {"form": form}, status=status)


def _followed(item: VoiceItem, code: str, language: str, form=None, status: int = 200):
    shown = queries.shown([item])[0]
    version = queries.version(item.module_uid, item.tied_number)
    titles = titles_in(language, [version.frozen_id]) if version else {}
    context = {
        "shown": shown,
        "item": item,
        "answers": [step for step in item.steps.all() if step.answer],
        "version": version,
        "module": titles.get(version.frozen_id, version.title) if version else "",
        "is_taken_back": item.state == State.TAKEN_BACK,
        "form": form or TakeBackForm(initial={"code": code}),
        "back_url": f"{_follow_url(language)}back/",
    }
    return _page("voice/follow.html", language, _follow_url, context, status=status)


def _follow_url(language: str) -> str:
    return f"{addresses.voice(language)}follow/"


def _is_sample() -> bool:
    return any(course.decision.sample for course in paths.current.now().courses.values())


def _page(template, language, address, context, status=200):
    """Rendered without a request: nothing on these pages depends on who reads."""
    html = render_to_string(template, shared(language, address) | {"sample": _is_sample()} | context)
    return HttpResponse(
        html,
        status=status,
        headers={"Content-Language": language, "Cache-Control": "no-cache", "X-Robots-Tag": "noindex"},
    )
