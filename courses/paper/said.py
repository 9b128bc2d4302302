"""Short words of the furniture, in each language printed: "met / cumplido". Once where both say the same."""

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SAID = {
    "answers": _("Answers to the questions"),
    "assessor": _("Assessor"),
    "authentic": _("It is the learner's own"),
    "card": _("Card or role"),
    "claim": _("What I did before"),
    "classmate": _("Say it, or hand this sheet over. Nobody else collects it."),
    "community": _("Where there are no papers, somebody of the community may speak for them."),
    "competent": _("Competent"),
    "confirms": _("Who confirms it"),
    "contents": _("What is in here"),
    "coworker": _("Co-worker or steward"),
    "current": _("It is recent"),
    "date": _("Date"),
    "did": _("What this person did"),
    "each_alone": _("Each person alone"),
    "enough": _("This level is enough."),
    "facts": _("If it happened, only the facts: what was seen, when."),
    "for_line": _("For which line"),
    "gaps": _("Lessons to take for what is missing"),
    "help": _("Level of help"),
    "initials": _("Initials"),
    "last_seen": _("Last day they saw it"),
    "learner": _("Learner"),
    "level": _("Level"),
    "levels": _("What each level means"),
    "limit": _("Seconds, at most"),
    "looked_at": _("What is looked at"),
    "meet_again": _("When and where we meet again"),
    "mentor": _("Mentor or steward"),
    "met": _("met"),
    "must": _("must be right"),
    "name": _("Name"),
    "next_step": _("The next step"),
    "no_notes": _("No notes about a person belong here."),
    "no_people": _("No name, birthday or address of a patient, client or neighbor."),
    "nobody_collects": _("Nobody collects this sheet. It is yours."),
    "not_for_discipline": _("For learning only. Not for discipline, scheduling or performance reviews."),
    "not_yet": _("not yet"),
    "not_yet_competent": _("Not yet competent"),
    "note": _("Note"),
    "on_your_own": _("Fill it in on your own, before you talk with the other assessor."),
    "only_the_step": _("Write the next step only. The learner takes this sheet along."),
    "organization": _("Organization"),
    "pause_rule": _("A pause is never a result, and nobody has to play a role that hurts."),
    "prompts": _("Prompts"),
    "prompts_rule": _("At most two neutral prompts for each line, such as “What else?” Never a hint."),
    "recognized": _("Recognized"),
    "result": _("Result"),
    "rules": _("Before anybody decides"),
    "same_on_screen": _("The same on a screen:"),
    "seen": _("Seen"),
    "sheet_of": _("Sheet of assessor"),
    "show": _("Show what you can do"),
    "shown": _("What is shown"),
    "signature": _("Signature"),
    "stops": _("Safety: this stops the try at once"),
    "sufficient": _("It is enough, and more than once"),
    "supervisor": _("Supervisor"),
    "task": _("Task"),
    "team_once": _("The team, once for all"),
    "try": _("Try"),
    "valid": _("It shows this very skill"),
    "we_agree": _("What we agree on"),
    "when": _("From when to when"),
    "where": _("Where"),
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
