"""Passages: the pages and blocks of a text under review that words can be about. Pure, but for reading what is frozen.

A passage is found by block id, at any depth: a paragraph, one step of a procedure, a criterion, a picture, a table.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.editions.diff import LISTS, text_of
from curriculum.models import Frozen
from curriculum.review.models import Submission

_LINE = re.compile(r"</(?:p|li|blockquote)>|<br ?/?>")
_TAG = re.compile(r"<[^>]+>")
#: Rich text without marks, lists or links: its words can be exchanged and nothing is lost.
_PLAIN_HTML = re.compile(r"(?:<p>(?:[^<]|<br>)*</p>)+")


@dataclass(frozen=True)
class Passage:
    """A block of one page in one language. `field` is the page's field, `top` the id of the block it lies in."""

    id: str
    field: str
    type: str
    value: object
    top: str

    @property
    def is_html(self) -> bool:
        return self.field == "body" and isinstance(self.value, str)

    @property
    def words(self) -> str:
        """Its words as somebody would type them, a line for each paragraph."""
        if self.is_html:
            lines = _TAG.sub("", _LINE.sub("\n", self.value)).split("\n")
            return "\n".join(line for line in (html.unescape(line).strip() for line in lines) if line)
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, dict) and isinstance(self.value.get("text"), str) and self._is_line:
            return self.value["text"]
        return text_of(self.value)

    @property
    def can_be_reworded(self) -> bool:
        """Whether other words can take the place of its words without losing a mark, a link or a row."""
        if self.is_html:
            return bool(_PLAIN_HTML.fullmatch(self.value))
        return isinstance(self.value, str) or self._is_line

    def reworded(self, wording: str):
        """Its value with `wording` in place of its words. Only where `can_be_reworded`."""
        if self.is_html:
            lines = [line.strip() for line in wording.splitlines() if line.strip()]
            return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
        line = " ".join(wording.split())
        return line if isinstance(self.value, str) else {**self.value, "text": line}

    @property
    def _is_line(self) -> bool:
        """A heading or a criterion: a line of text with a number or a letter beside it."""
        return self.type == "heading" or self.field == "criteria"


def passages_of(snapshot: dict) -> dict[str, Passage]:
    """Every passage of a page: {id: passage}."""
    found = {}
    for field in LISTS:
        for entry in snapshot.get(field, []):
            for passage in _walk(entry, field, entry["id"]):
                found[passage.id] = passage
    return found


def _walk(entry: dict, field: str, top: str) -> Iterator[Passage]:
    value = entry.get("value", "")
    yield Passage(entry["id"], field, entry.get("type", ""), value, top)
    lists = [value] if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    for one in lists:
        for inner in one if isinstance(one, list) else ():
            if isinstance(inner, dict) and "id" in inner:
                yield from _walk(inner, field, top)


def read_page(submission: Submission, page_uid) -> dict[str, dict]:
    """A page that was put forward, in every language: {language: snapshot}; empty when it is not in it. Two queries."""
    return _read([item.frozen_id for item in submission.items.all()], page_uid)


def read_page_and_before(submission: Submission, page_uid) -> dict[str, list[dict]]:
    """The same with what it is compared with: {language: [oldest, ..., newest]}.

    What is taken out is talked about too: it stands in what was agreed before, or in the round before.
    """
    items = list(submission.items.all())
    rounds = [[item.based_on for item in items if item.based_on]]
    if submission.replaces_id:
        rounds.append([item.frozen_id for item in submission.replaces.items.all()])
    found: dict[str, list[dict]] = {}
    for digests in (*rounds, [item.frozen_id for item in items]):
        for language, snapshot in _read(digests, page_uid).items():
            found.setdefault(language, []).append(snapshot)
    return found


def _read(digests: list[str], page_uid) -> dict[str, dict]:
    rows = Frozen.objects.read(digests) if digests else {}
    names = {
        reference["digest"]
        for row in rows.values()
        for reference in row.get("snapshots", [])
        if reference["uid"] == str(page_uid)
    }
    return {snapshot["language"]: snapshot for snapshot in Frozen.objects.read(names).values()} if names else {}
