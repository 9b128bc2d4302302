"""Which language stands beside another, and which block beside which. Pure."""

from collections import defaultdict

from curriculum.editions.read import SOURCE, FrozenPage


def beside(page: FrozenPage, language: str) -> str:
    """The language that stands beside `language`: the source, beside the source its first translation.

    "" where the page has only one, or not this one.
    """
    others = [code for code in page.versions if code != language]
    if language not in page.versions or not others:
        return ""
    return SOURCE if SOURCE in others else others[0]


def pairs(first: list[dict], second: list[dict]) -> list[tuple[dict | None, dict | None]]:
    """The blocks of two languages by id, in the order of `first`.

    What only `second` has stands alone, behind the block that it follows there, so that not a word is lost.
    """
    known, translated = {block["id"] for block in first}, {block["id"]: block for block in second}
    alone, last = defaultdict(list), None
    for block in second:
        if block["id"] in known:
            last = block["id"]
        else:
            alone[last].append((None, block))
    found = list(alone[None])
    for block in first:
        found += [(block, translated.get(block["id"])), *alone[block["id"]]]
    return found


def apart(part, mark: str):
    """A block whose ids, its own and those of its parts, end with `mark`: two languages on one page share none."""
    if isinstance(part, list):
        return [apart(one, mark) for one in part]
    if isinstance(part, dict):
        return {name: f"{one}-{mark}" if name == "id" else apart(one, mark) for name, one in part.items()}
    return part


def same_picture(first: dict | None, second: dict | None) -> bool:
    """Whether both languages show one and the same picture, which is then shown once."""
    if not first or not second or not first["type"] == second["type"] == "image":
        return False
    return first["value"]["image"].get("sha256") == second["value"]["image"].get("sha256")
