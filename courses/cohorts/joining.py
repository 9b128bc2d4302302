"""Coming into a course and going out of it. One write each."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.cohorts.enums import Presence
from courses.cohorts.models import Attendance, Course, Enrollment, Mark
from users import learners
from users.learners import NotRight
from users.models import Learner
from users.ways_in import plain_code


class NoSuchCode(Exception):
    """No course lets people in by that code; whether it ever did is nobody's business."""


def course_by_code(typed: str) -> Course:
    """The course that a join code opens. Raises NoSuchCode."""
    plain = plain_code(typed)
    course = Course.objects.filter(join_code=plain).first() if plain else None
    if course is None or course.ends_on < timezone.localdate():
        raise NoSuchCode
    return course


@transaction.atomic
def join(*, course: Course, name: str, pin: str, again: str, language: str = "", email: str = "") -> Enrollment:
    """Somebody new comes in with a name and a PIN. Raises NotRight; then nobody was made."""
    learners.check_new_pin(pin, again)
    check_free(course, name)
    learner = learners.new_learner(name=name, language=language, email=email)
    learners.set_pin(learner=learner, pin=pin, again=again)
    return enroll(course=course, learner=learner, called=name)


@transaction.atomic
def enroll(*, course: Course, learner: Learner, called: str) -> Enrollment:
    """Put a learner into a course, or back into it. Raises NotRight where somebody there is called so already."""
    known = Enrollment.objects.filter(course=course, learner=learner).first()
    if known and known.left_on is None:
        return known
    check_free(course, called)
    row, _made = Enrollment.objects.update_or_create(
        course=course,
        learner=learner,
        defaults={"called": called.strip(), "left_on": None},
        create_defaults={"called": called.strip(), "joined_on": timezone.localdate()},
    )
    return row


def check_free(course: Course, name: str) -> None:
    """Raises NotRight where the name is empty, too long or taken in this course."""
    name = name.strip()
    if not name or len(name) > 60:
        raise NotRight(_("Write the name people call you, at most 60 letters."))
    if course.enrollments.filter(called__iexact=name).exists():
        raise NotRight(
            _("Somebody in this course is called %(name)s already. Add a letter, or come back in if it is you.")
            % {"name": name}
        )


def called_freely(course: Course, name: str) -> str:
    """`name`, or with a number where somebody in the course has it."""
    taken = {one.casefold() for one in course.enrollments.values_list("called", flat=True)}
    free, number = name.strip(), 1
    while free.casefold() in taken:
        number += 1
        free = f"{name.strip()} {number}"
    return free


def come_back(*, course: Course, name: str, pin: str) -> Enrollment:
    """Somebody who is in the course comes in on another phone. Raises NotRight, with wrong tries counted.

    An unknown name and a wrong PIN read the same.
    """
    rows = course.enrollments.filter(called__iexact=name.strip(), left_on__isnull=True).select_related("learner")
    row = rows.first() if name.strip() else None
    if row is None:
        raise NotRight(_("That name and PIN do not go together. Your name is the one you chose when you joined."))
    learners.check_pin(row.learner, pin)
    return row


@transaction.atomic
def sign_in_at_door(*, enrollment: Enrollment) -> Attendance | None:
    """On the day of a workshop, coming in by its code says that one is there. None on any other day, or when said."""
    if not enrollment.course.is_workshop:
        return None
    today = timezone.localdate()
    session = next(
        (
            one
            for one in enrollment.course.sessions.filter(is_called_off=False)
            if timezone.localdate(one.starts_at) == today
        ),
        None,
    )
    if session is None or session.attendance.filter(enrollment=enrollment).exists():
        return None
    return Attendance.objects.create(
        session=session,
        enrollment=enrollment,
        presence=Presence.HERE,
        hours=session.hours,
        person=enrollment.learner.person,
    )


@transaction.atomic
def leave(*, enrollment: Enrollment) -> Enrollment:
    """Take somebody out of a course: the name and what they marked go, attendance stays under their pseudonym."""
    Mark.objects.filter(enrollment=enrollment).delete()
    enrollment.called, enrollment.left_on = "", timezone.localdate()
    enrollment.save(update_fields=["called", "left_on"])
    return enrollment


@transaction.atomic
def erase(*, learner: Learner) -> None:
    """A learner takes everything of theirs away. Hours stay under a pseudonym that has no name any more."""
    for enrollment in learner.enrollments.all():
        leave(enrollment=enrollment)
    learners.erase(learner=learner)
