"""A safety correction as a change of single parts of a page: taken out, warned of, or written right. Pure.

Whatever a correction makes is a copy of the agreed page with nothing but the named parts changed, so what both sides
sign in a hurry can hold no other change.
"""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from uuid import NAMESPACE_OID, UUID, uuid5

from curriculum.editions.diff import text_of
from curriculum.review import plainly
from curriculum.review.enums import Repair

#: The parts of a page that have ids, and whether a warning can be put before one.
PARTS = {
    "body": True,
    "set_up": False,
    "criteria": False,
    "critical_failures": False,
    "rubric": False,
    "alternatives": False,
}
#: Blocks whose value is words and nothing else.
WORDS = frozenset("text content_note safety try_it discuss local_policy worker_voice take_home key_points".split())
#: A sentence of so many words is looked for inside others too.
LONG = 5

_ENDS = re.compile(r"[.!?…:;\n]+(?!\d)")


@dataclass(frozen=True)
class Fix:
    """What becomes of one part in one language. `words` are as people type them (see `plainly`)."""

    block: str
    language: str
    repair: Repair
    words: str = ""


def entries_of(snapshot: dict) -> dict[str, dict]:
    """Every part of a page by id, in reading order."""
    return {entry["id"]: entry for name in PARTS for entry in snapshot.get(name, [])}


def can_warn(snapshot: dict, block: str) -> bool:
    """Whether a warning can stand before that part."""
    return any(warns and entry["id"] == block for name, warns in PARTS.items() for entry in snapshot.get(name, []))


def apply(snapshot: dict, fixes: Iterable[Fix]) -> dict:
    """A copy of `snapshot` with its parts put right. Parts that are not there are left alone."""
    own = {fix.block: fix for fix in fixes if fix.language == snapshot["language"]}
    changed = deepcopy(snapshot)
    for name in PARTS:
        if name in changed:
            changed[name] = [new for entry in changed[name] for new in _repaired(entry, own)]
    return changed


def warning_id(block: str) -> str:
    """The id of the warning that stands before a part: the same in every language."""
    try:
        return str(uuid5(UUID(block), "warning"))
    except ValueError:
        return str(uuid5(NAMESPACE_OID, f"{block}/warning"))


def typed(entry: dict) -> str:
    """A part as a person edits it."""
    value = entry.get("value")
    if entry.get("type") in WORDS:
        return plainly.to_text(value)
    if entry.get("type") == "steps":
        return "\n".join(plainly.to_text(step["value"]) for step in value)
    return value["text"] if entry.get("type") == "heading" else text_of(value)


def unsafe_sentences(old: dict, new: dict, fixes: Iterable[Fix]) -> set[str]:
    """What a corrected page no longer says, in simple form: sentences of parts that were taken out or written anew."""
    before, kept = entries_of(old), _sentences(_whole(new))
    found: set[str] = set()
    for fix in fixes:
        if fix.language == old["language"] and fix.repair != Repair.WARN and fix.block in before:
            found |= _sentences(typed(before[fix.block]))
    return found - kept


def still_says(page: dict, sentences: set[str], new: dict) -> bool:
    """Whether a page says any of these: as a sentence, or a long one inside another. What `new` says is right."""
    whole, right = _whole(page), simple(_whole(new))
    inside = {one for one in sentences if len(one.split()) >= LONG and one not in right}
    return bool(_sentences(whole) & sentences) or any(one in simple(whole) for one in inside)


def simple(text: str) -> str:
    """Small letters, no marks, single spaces: so that a comma more does not hide a sentence."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _whole(snapshot: dict) -> str:
    return "\n".join(typed(entry) for entry in entries_of(snapshot).values())


def _sentences(text: str) -> set[str]:
    return {sentence for part in _ENDS.split(text) if (sentence := simple(part))}


def _repaired(entry: dict, fixes: dict[str, Fix]) -> list[dict]:
    fix = fixes.get(entry["id"])
    if fix is None:
        return [entry]
    if fix.repair == Repair.REMOVE:
        return []
    if fix.repair == Repair.WARN:
        warning = {"id": warning_id(entry["id"]), "type": "safety", "value": plainly.to_html(fix.words)}
        return [warning, entry]
    return [_written(entry, fix.words)]


def _written(entry: dict, words: str) -> dict:
    kind, value = entry.get("type"), entry.get("value")
    if kind in WORDS:
        return {**entry, "value": plainly.to_html(words)}
    if kind == "heading":
        return {**entry, "value": {**value, "text": plainly.to_line(words)}}
    if kind == "steps":
        return {**entry, "value": _steps(entry, words)}
    if kind is None and isinstance(value, dict):
        name = "descriptor" if "descriptor" in value else "text"
        return {**entry, "value": {**value, name: plainly.to_line(words)}}
    if kind is None:
        return {**entry, "value": plainly.to_line(words)}
    # A table, a picture, a self-check: written right, it is plain words in its place.
    return {"id": entry["id"], "type": "text", "value": plainly.to_html(words)}


def _steps(entry: dict, words: str) -> list[dict]:
    """One step a line; those that stay in their place keep their ids."""
    ids = [step["id"] for step in entry["value"]]
    lines = [line for line in words.splitlines() if line.strip()]
    ids += [str(uuid5(NAMESPACE_OID, f"{entry['id']}/step/{number}")) for number in range(len(ids), len(lines))]
    return [{"id": id_, "value": plainly.to_html(line)} for id_, line in zip(ids, lines, strict=False)]
