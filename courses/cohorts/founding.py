"""Setting up a course or a workshop, changing it, letting people in, and its team. One write each."""

import logging
import secrets
from datetime import date, datetime
from textwrap import shorten

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.cohorts import sessions
from courses.cohorts.enums import CourseKind, Hat
from courses.cohorts.models import Course, Session, Support, Teammate
from courses.cohorts.permissions import check_can_found, check_can_teach
from courses.cohorts.text import contents_of
from courses.delivery import agreements
from curriculum.review.models import Decision
from users.models import User
from users.permissions import roles_of
from users.roles import Role
from users.ways_in import CODE_LENGTH, LETTERS

log = logging.getLogger(__name__)

#: How long a code made from a title may be, before any number.
CODE_LETTERS = 24
#: Words that stand in addresses where a course's code would.
TAKEN = frozenset({"new", "workshop", "join", "mine", "me"})
#: Who may be found by name for a team. Everybody else is named by their e-mail address or user name.
PICKED = (Role.INSTRUCTOR, Role.MENTOR, Role.ASSESSOR)
#: An instructor of a course sees who did what, so the account must be one that teaches.
TEACHES = frozenset({Role.INSTRUCTOR, Role.COORDINATOR})


class NotSetUp(ValueError):
    """Nothing was made or changed; its text says why and what to do."""


def current_texts() -> list[Decision]:
    """The current course text of every curriculum that may be taught here, one query."""
    rows = agreements.readable_releases().select_related("outline")
    return list({row.subject_uid: row for row in rows}.values())


@transaction.atomic
def make_course(
    *,
    by: User,
    title: str,
    release: Decision,
    starts_on: date,
    ends_on: date,
    languages=(),
    department: str = "",
    place: str = "",
    valid_months: int | None = None,
    module_uid: str | None = None,
) -> Course:
    """A course of an agreed text, with a code to join by. Whoever made it is its instructor.

    Raises NotSetUp, and PermissionDenied for people who set up no courses.
    """
    check_can_found(by)
    _check_text(release)
    _check_days(title, starts_on, ends_on)
    course = Course.objects.create(
        kind=CourseKind.WORKSHOP if module_uid else CourseKind.COHORT,
        code=_free_code(title),
        title=title.strip(),
        release=release,
        module_uid=module_uid,
        department=department.strip(),
        languages=_known(languages),
        place=place.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        join_code=_new_code(),
        valid_months=valid_months,
        made_by=by.person,
        is_demo=by.is_demo,
    )
    Teammate.objects.create(course=course, person=by.person, hat=Hat.INSTRUCTOR)
    log.info("course %s set up by %s", course.code, by.person_id)
    return course


@transaction.atomic
def make_workshop(
    *,
    by: User,
    release: Decision,
    module_uid: str,
    title: str = "",
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    valid_months: int | None = None,
) -> tuple[Course, Session]:
    """An open day with one module of an agreed text: the course and its one session. Raises NotSetUp."""
    _check_text(release)
    found = [module for module in contents_of(release.frozen_id).modules if module.uid == str(module_uid)]
    if not found:
        raise NotSetUp(_("This module is not in that course text. Nothing was made. Choose another."))
    module = found[0]
    title = title.strip() or module.title(settings.LANGUAGE_CODE)
    course = make_course(
        by=by,
        title=title,
        release=release,
        module_uid=module.uid,
        starts_on=timezone.localdate(starts_at),
        ends_on=timezone.localdate(ends_at),
        languages=contents_of(release.frozen_id).languages,
        place=place,
        valid_months=valid_months,
    )
    session = sessions.plan(
        course=course,
        by=by,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        pages=[page.uid for page in module.pages],
    )
    return course, session


@transaction.atomic
def change_course(
    *,
    course: Course,
    by: User,
    title: str,
    starts_on: date,
    ends_on: date,
    languages=(),
    department: str = "",
    place: str = "",
    valid_months: int | None = None,
) -> Course:
    """Change what stands about a course. Its address stays, because people have it. The text moves elsewhere."""
    check_can_teach(by, course)
    _check_days(title, starts_on, ends_on)
    course.title, course.starts_on, course.ends_on = title.strip(), starts_on, ends_on
    course.languages, course.department, course.place = _known(languages), department.strip(), place.strip()
    course.valid_months = valid_months
    course.save(update_fields=["title", "starts_on", "ends_on", "languages", "department", "place", "valid_months"])
    return course


@transaction.atomic
def new_join_code(*, course: Course, by: User) -> str:
    """Another code to join by; the old one lets nobody in any more. Who is in stays in."""
    check_can_teach(by, course)
    course.join_code = _new_code()
    course.save(update_fields=["join_code"])
    log.info("new join code of %s by %s", course.code, by.person_id)
    return course.join_code


@transaction.atomic
def close_joining(*, course: Course, by: User) -> Course:
    """Let nobody else in. Who is in stays in."""
    check_can_teach(by, course)
    course.join_code = None
    course.save(update_fields=["join_code"])
    log.info("joining of %s closed by %s", course.code, by.person_id)
    return course


def who_can_be_picked() -> list[User]:
    """Accounts that teach, mentor or assess, by name; one query."""
    rows = _accounts().filter(groups__name__in=[role.group_name for role in PICKED]).distinct()
    return sorted(rows, key=lambda user: str(user).casefold())


def find_account(named: str) -> User:
    """The account with this user name or e-mail address, in any spelling of small and large. Raises NotSetUp."""
    named = named.strip()
    same = Q(username__iexact=named) | (Q(email__iexact=named) if "@" in named else Q())
    found = list(_accounts().filter(same)[:2]) if named else []
    if len(found) != 1:
        raise NotSetUp(
            _("No account has that user name or e-mail address. Nobody was added. Ask the coordinator to invite them.")
        )
    return found[0]


@transaction.atomic
def add_teammate(*, course: Course, by: User, user: User, hat: str) -> Teammate:
    """Give somebody a place beside the learners. Raises NotSetUp where the account may not have it."""
    check_can_teach(by, course)
    hat = Hat(hat)
    if hat == Hat.INSTRUCTOR and not roles_of(user) & TEACHES:
        raise NotSetUp(
            _(
                "%(name)s has no account that teaches, and an instructor sees who did what. Nobody was added. "
                "Ask the coordinator to make the account an instructor's."
            )
            % {"name": user}
        )
    row, made = Teammate.objects.get_or_create(course=course, person=user.person, hat=hat)
    if made:
        log.info("person %s is %s of %s by %s", user.person_id, hat, course.code, by.person_id)
    return row


@transaction.atomic
def remove_teammate(*, teammate: Teammate, by: User) -> None:
    """Take a place away. Raises NotSetUp for the last instructor."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=teammate.course_id)
    check_can_teach(by, course)
    others = course.team.filter(hat=Hat.INSTRUCTOR).exclude(pk=teammate.pk)
    if teammate.hat == Hat.INSTRUCTOR and not others.exists():
        raise NotSetUp(_("A course keeps at least one instructor. Nobody was taken away. Add another one first."))
    log.info("person %s no longer %s of %s by %s", teammate.person_id, teammate.hat, course.code, by.person_id)
    teammate.delete()


@transaction.atomic
def write_support(*, course: Course, by: User, lines: list[dict]) -> list[Support]:
    """The support page of a course, all of it anew: lines {helps_with, who, phone, hours, spoken} in order."""
    check_can_teach(by, course)
    course.support.all().delete()
    return Support.objects.bulk_create(Support(course=course, **line) for line in lines)


def _accounts():
    """Accounts that are open; those of the demo only in a demo."""
    rows = User.objects.filter(is_active=True)
    return rows if settings.HIGHROAD_DEMO else rows.filter(is_demo=False)


def _check_text(release: Decision) -> None:
    if not agreements.readable_releases().filter(pk=release.pk).exists():
        raise NotSetUp(_("That text cannot be taught here: both sides must have agreed on it. Nothing was made."))


def _check_days(title: str, starts_on: date, ends_on: date) -> None:
    if not title.strip():
        raise NotSetUp(_("Write a name for the course. Nothing was saved."))
    if ends_on < starts_on:
        raise NotSetUp(_("The last day lies before the first one. Nothing was saved. Change one of them."))


def _known(languages) -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code in languages]


def _free_code(title: str) -> str:
    """A short address of a title; with a number where another course has it."""
    whole_words = shorten(title, CODE_LETTERS, placeholder="")
    start = slugify(whole_words or title[:CODE_LETTERS]) or "course"
    taken = TAKEN | set(Course.objects.filter(code__startswith=start).values_list("code", flat=True))
    code, number = start, 1
    while code in taken:
        number += 1
        code = f"{start}-{number}"
    return code


def _new_code() -> str:
    """Letters that nobody takes for another, on no other wall."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
        if not Course.objects.filter(join_code=code).exists():
            return code
