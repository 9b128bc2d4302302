"""The set phrases of the format: words in a lesson's text that mean something to the reader of packages."""

import re
from dataclasses import dataclass

WHAT_WORKS = {"en": "What works", "es": "Lo que funciona"}
CONFIRM = {"en": "Confirm before teaching", "es": "Confirme antes de enseñar"}


def _any_of(phrases) -> str:
    return "|".join(phrase.replace(" ", r"\s+") for phrase in phrases.values())


# At the start of a paragraph, in bold; the colon may stand inside or outside the bold.
LEAD_IN = re.compile(rf"^(?:\*\*|__)(?:{_any_of(WHAT_WORKS)})(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:)\s*", re.IGNORECASE)
_CAUTION = re.compile(
    rf"(?P<bold>\*\*|__)?(?:{_any_of(CONFIRM)})(?:\s*\[(?P<about>(?:\\.|[^][\\])*)\])?\s*(?P<colon>:)"
    r"(?(bold)\s*(?:\*\*|__))\s*",
    re.IGNORECASE,
)
_CODE = re.compile(r"\\.|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_COLON = "&#58;"


@dataclass(frozen=True)
class Caution:
    """Where “Confirm before teaching:” stands in a paragraph of Markdown, and what stands in its brackets."""

    start: int
    end: int
    colon: int
    about: str


def cautions_in(markdown: str) -> list[Caution]:
    """Every such phrase outside `code`."""
    masked = _CODE.sub(lambda found: "x" * len(found[0]) if found["ticks"] else found[0], markdown)
    return [
        Caution(match.start(), match.end(), match.start("colon"), markdown[slice(*match.span("about"))])
        if match["about"] is not None
        else Caution(match.start(), match.end(), match.start("colon"), "")
        for match in _CAUTION.finditer(masked)
    ]


def as_words(markdown: str) -> str:
    """Markdown in which these phrases are only words: their colon is written so that it is read as a letter."""
    for caution in reversed(cautions_in(markdown)):
        markdown = markdown[: caution.colon] + _COLON + markdown[caution.colon + 1 :]
    lead = LEAD_IN.match(markdown)
    return lead[0].replace(":", _COLON, 1) + markdown[lead.end() :] if lead else markdown


def in_language(phrases: dict[str, str], language: str) -> str:
    """The phrase to write in a lesson of this language; English where there is none."""
    return phrases.get(language) or phrases.get(language.split("-")[0]) or phrases["en"]
