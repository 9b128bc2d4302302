"""`ReleasedPages`: the first middleware, which answers what everybody may read before anything else is asked.

A page that was read before costs no query, no session and no template: an address looked up in a dictionary, bytes
sent. Whatever is not ours goes on to the rest of the site.
"""

import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect

from courses.delivery import addresses, answers, arriving, build, front, headers, older, paths, released_media, stored
from courses.delivery.memory import Body, ByteCache

MEGABYTE = 1024 * 1024
HTML = "text/html; charset=utf-8"

_OURS = re.compile(r"(?:/([a-z]{2,3}(?:-[A-Za-z0-9]+)*))?/curricula(?:/|$)")
_ALL = re.compile(r"(?:/[A-Za-z0-9-]+)?/curricula/?")
_AT_RELEASE = re.compile(r"(?:/[A-Za-z0-9-]+)?/curricula/([^/]+)/releases/([^/]+\.[^/]+)(?:/.*)?$")


class ReleasedPages:
    """Answers the list of courses, every page of every agreed course text, and their files. GET and HEAD only."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.memory = ByteCache(getattr(settings, "HIGHROAD_PAGE_MEMORY", 64 * MEGABYTE))
        self.homes = {addresses.home(code): code for code, _name in settings.LANGUAGES}
        self.plain = headers.everywhere()
        self.secure = self.plain | headers.over_https()

    def __call__(self, request):
        path = request.path_info
        if path not in self.homes and not path.startswith(addresses.MEDIA) and not _OURS.match(path):
            return self.get_response(request)
        # To draw the preview of a draft, Wagtail makes up a request for "/": that is no visitor of ours.
        if getattr(request, "is_dummy", False):
            return self.get_response(request)
        secure = request.is_secure()
        if settings.SECURE_SSL_REDIRECT and not secure:
            return self.get_response(request)
        common = self.secure if secure else self.plain
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"), headers=common)
        return self.answer(request, path, common)

    def answer(self, request, path: str, common: dict[str, str]) -> HttpResponse:
        now = paths.current.now()
        encoding = answers.encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        page, arrived = now.pages.get(path), arriving.arrives(request)
        found = page and self.memory.get((page.name, encoding, arrived), lambda: self.page(page, encoding, arrived))
        if found:
            return answers.answer(request, found, common)
        if path in self.homes:
            key = (now.mark, path, encoding, arrived)
            found = self.memory.get(key, lambda: self.home(now, self.homes[path], encoding, arrived))
            return answers.answer(request, found, common)
        if path.startswith(addresses.MEDIA):
            served = released_media.serve(request, path, now.media, self.memory, common)
            return served or self.missing(request, now, path, common)
        if f"{path}/" in now.pages:
            return HttpResponsePermanentRedirect(f"{path}/", headers=common)
        if _ALL.fullmatch(path):
            return HttpResponsePermanentRedirect(addresses.home(_language(path)), headers=common)
        found = self.at_release(request, now, path, encoding, arrived, common)
        return found or self.missing(request, now, path, common)

    def page(self, page: paths.Page, encoding: str, arrived: bool = False) -> Body | None:
        """One page of a release, from storage; rendered where it is not there yet."""
        data = None if arrived else stored.read(page.name, encoding)
        if data is not None:
            return answers.body(data, _about(page.language), encoding)
        whole = stored.read(page.name) or build.render_missing(
            page.decision, page.slug, page.language, page.path, page.over
        )
        return None if whole is None else _body(whole, _about(page.language), encoding, arrived)

    def home(self, now: paths.Map, language: str, encoding: str, arrived: bool) -> Body:
        return _body(front.home_page(now, language), _about(language), encoding, arrived)

    def at_release(
        self, request, now: paths.Map, path: str, encoding: str, arrived: bool, common
    ) -> HttpResponse | None:
        """A page at the address of its own course text, current or older, or None where there is no such page."""
        match = _AT_RELEASE.match(path)
        decision = match and now.releases.get((match[1], match[2]))
        if not decision:
            return None
        pages = paths.pages_at_release(decision, now.over[decision.pk])
        page = pages.get(path)
        if page is None:
            return HttpResponsePermanentRedirect(f"{path}/", headers=common) if f"{path}/" in pages else None
        course = now.course_of(decision)
        standing = older.current_address(
            now.pages, course.outline.slug, page.language, page.path, course.outline.languages
        )
        is_current = course.decision.pk == decision.pk

        def load() -> Body | None:
            whole = self.page(page, "")
            if whole is None:
                return None
            data = older.at_own_address(
                whole.data,
                slug=page.slug,
                label=decision.label,
                language=page.language,
                newer=None if is_current else standing,
            )
            about = _about(page.language) | {"X-Robots-Tag": "noindex", "Link": f'<{standing}>; rel="canonical"'}
            return _body(data, about, encoding, arrived)

        found = self.memory.get((path, page.folder, standing, is_current, encoding, arrived), load)
        return found and answers.answer(request, found, common)

    def missing(self, request, now: paths.Map, path: str, common) -> HttpResponse:
        """The page that helps. Not kept: there is no end of addresses that lead nowhere."""
        language = _language(path)
        about = {"Content-Type": HTML, "Content-Language": language, "Cache-Control": "no-cache"}
        return answers.answer(request, answers.body(front.missing_page(now, language, path), about), common, status=404)


def _language(path: str) -> str:
    """The language an address names."""
    match = _OURS.match(path)
    return match[1] if match and match[1] in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _body(whole: bytes, about: dict[str, str], encoding: str, arrived: bool) -> Body:
    if arrived:
        whole, policy = arriving.dressed(whole)
        about = about | headers.policy(policy)
    return answers.body(stored.compressed(whole, encoding), about, encoding)


def _about(language: str) -> dict[str, str]:
    return {
        "Content-Type": HTML,
        "Content-Language": language,
        "Cache-Control": headers.PAGE_CACHE,
        "Vary": f"Accept-Encoding, {arriving.SAYS}",
    }
