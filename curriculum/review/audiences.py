"""Who is told what: people on a committee's sides, its co-chairs and checkers, its designers, the coordinators.

A roster is read once and serves many reviews; nobody whose seat, account or name has ended is on it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from curriculum.review.enums import EntryKind, SeatRole, Side
from curriculum.review.models import Checker, Committee, Delegation, Seat, Submission
from users.models import Person, User
from users.roles import Role


@dataclass(frozen=True)
class Place:
    """A person on a side today. `answers` is false for an alternate whom nobody has named."""

    person: Person
    side: str
    role: str
    answers: bool
    holds: bool


class Roster:
    """Who sits where today on these committees, on all when None: two queries, one more for each other question."""

    def __init__(self, committees=None):
        self._committees = committees

    @cached_property
    def _places(self) -> dict[int, list[Place]]:
        today, of_these = timezone.localdate(), {}
        if self._committees is not None:
            of_these = {"committee__in": self._committees}
        seats = Seat.objects.filter(
            until=None, representative__person__user__is_active=True, representative__person__erased_at=None, **of_these
        ).select_related("representative__person")
        named = Delegation.objects.filter(since__lte=today, until__gte=today, seat__until=None)
        stands_in = defaultdict(set)
        for to, role in named.values_list("to", "seat__role"):
            stands_in[to].add(role)
        found = defaultdict(list)
        for seat in seats.order_by("representative__person__name", "pk"):
            places = {seat.role, *stands_in[seat.pk]}
            found[seat.committee_id].append(
                Place(
                    seat.representative.person,
                    seat.representative.side,
                    seat.role,
                    answers=places != {SeatRole.ALTERNATE},
                    holds=SeatRole.CO_CHAIR in places,
                )
            )
        return found

    def seated(self, committee: Committee) -> list[Place]:
        """Everybody on both sides, by name."""
        return self._places[committee.pk]

    def answering(self, submission: Submission, sides=Side.values) -> list[Place]:
        """People who may answer it for one of `sides`: seated, no mere alternate, none of its authors."""
        authors = submission.authors
        return [
            place
            for place in self._places[submission.committee_id]
            if place.answers and place.side in sides and str(place.person.pk) not in authors
        ]

    def unanswered(self, submission: Submission, sides=Side.values) -> list[Place]:
        """Those of them who have not answered yet (uses prefetched entries)."""
        answered = answered_by(submission)
        return [place for place in self.answering(submission, sides) if place.person.pk not in answered]

    def co_chairs(self, committee: Committee) -> list[Person]:
        """Both sides' co-chairs and who stands in for one; on a side that has none, everybody who answers for it."""
        found = []
        for side in Side.values:
            own = [place for place in self._places[committee.pk] if place.side == side and place.answers]
            found += [place.person for place in own if place.holds] or [place.person for place in own]
        return found

    @cached_property
    def coordinators(self) -> list[Person]:
        """Everybody who coordinates, on any committee."""
        return [user.person for user in _with_role(Role.COORDINATOR)]

    @cached_property
    def _designers(self) -> dict[str, Person]:
        return {str(user.person_id): user.person for user in _with_role(Role.DESIGNER)}

    def designers(self, submission: Submission) -> list[Person]:
        """Designers who wrote or sent it."""
        hands = submission.authors | {str(submission.opened_by_id)}
        return [person for pseudonym, person in self._designers.items() if pseudonym in hands]

    @cached_property
    def _checkers(self) -> list[Checker]:
        active = Checker.objects.filter(until=None, person__erased_at=None, person__user__is_active=True)
        still = Q(credential_until=None) | Q(credential_until__gte=timezone.localdate())
        return list(active.filter(still).select_related("person"))

    def checkers(self, submission: Submission, gates) -> list[Person]:
        """People who can give these checks: [{"kind", "language"}]."""
        wanted = {(gate["kind"], gate["language"]) for gate in gates}
        return [
            one.person
            for one in (self._checkers if wanted else ())
            if one.committee_id == submission.committee_id and (one.kind, one.language) in wanted
        ]


def answered_by(submission: Submission) -> set:
    """Who has answered it (uses prefetched entries)."""
    return {entry.person_id for entry in submission.entries.all() if entry.kind == EntryKind.POSITION}


def _with_role(role: Role):
    return User.objects.filter(groups__name=role.group_name, is_active=True, person__erased_at=None).order_by("pk")
