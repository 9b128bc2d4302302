"""What can be asked for on paper: a closed set, so that there is an end to the papers one can make this site print."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    """Three papers of the same text."""

    PACKET = "packet"
    MENTOR = "mentor"
    TUTOR = "tutor"

    @property
    def label(self):
        return LABELS[self]

    @property
    def sentence(self):
        return SENTENCES[self]


LABELS = {
    Kind.PACKET: gettext_lazy("Print packet"),
    Kind.MENTOR: gettext_lazy("Mentor guide"),
    Kind.TUTOR: gettext_lazy("Tutor packet"),
}
SENTENCES = {
    Kind.PACKET: gettext_lazy("Every lesson of the module, with space to write and sheets to sign."),
    Kind.MENTOR: gettext_lazy("What the learner works on, and what to ask when you meet."),
    Kind.TUTOR: gettext_lazy("Steps, practice, words and questions with their answers, for whoever helps to learn."),
}


class NotAChoice(ValueError):
    """An address asks for something that paper does not come in."""


@dataclass(frozen=True)
class Options:
    """How it is printed. Grayscale-safe is no option: it always is."""

    large: bool = False
    both: bool = False

    @property
    def name(self) -> str:
        """What tells one paper from the other in a file name."""
        return "-".join(word for word, on in (("large", self.large), ("both", self.both)) if on) or "plain"

    @property
    def query(self) -> str:
        """The same as an address says it."""
        said = "&".join(word for word, on in (("size=large", self.large), ("both=1", self.both)) if on)
        return f"?{said}" if said else ""


_KNOWN = {"size": "large", "both": "1"}


def asked(parameters) -> Options:
    """Options from the parameters of an address (a QueryDict). Raises NotAChoice with a sentence to act on."""
    for name in parameters:
        if name not in _KNOWN or parameters.getlist(name) not in ([_KNOWN[name]], [""]):
            raise NotAChoice(_("The address asks for something we do not print. Choose how you want it."))
    return Options(large=bool(parameters.get("size")), both=bool(parameters.get("both")))
