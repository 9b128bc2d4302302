"""What changed between two snapshots of one page, by block id. Pure: works on portable data only."""

import difflib
import re
from dataclasses import dataclass
from html import escape

from curriculum.sanitize import plain_text

ADDED, REMOVED, CHANGED, MOVED, SAME = "added", "removed", "changed", "moved", "same"

#: Fields held as lists of entries with ids; everything else is compared whole.
LISTS = ("body", "set_up", "criteria", "critical_failures", "rubric", "alternatives", "modules")
#: What says where a snapshot comes from rather than what it says.
IDENTITY = frozenset({"format", "kind", "uid", "language"})

#: Keys of blocks and files that people do not read.
_WORDLESS = frozenset({"id", "type", "sha256", "ext", "width", "height", "size"})
_TOKEN = re.compile(r"<[^>]+>|[^\s<]+|\s+")
_PARTS = re.compile(r"</(p|li|blockquote)>|<br>")


@dataclass(frozen=True)
class Change:
    """One field or block: `name` is the field, `id` and `type` the block's where there is one.

    `change` is added, removed, changed, moved or same; `old` and `new` are portable values, None where absent. `was`
    is the type a block had before, where it is another one now.
    """

    name: str
    change: str
    old: object = None
    new: object = None
    id: str = ""
    type: str = ""
    was: str = ""


@dataclass(frozen=True)
class PageDiff:
    """Every field and block of a page, changed or not, in the new order; removed blocks where they stood."""

    old: dict | None
    new: dict | None
    changes: tuple[Change, ...]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if change.change != SAME]

    @property
    def status(self) -> str:
        """added, removed, changed or same, for the page as a whole."""
        if self.old is None:
            return ADDED
        if self.new is None:
            return REMOVED
        return CHANGED if self.changed else SAME


def compare(old: dict | None, new: dict | None) -> PageDiff:
    """Compare two snapshots of one page in one language; either may be None (added, removed)."""
    before, after = old or {}, new or {}
    names = [name for name in dict.fromkeys([*after, *before]) if name not in IDENTITY]
    changes: list[Change] = []
    for name in names:
        if name in LISTS:
            changes += _compare_entries(name, before.get(name, []), after.get(name, []))
        else:
            changes.append(_compare_field(name, before.get(name), after.get(name)))
    return PageDiff(old, new, tuple(changes))


def redline(old: str, new: str) -> str:
    """HTML of `new` with the words that came in `<ins>` and those that went in `<del>`.

    Works on words; marks of `old` that went are dropped, so the result nests like `new`.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    head, tail = _shared_ends(before, after)
    out, behind = after[:head], after[len(after) - tail :]
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            out += after[new_start:new_end]
            continue
        out += _marked("del", _words(before[old_start:old_end]))
        out += _marked("ins", after[new_start:new_end])
    return "".join(out + behind)


def _shared_ends(before: list, after: list) -> tuple[int, int]:
    """How many tokens both begin and end with: most of a paragraph, and the matcher's time grows with its square."""
    shortest = min(len(before), len(after))
    head = 0
    while head < shortest and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail


def redline_text(old: str, new: str) -> str:
    """`redline` for plain text: escaped first."""
    return redline(escape(old), escape(new))


def words_changed(old: str, new: str) -> tuple[int, int]:
    """How many words went or came, and how many there were in the longer text."""
    before, after = plain_text(old).split(), plain_text(new).split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return max(len(before), len(after)) - same, max(len(before), len(after))


def text_of(value) -> str:
    """All words of a portable value in reading order, for counting and for spotting numbers."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, dict):
        return " ".join(text_of(item) for key, item in value.items() if key not in _WORDLESS)
    if isinstance(value, list):
        return " ".join(text_of(item) for item in value)
    return "" if value is None or isinstance(value, bool) else str(value)


def _compare_field(name, old, new) -> Change:
    if old == new:
        return Change(name, SAME, old, new)
    change = ADDED if old in (None, "") else REMOVED if new in (None, "") else CHANGED
    return Change(name, change, old, new)


def _compare_entries(name, old, new) -> list[Change]:
    before = {entry["id"]: entry for entry in old}
    after = {entry["id"]: entry for entry in new}
    stayed = _in_order([key for key in before if key in after], [key for key in after if key in before])
    changes = []
    for key, entry in after.items():
        if key not in before:
            change = ADDED
        elif (before[key].get("value"), before[key].get("type")) != (entry.get("value"), entry.get("type")):
            change = CHANGED
        else:
            change = SAME if key in stayed else MOVED
        old_entry, kind = before.get(key, {}), entry.get("type", "")
        was = old_entry.get("type", "") if old_entry.get("type", "") != kind else ""
        changes.append(Change(name, change, old_entry.get("value"), entry.get("value"), key, kind, was))
    for position, (key, entry) in enumerate(before.items()):
        if key not in after:
            gone = Change(name, REMOVED, entry.get("value"), None, key, entry.get("type", ""))
            changes.insert(_place(changes, list(before)[:position]), gone)
    return changes


def _in_order(old_keys, new_keys) -> set:
    """The keys whose relative order did not change: the longest common run of the two orders."""
    matcher = difflib.SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    return {key for block in matcher.get_matching_blocks() for key in old_keys[block.a : block.a + block.size]}


def _place(changes, earlier) -> int:
    """Where a removed block stood: behind the nearest earlier block that is still listed."""
    places = {change.id: index for index, change in enumerate(changes)}
    return next((places[key] + 1 for key in reversed(earlier) if key in places), 0)


def _words(tokens) -> list[str]:
    """Tokens without their tags, a space where a block or line ended: what went must not run together."""
    spaced = (" " if _PARTS.match(token) else token for token in tokens)
    return [token for token in spaced if not token.startswith("<")]


def _marked(tag, tokens) -> list[str]:
    out: list[str] = []
    run: list[str] = []

    def flush():
        if run:
            out.append(f"<{tag}>{''.join(run)}</{tag}>")
        run.clear()

    for token in tokens:
        if token.startswith("<"):
            flush()
            out.append(token)
        else:
            run.append(token)
    flush()
    return out
