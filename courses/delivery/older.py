"""A course text at its own address, for ever: the same bytes, its links kept inside, and a line about newer text."""

import re

from django.template.loader import render_to_string
from django.utils import translation

from courses.delivery import addresses

#: Where `delivery/page.html` leaves room for a line above the text.
NOTICES = b"<!--notices-->"


def at_own_address(data: bytes, *, slug: str, label: str, language: str, newer: str | None) -> bytes:
    """A page as it reads below `releases/<label>/`. `newer` is where the current text is, None if this is it."""
    own = f"releases/{label}/"
    links = re.compile(
        rf'((?:href|data-list)="(?:/[A-Za-z-]+)?/(?:curricula|both|print|saved)/{re.escape(slug)}/)(?!{re.escape(own)})'.encode()
    )
    data = links.sub(rb"\1" + own.encode(), data)
    if newer is None:
        return data
    with translation.override(language):
        line = render_to_string("delivery/older.html", {"newer": newer, "label": label, "language": language})
    return data.replace(NOTICES, line.encode(), 1)


def current_address(pages: dict, slug: str, language: str, path: str, languages: list[str]) -> str:
    """The page of the current text that stands for an older one: the same, else the course itself."""
    language = language if language in languages else languages[0]
    same = addresses.curriculum(slug, language) + path
    return same if same in pages else addresses.curriculum(slug, language)
