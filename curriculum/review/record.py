"""The record of one submission for machines, and for anybody who wants to check it without us.

The bytes that were hashed, as JSON, and their names (docs/verifying.md). People are named by pseudonym only, and what a
side keeps to itself is not in it. For people it is told in `telling`.
"""

import json

from curriculum.editions.portable import FORMAT, normal
from curriculum.editions.portable import digest as portable_digest
from curriculum.models import Frozen
from curriculum.review.models import Entry, Submission


def exported(submission: Submission) -> dict:
    """Everything that is needed to check the record offline.

    {"format", "kind": "record", "digest", "submission": manifest, "entries": [{"digest", "statement", "salt", "said"}],
    "contents": {digest: frozen content}}: hashing the RFC 8785 form of each statement and content gives its name.
    """
    contents = _contents(submission)
    return {
        "format": FORMAT,
        "kind": "record",
        "digest": submission.digest,
        "submission": submission.frozen.content,
        "entries": [_entry(entry) for entry in submission.entries.all()],
        "contents": contents,
    }


def _entry(entry: Entry) -> dict:
    """One link: its statement, and the words as they were hashed. Sealed words are gone; their digest stays."""
    words = {"salt": entry.salt, "said": entry.said} if entry.said else {}
    return {"digest": entry.digest, "statement": _hashed(entry), **words}


def _hashed(entry: Entry) -> dict:
    """The statement as it was hashed: in normal form, with empty parts left out."""
    return normal(entry.statement)


def _contents(submission: Submission) -> dict[str, dict]:
    """Editions and releases put forward, what they pin, and every page of it: three queries at most."""
    found: dict[str, dict] = {}
    wanted = {item.frozen_id for item in submission.items.all()}
    while wanted:
        rows = Frozen.objects.read(wanted)
        found |= rows
        wanted = {digest for row in rows.values() for digest in _named(row)} - found.keys()
    return found


def _named(content: dict) -> list[str]:
    references = [reference["digest"] for reference in content.get("snapshots", [])]
    return references + [module["edition"] for module in content.get("modules", []) if "edition" in module]


def fingerprints(submission: Submission) -> list[dict]:
    """What was put forward, by language: [{"title", "digest", "languages": [{"language", "pages", "digest"}]}].

    A language's fingerprint covers every page of it in order: the SHA-256 of the RFC 8785 list of their fingerprints.
    Two queries.
    """
    items = list(submission.items.all())
    rows = Frozen.objects.read(item.frozen_id for item in items)
    return [
        {"title": item.title, "digest": item.frozen_id, "languages": _by_language(rows[item.frozen_id])}
        for item in items
    ]


def _by_language(content: dict) -> list[dict]:
    pages: dict[str, list[str]] = {}
    for reference in content.get("snapshots", []):
        pages.setdefault(reference["language"], []).append(reference["digest"])
    return [
        {"language": language, "pages": len(digests), "digest": portable_digest(digests)}
        for language, digests in pages.items()
    ]


def as_json(submission: Submission) -> bytes:
    """`exported` as indented UTF-8 JSON, keys sorted."""
    return json.dumps(exported(submission), ensure_ascii=False, sort_keys=True, indent=1).encode()
