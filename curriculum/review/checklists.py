"""What each check looks at. Pure data: the codes go into the record for good, so they are never renamed or reused.

Sources: the partnership's review rules (experts and language reviewers hold a text by its criteria, without a vote).
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import CheckKind


@dataclass(frozen=True)
class Item:
    """One thing to look at. `code` is what the record keeps, `label` what the checker ticks."""

    code: str
    label: Promise


CHECKLISTS: dict[str, tuple[Item, ...]] = {
    CheckKind.EXPERT: (
        Item("accurate", _("What it says is right.")),
        Item("current", _("It follows the sources it names, as they are today.")),
        Item("safe", _("Done as written, it hurts nobody.")),
        Item("complete", _("Nothing is left out that somebody needs to do it right.")),
    ),
    CheckKind.CLINICAL: (
        Item("scope", _("Everything taught is within the scope of practice of those who learn it.")),
        Item("protocol", _("Steps, doses and times match the protocol in force.")),
        Item("limits", _("It says when to stop, and when to call for help.")),
        Item("dignity", _("Privacy and consent of the people cared for are kept.")),
    ),
    CheckKind.ACCESSIBILITY: (
        Item("pictures", _("Every picture has words that say what it shows.")),
        Item("media", _("Films and sound have captions or a text.")),
        Item("reading_level", _("The words are as plain as the readers need.")),
        Item("headings", _("Headings and lists stand in order and say what follows.")),
        Item("contrast", _("It can be read without color, and on paper.")),
    ),
    CheckKind.LANGUAGE: (
        Item("same", _("It says the same as the English: nothing added, nothing lost.")),
        Item("natural", _("It reads as the people here speak.")),
        Item("terms", _("Words of the trade match the word list.")),
        Item("numbers", _("Numbers, units and names are the same.")),
    ),
}

#: What compares a translation with the text it was made from.
_COMPARES = frozenset({"same", "numbers"})


def items_of(kind: str, language: str = "") -> tuple[Item, ...]:
    """The list for one check. The language that texts are first written in has nothing to be compared with."""
    items = CHECKLISTS[CheckKind(kind)]
    if kind == CheckKind.LANGUAGE and language == settings.LANGUAGE_CODE:
        return tuple(item for item in items if item.code not in _COMPARES)
    return items


def labels(kind: str, codes) -> list[str]:
    """Codes of a record in words, in the list's order."""
    wanted = set(codes)
    return [str(item.label) for item in CHECKLISTS[CheckKind(kind)] if item.code in wanted]


def name_of(kind: str, language: str = "") -> str:
    """A check as it stands in a sentence: "language check (Español)"."""
    name = str(_NAMES[CheckKind(kind)])
    return f"{name} ({dict(settings.LANGUAGES).get(language, language)})" if language else name


_NAMES = {
    CheckKind.EXPERT: _("subject expert’s check"),
    CheckKind.CLINICAL: _("clinical coordinator’s check"),
    CheckKind.ACCESSIBILITY: _("accessibility check"),
    CheckKind.LANGUAGE: _("language check"),
}
