"""Hours by kind, added up from lessons. Exact decimals: nothing here is ever a float."""

from decimal import Decimal

KINDS = ("classroom", "hands_on", "field")


def of_edition(edition) -> dict[str, Decimal]:
    """The hours of a module: its lessons' together; an outline has its own."""
    hours = [lesson.source.get("hours", {}) for lesson in edition.lessons] or [edition.module.source.get("hours", {})]
    return {kind: sum((Decimal(row.get(kind, 0)) for row in hours), Decimal()) for kind in KINDS}


def together(parts) -> dict[str, Decimal]:
    parts = list(parts)
    return {kind: sum((part[kind] for part in parts), Decimal()) for kind in KINDS}


def told(hours: dict[str, Decimal]) -> dict[str, str]:
    """For templates: decimal strings without trailing zeros, the total with them, kinds without hours left out."""
    rows = {kind: _text(hours[kind]) for kind in KINDS if hours[kind]}
    total = sum(hours.values(), Decimal())
    return {**rows, "total": _text(total)} if total else {}


def _text(number: Decimal) -> str:
    return format(number.normalize(), "f")
