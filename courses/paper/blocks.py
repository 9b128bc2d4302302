"""Parts of a lesson on paper: nothing opens, plays or links there, and there is room to write.

A block looks as on the screen unless `templates/paper/blocks/` has a template for its kind. Words of glossaries are not
marked in the text: they stand at the end of the lesson.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from courses.paper.addresses import short
from curriculum.editions.render import INSTRUCTOR, LEARNER, Reading, presented, render_block

#: Kinds with a template of their own here.
OWN = frozenset({"audio", "check", "document", "heading", "image", "link_card", "safety", "scenario", "video"})
#: How many ruled lines follow a kind: somebody answers there with a pen.
LINES = {"discuss": 5, "take_home": 4, "try_it": 4}
#: In a scenario one writes before one reads what works.
LINES_BEFORE_WHAT_WORKS = 3

_TAG = re.compile(r"<[a-z][^<>]*>", re.I)
#: Names of blocks are their own within one lesson; a packet holds many.
_NAME = re.compile(r'\s(?:id|aria-labelledby|aria-live|role|for|name)="[^"]*"')
_ICON = re.compile(r'<svg class="icon".*?</svg>', re.S)
#: A caption alone at the foot of a page has no table there, and tagging trips over it: it stands above as a line.
_CAPTION = re.compile(r"(<table[^<>]*>)\s*<caption>(.*?)</caption>", re.S)
_LINK = re.compile(r'<a\b[^<>]*?\shref="([^"]*)"[^<>]*>(.*?)</a>', re.S)


@dataclass(frozen=True)
class Part:
    """A block on paper, or a part of one. `key` pairs it with the same part in another language."""

    key: str
    kind: str
    html: SafeString
    lines: int = 0


@dataclass(frozen=True)
class Drawing:
    """How the blocks of one lesson in one language are drawn.

    Somebody else's guide is not `to_write_in`: what a learner says there would be notes about a person.
    `picture(media)` gives what an `<img>` shows, "" where it cannot; `live` is the address of the lesson on a screen;
    `code(address)` draws a square code; `numbers` are {block id: number} of its questions.
    """

    language: str
    live: str
    picture: Callable[[dict], str]
    code: Callable[[str], SafeString]
    numbers: dict[str, int] = field(default_factory=dict)
    link: Callable[[str], str | None] = field(default=lambda uid: None)
    answered: bool = False
    to_write_in: bool = True
    for_instructor: bool = False
    sample: bool = False


def parts_of(block: dict, drawing: Drawing) -> list[Part]:
    """One block as it is printed; nothing of a block that only instructors read, unless they do."""
    audience = INSTRUCTOR if drawing.for_instructor else LEARNER
    reading = Reading(language=drawing.language, audience=audience, sample=drawing.sample, link=drawing.link)
    kind, key = block["type"], block["id"]
    with translation.override(drawing.language):
        if kind == "scenario":
            found = [
                Part(key, kind, _own(block, reading, drawing, part="situation"), LINES_BEFORE_WHAT_WORKS),
                Part(f"{key}-works", kind, _own(block, reading, drawing, part="what_works")),
            ]
        else:
            html = _own(block, reading, drawing) if kind in OWN else render_block(block, reading)
            found = [Part(key, kind, html, LINES.get(kind, 0))]
    room = drawing.to_write_in
    return [Part(one.key, one.kind, plain(one.html), one.lines if room else 0) for one in found if one.html.strip()]


def _own(block: dict, reading: Reading, drawing: Drawing, **more) -> str:
    value = presented(block["value"], reading, plain=block["type"] in ("heading", "image"))
    context = {
        "value": value,
        "language": drawing.language,
        "live": f"{drawing.live}#b-{block['id']}",
        "live_short": short(drawing.live),
        "answered": drawing.answered,
        "number": drawing.numbers.get(block["id"]),
        **more,
    }
    if block["type"] == "image":
        context["source"] = drawing.picture(value["image"])
    if block["type"] in ("audio", "video"):
        context["code"] = drawing.code(context["live"])
    if block["type"] == "check":
        context["answers"] = lettered(value)
        context["several"] = sum(answer["right"] for answer in context["answers"]) > 1
    return render_to_string(f"paper/blocks/{block['type']}.html", context)


def lettered(value: dict) -> list[dict]:
    """The answers of a question as (A), (B), (C): on paper one names them."""
    return [
        {
            "letter": chr(ord("A") + index),
            "text": answer["value"]["text"],
            "right": bool(answer["value"].get("correct")),
        }
        for index, answer in enumerate(value.get("answers", []))
    ]


def plain(html: str) -> SafeString:
    """Safe HTML for paper: no names, no icons, everything open, and after each link where it leads."""
    html = _ICON.sub("", html)
    html = _TAG.sub(lambda tag: _NAME.sub("", tag[0]), html).replace("<details", "<details open")
    html = _CAPTION.sub(r'<p class="caption">\2</p>\1', html)
    return mark_safe(_LINK.sub(_told, html))


def _told(match: re.Match) -> str:
    """A link with its address behind it. One within the paper gets its page number there, from the style sheet."""
    href, words = match[1], match[2]
    if href.startswith("#"):
        return f'<a class="within" href="{href}">{words}</a>'
    told = short(href)
    if told.lower() in re.sub(r"<[^>]*>", "", words).lower():
        return f'<a href="{href}">{words}</a>'
    return f'<a href="{href}">{words}</a> <span class="address">({told})</span>'


def answer_to(block: dict, drawing: Drawing) -> dict:
    """What is right in a question, for the page of answers: its number, its letters, and why."""
    reading = Reading(language=drawing.language, link=drawing.link)
    value = presented(block["value"], reading)
    right = [one for one in lettered(value) if one["right"]]
    return {
        "number": drawing.numbers[block["id"]],
        "right": [{**one, "text": plain(conditional_escape(one["text"]))} for one in right],
        "why": plain(value.get("feedback", "")),
    }
