"""What a joint meeting has before it, as the projected screen shows it. A constant number of queries."""

from dataclasses import dataclass

from curriculum.review import queries
from curriculum.review.enums import Side
from curriculum.review.models import AgendaItem, Meeting, Seat, Submission
from curriculum.review.reading import titles_of
from curriculum.review.standing import Standing, standing


@dataclass(frozen=True)
class Item:
    """One text on the agenda with where both sides stand now."""

    row: AgendaItem
    standing: Standing
    title: str

    @property
    def submission(self) -> Submission:
        return self.standing.submission


@dataclass(frozen=True)
class Table:
    """A meeting with its agenda and who is there. `seats` are everybody who could be."""

    meeting: Meeting
    items: list[Item]
    seats: list[Seat]
    present: set

    def item(self, submission_uid) -> Item | None:
        return next((item for item in self.items if str(item.submission.pk) == str(submission_uid)), None)

    @property
    def current(self) -> Item | None:
        """The first text that is still open; else the first."""
        return next((item for item in self.items if item.standing.is_open), self.items[0] if self.items else None)

    @property
    def by_side(self) -> list[dict]:
        """Who sits for each side and is there: [{"side", "party", "people": [Seat], "present": number}]."""
        found = []
        for side in Side:
            people = [seat for seat in self.seats if seat.representative.side == side]
            there = sum(seat.representative.person_id in self.present for seat in people)
            party = self.meeting.committee.party(side)
            found.append({"side": side, "party": party, "people": people, "present": there})
        return found


def table_of(meeting: Meeting) -> Table:
    """Everything the screen shows."""
    rows = list(meeting.agenda.all())
    found = {row.pk: row for row in Submission.objects.with_record().filter(pk__in=[row.submission_id for row in rows])}
    titles = titles_of(list(found.values()))
    items = [Item(row, standing(found[row.submission_id]), titles[row.submission_id]) for row in rows]
    seats = Seat.objects.filter(committee=meeting.committee, until=None).select_related("representative__person__user")
    present = set(meeting.present.values_list("person_id", flat=True))
    return Table(meeting, items, list(seats.order_by("representative__person__name")), present)


def meetings_of(user) -> list[Meeting]:
    """Meetings of the committees a person sits on; every meeting for those who keep the record. Newest first."""
    return list(_meetings_for(user).select_related("committee")[:50])


def has_met(user) -> bool:
    """Whether there is any meeting for this person to look at: one query."""
    return _meetings_for(user).exists()


def _meetings_for(user):
    if user.has_perm("review.view_submission"):
        return Meeting.objects.all()
    return Meeting.objects.filter(committee__in=queries.seats_of(user.person).values("committee"))
