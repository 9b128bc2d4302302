"""A cohort in the middle of its course, and a workshop with a code on the wall: what learners and instructors see.

Its days lie around the day the demo was loaded. Every act here is the one the screens call; the people are invented.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from courses.cohorts import attending, founding, joining, marking, queries, sessions
from courses.cohorts.attending import Said
from courses.cohorts.enums import Hat, Presence, SessionKind
from courses.cohorts.models import Course
from courses.cohorts.text import Text, contents_of
from curriculum.enums import FrozenKind
from curriculum.review import queries as agreements
from curriculum.review.models import Decision
from users import learners
from users.models import Learner

TITLE, WORKSHOP = "Green custodial, evening group", "Mix cleaning products safely"
SLUG = "green-custodial"
#: Everybody of the group; the PIN is for whoever has no account of the cast.
GROUP = (
    ("Rosa", "learner1", "es"),
    ("Terrence", "learner2", "en"),
    ("Amara", "", "en"),
    ("Luis", "", "es"),
    ("Kim", "", "en"),
)
PIN = "2580"
SUPPORT = (
    {
        "helps_with": "Getting to class, child care, work clothes",
        "who": "Moses Grant, mentor",
        "phone": "555-0117",
        "hours": "Monday to Friday, 9 to 5",
        "spoken": "English, Español",
    },
    {
        "helps_with": "Trouble at a work site",
        "who": "Sample Local 100, member center",
        "phone": "555-0133",
        "hours": "Every day, 7 to 7",
        "spoken": "English, Español, 한국어",
    },
)
#: Weeks from now, kind, what it is about, guest, what to bring; and how many lessons of the text it takes.
PLAN = (
    (-2, SessionKind.CLASS, "Read the label before you pour", "", "", 2),
    (-1, SessionKind.HANDS_ON, "Dilute, label and store", "", "Closed shoes.", 2),
    (0, SessionKind.CLASS, "Never mix: what to do when it happened", "", "Bring one label from home or work.", 2),
    (1, SessionKind.PANEL, "How we got this job", "Workers of Sample Local 100 and a supervisor", "One question.", 0),
    (2, SessionKind.SITE_VISIT, "A hospital at night", "Environmental services", "Closed shoes and an ID.", 1),
)


@transaction.atomic
def make(cast: dict, progress) -> None:
    """The group and the workshop, once."""
    if Course.objects.filter(is_demo=True).exists():
        return
    text = text_of(SLUG)
    if text is None:
        return
    course = _group(cast, text)
    _workshop(cast, text)
    progress(f"{course.title}: {course.enrollments.count()} learners, {course.sessions.count()} sessions")


def text_of(slug: str) -> Decision | None:
    """The course text of a sample that may be read here."""
    text = Decision.objects.filter(kind=FrozenKind.RELEASE, outline__slug=slug).order_by("pk").last()
    return text if text and agreements.current_release(text.subject_uid) else None


def _group(cast: dict, text: Decision) -> Course:
    by, today = cast["instructor1"], timezone.localdate()
    course = founding.make_course(
        by=by,
        title=TITLE,
        release=text,
        starts_on=today - timedelta(weeks=2),
        ends_on=today + timedelta(weeks=10),
        languages=["en", "es"],
        department="Sample County Departments",
        place="Training center, room 2",
    )
    founding.add_teammate(course=course, by=by, user=cast["mentor1"], hat=Hat.MENTOR)
    founding.write_support(course=course, by=by, lines=[dict(line) for line in SUPPORT])
    lessons = Text(course).lessons
    taken = 0
    for week, kind, title, guest, prepare, many in PLAN:
        sessions.plan(
            course=course,
            by=by,
            kind=kind,
            title=title,
            guest=guest,
            prepare=prepare,
            place=course.place if kind != SessionKind.SITE_VISIT else "Meet at the main door",
            starts_at=_at(week, 18),
            ends_at=_at(week, 21),
            pages=[page.uid for page in lessons[taken : taken + many]],
        )
        taken += many
    sessions.write_circle(
        course=course,
        by=by,
        starts_at=_at(1, 17),
        ends_at=_at(1, 18),
        place="Quiet room",
        purpose="Time to talk about what this month was like, with people who know it.",
        ground_rules="What is said here stays here. Anybody may pass. Anybody may leave.",
    )
    for name, username, language in GROUP:
        enroll(course, name, cast.get(username), language)
    _past(course, by, lessons)
    return course


def enroll(course: Course, name: str, account, language: str) -> None:
    """Somebody of a demo's course, with the demo's PIN; `account` is one of the cast or None."""
    known = account and Learner.objects.filter(account=account).first()
    learner = known or learners.new_learner(name=name, language=language, account=account)
    if not learner.pin:
        learners.set_pin(learner=learner, pin=PIN, again=PIN)
    enrollment = joining.enroll(course=course, learner=learner, called=name)
    # They came on the first day, which lies before the day the demo was loaded.
    enrollment.joined_on = course.starts_on
    enrollment.save(update_fields=["joined_on"])


def _past(course: Course, by, lessons) -> None:
    """Who was there, and what is done: nearly everybody, nearly everything."""
    people = list(queries.in_course(course))
    over = [session for session in course.sessions.all() if session.ends_at < timezone.now()]
    for session in over:
        said = {str(one.pk): Said(Presence.HERE) for one in people}
        said[str(people[-1].pk)] = Said(Presence.EXCUSED)
        attending.write(session=session, by=by, said=said)
    digest = Text(course).decision.frozen_id
    for number, enrollment in enumerate(people):
        done = lessons[: max(0, 5 - 2 * number)]
        words = [marking.Word(page.uid, True, timezone.now() - timedelta(days=3)) for page in done]
        marking.mark(enrollment=enrollment.pk, words=words, pages=[page.uid for page in lessons], digest=digest)


def _workshop(cast: dict, text: Decision) -> None:
    module = contents_of(text.frozen_id).modules[0]
    founding.make_workshop(
        by=cast["instructor1"],
        release=text,
        module_uid=module.uid,
        title=WORKSHOP,
        starts_at=_at(0, 9),
        ends_at=_at(0, 11),
        place="Loading dock, building 4",
        valid_months=12,
    )


def _at(weeks: int, hour: int) -> datetime:
    """An hour on this day of the week, so many weeks from now."""
    day = timezone.localdate() + timedelta(weeks=weeks)
    return timezone.make_aware(datetime.combine(day, time(hour)))
