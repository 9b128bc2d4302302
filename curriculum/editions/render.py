"""From a snapshot to HTML. The page editor's preview, the review room and learners all read through here.

A renderer works on portable data, never on pages, so what is previewed is what will be frozen. Kinds register
themselves in their AppConfig; this module does not know which there are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from curriculum.editions import words

#: Rendered bytes are a cache keyed by digest, language and this number: raise it when templates change what is shown.
RENDERER = 1

LEARNER, REVIEWER, INSTRUCTOR = "learner", "reviewer", "instructor"

_UID_LINK = re.compile(r'<a data-uid="([0-9a-f-]{36})">(.*?)</a>', re.S)
_HTML = frozenset({"text", "situation", "what_works", "question", "feedback", "transcript", "what"})
_PLAIN_BLOCKS = frozenset({"heading", "image"})


@dataclass(frozen=True)
class Reading:
    """For whom and where a snapshot is rendered.

    `media` is the address files lie below; `link(uid)` gives the address of another item, or None. `sample` says that
    the text rests on invented sign-offs.
    """

    language: str
    audience: str = LEARNER
    media: str = "/media/released/"
    sample: bool = False
    link: Callable[[str], str | None] = field(default=lambda uid: None)


_renderers: dict[str, Callable] = {}


def register(kind: str, renderer: Callable) -> None:
    """Let `renderer(snapshot, reading) -> str` render snapshots of `kind`."""
    _renderers[str(kind)] = renderer


def render(snapshot: dict, reading: Reading) -> str:
    """The body of a page as safe HTML, without its title and navigation. Raises KeyError for an unknown kind."""
    return mark_safe(_renderers[snapshot["kind"]](snapshot, reading))


def render_lesson(snapshot: dict, reading: Reading) -> str:
    """The blocks of a lesson in order, glossary words explained where they first stand."""
    html = "\n".join(render_block(block, reading) for block in snapshot.get("body", []))
    return words.explain(html, snapshot.get("glossary", []))


def render_fields(snapshot: dict, reading: Reading) -> str:
    """A module or curriculum as reviewers read it: its fields in words, through `curriculum/fields/<kind>.html`."""
    return render_to_string(
        f"curriculum/fields/{snapshot['kind']}.html",
        {
            "snapshot": snapshot,
            "language": reading.language,
            "audience": reading.audience,
            "sample": reading.sample,
        },
    )


def render_block(block: dict, reading: Reading) -> str:
    """One block through its own template, `curriculum/blocks/<type>.html`."""
    value = block.get("value", "")
    context = {
        "id": block["id"],
        "type": block["type"],
        "value": presented(value, reading, plain=block["type"] in _PLAIN_BLOCKS),
        "language": reading.language,
        "audience": reading.audience,
        "sample": reading.sample,
    }
    if block["type"] == "check":
        right = [answer for answer in value.get("answers", []) if answer["value"].get("correct")]
        context["several"] = len(right) > 1
    return render_to_string(f"curriculum/blocks/{block['type']}.html", context)


def presented(value, reading: Reading, key: str = "", *, plain: bool = False):
    """A block value as templates take it: HTML marked safe with its links resolved, media with a `src`.

    Only text that the codec sanitized gets here; plain text stays unmarked and is escaped by the template.
    """
    if isinstance(value, dict):
        if "sha256" in value:
            return {**value, "src": f"{reading.media}{value['sha256']}.{value['ext']}"}
        return {name: presented(item, reading, name, plain=plain) for name, item in value.items()}
    if isinstance(value, list):
        return [presented(item, reading, "rows" if key == "rows" else "item", plain=plain) for item in value]
    if isinstance(value, str) and not plain and (key in _HTML or key in ("", "value", "rows")):
        return mark_safe(_resolve_links(value, reading))
    return value


def _resolve_links(html: str, reading: Reading) -> str:
    if "data-uid" not in html:
        return html

    def address(match):
        url = reading.link(match[1])
        return f'<a href="{url}">{match[2]}</a>' if url else match[2]

    return _UID_LINK.sub(address, html)
