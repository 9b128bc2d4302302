"""The one codec: a library page to its portable form and back.

Freezing is dump and store, import is parse and load, export is dump to files, restore is load of a snapshot;
diff and merge compare dumps. Two pages with the same content have the same digest on every installation.
"""

import hashlib
import unicodedata

import rfc8785

from curriculum.codec.lookups import Collector, Resolver

FORMAT = 1


def dump(page) -> dict:
    """The portable form of one page in one language, as a plain dictionary (docs/snapshots.md).

    Costs one query per kind of row the page points at, however many blocks it has.
    """
    collect = Collector()
    _dump_fields(page, collect)
    data = {
        "format": FORMAT,
        "kind": str(page.kind),
        "uid": page.uid,
        "language": page.language,
        "slug": page.slug if page.is_source else "",
        "title": page.title,
        **_dump_fields(page, Resolver(collect.keys, page.language)),
    }
    return normal(data)


def load(page, data: dict) -> None:
    """Set the fields of `page` from portable `data`. Neither saves nor touches the page's place in the tree."""
    collect = Collector()
    for field in page.portable:
        field.names(page, data.get(field.name), collect)
    find = Resolver(collect.keys, data["language"], loading=True)
    page.title = data["title"]
    if data.get("slug"):
        page.slug = data["slug"]
    for field in page.portable:
        field.load(page, data.get(field.name), find)


def canonical(data: dict) -> bytes:
    """RFC 8785 JSON of `data` in normal form: the bytes that are hashed, stored and never written again.

    Raises TypeError for a float: numbers with a point are text here, so that no machine rounds them.
    """
    return rfc8785.dumps(normal(data))


def digest(data: dict) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()


def normal(value):
    """Unicode NFC, with empty text, lists, objects, None and False left out of objects: absent is empty."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        kept = ((str(key), normal(item)) for key, item in value.items())
        return {key: item for key, item in kept if not (item is None or item is False or item in ("", [], {}))}
    if isinstance(value, list | tuple):
        return [normal(item) for item in value]
    if value is None:
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no portable form: {value!r}")


def _dump_fields(page, find) -> dict:
    return {field.name: field.dump(page, find) for field in page.portable}
