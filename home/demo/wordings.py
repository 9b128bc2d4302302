"""The sentences that the story puts into a lesson, and the lesson it would like to use.

Each run takes the next one, so that every run is a real change. They say nothing about safety, numbers or steps.
"""

from dataclasses import dataclass

Sentence = dict[str, str]


@dataclass(frozen=True)
class Plot:
    """Three wordings of one sentence in each language, and the one of the package that they replace."""

    wordings: tuple[Sentence, ...]
    original: Sentence | None = None

    @property
    def known(self) -> tuple[Sentence, ...]:
        return (*self.wordings, self.original) if self.original else self.wordings

    def found_in(self, html: str, language: str) -> str:
        """The known sentence that stands in a block, empty where none does."""
        return next((words[language] for words in self.known if words.get(language, "\0") in html), "")

    def after(self, html: str, language: str) -> Sentence:
        """The wording whose turn it is when `html` is what learners read."""
        here = self.found_in(html, language)
        places = [number for number, words in enumerate(self.wordings) if words[language] == here]
        return self.wordings[(places[0] + 1) % len(self.wordings)] if places else self.wordings[0]

    def put_into(self, html: str, wording: Sentence, language: str) -> str:
        """`html` with the wording in place of the known sentence, or as its last sentence."""
        new, old = wording[language], self.found_in(html, language)
        if old:
            return html.replace(old, new, 1)
        if html.rstrip().endswith("</p>"):
            head, _end, tail = html.rpartition("</p>")
            return f"{head.rstrip()} {new}</p>{tail}"
        return f"{html}<p>{new}</p>"


#: Green Custodial, module 1, lesson 1, its first paragraph.
PREPARED_LESSON = "G1.1"
PREPARED = Plot(
    original={
        "en": "This course builds on what you know.",
        "es": "Este curso parte de lo que usted ya sabe.",
    },
    wordings=(
        {
            "en": "You already bring skills with you, and this course builds on them.",
            "es": "Usted ya trae habilidades, y este curso parte de ellas.",
        },
        {
            "en": "This course builds on what you know, and asks you what is missing.",
            "es": "Este curso parte de lo que usted ya sabe, y le pregunta qué falta.",
        },
        {
            "en": "What you know counts here: this course builds on it.",
            "es": "Lo que usted sabe cuenta aquí: este curso parte de eso.",
        },
    ),
)

#: For any other lesson.
ANYWHERE = Plot(
    wordings=(
        {
            "en": "If something here is not clear, ask before you start.",
            "es": "Si algo aquí no está claro, pregunte antes de empezar.",
        },
        {
            "en": "Is something here not clear? Ask before you start.",
            "es": "¿Hay algo aquí que no está claro? Pregunte antes de empezar.",
        },
        {
            "en": "Ask before you start when something here is not clear.",
            "es": "Pregunte antes de empezar cuando algo aquí no está claro.",
        },
    )
)
