"""The set phrases of the format: words in a lesson's text that mean something to the reader of packages."""

import re

WHAT_WORKS = {"en": "What works", "es": "Lo que funciona"}
CONFIRM = {"en": "Confirm before teaching", "es": "Confirme antes de enseñar"}

_WORKS = "|".join(WHAT_WORKS.values())
_CONFIRM = "|".join(CONFIRM.values())

# At the start of a paragraph of Markdown, in bold; the colon may stand inside or outside the bold.
LEAD_IN = re.compile(rf"^(?:\*\*|__)(?:{_WORKS})(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:)[ \t\n]*")
# Anywhere in a paragraph of Markdown; in brackets who confirms and what is confirmed already.
CAUTION = re.compile(
    rf"(?P<bold>\*\*|__)?(?:{_CONFIRM})(?:\s*\[(?P<about>(?:\\.|[^\]\\])*)\])?\s*:"
    r"(?(bold)\s*(?:\*\*|__))[ \t\n]*"
)


def in_language(phrases: dict[str, str], language: str) -> str:
    """The phrase to write in a lesson of this language; English where there is none."""
    return phrases.get(language) or phrases.get(language.split("-")[0]) or phrases["en"]
