"""Small courses for tests, made through the same actions as the screens use."""

from datetime import timedelta

from django.utils import timezone

from courses.cohorts import attending, joining, marking, sessions
from courses.cohorts.founding import make_course
from courses.cohorts.text import Text
from courses.delivery import paths
from curriculum.enums import FrozenKind
from curriculum.review.models import Decision
from users import learners
from users.grants import give_role
from users.models import User
from users.roles import Role


def a_course(by, title="Gloves, fall", **more):
    """A course of the first course text that began two weeks ago and goes on for two months."""
    paths.current.forget()
    today = timezone.localdate()
    told = {
        "release": Decision.objects.filter(kind=FrozenKind.RELEASE).earliest("pk"),
        "starts_on": today - timedelta(days=14),
        "ends_on": today + timedelta(days=60),
        "languages": ["en", "es"],
        "place": "Room 2",
    }
    return make_course(by=by, title=title, **(told | more))


def another_instructor(username="instructor2", name="Ivy Sandoval"):
    """Somebody who teaches, but not this course."""
    user = User.objects.create_user(username, name=name, password="test-password")
    give_role(user=user, role=Role.INSTRUCTOR)
    return user


def joined(course, name, language=""):
    return joining.enroll(course=course, learner=learners.new_learner(name=name, language=language), called=name)


def met(course, by, days=0, pages=(), title="Gloves on", **more):
    """A session that many days from now, two hours long; past ones have a minus."""
    starts_at = timezone.now() + timedelta(days=days)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    return sessions.plan(course=course, by=by, title=title, pages=[page.uid for page in pages], **(times | more))


def there(session, by, **presence):
    """Write down who was there, by name: there(session, by, Rosa="here")."""
    uids = {row.called: str(row.pk) for row in session.course.enrollments.all()}
    attending.write(session=session, by=by, said={uids[name]: attending.Said(said) for name, said in presence.items()})


def done(enrollment, *pages, is_done=True):
    """Somebody marks pages of the text that their course reads now."""
    text = Text(enrollment.course)
    marking.mark(
        enrollment=enrollment.pk,
        words=[marking.Word(page.uid, is_done, timezone.now()) for page in pages],
        pages=[page.uid for page in text.lessons],
        digest=text.decision.frozen_id,
    )
