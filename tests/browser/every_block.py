"""A lesson of every kind of block, in English and Spanish, in portable form."""

from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile

from curriculum.blocks import LessonBody
from curriculum.codec.lookups import media_of
from curriculum.models import HighroadDocument, HighroadImage

SLUG = "every-block"
PAIR = {"en": "Every kind of block", "es": "Todo tipo de bloque"}
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nRinse the cloth.\n"


def every_block(language: str) -> list[dict]:
    """The body: one block of each kind that a lesson may hold, with the same ids in every language."""
    say = {"en": lambda en, es: en, "es": lambda en, es: es}[language]
    picture = media_of(HighroadImage.objects.order_by("pk").first())
    file = {name: media_of(_document(name, data)) for name, data in _FILES.items()}
    words = {
        kind: f"<p>{say('Words of the kind', 'Palabras del tipo')} {kind}. {say('Dilution', 'Dilución')}.</p>"
        for kind in _OF_WORDS
    }
    transcript = say("<p>Rinse the cloth.</p>", "<p>Enjuague el paño.</p>")
    values = words | {
        "heading": {"level": 2, "text": say("A heading", "Un título")},
        "table": {
            "caption": say("Colors", "Colores"),
            "columns": [say("Color", "Color"), say("Place", "Lugar"), say("Tool", "Herramienta")],
            "rows": [
                [say("Red", "Rojo"), say("Toilets", "Baños"), say("Red cloth", "Paño rojo")],
                [say("Green", "Verde"), say("Kitchens", "Cocinas"), say("Green cloth", "Paño verde")],
            ],
        },
        "steps": [
            _item("steps/0", say("Wear gloves.", "Use guantes.")),
            _item("steps/1", say("Rinse.", "Enjuague.")),
        ],
        "scenario": {
            "situation": say("<p>The bottle has no label.</p>", "<p>La botella no tiene etiqueta.</p>"),
            "what_works": say("<p>Do not use it. Ask.</p>", "<p>No la use. Pregunte.</p>"),
        },
        "check": {
            "question": say("<p>Which comes first?</p>", "<p>¿Qué va primero?</p>"),
            "answers": [
                _item("check/0", {"text": say("Gloves", "Guantes"), "correct": True}),
                _item("check/1", {"text": say("Water", "Agua")}),
            ],
            "feedback": say("<p>Gloves come first, always.</p>", "<p>Los guantes van primero, siempre.</p>"),
        },
        "facilitator": {
            "text": say("<p>Bring two bottles.</p>", "<p>Traiga dos botellas.</p>"),
            "cautions": [
                _item(
                    "facilitator/0",
                    {"what": say("The contact time.", "El tiempo de contacto."), "who": "Infection prevention"},
                )
            ],
        },
        "image": {
            "image": picture,
            "alt": say("A drawing of the work", "Un dibujo del trabajo"),
            "caption": say("How it looks", "Cómo se ve"),
        },
        "video": {
            "file": file["rinse.webm"],
            "captions": file["rinse.vtt"],
            "poster": picture,
            "transcript": transcript,
        },
        "audio": {"file": file["rinse.mp3"], "transcript": transcript},
        "document": {"file": file["rinse.pdf"], "text": say("<p>A sheet to print.</p>", "<p>Una hoja.</p>")},
        "link_card": {
            "url": "https://example.org/cloth",
            "text": say("<p>More on cloths.</p>", "<p>Más sobre paños.</p>"),
        },
    }
    # A hard subject is announced before everything else.
    kinds = sorted(LessonBody().child_blocks, key=lambda kind: kind != "content_note")
    return [{"id": _id(kind), "type": kind, "value": values[kind]} for kind in kinds]


def lesson(language: str, code: str) -> dict:
    """The whole lesson, as `curriculum.editions.portable.load` takes it."""
    return {
        "kind": "lesson",
        "language": language,
        "slug": SLUG if language == "en" else "",
        "title": PAIR[language],
        "code": code,
        "objective": {"en": "Name every kind of block.", "es": "Nombrar todo tipo de bloque."}[language],
        "hours": {"classroom": "1"},
        "mode": "classroom",
        "minutes": 4,
        "flags": ["content_note", "safety_critical"],
        "glossary": ["dilution"],
        "body": every_block(language),
    }


_OF_WORDS = (
    "text",
    "key_points",
    "content_note",
    "safety",
    "try_it",
    "discuss",
    "worker_voice",
    "local_policy",
    "take_home",
)
# Nothing plays them: pages load no film or sound by themselves.
_FILES = {
    "rinse.webm": b"\x1a\x45\xdf\xa3 film",
    "rinse.vtt": VTT,
    "rinse.mp3": b"ID3 sound",
    "rinse.pdf": b"%PDF-1.4\n%%EOF\n",
}


def _document(name: str, data: bytes) -> HighroadDocument:
    found = HighroadDocument.objects.filter(title=name).first()
    return found or HighroadDocument.objects.create(title=name, file=ContentFile(data, name=name))


def _id(path: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://highroad.invalid/tests/{path}"))


def _item(path: str, value) -> dict:
    return {"id": _id(path), "value": value}
