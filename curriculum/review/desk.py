"""What lies on a person's desk: what waits for their side, what they wait for, what is done.

A constant number of queries, however much is open.
"""

from dataclasses import dataclass

from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.models import Entry, Submission
from curriculum.review.reading import titles_of
from curriculum.review.standing import Standing, standing

#: How many ended reviews a desk shows.
DONE = 20


@dataclass(frozen=True)
class Paper:
    """One submission on a desk: where it stands, what this person said, and why they may not answer if so."""

    standing: Standing
    title: str
    mine: Entry | None = None
    is_author: bool = False
    is_stale: bool = False

    @property
    def submission(self) -> Submission:
        return self.standing.submission


@dataclass(frozen=True)
class Desk:
    """One person's desk. Whoever only reads has no side, and everything open is in `others`."""

    side: str | None
    waiting: list[Paper]
    small: list[Paper]
    others: list[Paper]
    done: list[Paper]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.small or self.others or self.done)


def desk_of(user) -> Desk:
    """The desk of `user`: their committees' submissions, or everybody's for those who may read all."""
    seats = list(queries.seats_of(user.person).select_related("representative"))
    rows = Submission.objects.with_record()
    if not user.has_perm("review.view_submission"):
        rows = rows.filter(committee__in=[seat.committee_id for seat in seats])
    sides = {seat.committee_id: seat.representative.side for seat in seats}
    open_rows = list(rows.open().order_by("opened_at"))
    stale = _stale(open_rows)
    ended = list(rows.exclude(decisions=None).distinct()[:DONE])
    titles = titles_of([*open_rows, *ended])
    waiting, small, others = [], [], []
    for row in open_rows:
        paper = _paper(row, titles[row.pk], user.person, row.pk in stale)
        if _waits_for(paper, sides.get(row.committee_id)):
            (small if paper.standing.change_class.is_small else waiting).append(paper)
        else:
            others.append(paper)
    small, later = _batch(small)
    others = later + others
    done = [_paper(row, titles[row.pk], user.person, False) for row in ended]
    return Desk(next(iter(sides.values()), None), waiting, small, others, done)


def small_fixes_of(user) -> list[Submission]:
    """The small fixes that wait for this person's side, as the desk lists them."""
    return [paper.submission for paper in desk_of(user).small]


def _batch(small: list[Paper]) -> tuple[list[Paper], list[Paper]]:
    """Those that can be signed together, and those that have to come after.

    Two changes that would both be agreed now and both make the next course text of one curriculum exclude each
    other: each was made from the course text that the other replaces. The older one goes first.
    """
    together, later, taken = [], [], set()
    for paper in small:
        makes = {item.subject_uid for item in paper.submission.items.all() if item.kind == FrozenKind.RELEASE}
        completes = paper.standing.tally.keys == 1
        if completes and makes & taken:
            later.append(paper)
        else:
            together.append(paper)
            taken |= makes if completes else set()
    return together, later


def _paper(row: Submission, title: str, person, is_stale: bool) -> Paper:
    place = standing(row)
    return Paper(place, title, place.answer_of(person), str(person.pk) in row.authors, is_stale)


def _waits_for(paper: Paper, side: str | None) -> bool:
    """Whether this person can move it now: their side has not answered, and they may."""
    if side is None or paper.is_author or paper.is_stale:
        return False
    return paper.mine is None and side in paper.standing.waiting_for


def _stale(rows: list[Submission]) -> set:
    """Those made from something that is no longer current, as `queries.is_stale`; two queries for all."""
    uids = {item.subject_uid for row in rows for item in row.items.all()}
    latest = queries.current(FrozenKind.EDITION, uids) | queries.current(FrozenKind.RELEASE, uids)
    digests = {uid: decision.frozen_id for uid, decision in latest.items()}
    return {
        row.pk
        for row in rows
        if any(digests.get(str(item.subject_uid), "") != item.based_on for item in row.items.all())
    }
