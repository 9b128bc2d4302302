"""Words to find and words found: what of a page is searchable, what a query asks for, and the lines shown for it."""

import re
import unicodedata
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from curriculum.enums import Kind
from curriculum.sanitize import plain_text

#: Long enough for any question, short enough to cost nothing.
MOST_TERMS = 8
AROUND = 90

_WORD = re.compile(r"\w+")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_ACCENTED = {
    "a": "[aàáâãäå]", "c": "[cç]", "e": "[eèéêë]", "i": "[iìíîï]",
    "n": "[nñ]", "o": "[oòóôõö]", "u": "[uùúûü]", "y": "[yýÿ]",
}  # fmt: skip
#: Text for instructors, and what no reader sees as words.
_UNSEEN_BLOCKS = frozenset({"facilitator"})
_UNSEEN = frozenset({"id", "type", "sha256", "ext", "width", "height", "size", "level", "url", "correct", "code"})
_FIELDS = {
    Kind.LESSON: ("code", "objective", "body", "glossary"),
    Kind.ASSESSMENT: ("purpose", "instructions", "criteria", "critical_failures", "rubric", "alternatives"),
    Kind.MODULE: ("code", "summary"),
    Kind.CURRICULUM: ("code", "summary", "audience", "job_classification", "leads_to", "how_to_start"),
}


def text_of(snapshot: dict) -> str:
    """The words of a page that a learner reads, without its title."""
    return " ".join(filter(None, (_words(snapshot.get(name)) for name in _FIELDS[snapshot["kind"]])))


def fold(text: str) -> str:
    """Lower case without accents, for comparing."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFD", text).translate(_ACCENTS).lower()


def plain(text: str) -> str:
    """Folded words with nothing but spaces between them."""
    return " ".join(_WORD.findall(fold(text).replace("_", " ")))


def terms(query: str) -> list[str]:
    """The words of a query: letters and digits only, so that nothing in it is syntax to a database."""
    return list(dict.fromkeys(plain(query[:200]).split()))[:MOST_TERMS]


def excerpt(text: str, wanted: list[str]) -> SafeString:
    """The lines around the first word found, words found in `<mark>`; the beginning where only the title has them."""
    pattern = _pattern(tuple(wanted))
    first = pattern.search(text)
    middle = first.start() if first else 0
    start = _word_edge(text, max(0, middle - AROUND), forward=True)
    end = _word_edge(text, min(len(text), middle + 2 * AROUND), forward=False)
    parts, at = [], start
    for match in pattern.finditer(text, start, end):
        parts += [escape(text[at : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        at = match.end()
    line = "".join([*parts, escape(text[at:end])]).strip()
    return mark_safe(f"{'… ' if start else ''}{line}{' …' if end < len(text) else ''}")


@lru_cache(maxsize=256)
def _pattern(wanted: tuple[str, ...]) -> re.Pattern:
    """Finds the words asked for, with or without accents, give or take an ending."""
    return re.compile(r"\b(?:" + "|".join(map(_one, wanted)) + ")", re.I)


def _one(term: str) -> str:
    short = len(term) <= 3
    stem = term if short else term[: max(4, len(term) - 2)]
    return "".join(_ACCENTED.get(letter, re.escape(letter)) for letter in stem) + (r"\b" if short else r"\w*")


def _words(value) -> str:
    if isinstance(value, str):
        return " ".join(plain_text(value).split())
    if isinstance(value, dict):
        if "sha256" in value or value.get("type") in _UNSEEN_BLOCKS:
            return ""
        return " ".join(filter(None, (_words(item) for key, item in value.items() if key not in _UNSEEN)))
    if isinstance(value, list):
        return " ".join(filter(None, map(_words, value)))
    return ""


def _word_edge(text: str, place: int, *, forward: bool) -> int:
    if place in (0, len(text)):
        return place
    edge = text.find(" ", place, place + 30) + 1 if forward else text.rfind(" ", place - 30, place)
    return edge if edge > 0 else place
