"""Writing down who was there. Rows are only ever added; the latest counts, and what did not change adds none."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.cohorts import policy, queries
from courses.cohorts.enums import Presence
from courses.cohorts.models import Attendance, Session
from courses.cohorts.permissions import check_can_teach
from users.models import User


class NotWritten(ValueError):
    """Nothing was written down, for nobody; its text says why and what to do."""


@dataclass(frozen=True)
class Said:
    """What somebody says about one person. `part` are the hours of whoever was there for part of it."""

    presence: str
    part: Decimal | None = None


def is_open(session: Session) -> bool:
    """Whether attendance may be written down: from the day of the session on, and not of one that was called off."""
    return not session.is_called_off and timezone.localdate(session.starts_at) <= timezone.localdate()


@transaction.atomic
def write(*, session: Session, by: User, said: dict[str, Said]) -> int:
    """Write down who was there: {enrollment uid: what is said}. Returns how many rows that took.

    Raises NotWritten, and PermissionDenied for whoever does not teach the course.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    check_can_teach(by, session.course)
    if session.is_called_off:
        raise NotWritten(_("This session was called off, so nobody was there. Nothing was written down."))
    if not is_open(session):
        raise NotWritten(_("This session is still to come. Nothing was written down. Come back on its day."))
    people = {str(row.pk): row for row in session.course.enrollments.filter(pk__in=said)}
    known = queries.attendance_of(session)
    rows = []
    for uid, one in said.items():
        person = people.get(str(uid))
        if person is None:
            raise NotWritten(_("Somebody on the list is not in this course. Nothing was written down. Open it again."))
        if person.left_on and person.left_on < timezone.localdate(session.starts_at):
            raise NotWritten(
                _("Somebody on the list had left before this session. Nothing was written down. Open it again.")
            )
        hours = _hours(person, session, one)
        last = known.get(str(uid))
        if last is None or (last.presence, last.hours) != (one.presence, hours):
            rows.append(
                Attendance(session=session, enrollment=person, presence=one.presence, hours=hours, person=by.person)
            )
    Attendance.objects.bulk_create(rows)
    return len(rows)


def follow_hours(*, session: Session, by: User) -> None:
    """After the hours of a session changed: whoever was there has the new ones, nobody more than all of them.

    Part of the action that changes a session, inside its transaction.
    """
    rows = []
    for last in queries.attendance_of(session).values():
        hours = session.hours if last.presence == Presence.HERE else min(last.hours, session.hours)
        if hours != last.hours:
            rows.append(
                Attendance(
                    session=session,
                    enrollment_id=last.enrollment_id,
                    presence=last.presence,
                    hours=hours,
                    person=by.person,
                )
            )
    Attendance.objects.bulk_create(rows)


def _hours(person, session: Session, one: Said) -> Decimal:
    if one.presence not in Presence.values:
        raise NotWritten(_("Choose one of the four for %(name)s. Nothing was written down.") % {"name": person.called})
    try:
        return policy.hours_for(one.presence, session.hours, one.part)
    except ValueError:
        raise NotWritten(
            _("Write how many hours %(name)s was there: more than 0, at most %(hours)s. Nothing was written down.")
            % {"name": person.called, "hours": number_format(session.hours.normalize())}
        ) from None
