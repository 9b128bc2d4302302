"""The page somebody arrives at, with its looks and its first script inside it: one answer, and it can be drawn.

On a slow line every further answer costs half a second before anything is seen. Whoever goes on within the site has
those files by then: the page asks for them as well, once there is nothing better to do. Where somebody comes from, a
browser says by itself (Fetch Metadata); one that does not say gets links, as everybody does who goes on.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation

#: What a page depends on that somebody can arrive at, for Vary.
SAYS = "Sec-Fetch-Site"
ELSEWHERE = frozenset({"none", "cross-site", "same-site"})

_SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)">')
_SCRIPT = re.compile(rb'<script type="module" blocking="render" src="([^"]+)"></script>')
_END = b"</body>"


class Dressed(NamedTuple):
    """A page that needs nothing else to be drawn; `policy` is what its security policy lets in besides."""

    data: bytes
    policy: dict[str, list[str]]


class _File(NamedTuple):
    data: bytes
    source: str


def arrives(request) -> bool:
    """Whether somebody opens a page who was not on this site before."""
    told = request.META
    came = told.get("HTTP_SEC_FETCH_MODE") == "navigate" and told.get("HTTP_SEC_FETCH_SITE") in ELSEWHERE
    # Whoever works on style sheets wants to see them as they are now.
    return came and not settings.DEBUG


def dressed(data: bytes) -> Dressed:
    """A page with its style sheets and the script it waits for inside. What cannot be found stays a link."""
    policy: dict[str, list[str]] = {}
    later = []

    def put(directive: str, kind: str, opening: bytes, closing: bytes):
        def replaced(match: re.Match) -> bytes:
            file = _file(match[1].decode())
            if file is None or closing in file.data:
                return match[0]
            policy.setdefault(directive, []).append(file.source)
            later.append(b'<link rel="prefetch" as="%s" href="%s">\n' % (kind.encode(), match[1]))
            return opening + file.data + closing

        return replaced

    data = _SHEET.sub(put("style-src", "style", b"<style>", b"</style>"), data)
    data = _SCRIPT.sub(put("script-src", "script", b'<script type="module" blocking="render">', b"</script>"), data)
    return Dressed(data.replace(_END, b"".join(later) + _END, 1), policy)


@lru_cache(maxsize=64)
def _file(address: str) -> _File | None:
    """What lies at an address of ours, and how a policy names it."""
    if not address.startswith(settings.STATIC_URL):
        return None
    name = address.removeprefix(settings.STATIC_URL)
    try:
        if found := finders.find(name):
            data = Path(found).read_bytes()
        else:
            with staticfiles_storage.open(name) as file:
                data = file.read()
    except (OSError, SuspiciousFileOperation):
        return None
    return _File(data, f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'")
