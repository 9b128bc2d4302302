"""What a saved copy of a module holds, told so that a phone can fetch it and say how large it is.

Made from the very bytes that are served: what a page asks for is in it, so nothing can be forgotten here, and a page
that is not shown brings its warning and nothing else. Asks the database nothing.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages

from courses.delivery import addresses, build, stored
from courses.delivery.paths import Page
from courses.offline.words import words

#: A larger video stays out of a saved copy, which says so.
VIDEO_MOST = 5 * 1024 * 1024
_VIDEOS = (".mp4", ".webm")

_FILES = re.compile(rf'\s(?:src|poster)="({re.escape(addresses.MEDIA)}[^"]+)"')
_STATIC = re.compile(
    rf'\s(?:src|href|data-use|data-looks|data-checks|data-save|data-marks|data-sheets)="({re.escape(settings.STATIC_URL)}[^"]+)"'
)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_SAFETY = '<li class="safety-tag">'
_VERSION = re.compile(r'\sdata-version="(\d+)"')
_UID = re.compile(r'"/hurt/\?page=([0-9a-f-]{36})"')


def read_page(address: str, page: Page) -> bytes:
    """The page as it is served at its address in the current course text."""
    data = stored.read(page.name)
    return build.render_missing(page.decision, page.slug, page.language, page.path, page.over) if data is None else data


def saved_list(
    module: Page,
    pages: Mapping[str, Page],
    *,
    label: str = "",
    rewrite: Callable[[str], str] = str,
    read: Callable[[str, Page], bytes] = read_page,
) -> dict:
    """The list of one module, told in the language of `module`, the page map's entry of the module's own page.

    `pages` is a page map, {address: page}, that has its pages; `label` is given where those are at the address of
    their own course text. `rewrite` turns an address of a released page, or of such a list, into the one at which
    this course shows it, and `read(address, page)` gives the bytes shown there.
    """
    inside = _inside(module, pages)
    shown = {address: read(address, page).decode() for address, page in inside.items()}
    told = [
        {
            "url": rewrite(address),
            "language": page.language,
            "title": _title(shown[address]),
            "bytes": len(shown[address].encode()),
            "safety": _SAFETY in shown[address],
        }
        for address, page in inside.items()
    ]
    files, left_out = _files(shown)
    files += [{"url": one, "bytes": static_size(one)} for one in static_of(shown.values())]
    languages = list(dict.fromkeys(page.language for page in inside.values()))
    lists = {code: rewrite(addresses.saved_list(module.slug, module.path, code, label)) for code in languages}
    own = {page.language: address for address, page in inside.items() if page.path == module.path}
    version = next((found[1] for html in shown.values() if (found := _VERSION.search(html))), "")
    return {
        "key": lists[min(languages, key=lambda code: (addresses.prefix(code) != "", code))],
        "lists": lists,
        "language": module.language,
        "languages": [addresses.language_name(code) for code in languages],
        "urls": {code: rewrite(address) for code, address in own.items()},
        "titles": {code: _title(shown[address]) for code, address in own.items()},
        "label": module.decision.label,
        "version": version,
        "mark": _mark(module, shown[own[module.language]]),
        "pages": told,
        "files": files,
        "left_out": left_out,
        "bytes": sum(one["bytes"] for one in told + files),
        "saved_url": addresses.saved(module.language),
        "words": words(module.language),
    }


def _inside(module: Page, pages: Mapping[str, Page]) -> dict[str, Page]:
    """{address: page} of a module in every language, that of `module` first."""
    found = {
        address: page
        for address, page in pages.items()
        if page.decision.pk == module.decision.pk and page.path.startswith(module.path)
    }
    return dict(sorted(found.items(), key=lambda item: item[1].language != module.language))


def static_of(shown) -> list[str]:
    """Style sheets, scripts and signs that these pages need, those fetched on first use too."""
    return list(dict.fromkeys(unescape(one) for html in shown for one in _STATIC.findall(html)))


def static_size(address: str) -> int:
    """Bytes of a style sheet or script, however it is named here."""
    return len(static_bytes(unquote(address.removeprefix(settings.STATIC_URL))))


def static_bytes(name: str) -> bytes:
    """As it was written, or as it was collected under a name made from its bytes."""
    found = finders.find(name)
    if found:
        return Path(found).read_bytes()
    with staticfiles_storage.open(name) as file:
        return file.read()


def _files(shown: Mapping[str, str]) -> tuple[list[dict], list[dict]]:
    """Pictures and recordings, and what is too large to be among them, with the page it is on."""
    files, left_out = {}, {}
    for html in shown.values():
        for url in _FILES.findall(html):
            if url in files or url in left_out:
                continue
            size = storages["released"].size(url.removeprefix(addresses.MEDIA))
            if url.endswith(_VIDEOS) and size > VIDEO_MOST:
                left_out[url] = {"page": _title(html), "bytes": size}
            else:
                files[url] = {"url": url, "bytes": size}
    return list(files.values()), list(left_out.values())


def _title(html: str) -> str:
    found = _TITLE.search(html)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def _mark(module: Page, html: str) -> str:
    """What stands over this module, in short: another mark tells that something was said or taken back."""
    uid = _UID.search(html)
    if uid is None:
        return module.over.key
    standing = " ".join(sorted(str(notice.uid) for notice in module.over.by_module.get(uid[1], ())))
    return hashlib.sha256(standing.encode()).hexdigest()[:12] if standing else ""
