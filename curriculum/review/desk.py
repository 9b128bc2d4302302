"""What lies on a person's desk: what waits for their side, what they wait for, what is done.

A constant number of queries, however much is open.
"""

from dataclasses import dataclass, field, replace

from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.checking import Asked, waiting_for
from curriculum.review.deadlines import Deadline, deadline_of
from curriculum.review.enums import Purpose
from curriculum.review.models import Entry, Submission
from curriculum.review.reading import titles_of
from curriculum.review.since import RECKONED, News, minutes_for, news_for
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
    asked: bool = False
    news: News | None = None
    minutes: int | None = None

    @property
    def submission(self) -> Submission:
        return self.standing.submission

    @property
    def deadline(self) -> Deadline | None:
        """Until when an answer is asked for; None while none is."""
        return None if self.is_stale else deadline_of(self.standing)


@dataclass(frozen=True)
class Desk:
    """One person's desk. Whoever only reads has no side, and everything open is in `others`."""

    side: str | None
    waiting: list[Paper]
    small: list[Paper]
    others: list[Paper]
    done: list[Paper]
    checks: list[tuple[Paper, Asked]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.small or self.others or self.done)


def desk_of(user) -> Desk:
    """The desk of `user`: their committees' submissions, or everybody's for those who may read all."""
    seats = list(queries.seats_of(user.person).select_related("representative"))
    places = list(queries.checks_as(user.person))
    rows = Submission.objects.with_record()
    if not user.has_perm("review.view_submission"):
        rows = rows.filter(committee__in=[one.committee_id for one in [*seats, *places]])
    sides = {seat.committee_id: seat.representative.side for seat in seats}
    answers = {seat.committee_id: seat.representative.side for seat in queries.answering(user.person, seats)}
    # What came from paper lies together: see `papers`.
    open_rows = list(rows.open().exclude(purpose=Purpose.PAPER).order_by("opened_at"))
    # What could hurt someone comes first.
    open_rows.sort(key=lambda row: row.purpose not in (Purpose.EMERGENCY, Purpose.RATIFY))
    stale = queries.stale_among(open_rows)
    ended = list(rows.exclude(decisions=None).distinct()[:DONE])
    titles = titles_of([*open_rows, *ended])
    waiting, small, others, checks = [], [], [], []
    for row in open_rows:
        paper = _paper(row, titles[row.pk], user.person, row.pk in stale)
        if _waits_for(paper, answers.get(row.committee_id)):
            (small if paper.standing.change_class.is_small else waiting).append(paper)
        else:
            others.append(paper)
        checks += [(paper, asked) for asked in waiting_for(user.person, row, places)]
    small, later = _batch(small)
    news = news_for([paper.submission for paper in waiting + later + others], user.person) if seats else {}
    waiting = _reckoned([replace(paper, asked=True, news=news.get(paper.submission.pk)) for paper in waiting])
    others = [replace(paper, news=news.get(paper.submission.pk)) for paper in later + others]
    done = [_paper(row, titles[row.pk], user.person, False) for row in ended]
    return Desk(next(iter(sides.values()), None), waiting, small, others, done, checks)


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


def _reckoned(papers: list[Paper]) -> list[Paper]:
    """The first of them with the minutes they take to read; the others say so in the room."""
    minutes = minutes_for([paper.submission for paper in papers[:RECKONED]])
    return [replace(paper, minutes=minutes.get(paper.submission.pk)) for paper in papers]


def _paper(row: Submission, title: str, person, is_stale: bool) -> Paper:
    place = standing(row)
    return Paper(place, title, place.answer_of(person), str(person.pk) in row.authors, is_stale)


def _waits_for(paper: Paper, side: str | None) -> bool:
    """Whether this person can move it now: their side has not answered, and they may."""
    if side is None or paper.is_author or paper.is_stale:
        return False
    return paper.mine is None and side in paper.standing.waiting_for
