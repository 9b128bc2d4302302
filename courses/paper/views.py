"""Paper for everybody: the page to print, its PDF, and the line at the foot of each sheet.

The language is the address's, and the bytes are the same for everybody, with one exception: a tutor packet holds the
text for instructors when an instructor, a designer or a coordinator asks for it, and then it is kept nowhere.
"""

import hashlib
from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.delivery import addresses as delivered
from courses.delivery import center, released_media
from courses.paper import addresses, finding, kept
from courses.paper.options import Kind, NotAChoice, Options, asked
from courses.paper.pictures import Pictures
from courses.paper.sheets import Sheets
from curriculum import printing
from curriculum.editions.media import released_name
from users.permissions import roles_of
from users.roles import Role

SOURCE = settings.LANGUAGE_CODE
READS_FACILITATOR = frozenset({Role.INSTRUCTOR, Role.COORDINATOR, Role.DESIGNER})


@require_safe
def page(request, slug, module, language=SOURCE, label="", kind=Kind.PACKET):
    """The paper as a page: read on a screen, printed by the browser, with the choices above it."""
    found = _find(slug, module, language, label)
    with translation.override(language):
        try:
            options = asked(request.GET)
        except NotAChoice as refused:
            return _instead(found, kind, str(refused), status=400)
        own = _reads_facilitator(request, kind)
        html = _html(found, kind, options, _on_screen, for_instructor=own, choices=True)
    return _answer(HttpResponse(html), language, own)


@require_safe
def paper(request, slug, module, language=SOURCE, label="", kind=Kind.PACKET):
    """The same as PDF; the page, saying so, where none can be made."""
    found = _find(slug, module, language, label)
    with translation.override(language):
        try:
            options = asked(request.GET)
        except NotAChoice as refused:
            return _instead(found, kind, str(refused), status=400)
        if not printing.available():
            return page(request, slug, module, language, label, kind)
        own = _reads_facilitator(request, kind)
        make = partial(_html, found, kind, options, Pictures().source, for_instructor=own)
        file = kept.name(found, kind, options)
        etag = f'"{hashlib.sha256(file.encode()).hexdigest()[:24]}"'
        if not own and (same := get_conditional_response(request, etag)):
            return same
        try:
            data = kept.passing(make) if own else kept.kept(file, make)
        except kept.Busy:
            said = _("Other papers are being made just now. Try again in a minute, or print the page.")
            return _instead(found, kind, said, status=503, after=60)
        except kept.TooLarge:
            return _instead(found, kind, _("This module is too long for one PDF. Print the page instead."), status=422)
        except kept.NotMade:
            return _instead(found, kind, _("The PDF could not be made. Print the page instead."), status=500)
    answer = HttpResponse(data, content_type="application/pdf")
    named = slugify(f"{slug} {module} {kind} {found.decision.label.replace('.', '-')} {options.name} {language}")
    answer["Content-Disposition"] = f'inline; filename="{named}.pdf"'
    if not own:
        answer["ETag"] = etag
    return _answer(answer, language, own)


@require_safe
def foot(request, slug, module, language=SOURCE, label=""):
    """What browsers print around each sheet, as a style sheet: the strict policy allows none within a page."""
    found = _find(slug, module, language, label)
    with translation.override(language):
        lines = running(found)
        css = render_to_string("paper/foot.css", {name: _quoted(line) for name, line in lines.items()})
    return _answer(HttpResponse(css, content_type="text/css; charset=utf-8"), language)


@require_safe
def again(request, digest, module):
    """From a course text's fingerprint and a module's uid to the packet: for lists of what to print again."""
    known = finding.find_again(digest, str(module))
    if known is None:
        raise Http404
    slug, path, label = known
    return redirect(addresses.packet(slug, path, SOURCE, label))


def running(found: finding.Asked) -> dict[str, str]:
    """The lines around each sheet: `foot` below, `head` above where the text is a sample. CSS counts the pages."""
    decision = found.decision
    words = {"center": center.name(), "label": decision.label, "print": decision.frozen_id[:12]}
    sample = _("SAMPLE. No union, department or medical director has reviewed this.") if decision.sample else ""
    return {"foot": _("%(center)s · course text %(label)s · %(print)s") % words, "head": sample}


def _find(slug, module, language, label) -> finding.Asked:
    found = finding.find(slug, module, language, label)
    if found is None:
        raise Http404
    return found


def _reads_facilitator(request, kind: Kind) -> bool:
    """Asked for tutor packets alone, so that everything else depends on nobody."""
    return kind == Kind.TUTOR and bool(roles_of(request.user) & READS_FACILITATOR)


def _on_screen(media: dict) -> str:
    if media["ext"] not in released_media.TYPES:
        return ""
    return delivered.MEDIA + released_name(media["sha256"], media["ext"])


def _html(found, kind, options, picture, *, for_instructor=False, choices=False) -> str:
    """The whole document. `choices`: with the form and links above it that only a screen shows."""
    with translation.override(found.language):
        sheets = Sheets(found, kind, options, picture, for_instructor=for_instructor)
        context = sheets.context() | {"running": running(found)}
        if choices:
            context |= _choices(found, kind, options)
        return render_to_string(f"paper/{kind}.html", context)


def _choices(found, kind, options) -> dict:
    """What stands above the paper on a screen."""
    where = (found.slug, found.path, found.language, found.label)

    def elsewhere(code):
        return addresses.packet(found.slug, found.path, code, found.label, kind, options)

    return {
        "on_screen": True,
        "has_pdf": printing.available(),
        "pdf_url": addresses.pdf(*where, kind, options),
        "foot_url": addresses.packet(*where) + "foot.css",
        "other": found.other and delivered.language_name(found.other),
        "languages": delivered.languages_of(elsewhere, found.language, codes=found.languages),
        "module_url": found.live(found.path, found.language),
        "kinds": [
            {"label": one.label, "sentence": one.sentence, "url": addresses.packet(*where, one), "current": one == kind}
            for one in Kind
        ],
    }


def _instead(found, kind, sentence, *, status, after=0) -> HttpResponse:
    """A sentence about what happened, and the choices there are."""
    context = _choices(found, kind, Options()) | {
        "sentence": sentence,
        "language": found.language,
        "kind": kind,
        "options": Options(),
        "page_url": addresses.packet(found.slug, found.path, found.language, found.label, kind),
    }
    answer = HttpResponse(render_to_string("paper/instead.html", context), status=status)
    if after:
        answer["Retry-After"] = str(after)
    return _answer(answer, found.language)


def _answer(answer: HttpResponse, language: str, own: bool = False) -> HttpResponse:
    answer["Content-Language"] = language
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "private, no-store" if own else "no-cache"
    return answer


def _quoted(line: str) -> str:
    """A line as a string of a style sheet, whatever it holds."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>' or ord(sign) < 32 else sign for sign in line) + '"'
