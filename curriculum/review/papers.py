"""What came from one paper: its reviews together, and which of them one person can confirm in one tap.

A constant number of queries, however many modules the paper was about.
"""

from dataclasses import dataclass
from datetime import date

from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import queries
from curriculum.review.enums import Purpose
from curriculum.review.models import Entry, Submission
from curriculum.review.reading import titles_of
from curriculum.review.standing import Standing, standing


@dataclass(frozen=True)
class Sheaf:
    """One text of a paper: how it stands, how many pages it has, what this person said about it."""

    standing: Standing
    title: str
    pages: int
    mine: Entry | None

    @property
    def submission(self) -> Submission:
        return self.standing.submission

    @property
    def is_course_text(self) -> bool:
        return any(item.kind == FrozenKind.RELEASE for item in self.submission.items.all())


@dataclass(frozen=True)
class PaperBatch:
    """Everything that came from one scan and is still open, and what of it this person can confirm now."""

    scan: str
    agreed_on: date
    sheaves: list[Sheaf]
    waiting: list[Sheaf]
    side: str | None


def batches_of(user) -> list[PaperBatch]:
    """The papers with open reviews that this person may read, the oldest first."""
    rows = Submission.objects.open().filter(purpose=Purpose.PAPER).with_record().order_by("opened_at", "pk")
    if not user.has_perm("review.view_submission"):
        rows = rows.filter(committee__in=queries.seats_of(user.person).values("committee"))
    found = list(rows)
    if not found:
        return []
    seats = queries.seats_of(user.person).select_related("representative")
    sides = {seat.committee_id: seat.representative.side for seat in seats}
    titles, pages, stale = titles_of(found), _pages(found), queries.stale_among(found)
    unagreed = queries.unagreed_versions(found)
    by_scan: dict[tuple, list[Sheaf]] = {}
    for row in found:
        place = standing(row)
        sheaf = Sheaf(place, titles[row.pk], pages[row.pk], place.answer_of(user.person))
        by_scan.setdefault((row.about["scan"], row.committee_id), []).append(sheaf)
    return [
        PaperBatch(
            scan,
            sheaves[0].submission.agreed_on_paper,
            sheaves,
            _waiting(sheaves, user, sides.get(committee), stale, unagreed),
            sides.get(committee),
        )
        for (scan, committee), sheaves in by_scan.items()
    ]


def _waiting(sheaves, user, side, stale, unagreed) -> list[Sheaf]:
    """What this person can confirm now, modules first. A course text waits while its modules cannot all be agreed."""
    if side is None:
        return []
    mine = [
        sheaf
        for sheaf in sheaves
        if sheaf.mine is None
        and side in sheaf.standing.waiting_for
        and sheaf.submission.pk not in stale
        and str(user.person_id) not in sheaf.submission.authors
    ]
    modules = [sheaf for sheaf in mine if not sheaf.is_course_text]
    completed = {
        item.frozen_id for sheaf in modules if sheaf.standing.tally.keys == 1 for item in sheaf.submission.items.all()
    }
    texts = [sheaf for sheaf in mine if sheaf.is_course_text]
    return modules + [
        sheaf for sheaf in texts if sheaf.standing.tally.keys == 0 or not unagreed[sheaf.submission.pk] - completed
    ]


def _pages(rows: list[Submission]) -> dict:
    """{pk: how many pages it puts forward}. One query."""
    contents = Frozen.objects.read(item.frozen_id for row in rows for item in row.items.all())
    return {
        row.pk: len({ref["uid"] for item in row.items.all() for ref in contents[item.frozen_id].get("snapshots", [])})
        for row in rows
    }
