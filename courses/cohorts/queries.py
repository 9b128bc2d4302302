"""Named reads of courses. None of them grows with the number of learners, sessions or pages."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.cohorts import policy
from courses.cohorts.models import Attendance, Course, Enrollment, Mark, Session, SupportCircle
from courses.delivery import agreements
from curriculum.review.models import Decision
from users.permissions import roles_of
from users.roles import Role


def courses_of(user) -> QuerySet[Course]:
    """The courses somebody stands in with any hat; all of them for a coordinator."""
    rows = Course.objects.select_related("release")
    if Role.COORDINATOR in roles_of(user):
        return rows
    return rows.filter(team__person=user.person_id).distinct()


def learns(user) -> bool:
    """Whether an account's learner is in any course."""
    return Enrollment.objects.filter(learner__account=user.pk, left_on__isnull=True).exists()


def texts_in_line(release: Decision) -> list[Decision]:
    """A course text and the safety corrections of it, in order; one query."""
    rows = agreements.readable_releases().filter(subject_uid=release.subject_uid)
    line = policy.line_of(release.label)
    rows = rows.filter(Q(label=line) | Q(label__startswith=f"{line}."))
    return sorted(rows, key=lambda row: policy.correction_number(row.label))


def text_of(course: Course) -> Decision:
    """What a course serves: the text somebody moved it to, or the latest safety correction of that very line."""
    return next(iter(reversed(texts_in_line(course.release))), course.release)


def newer_text(course: Course) -> Decision | None:
    """The current text of the curriculum, where the course is in an older line."""
    current = agreements.readable_releases().filter(subject_uid=course.release.subject_uid).last()
    if current is None or policy.line_of(current.label) == policy.line_of(course.release.label):
        return None
    return current


def in_course(course: Course) -> QuerySet[Enrollment]:
    """Who is in the course now, by name."""
    return course.enrollments.filter(left_on__isnull=True)


def marks_by_enrollment(course: Course) -> dict[str, dict[str, Mark]]:
    """{enrollment: {page uid: mark}} of everybody in the course, one query."""
    found = defaultdict(dict)
    for mark in Mark.objects.filter(enrollment__course=course, enrollment__left_on__isnull=True):
        found[str(mark.enrollment_id)][str(mark.page_uid)] = mark
    return found


def attendance_of(session: Session) -> dict[str, Attendance]:
    """{enrollment: what counts now}, one query."""
    return {str(row.enrollment_id): row for row in session.attendance.all()}


def hours_by_enrollment(course: Course) -> dict[str, dict[str, Decimal]]:
    """{enrollment: {"all", "related"}}: hours from attendance, one query."""
    last: dict[tuple[str, str], Attendance] = {}
    rows = Attendance.objects.filter(session__course=course, session__is_called_off=False).select_related("session")
    for row in rows:
        last[str(row.enrollment_id), str(row.session_id)] = row
    found = defaultdict(lambda: {"all": Decimal(), "related": Decimal()})
    for (enrollment, _session), row in last.items():
        found[enrollment]["all"] += row.hours
        if row.session.is_related_instruction:
            found[enrollment]["related"] += row.hours
    return found


def meetings(course: Course) -> list[Session | SupportCircle]:
    """Sessions and support circles by time; two queries."""
    return sorted([*course.sessions.all(), *course.circles.all()], key=lambda one: one.starts_at)


def next_session(course: Course) -> Session | None:
    """The session that is on, or the next one."""
    rows = course.sessions.filter(ends_at__gte=timezone.now(), is_called_off=False)
    return rows.first()
