"""How much a change weighs: the class it gets from what it touches. Pure.

Source: the partnership's review rules. Small fixes are spelling, links and wording; safety, steps, numbers, criteria,
hours and objectives never are.
"""

import re
from collections.abc import Iterable

from curriculum.editions.diff import CHANGED, MOVED, Change, PageDiff, text_of, words_changed
from curriculum.review.enums import ChangeClass

#: A wording change that touches no more than this many words of a block is a typo.
TYPO_WORDS = 3


def is_weighty(diff: PageDiff) -> bool:
    """Whether a change can never pass as a small fix: safety, steps, numbers, criteria, rules, hours, objectives."""
    return bool(_weights(diff))


def propose_class(diffs: Iterable[PageDiff], *, usual: str = "substantive") -> ChangeClass:
    """The class a change gets from what it touches. `usual` is the module's own class, for whole new pages."""
    diffs = [diff for diff in diffs if diff.status != "same"]
    weights = set().union(*(_weights(diff) for diff in diffs)) if diffs else set()
    if "safety" in weights or (usual == "safety" and any(diff.status == "added" for diff in diffs)):
        return ChangeClass.SAFETY
    if weights:
        return ChangeClass.SUBSTANTIVE
    changed = [change for diff in diffs for change in diff.changed]
    if all(_is_typo(change) for change in changed):
        return ChangeClass.TYPO
    return ChangeClass.EDITORIAL


_SAFETY_FIELDS = frozenset({"passing", "critical_failures"})
_WEIGHTY_TYPES = frozenset({"steps", "facilitator", "content_note"})
_WEIGHTY_FIELDS = frozenset(
    {
        "hours",
        "objective",
        "method",
        "graded",
        "evidence",
        "rubric",
        "criteria",
        "flags",
        "valid_months",
        "modules",
        "mode",
        "status",
    }
    | {"children", "alignments", "prerequisites", "review", "rights"}
)


def _weights(diff: PageDiff) -> set[str]:
    if diff.status in ("added", "removed"):
        return {"substantive"}
    return set().union(*(_weight(change) for change in diff.changed)) if diff.changed else set()


def _weight(change: Change) -> set[str]:
    types = {change.type, change.was}
    if change.name in _SAFETY_FIELDS or "safety" in types or _touches_critical(change):
        return {"safety"}
    if change.name in _WEIGHTY_FIELDS or types & _WEIGHTY_TYPES or change.was:
        return {"substantive"}
    if change.change not in (CHANGED, MOVED) and change.id:
        return {"substantive"}
    if change.change == MOVED or _right_answers(change.old) != _right_answers(change.new):
        return {"substantive"}
    return {"substantive"} if _numbers(change.old) != _numbers(change.new) else set()


def _is_typo(change: Change) -> bool:
    """A few words, or a link that goes elsewhere. Another picture is never one, whatever its words."""
    if words_changed(text_of(change.old), text_of(change.new))[0] > TYPO_WORDS:
        return False
    return _all_of("sha256", change.old) == _all_of("sha256", change.new)


def _all_of(name: str, value) -> list:
    """Every value under this name, however deep, in order."""
    if isinstance(value, dict):
        own = [value[name]] if name in value else []
        return own + [found for item in value.values() for found in _all_of(name, item)]
    return [found for item in value for found in _all_of(name, item)] if isinstance(value, list) else []


def _right_answers(value) -> list[str]:
    """Which answers of a self-check are right: no word says so."""
    answers = value.get("answers", []) if isinstance(value, dict) else []
    return [entry["id"] for entry in answers if entry["value"].get("correct")]


def _touches_critical(change) -> bool:
    if change.name != "criteria":
        return False
    return any(isinstance(value, dict) and value.get("critical") for value in (change.old, change.new))


#: Counted words of both languages. "Un" and "una" are left out: they are articles before they are numbers.
_COUNTED = frozenset(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen
    half third quarter once twice double triple
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
    dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil docena
    medio media mitad tercio cuarto cuarta doble triple
    percent % mg mcg ml l g kg oz lb lbs cc ppm psi mph c f °c °f ft mm cm km
    second seconds minute minutes hour hours day days week weeks month months year years
    segundo segundos minuto minutos hora horas día días semana semanas mes meses año años
    gram grams gramo gramos pound pounds libra libras ounce ounces onza onzas kilogram kilograms kilo kilos
    liter liters litro litros milliliter milliliters mililitro mililitros gallon gallons galón galones
    pint pints quart quarts cup cups taza tazas tablespoon tablespoons cucharada cucharadas
    teaspoon teaspoons cucharadita cucharaditas drop drops gota gotas
    inch inches pulgada pulgadas feet pie pies yard yards yarda yardas meter meters metro metros mile miles milla millas
    degree degrees grado grados
    """.split()
)
_LINKED_NUMBER = re.compile(r'href="tel:([^"]*)"')


def _numbers(value) -> list[str]:
    """Numbers and units in their order, and the telephone numbers that links dial."""
    words = (word.strip("\"'()[]¿¡“”«»").rstrip(".,;:?!)\"'”»") for word in text_of(value).lower().split())
    found = [word for word in words if word in _COUNTED or any(letter.isnumeric() for letter in word)]
    return found + _LINKED_NUMBER.findall(str(value))
