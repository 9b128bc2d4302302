"""What is new to one reader: how many pages changed since they last agreed, and how long that takes to read.

Compares fingerprints, never texts, so a desk of many papers costs as many queries as one of a few.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.editions.diff import text_of
from curriculum.editions.read import SOURCE
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review.enums import EntryKind, Position
from curriculum.review.models import Entry, Submission, SubmissionItem
from curriculum.review.reading import ROUND

#: Words a minute where a page does not say how long it takes.
PACE = 180
#: For so many papers a desk reckons minutes, the first of them; the room does for every one.
RECKONED = 30


@dataclass(frozen=True)
class News:
    """`pages` changed since this reader last agreed on any version of it; `since` is the base to compare with."""

    pages: int
    since: str = ""


def news_for(rows: list[Submission], person) -> dict:
    """{pk: News} for reviews whose text this person agreed on before: four queries at most (uses prefetched items)."""
    agreed = _agreed_by(person, {item.subject_uid for row in rows for item in row.items.all()})
    mine = {
        row.pk: [(item, agreed[item.subject_uid]) for item in row.items.all() if item.subject_uid in agreed]
        for row in rows
    }
    compared = [(digest, item.frozen_id) for pairs in mine.values() for item, (digest, _pk) in pairs]
    pages = _pages_of({digest for both in compared for digest in both})
    return {
        row.pk: News(
            sum(_differing(pages.get(digest, {}), pages.get(item.frozen_id, {})) for item, (digest, _pk) in pairs),
            ROUND if row.replaces_id and all(pk == row.replaces_id for _item, (_digest, pk) in pairs) else "",
        )
        for row in rows
        if (pairs := mine[row.pk])
    }


def minutes_for(rows: Iterable[Submission]) -> dict:
    """{pk: minutes it takes to read what changed}: two queries (uses prefetched items)."""
    items = [(row.pk, item) for row in rows for item in row.items.all()]
    pages = _pages_of({digest for _pk, item in items for digest in (item.frozen_id, item.based_on) if digest})
    wanted: dict = {pk: [] for pk, _item in items}
    for pk, item in items:
        before = pages.get(item.based_on, {})
        for uid, versions in pages.get(item.frozen_id, {}).items():
            if versions != before.get(uid):
                wanted[pk].append(versions.get(SOURCE) or next(iter(versions.values())))
    contents = Frozen.objects.read(digest for digests in wanted.values() for digest in digests)
    return {pk: sum(minutes_of(contents[digest]) for digest in digests) for pk, digests in wanted.items()}


def minutes_of(snapshot: dict) -> int:
    """How long one page takes to read: as it says itself, else by its words. The same for everybody."""
    said = snapshot.get("minutes")
    return said if said else math.ceil(len(text_of(snapshot).split()) / PACE)


def _agreed_by(person, uids) -> dict:
    """{subject: (digest, submission)} of what this person's last answer agreed to, for each of these subjects."""
    entries = Entry.objects.filter(person=person, kind=EntryKind.POSITION, submission__items__subject_uid__in=uids)
    last = {}
    for pk, position in entries.order_by("pk").values_list("submission_id", "position"):
        last.pop(pk, None)
        last[pk] = position
    agreed = [pk for pk, position in last.items() if Position(position).agrees]
    items = SubmissionItem.objects.filter(submission__in=agreed, subject_uid__in=uids)
    order = {pk: place for place, pk in enumerate(agreed)}
    rows = sorted(items.values_list("submission_id", "subject_uid", "frozen_id"), key=lambda row: order[row[0]])
    return {uid: (digest, pk) for pk, uid, digest in rows}


def _pages_of(digests) -> dict[str, dict[str, dict[str, str]]]:
    """{edition or release digest: {page uid: {language: snapshot digest}}}: one query."""
    found = {}
    for row in Frozen.objects.filter(digest__in=set(digests), kind__in=(FrozenKind.EDITION, FrozenKind.RELEASE)):
        pages = found.setdefault(row.digest, {})
        for reference in row.content.get("snapshots", []):
            pages.setdefault(reference["uid"], {})[reference["language"]] = reference["digest"]
    return found


def _differing(before: dict, after: dict) -> int:
    return sum(before.get(uid) != after.get(uid) for uid in {*before, *after})
