"""Who may be seen at a station, each with the number of their next try. As many queries for thirty as for one."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from assessments import queries
from assessments.actions import trying
from assessments.enums import Method
from assessments.groups import Group
from assessments.instrument import Instrument
from assessments.models import Evidence
from courses.assessing.access import names
from courses.cohorts.models import Course
from users.models import User

#: Methods whose evidence is looked at as a whole each time.
ROLLING = frozenset({Method.PORTFOLIO, Method.PRIOR_EXPERIENCE})


@dataclass(frozen=True)
class Row:
    """A learner at a station as one assessor may know of them: never what anybody else saw of an open try."""

    uid: UUID
    called: str
    number: int
    sent: bool
    before: str


def rows(course: Course, group: Group, read: Instrument, user: User) -> list[Row]:
    """The learners who are in the course now, by name in it. Ten queries."""
    called = names(course)
    known = queries.tries_of_many(group.learners, read.uid)
    found = []
    for uid in group.learners:
        after = trying.next_for(known[uid], group_uid=group.uid, read=read, rater=user.person_id)
        first = _("Others look again this time.") if after.for_others else sentence(after.before)
        found.append(Row(uid, called.get(uid) or _("a learner"), after.number, after.sent, first))
    return sorted(found, key=lambda one: (one.called.casefold(), str(one.uid)))


def pieces(group: Group, read: Instrument, rows: list[Row]) -> list[tuple[Row, list[Evidence]]]:
    """What learners added for this assessment, for those who added something; one query.

    What a decided try was judged with is past, but for a portfolio, which grows.
    """
    found = defaultdict(list)
    of_the_skill = Evidence.objects.filter(group=group.uid, assessment_uid=read.uid, erased_at__isnull=True)
    if read.method not in ROLLING:
        of_the_skill = of_the_skill.filter(attempt__results__isnull=True)
    for piece in of_the_skill.order_by("added_at"):
        found[piece.learner_id].append(piece)
    return [(row, found[row.uid]) for row in rows if row.uid in found]


def sentence(before) -> str:
    """What stands before the next try, "" where nothing does."""
    if before.plan:
        return _("A plan meeting comes first.")
    return _("A talk comes first.") if before.coaching else ""


def token(user: User) -> str:
    """What a phone knows an account by: always the same, and nobody finds the account from it."""
    return sha256(b"station:" + user.person_id.bytes + user.pk.to_bytes(8, "big")).hexdigest()[:32]
