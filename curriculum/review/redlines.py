"""One page's changes as people read them: what went struck through, what came marked, numbers before and after.

Pure: turns a `PageDiff` into small dictionaries that `review/change.html` and `review/node.html` draw.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from curriculum.editions import labels
from curriculum.editions.diff import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    SAME,
    Change,
    PageDiff,
    compare,
    redline,
    words_changed,
)
from curriculum.editions.render import Reading, presented, render_block

WORDS = {
    ADDED: _("New"),
    REMOVED: _("Taken out"),
    CHANGED: _("Changed"),
    MOVED: _("Moved"),
    SAME: _("Unchanged"),
}

#: From how many words on, and from which share of them changed, a redline word by word is harder to read than none.
_FEW, _REWRITTEN = 8, 0.6


@dataclass(frozen=True)
class Drawing:
    """What drawing needs to know beside the values: the page's kind, for whom, and titles of pages by uid.

    `apart` keeps ids of this page from those of another on the same screen.
    """

    kind: str
    reading: Reading
    titles: dict[str, str] = field(default_factory=dict)
    apart: str = ""


def changes_of(diff: PageDiff, drawing: Drawing) -> list[dict]:
    """Every change of a page in the order its page has: {"change", "word", "label", "under", "id", "node"}."""
    order = labels.order_of(drawing.kind)
    changed = sorted(diff.changed, key=lambda change: order.get(change.name, len(order)))
    under = _headings(diff)
    return [
        {
            "change": change.change,
            "word": WORDS[change.change],
            "label": _label(change, drawing),
            "under": under.get(change.id, ""),
            "id": change.id,
            "node": _node_of(change, drawing),
        }
        for change in changed
    ]


def _label(change: Change, drawing: Drawing) -> str:
    if not change.id:
        return labels.field_label(drawing.kind, change.name)
    if change.name in ("body", "modules"):
        return str(labels.block_of(drawing.kind, change.name, change.type).label)
    return labels.field_label(drawing.kind, change.name)


def _headings(diff: PageDiff) -> dict[str, str]:
    """{block id: the heading it stands under}, so that a reader knows where a change is."""
    under, found = "", {}
    for change in diff.changes:
        if change.name == "body":
            if change.type == "heading" and change.new:
                under = change.new.get("text", "")
            else:
                found[change.id] = under
    return found


def _node_of(change: Change, drawing: Drawing) -> dict:
    if change.id:
        block = labels.block_of(drawing.kind, change.name, change.type)
        if change.name == "body" and isinstance(block, blocks.RichTextBlock):
            return _as_taught(change, drawing)
        return draw(block, change.old, change.new, drawing)
    if change.name in _SPECIAL:
        return _SPECIAL[change.name](change.old, change.new, drawing)
    if isinstance(change.old or change.new, dict):
        return _group(change, drawing)
    if isinstance(change.old or change.new, list):
        return _set(change, drawing)
    old, new = (labels.words_for(drawing.kind, change.name, value) for value in (change.old, change.new))
    return _text(old, new)


def _as_taught(change: Change, drawing: Drawing) -> dict:
    """A block of words through its own template, so that a safety rule looks like one."""
    html = marked(change.old or "", change.new or "")
    block = {"id": change.id, "type": change.type, "value": html}
    return {"kind": "html", "html": mark_safe(render_block(block, drawing.reading))}


_IDS = re.compile(r'\b(id|for|popovertarget|aria-labelledby|aria-describedby)="([a-z]-[^"]*)"')


def kept_apart(html: str, prefix: str) -> str:
    """Rendered HTML with `prefix` before its ids and what points at them, for several pages on one screen."""
    return mark_safe(_IDS.sub(rf'\1="{prefix}-\2"', html) if prefix else html)


def marked(old: str, new: str) -> str:
    """A redline, or the whole of the old before the whole of the new where hardly a word is the same in both."""
    if old == new:
        return new
    changed, longest = words_changed(old, new)
    if old and new and longest > _FEW and changed > longest * _REWRITTEN:
        return redline(old, "") + redline("", new)
    return redline(old, new)


def draw(block, old, new, drawing: Drawing) -> dict:
    """One block value, old beside new, as a node for `review/node.html`."""
    if isinstance(block, blocks.RichTextBlock):
        return {"kind": "html", "html": presented(marked(old or "", new or ""), drawing.reading, "value")}
    if isinstance(block, TypedTableBlock):
        return _table(old or {}, new or {}, drawing)
    if isinstance(block, blocks.StructBlock):
        return _struct(block, old or {}, new or {}, drawing)
    if isinstance(block, blocks.ListBlock):
        return _entries(block.child_block, old or [], new or [], drawing)
    if isinstance(block, ImageChooserBlock | DocumentChooserBlock):
        return _media(old, new, drawing)
    if isinstance(block, blocks.PageChooserBlock):
        return _text(drawing.titles.get(old, ""), drawing.titles.get(new, ""))
    if isinstance(block, blocks.BooleanBlock):
        return _text(str(_("yes")) if old else "", str(_("yes")) if new else "")
    return _text(_plain(old), _plain(new))


def _plain(value) -> str:
    return "" if value in (None, "") else str(value)


def _text(old: str, new: str) -> dict:
    html = marked(escape(old), escape(new))
    return {"kind": "text", "html": mark_safe(html)}


def _struct(block, old: dict, new: dict, drawing: Drawing) -> dict:
    rows = [
        {"label": child.label, "node": draw(child, old.get(name), new.get(name), drawing)}
        for name, child in block.child_blocks.items()
        if old.get(name) or new.get(name)
    ]
    return {"kind": "rows", "rows": rows} if len(rows) != 1 else rows[0]["node"]


def _entries(child, old: list, new: list, drawing: Drawing) -> dict:
    """A list inside a block: steps, answers, cautions, each by its id."""
    compared = compare({"body": old}, {"body": new}).changes
    items = [
        {"change": one.change, "word": WORDS[one.change], "node": draw(child, one.old, one.new, drawing)}
        for one in compared
    ]
    return {"kind": "list", "items": items}


def _media(old, new, drawing: Drawing) -> dict:
    pictures = [
        {"word": word, "media": presented(value, drawing.reading)}
        for word, value in ((_("Before"), old if old != new else None), (_("Now"), new))
        if value
    ]
    return {"kind": "media", "pictures": pictures, "changed": bool(old and new and old != new)}


def _table(old: dict, new: dict, drawing: Drawing) -> dict:
    """A table row by row. Rows are matched by their words; changed ones pair up in order."""
    width = max([len(new.get("columns", [])), *(len(row) for row in new.get("rows", []) + old.get("rows", []))] or [0])
    headings = _cells(old.get("columns"), new.get("columns"), width)
    labels_ = [after or before for before, after in headings]
    rows = [
        [{"label": label, "html": html} for label, html in zip(labels_, cells, strict=True)]
        for before, after in _pairs(old.get("rows", []), new.get("rows", []))
        for cells in [_row(before, after, width, drawing)]
    ]
    columns = [_text(before, after)["html"] for before, after in headings]
    return {
        "kind": "table",
        "caption": _text(old.get("caption", ""), new.get("caption", ""))["html"],
        "columns": columns,
        "rows": rows,
    }


def _row(old, new, width, drawing) -> list:
    html = (marked(before, after) for before, after in _cells(old, new, width))
    return [presented(cell, drawing.reading, "value") for cell in html]


def _cells(old, new, width) -> list[tuple[str, str]]:
    pad = [""] * width
    return list(zip(((old or []) + pad)[:width], ((new or []) + pad)[:width], strict=True))


def _pairs(old: list, new: list) -> list[tuple]:
    """Rows side by side: (row, row) where one stayed or changed, with None where one came or went."""
    matcher = SequenceMatcher(None, [tuple(row) for row in old], [tuple(row) for row in new], autojunk=False)
    pairs = []
    for _tag, a, b, c, d in matcher.get_opcodes():
        before, after = old[a:b], new[c:d]
        both = max(len(before), len(after))
        pairs += zip(before + [None] * (both - len(before)), after + [None] * (both - len(after)), strict=True)
    return pairs


def _group(change: Change, drawing: Drawing) -> dict:
    """Several numbers or lines under one name: only those that changed, before and after."""
    old, new = change.old or {}, change.new or {}
    rows = []
    for part in dict.fromkeys([*new, *old]):
        label = labels.part_label(drawing.kind, change.name, part)
        before, after = (
            labels.words_for(drawing.kind, part, value.get(part), group=change.name) for value in (old, new)
        )
        if label and before != after:
            rows.append({"label": label, "node": {"kind": "before_after", "old": before, "new": after}})
    return {"kind": "rows", "rows": rows}


def _set(change: Change, drawing: Drawing) -> dict:
    """Marks, tags, kinds of evidence: what came and what went; order means nothing."""
    old, new = change.old or [], change.new or []
    items = [
        {"change": state, "word": WORDS[state], "node": _text(before, after)}
        for value in dict.fromkeys([*new, *old])
        for word in [labels.words_for(drawing.kind, change.name, value)]
        for state, before, after in [_came(value, old, new, word)]
    ]
    return {"kind": "list", "plain": True, "items": items}


def _came(value, old, new, word):
    if value in old and value in new:
        return SAME, word, word
    return (ADDED, "", word) if value in new else (REMOVED, word, "")


def _glossary(old, new, drawing) -> dict:
    """Words to explain, by their English headword."""
    return _by_key(old, new, lambda entry: entry["term"], lambda entry: f"{entry['word']}: {entry.get('meaning', '')}")


def _alignments(old, new, drawing) -> dict:
    """Standards a page answers to, by number."""
    return _by_key(old, new, lambda entry: (entry["framework"], entry["item"], entry.get("note", "")), _standard)


def _standard(entry) -> str:
    words = [f"{entry.get('framework_title') or entry['framework']}, {entry['item']}", entry.get("statement", "")]
    return ": ".join(word for word in [*words, entry.get("note", "")] if word)


def _by_key(old, new, key, say) -> dict:
    before, after = ({key(entry): say(entry) for entry in value or []} for value in (old, new))
    items = []
    for name in dict.fromkeys([*after, *before]):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            change = CHANGED if was and now else ADDED if now else REMOVED
            items.append({"change": change, "word": WORDS[change], "node": _text(was, now)})
    return {"kind": "list", "plain": True, "items": items}


def _pages(old, new, drawing) -> dict:
    """Uids in order, as titles: which came, went or stand elsewhere now."""
    entries = [[{"id": uid, "value": drawing.titles.get(uid, "")} for uid in value or []] for value in (old, new)]
    items = [
        {"change": one.change, "word": WORDS[one.change], "node": _text(one.old or "", one.new or "")}
        for one in compare({"body": entries[0]}, {"body": entries[1]}).changes
    ]
    return {"kind": "list", "items": items}


_SPECIAL = {"glossary": _glossary, "alignments": _alignments, "children": _pages, "prerequisites": _pages}
