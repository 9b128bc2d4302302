"""Short words of the furniture, in each language printed: "met / cumplido". Once where both say the same."""

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SAID = {
    "answers": _("Answers to the questions"),
    "assessor": _("Assessor"),
    "competent": _("Competent"),
    "contents": _("What is in here"),
    "date": _("Date"),
    "facts": _("If it happened, only the facts: what was seen, when."),
    "learner": _("Learner"),
    "level": _("Level"),
    "levels": _("What each level means"),
    "looked_at": _("What is looked at"),
    "meet_again": _("When and where we meet again"),
    "met": _("met"),
    "must": _("must be right"),
    "name": _("Name"),
    "next_step": _("The next step"),
    "no_notes": _("No notes about a person belong here."),
    "not_yet": _("not yet"),
    "not_yet_competent": _("Not yet competent"),
    "note": _("Note"),
    "only_the_step": _("Write the next step only. The learner takes this sheet along."),
    "on_your_own": _("Fill it in on your own, before you talk with the other assessor."),
    "result": _("Result"),
    "same_on_screen": _("The same on a screen:"),
    "seen": _("Seen"),
    "sheet_of": _("Sheet of assessor"),
    "show": _("Show what you can do"),
    "signature": _("Signature"),
    "stops": _("Safety: this stops the try at once"),
    "try": _("Try"),
    "we_agree": _("What we agree on"),
    "who": _("Who"),
    "who_agreed": _("Who agreed"),
    "who_does": _("Who does what until then"),
    "words": _("Words in this lesson"),
    "write": _("Write here:"),
    "yourself": _("Questions to ask yourself"),
}


def said(languages: list[str]) -> dict[str, str]:
    """{name: the words in each of `languages`}."""
    return {name: " / ".join(dict.fromkeys(_in(code, words) for code in languages)) for name, words in SAID.items()}


def _in(code: str, words: str) -> str:
    with translation.override(code):
        return gettext(words)
