"""The few pages that the service worker keeps for itself: what is saved, and what to do where something is not."""

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from courses.delivery import addresses, furniture
from courses.delivery.front import shared
from courses.offline.manifest import static_bytes, static_of

WORKER = "js/sw.js"


def offline(language: str) -> str:
    """What stands in for a page that is not saved while there is no line."""
    return f"{addresses.saved(language)}offline/"


def page(language: str, *, is_offline: bool = False) -> str:
    """The list of what is saved; the phone fills it in. The same for everybody."""
    address = offline if is_offline else addresses.saved
    context = {**shared(language, address), "is_offline": is_offline, "saved_url": addresses.saved(language)}
    with translation.override(language):
        return render_to_string("offline/saved.html", context)


def worker() -> bytes:
    """The service worker, told which pages it keeps. Other bytes make browsers take the new one.

    Every phone with a saved module asks for it with each page, so it is made once a process.
    """
    return _worker() if settings.DEBUG else _kept_worker(furniture.key())


@lru_cache(maxsize=2)
def _kept_worker(_furniture: str) -> bytes:
    return _worker()


def _worker() -> bytes:
    languages = [code for code, _name in settings.LANGUAGES]
    pages = {
        address(code): page(code, is_offline=address is offline)
        for code in languages
        for address in (addresses.saved, offline)
    }
    files = static_of(pages.values())
    source = static_bytes(WORKER)
    made = hashlib.sha256(source)
    for part in (*pages.values(), *files):
        made.update(part.encode())
    told = {
        "version": made.hexdigest()[:12],
        "holds": [*pages, *files],
        "offline": {addresses.prefix(code): offline(code) for code in languages},
    }
    return f"self.SHELL = {json.dumps(told)};\n".encode() + source
