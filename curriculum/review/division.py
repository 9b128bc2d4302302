"""How one side divided the reading of a review, as its own people see it. The other side sees nothing of it.

Two queries, however many pages and people there are.
"""

from dataclasses import dataclass, field

from curriculum.editions.diff import SAME
from curriculum.enums import Kind
from curriculum.review import queries
from curriculum.review.models import Reading, ReadingShare, Submission
from curriculum.review.reading import Sheet
from users.models import Person

#: From so many pages on it is offered.
MANY = 4


@dataclass(frozen=True)
class Mark:
    """What stands beside one page: whose it is, whether it is yours, and whether it was read."""

    reader: str = ""
    yours: bool = False
    read: bool = False
    you_read: bool = False


@dataclass(frozen=True)
class Division:
    """One side's division, for one of its people. Empty for everybody else."""

    person: Person | None = None
    side: str = ""
    readers: dict[str, Person] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()

    @property
    def is_divided(self) -> bool:
        return bool(self.readers)

    def mark(self, uid: str, language: str) -> Mark | None:
        """What to say about a page in one language; nothing while the reading is not divided."""
        if not self.is_divided:
            return None
        reader = self.readers.get(uid)
        read_by = {row.person_id for row in self.readings if (str(row.page_uid), row.language) == (uid, language)}
        return Mark(
            reader=str(reader) if reader else "",
            yours=reader is not None and reader.pk == self.person.pk,
            read=bool(read_by) if reader is None else reader.pk in read_by,
            you_read=self.person.pk in read_by,
        )

    def marks(self, uids, language: str) -> dict[str, Mark]:
        """{page uid: what to say about it}."""
        return {uid: self.mark(uid, language) for uid in uids} if self.is_divided else {}

    def unread(self, uids, language: str) -> list[str]:
        """Pages that were given to somebody who has not marked them as read."""
        return [uid for uid, mark in self.marks(uids, language).items() if mark.reader and not mark.read]


def division_of(submission: Submission, user) -> Division:
    """How the side of `user` divided the reading."""
    seat = queries.seats_of(user.person).filter(committee=submission.committee_id).first()
    if seat is None:
        return Division()
    side = seat.representative.side
    shares = queries.shares_of(submission, side)
    readings = Reading.objects.filter(submission=submission, side=side)
    return Division(user.person, side, {str(row.page_uid): row.person for row in shares if row.person}, tuple(readings))


def pages_to_share(sheet: Sheet) -> list[str]:
    """Uids of the lessons and assessments that are new or changed, in reading order."""
    own = (Kind.LESSON, Kind.ASSESSMENT)
    return [page.uid for page in sheet.pages if page.kind in own and page.status != SAME]


def may_divide(submission: Submission, division: Division, sheet: Sheet) -> bool:
    """Whether the room offers it: much to read, and somebody to share it with. One query."""
    if not division.side or submission.outcome is not None:
        return False
    several = queries.seats_on(submission.committee, division.side).count() > 1
    return division.is_divided or (several and len(pages_to_share(sheet)) >= MANY)


def told(submission: Submission) -> list[dict]:
    """Everything about who was given what and who read it, in order, for those who keep the record. Two queries."""
    shares = ReadingShare.objects.filter(submission=submission).select_related("person", "by")
    readings = Reading.objects.filter(submission=submission).select_related("person")
    rows = [
        {"at": row.at, "side": row.side, "page": str(row.page_uid), "given_to": row.person, "by": row.by}
        for row in shares
    ]
    rows += [
        {"at": row.at, "side": row.side, "page": str(row.page_uid), "read_by": row.person, "language": row.language}
        for row in readings
    ]
    return sorted(rows, key=lambda row: row["at"])
