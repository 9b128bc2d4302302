"""A released page inside a course: the same bytes, its links kept in the course, and room for what a learner marked.

The page is cut once where something personal may stand, and kept so; reading it joins the cuts. No template runs.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

from courses.cohorts.text import Text, address
from courses.delivery import arriving, build, paths, stored

#: Where a page of `templates/delivery/` leaves room.
HEAD = b"</head>"
MAIN = b'<main class="sheet" id="main"'
END = b'<div class="lesson-end">'
SUPPORT = b"<!--support-->"
_IN_LIST = re.compile(rb'<div><a href="(/[^"]+)"[^>]*>[^<]*</a>')


@dataclass(frozen=True)
class Cut:
    """A page in parts. `slots[n]` is what may stand after `parts[n]`: a path in the list of pages, "" for the end."""

    parts: tuple[bytes, ...]
    slots: tuple[str, ...]
    #: What the page's security policy lets in besides, by directive.
    policy: dict[str, list[str]] = field(default_factory=dict)

    def joined(self, done: frozenset[str], word: bytes, end: bytes) -> bytes:
        """The whole page: `word` behind every path in `done`, `end` above what closes the lesson."""
        pieces = []
        for part, slot in zip(self.parts, (*self.slots, None), strict=True):
            pieces.append(part)
            if slot == "":
                pieces.append(end)
            elif slot in done:
                pieces.append(word)
        return b"".join(pieces)


def cut(text: Text, page: paths.Page, arrived: bool = False) -> Cut | None:
    """The page as this course reads it, or None where the release has no such page."""
    return _cut(page, text.course.code, text.decision.label, arrived)


@lru_cache(maxsize=512)
def _cut(page: paths.Page, code: str, label: str, arrived: bool) -> Cut | None:
    data = stored.read(page.name)
    if data is None:
        data = build.render_missing(page.decision, page.slug, page.language, page.path, page.over)
    if data is None:
        return None
    data = _dressed(_within(data, page.slug, code, label), page.language, code)
    data, policy = arriving.dressed(data) if arrived else (data, {})
    here = address(code, page.language)
    parts, slots, last = [], [], 0
    for place, slot in sorted(_places(data, here)):
        parts.append(data[last:place])
        slots.append(slot)
        last = place
    return Cut((*parts, data[last:]), tuple(slots), policy)


def _places(data: bytes, here: str) -> list[tuple[int, str]]:
    found = [(match.end(), match[1].decode().removeprefix(here)) for match in _IN_LIST.finditer(data)]
    found = [(place, slot) for place, slot in found if slot and not slot.startswith("/")]
    end = data.find(END)
    return [*found, (end + len(END), "")] if end >= 0 else found


def _within(data: bytes, slug: str, code: str, label: str) -> bytes:
    """Its links, kept in the course; what is printed or read in two languages keeps to the course's text."""
    named = re.escape(slug)
    data = re.sub(rf'href="((?:/[a-z-]+)?)/curricula/{named}/'.encode(), rf'href="\1/learn/{code}/'.encode(), data)
    data = re.sub(
        rf'data-list="((?:/[a-z-]+)?)/saved/{named}/'.encode(), rf'data-list="\1/learn/{code}/saved/'.encode(), data
    )
    own = rf'href="\1/\2/{slug}/releases/{label}/'.encode()
    return re.sub(rf'href="((?:/[a-z-]+)?)/(both|print)/{named}/'.encode(), own, data)


def _dressed(data: bytes, language: str, code: str) -> bytes:
    """What a course adds to each page of its own, the same for everybody in it."""
    sheet = f'<meta name="robots" content="noindex">\n<link rel="stylesheet" href="{static("css/learning.css")}">\n'
    with translation.override(language):
        support = f' <a href="{address(code, language, "support/")}">{escape(_("Who helps in this course"))}</a>'
    return (
        data.replace(HEAD, sheet.encode() + HEAD, 1)
        .replace(MAIN, MAIN + b' data-view-first="key"', 1)
        .replace(SUPPORT, support.encode(), 1)
    )
