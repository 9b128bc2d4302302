"""What goes with an agreed text for good: notes of those who agreed, who stood aside with a reason, what was settled.

Told with the side, the date and the words; the person only where they chose to be named. A course text carries what was
noted about every version in it, until a newer version takes that one's place.
"""

from django.utils import timezone

from curriculum.editions.read import titles_in
from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.enums import EntryKind, Position, Side
from curriculum.review.models import Decision, Entry, Submission
from curriculum.review.standing import standing


def named(submission: Submission) -> list[dict]:
    """People who agreed and chose to stand on the public page: [{"side_label", "person", "on"}]."""
    last = {entry.person_id: entry for entry in submission.entries.all() if entry.kind == EntryKind.POSITION}
    return [
        {"side_label": Side(entry.side).label, "person": name, "on": timezone.localdate(entry.at)}
        for entry in last.values()
        if Position(entry.position).agrees and (name := _chosen_name(entry))
    ]


def notes(decision: Decision, submission: Submission, language: str) -> list[dict]:
    """What is noted about an agreed text and the versions in it, oldest first. A constant number of queries.

    `submission` is the one that agreed on it, fetched `with_record`.

    [{"side", "side_label", "position_label", "state", "on", "words", "person", "about"}]; `about` names a version of a
    course text where the note came with that one and not with the course text itself.
    """
    holding = _holding(decision)
    others = Submission.objects.with_record().filter(pk__in=holding).order_by("opened_at") if holding else []
    rows = [*others, submission]
    titles = titles_in(language, [row.frozen_id for row in holding.values()]) if holding else {}
    return [
        _told(entry, titles.get(holding[row.pk].frozen_id, holding[row.pk].title) if row.pk in holding else "")
        for row in rows
        for entry in standing(row).carried
    ]


def _holding(decision: Decision) -> dict:
    """{submission: the version it agreed on} of the versions in a course text that other reviews agreed on."""
    if decision.kind != FrozenKind.RELEASE:
        return {}
    pinned = [item["edition"] for item in decision.frozen.content.get("modules", [])]
    rows = queries.approved(FrozenKind.EDITION).filter(frozen_id__in=pinned, entry_id__lte=decision.entry_id)
    last = {row.frozen_id: row for row in rows}
    return {row.submission_id: row for row in last.values() if row.submission_id != decision.submission_id}


def _told(entry: Entry, about: str) -> dict:
    return {
        "side": entry.side,
        "side_label": Side(entry.side).label,
        "position_label": Position(entry.position).label,
        "state": "agreed" if Position(entry.position).agrees else "change",
        "settled": entry.position == Position.BLOCK,
        "on": timezone.localdate(entry.at),
        "words": entry.words,
        "person": _chosen_name(entry),
        "about": about,
    }


def _chosen_name(entry: Entry) -> str:
    """The name of a person who chose to be named, as long as it was not taken away since."""
    return entry.person.name if entry.detail.get("named") else ""
