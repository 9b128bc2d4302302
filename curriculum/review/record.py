"""The record of one submission: what was put forward, who said what for which side and when, and what became of it.

Two forms. `told` is for people: in order, with what each entry means. `exported` is for machines and for anybody who
wants to check it without us: the bytes that were hashed, as JSON, and their names (docs/verifying.md). The exported
form names people by pseudonym only.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from curriculum.editions.portable import FORMAT, normal
from curriculum.models import Frozen
from curriculum.review.enums import EntryKind, Outcome, Position, Side
from curriculum.review.models import Entry, Submission


@dataclass(frozen=True)
class Told:
    """One entry as a person reads it."""

    at: datetime
    who: str
    side: str
    said: str
    words: str
    digest: str


def told(submission: Submission, *, names: bool) -> list[Told]:
    """Every entry in order (uses prefetched entries). Without `names` the side stands for the person."""
    return [_tell(submission, entry, names) for entry in submission.entries.all()]


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


def _tell(submission: Submission, entry: Entry, names: bool) -> Told:
    if entry.kind == EntryKind.POSITION:
        side, said = entry.side, Position(entry.position).label
    else:
        side, said = "", Outcome(entry.outcome).label
    party = submission.committee.party(side) if side else ""
    return Told(
        entry.at,
        str(entry.person) if names else party,
        Side(side).label if side else "",
        said,
        entry.words,
        entry.digest,
    )


def as_json(submission: Submission) -> bytes:
    """`exported` as indented UTF-8 JSON, keys sorted."""
    return json.dumps(exported(submission), ensure_ascii=False, sort_keys=True, indent=1).encode()
