"""Finding what could name somebody in words that are to be cleared: names, numbers, times, places, shifts. Pure.

A help for the person who clears, who decides. It marks rather too much than too little, in English and Spanish.
"""

import re
from dataclasses import dataclass

#: Places and shifts as people at work call them, without their endings.
_PLACES = (
    "hospital clinic clinica clínica ward floor piso building edificio wing tower torre room sala cuarto unit unidad"
    " department departamento depot yard patio station estación warehouse almacén campus terminal annex anexo county"
    " condado city ciudad street calle avenue avenida boulevard school escuela library biblioteca basement sótano"
)
_SHIFTS = (
    "shift turno overnight graveyard night noche nights noches weekend morning mañana evening tarde monday tuesday"
    " wednesday thursday friday saturday sunday lunes martes miércoles jueves viernes sábado domingo january february"
    " march april june july august september october november december enero febrero marzo abril mayo junio julio"
    " agosto septiembre octubre noviembre diciembre"
)
_PEOPLE = (
    "supervisor supervisora manager gerente jefe jefa foreman capataz lead steward delegado delegada boss mr mrs ms"
)

_KNOWN = frozenset(f"{_PLACES} {_SHIFTS} {_PEOPLE}".split())
_TOKEN = re.compile(r"\w+(?:['’.:/-]\w+)*|\W+")
_NUMBER = re.compile(r"\d")
_ENDS = re.compile(r"[.!?…¿¡:\n]\s*[\"“”'«»(¿¡-]*\s*$")
#: Capital letters that name nobody.
_PLAIN = frozenset({"I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll", "PPE", "OK"})
#: With these, many sentences begin.
_BEGINNINGS = frozenset(
    "a an the we they you he she it this that these those there here in on at for from with without when where why how"
    " what who if but and or so because then now no not never nobody always some most many our my your their his her"
    " its it's don't is are do does sometimes often first every everybody people use one only also after before"
    " el la los las un una unos unas nosotros ellos ellas usted ustedes él ella esto esta este estos eso esa aquí allí"
    " en para por de del con sin cuando donde dónde cómo qué quién si pero y o así porque entonces ahora nadie"
    " nunca siempre a veces muchos nuestro nuestra mi su sus se nos es son hay primero cada todos solo también".split()
)


@dataclass(frozen=True)
class Piece:
    """Some of the words, and whether they could name somebody."""

    text: str
    marked: bool


def pieces(words: str) -> list[Piece]:
    """The words in order; joined, they are `words` again."""
    found: list[Piece] = []
    before = "\n"
    for match in _TOKEN.finditer(words):
        token = match[0]
        marked = token[0].isalnum() and _could_name(token, starts=bool(_ENDS.search(before)))
        found.append(Piece(token, marked))
        before = (before + token)[-20:]
    return found


def marks(words: str) -> list[str]:
    """What could name somebody, once each."""
    return list(dict.fromkeys(piece.text for piece in pieces(words) if piece.marked))


def _could_name(token: str, *, starts: bool) -> bool:
    if _NUMBER.search(token) or token.lower().removesuffix("s") in _KNOWN or token.lower() in _KNOWN:
        return True
    return token[0].isupper() and token not in _PLAIN and not (starts and token.lower() in _BEGINNINGS)
