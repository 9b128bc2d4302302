"""Planning when a course meets: sessions and support circles. One write each.

A session that was called off stays in the plan and keeps its attendance; a circle leaves nothing behind.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.cohorts import attending
from courses.cohorts.enums import SessionKind
from courses.cohorts.models import Course, Session, SupportCircle
from courses.cohorts.permissions import check_can_teach
from courses.cohorts.text import Text
from users.models import User

WEEK = timedelta(days=7)
#: More weeks than any course runs: a mistyped year fills no calendar.
MOST_WEEKS = 60
LONGEST = timedelta(hours=16)


class NotPlanned(ValueError):
    """Nothing was changed in the plan; its text says why and what to do."""


def proposed_hours(starts_at: datetime, ends_at: datetime) -> Decimal:
    """From start to end, in quarters of an hour: what counts unless somebody says otherwise."""
    quarters = round((ends_at - starts_at).total_seconds() / 900)
    return Decimal(quarters) / 4


@transaction.atomic
def plan(
    *,
    course: Course,
    by: User,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str = SessionKind.CLASS,
    hours: Decimal | None = None,
    is_related_instruction: bool = True,
    place: str = "",
    guest: str = "",
    prepare: str = "",
    pages=(),
) -> Session:
    """Put a session into the plan. `pages` are uids of the lessons and assessments it is about. Raises NotPlanned."""
    check_can_teach(by, course)
    session = Session(course=course)
    _write(session, kind, title, starts_at, ends_at, hours, pages)
    session.is_related_instruction = is_related_instruction
    session.place, session.guest, session.prepare = place.strip(), guest.strip(), prepare.strip()
    session.save()
    return session


@transaction.atomic
def change(
    *,
    session: Session,
    by: User,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    hours: Decimal | None = None,
    is_related_instruction: bool = True,
    place: str = "",
    guest: str = "",
    prepare: str = "",
    pages=(),
) -> Session:
    """Change a session. Where its hours change, those of whoever was there follow. Raises NotPlanned."""
    check_can_teach(by, session.course)
    before = session.hours
    _write(session, kind, title, starts_at, ends_at, hours, pages)
    if _day(session) > timezone.localdate() and session.attendance.exists():
        raise NotPlanned(
            _("Attendance of this session is written down, so it cannot move to a day to come. Nothing was changed.")
        )
    session.is_related_instruction = is_related_instruction
    session.place, session.guest, session.prepare = place.strip(), guest.strip(), prepare.strip()
    session.save()
    if session.hours != before:
        attending.follow_hours(session=session, by=by)
    return session


@transaction.atomic
def repeat(*, session: Session, by: User, until: date) -> list[Session]:
    """The same once a week, at the same time of day, up to and including `until`. Without lessons: each has its own.

    Raises NotPlanned where no week lies before that day, or more than anybody plans.
    """
    check_can_teach(by, session.course)
    days, day = [], _day(session) + WEEK
    while day <= until and len(days) <= MOST_WEEKS:
        days.append(day)
        day += WEEK
    if not days:
        raise NotPlanned(_("No week lies between the first session and that day. Choose a later day."))
    if len(days) > MOST_WEEKS:
        raise NotPlanned(
            ngettext("That is more than %(count)d week.", "That is more than %(count)d weeks.", MOST_WEEKS)
            % {"count": MOST_WEEKS}
            + " "
            + _("Nothing was planned. Choose an earlier day.")
        )
    made = []
    for day in days:
        starts_at = _same_time(session.starts_at, day)
        made.append(
            Session(
                course=session.course,
                kind=session.kind,
                title=session.title,
                starts_at=starts_at,
                ends_at=starts_at + (session.ends_at - session.starts_at),
                hours=session.hours,
                is_related_instruction=session.is_related_instruction,
                place=session.place,
                guest=session.guest,
                prepare=session.prepare,
            )
        )
    return Session.objects.bulk_create(made)


@transaction.atomic
def call_off(*, session: Session, by: User) -> Session:
    """It does not take place. It stays in plan and calendars, crossed out; attendance is kept and not counted."""
    return _call_off(session, by, True)


@transaction.atomic
def hold_after_all(*, session: Session, by: User) -> Session:
    """It takes place after all; attendance that was written down counts again."""
    return _call_off(session, by, False)


@transaction.atomic
def write_circle(
    *,
    course: Course,
    by: User,
    starts_at: datetime,
    ends_at: datetime,
    purpose: str,
    ground_rules: str,
    place: str = "",
    circle: SupportCircle | None = None,
) -> SupportCircle:
    """Plan a support circle, or change `circle`: when, where, what for and by which rules, and nothing else."""
    check_can_teach(by, course)
    _check_times(starts_at, ends_at)
    if not (purpose.strip() and ground_rules.strip()):
        raise NotPlanned(_("Say what the circle is for and by which rules people meet. Nothing was saved."))
    circle = circle or SupportCircle(course=course)
    circle.starts_at, circle.ends_at, circle.place = starts_at, ends_at, place.strip()
    circle.purpose, circle.ground_rules = purpose.strip(), ground_rules.strip()
    circle.save()
    return circle


@transaction.atomic
def remove_circle(*, circle: SupportCircle, by: User) -> None:
    """Take a circle out of the plan. Nothing hangs on it, so nothing stays."""
    check_can_teach(by, circle.course)
    circle.delete()


def _call_off(session: Session, by: User, called_off: bool) -> Session:
    check_can_teach(by, session.course)
    session.is_called_off = called_off
    session.save(update_fields=["is_called_off", "changed_at"])
    return session


def _write(session: Session, kind, title, starts_at, ends_at, hours, pages) -> None:
    """What every session needs, looked at before anything is saved."""
    _check_times(starts_at, ends_at)
    if kind not in SessionKind.values:
        raise NotPlanned(_("Choose what kind of session it is. Nothing was saved."))
    if not title.strip():
        raise NotPlanned(_("Say what the session is about. Nothing was saved."))
    longest = proposed_hours(starts_at, ends_at)
    hours = longest if hours is None else hours
    if not 0 <= hours <= longest:
        raise NotPlanned(
            _("No more hours can count than lie between start and end: %(hours)s. Nothing was saved.")
            % {"hours": number_format(longest.normalize())}
        )
    known = {page.uid for page in Text(session.course).pages} | set(session.pages)
    if unknown := {str(uid) for uid in pages} - known:
        raise NotPlanned(_("A lesson is not in the course text: %(lesson)s.") % {"lesson": min(unknown)})
    session.kind, session.title = kind, title.strip()
    session.starts_at, session.ends_at, session.hours = starts_at, ends_at, hours
    session.pages = [str(uid) for uid in pages]


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise NotPlanned(_("It ends before it starts. Nothing was saved. Change one of the times."))
    if ends_at - starts_at > LONGEST:
        raise NotPlanned(_("That is longer than a day's work. Nothing was saved. Plan one session for each day."))


def _day(session: Session) -> date:
    return timezone.localdate(session.starts_at)


def _same_time(moment: datetime, day: date) -> datetime:
    """The same time on the clock of this place on another day, also when the clock was changed between."""
    return timezone.make_aware(datetime.combine(day, timezone.localtime(moment).time()))
