"""Appeals as the coordinator and those who hear them read them: who was asked, until when, what each side found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from assessments import instrument, queries
from assessments.actions import appealing
from assessments.models import Appeal, AppealFinding, AppealHearer, Attempt
from assessments.permissions import speaks_for
from curriculum.review import workdays
from curriculum.review.enums import SIDE_OF, Side
from users.models import Person, User
from users.roles import Role


@dataclass(frozen=True)
class Half:
    """One side of an appeal: who was asked, what they found, and who may be asked.

    `is_gone` tells that whoever was asked cannot answer any more: they speak for that side no longer.
    """

    side: Side
    hearer: str
    finding: AppealFinding | None
    why: str
    people: tuple[User, ...] = ()
    is_gone: bool = False


@dataclass(frozen=True)
class Heard:
    """An appeal with its words and both halves. `left` counts working days, below nothing when it is late."""

    row: Appeal
    title: str
    learner: UUID
    text: str
    halves: tuple[Half, ...]
    left: int

    @property
    def is_closed(self) -> bool:
        return all(half.finding for half in self.halves)

    @property
    def is_late(self) -> bool:
        return not self.is_closed and self.left < 0

    @property
    def days_late(self) -> int:
        return -self.left


def of_group(group_uid: UUID) -> list[Heard]:
    """All appeals of a group, the open ones first, with who may hear them. As many queries for thirty as for one."""
    rows = _read(Appeal.objects.filter(result__attempt__group=group_uid))
    tries = {one.pk: one for one in queries.with_work(Attempt.objects.filter(results__appeal__in=rows))}
    people = speakers()
    found = _heard(rows, {row.pk: _may_hear(tries[row.result.attempt_id], people) for row in rows})
    return sorted(found, key=lambda one: (one.is_closed, one.row.due_on))


def of_hearer(user: User) -> list[Heard]:
    """The appeals that somebody was asked to hear for their side and was not replaced in, the open ones first."""
    named = AppealHearer.objects.filter(person=user.person_id, side=speaks_for(user)).values("appeal")
    found = _heard(_read(Appeal.objects.filter(pk__in=named)), {})
    mine = [one for one in found if user.person_id in queries.hearers_of(one.row).values()]
    return sorted(mine, key=lambda one: (one.is_closed, one.row.due_on))


def speakers() -> list[User]:
    """Everybody with an account who speaks for a side, by name; two queries."""
    groups = [role.group_name for role in SIDE_OF]
    rows = User.objects.filter(is_active=True, groups__name__in=groups).distinct().prefetch_related("groups")
    people = sorted(rows, key=lambda one: str(one).casefold())
    for user in people:
        held = {group.name for group in user.groups.all()}
        user.held_roles = frozenset(role for role in Role if role.group_name in held)
    return people


def _may_hear(attempt: Attempt, people: Iterable[User]) -> dict[str, list[User]]:
    found: dict[str, list[User]] = {side: [] for side in Side}
    for user in people:
        if side := appealing.may_hear(attempt, user):
            found[side].append(user)
    return found


def _read(rows) -> list[Appeal]:
    return list(rows.select_related("result__attempt").prefetch_related("hearers", "findings"))


def _heard(rows: list[Appeal], may_hear: dict[UUID, dict[str, list[User]]]) -> list[Heard]:
    findings = [one for row in rows for one in row.findings.all()]
    words = queries.words_of([one.pk for one in (*rows, *findings)])
    asked = {row.pk: queries.hearers_of(row) for row in rows}
    uids = {person for sides in asked.values() for person in sides.values()}
    names = {row.pk: str(row) for row in Person.objects.filter(pk__in=uids)}
    instrument.read_many(row.result.attempt.instrument for row in rows)
    return [_one(row, asked[row.pk], names, words, may_hear.get(row.pk, {})) for row in rows]


def _one(row: Appeal, asked: dict, names: dict, words: dict, people: dict) -> Heard:
    found = {one.side: one for one in row.findings.all()}
    halves = [
        Half(
            side=Side(side),
            hearer=names.get(asked.get(side), ""),
            finding=found.get(side),
            why=words[found[side].pk].get("", "") if side in found else "",
            people=tuple(people.get(side, ())),
            is_gone=asked.get(side) not in {None, *(user.person_id for user in people.get(side, ()))},
        )
        for side in Side
    ]
    attempt = row.result.attempt
    title = instrument.read(attempt.instrument).title
    return Heard(row, title, attempt.learner_id, words[row.pk].get("", ""), tuple(halves), _left(row.due_on))


def _left(due_on: date) -> int:
    """Working days until the answer is due; below nothing when it is late."""
    return workdays.between(timezone.localdate(), due_on)
