"""Block values in their two forms: raw (as Wagtail stores them) and portable (as a snapshot holds them).

Each function takes `find(kind, key)`, which gives the other side's name of a row. Run once with a
`lookups.Collector` and once with a `lookups.Resolver`, so that a page costs one query per kind of row.
"""

import re

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from curriculum.blocks.text import HeadingBlock
from curriculum.codec.richtext import one_form
from curriculum.sanitize import clean_html

_PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_PAGE_ID = re.compile(r'\bid="(\d+)"')
_UID_LINK = re.compile(r'<a\b[^>]*\bdata-uid="([0-9a-f-]{36})"[^>]*>')


def dump_html(html: str, find) -> str:
    """Stored rich text to portable HTML: internal links by uid, through the sanitizer, in its one form."""

    def by_uid(match):
        key = _PAGE_ID.search(match[0])
        uid = find("page", int(key[1])) if key else None
        return f'<a data-uid="{uid}">' if uid else "<a>"

    return one_form(clean_html(_PAGE_LINK.sub(by_uid, html or "")))


def load_html(html: str, find) -> str:
    """Portable HTML to stored rich text: the sanitizer first, then links by uid become page links.

    The editor reads XML: a break that is not closed is an error to it.
    """

    def by_key(match):
        key = find("page", match[1])
        return f'<a linktype="page" id="{key}">' if key else "<a>"

    return _UID_LINK.sub(by_key, one_form(clean_html(html or ""))).replace("<br>", "<br/>")


def dump_value(block, raw, find):
    """Portable form of one raw block value."""
    if isinstance(block, HeadingBlock):
        return {"text": raw.get("text") or "", "level": int(raw.get("level") or 2)}
    if isinstance(block, blocks.RichTextBlock):
        return dump_html(raw, find)
    if isinstance(block, TypedTableBlock):
        return _dump_table(block, raw or {}, find)
    if isinstance(block, blocks.StreamBlock):
        return [
            {"id": item["id"], "type": item["type"], "value": dump_value(child, item["value"], find)}
            for item in raw or []
            if (child := block.child_blocks.get(item["type"]))
        ]
    if isinstance(block, blocks.ListBlock):
        return [{"id": item["id"], "value": dump_value(block.child_block, item["value"], find)} for item in raw or []]
    if isinstance(block, blocks.StructBlock):
        raw = raw or {}
        return {name: dump_value(child, raw.get(name), find) for name, child in block.child_blocks.items()}
    kind = _chooser_kind(block)
    if kind:
        return find(kind, raw)
    return raw


def load_value(block, value, find):
    """Raw form of one portable block value. What is not found here becomes empty."""
    if isinstance(block, HeadingBlock):
        return {"text": value.get("text", ""), "level": str(value.get("level", 2))}
    if isinstance(block, blocks.RichTextBlock):
        return load_html(value, find)
    if isinstance(block, TypedTableBlock):
        return _load_table(block, value or {}, find)
    if isinstance(block, blocks.StreamBlock):
        return [
            {"id": item["id"], "type": item["type"], "value": load_value(child, item.get("value"), find)}
            for item in value or []
            if (child := block.child_blocks.get(item["type"]))
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            {
                "type": "item",
                "id": item["id"],
                "value": load_value(block.child_block, item.get("value"), find),
            }
            for item in value or []
        ]
    if isinstance(block, blocks.StructBlock):
        value = value or {}
        return {name: load_value(child, value.get(name), find) for name, child in block.child_blocks.items()}
    kind = _chooser_kind(block)
    if kind in ("image", "document"):
        return find(kind, value["sha256"]) if value else None
    if kind:
        return find(kind, value)
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock):
        return value or ""
    return value or None


def _chooser_kind(block) -> str | None:
    if isinstance(block, ImageChooserBlock):
        return "image"
    if isinstance(block, DocumentChooserBlock):
        return "document"
    if isinstance(block, blocks.PageChooserBlock):
        return "page"
    if isinstance(block, SnippetChooserBlock):
        return "item" if block.target_model.__name__ == "StandardItem" else "term"
    return None


def _dump_table(block, raw, find) -> dict:
    cell = block.child_blocks["text"]
    return {
        "caption": raw.get("caption") or "",
        "columns": [column["heading"] or "" for column in raw.get("columns", [])],
        "rows": [[dump_value(cell, value, find) for value in row["values"]] for row in raw.get("rows", [])],
    }


def _load_table(block, value, find) -> dict:
    cell = block.child_blocks["text"]
    return {
        "caption": value.get("caption", ""),
        "columns": [{"type": "text", "heading": heading} for heading in value.get("columns", [])],
        "rows": [{"values": [load_value(cell, item, find) for item in row]} for row in value.get("rows", [])],
    }
