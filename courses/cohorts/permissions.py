"""Who may do what with a course. `check_can_x` raises with a sentence, `can_x` is the boolean.

Instructors see their own courses only; coordinators see all, because they answer for them. Mentors, tutors and case
managers see content and schedule, never what somebody did.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from courses.cohorts.enums import Hat
from courses.cohorts.models import Course
from users.permissions import roles_of
from users.roles import Role

FOUNDING = frozenset({Role.COORDINATOR, Role.INSTRUCTOR})
#: Whose word on a skill counts: an account that teaches or assesses, with one of these hats in this very course.
ASSESSING = frozenset({Hat.INSTRUCTOR, Hat.ASSESSOR})
ASSESSORS = frozenset({Role.INSTRUCTOR, Role.ASSESSOR, Role.COORDINATOR})


def hats_of(user, course: Course) -> frozenset[Hat]:
    """What `user` does in this course; one query."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(Hat(hat) for hat in course.team.filter(person=user.person_id).values_list("hat", flat=True))


def check_can_found(user) -> None:
    if not roles_of(user) & FOUNDING:
        raise PermissionDenied(_("Courses are set up by an instructor or a coordinator. Nothing was made."))


def can_found(user) -> bool:
    return bool(roles_of(user) & FOUNDING)


def can_teach(user, course: Course) -> bool:
    """Whether `user` sees who did what and changes the course: an account that teaches, in this very course."""
    held = roles_of(user)
    return Role.COORDINATOR in held or bool(held & FOUNDING) and Hat.INSTRUCTOR in hats_of(user, course)


def can_assess(user, hats) -> bool:
    """Whether somebody with these hats in a course writes down what they saw there."""
    return bool(roles_of(user) & ASSESSORS) and bool(frozenset(hats) & ASSESSING)


def check_can_teach(user, course: Course) -> None:
    if not can_teach(user, course):
        raise PermissionDenied(_("This belongs to the instructors of the course. Nothing was changed."))


def can_look_in(user, course: Course) -> bool:
    """Whether `user` sees content and schedule of the course."""
    return Role.COORDINATOR in roles_of(user) or bool(hats_of(user, course))
