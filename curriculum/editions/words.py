"""Glossary words explained where they first stand in a lesson."""

import re
from html import escape

from django.utils.text import slugify

_TAG = re.compile(r"(<[^>]+>)")
_CLOSED = frozenset({"a", "button", "h2", "h3", "th", "label", "summary", "figcaption"})


def spellings(entry: dict) -> list[str]:
    """How a headword may stand in running text: whole, without the part in brackets, and that part alone."""
    found = []
    for word in (entry["word"], entry["term"]):
        short = re.fullmatch(r"(.*?)\s*\(([^()]*)\)\s*", word)
        found += [word, *((short[1], short[2]) if short else ())]
    return [word for word in dict.fromkeys(found) if len(word) > 1]


def explain(html: str, glossary: list[dict]) -> str:
    """`html` with the first place of each glossary word turned into a button that opens its meaning.

    Words inside links, headings, labels and other buttons are left alone. The meaning stands once, in the list of
    words at the end (`components/words.html`), which the button lifts out as a popover; it needs no script.
    """
    for entry in glossary:
        if entry.get("meaning"):
            html = _explain_one(html, entry, f"w-{slugify(entry['term'])}")
    return html


def _explain_one(html: str, entry: dict, name: str) -> str:
    choices = "|".join(re.escape(escape(word, quote=False)) for word in spellings(entry))
    pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.I)
    open_tags: list[str] = []
    parts = _TAG.split(html)
    for index, part in enumerate(parts):
        if part.startswith("<"):
            _follow(open_tags, part)
        elif not open_tags and (match := pattern.search(part)):
            parts[index] = part[: match.start()] + _button(match[0], name) + part[match.end() :]
            return "".join(parts)
    return html


def _follow(open_tags: list[str], tag: str) -> None:
    name = re.match(r"</?([a-z0-9]+)", tag)
    if not name or name[1] not in _CLOSED:
        return
    if tag.startswith("</"):
        if name[1] in open_tags:
            open_tags.remove(name[1])
    else:
        open_tags.append(name[1])


def _button(text: str, name: str) -> str:
    return f'<button type="button" class="word" popovertarget="{name}">{text}</button>'
