"""What was seen of skills in the demo's courses: something of everything an assessor, a learner and a coordinator meet.

Every act here is the one the screens call; the people and what they did are invented.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assessments import groups, instrument
from assessments.actions import moderating, talking, trying
from assessments.actions.trying import Said
from assessments.enums import TalkKind
from assessments.models import Attempt
from courses.cohorts import founding, queries
from courses.cohorts.enums import Hat
from courses.cohorts.models import Course
from courses.cohorts.text import Text
from home.demo import cohort

EMT = "emt"
EMT_TITLE = "EMT, morning group"


@dataclass(frozen=True)
class Seen:
    """What one assessor saw of one learner at one assessment; `missed` are letters of points that were not met."""

    assessment: str
    learner: str
    by: str
    missed: str = ""
    note: str = ""


#: In this order. Bleeding is watched by two.
GREEN = (
    Seen("dilute-and-label", "Terrence", "assessor1"),
    Seen("dilute-and-label", "Terrence", "assessor2"),
    Seen("dilute-and-label", "Rosa", "assessor1"),
    Seen("dilute-and-label", "Amara", "assessor1", "d", "Poured water into the concentrate. No splash."),
    Seen("dilute-and-label", "Luis", "assessor2", "f", "Left the bottle on the cart with no label."),
    Seen("hands-and-ppe", "Rosa", "assessor2"),
    Seen("hands-and-ppe", "Terrence", "assessor2"),
)
BLEEDING = (
    Seen("stop-the-bleeding", "Nia", "assessor1"),
    Seen("stop-the-bleeding", "Nia", "assessor2"),
    Seen("stop-the-bleeding", "Joel", "assessor1"),
    Seen("stop-the-bleeding", "Joel", "assessor2", "d", "I saw the dressing turn red again after the strap was on."),
    Seen("stop-the-bleeding", "Ana", "assessor1"),
)


@transaction.atomic
def make(cast: dict, progress) -> None:
    """Tries of the green custodial group, and, once its course text is there, a group of EMTs; each once."""
    green = Course.objects.filter(is_demo=True, title=cohort.TITLE).first()
    if green and not Attempt.objects.filter(group=green.pk).exists():
        _assessors(green, cast)
        see(green, GREEN, cast)
        _after(green, cast)
        progress(f"{green.title}: {Attempt.objects.filter(group=green.pk).count()} tries")
    text = cohort.text_of(EMT)
    if text and not Course.objects.filter(is_demo=True, title=EMT_TITLE).exists():
        progress(f"{EMT_TITLE}: {_emt(cast, text)} tries")


def _emt(cast: dict, text) -> int:
    today = timezone.localdate()
    course = founding.make_course(
        by=cast["instructor1"],
        title=EMT_TITLE,
        release=text,
        starts_on=today - timedelta(weeks=6),
        ends_on=today + timedelta(weeks=14),
        languages=["en", "es"],
        place="Training center, skills room",
    )
    for name in ("Nia", "Joel", "Ana"):
        cohort.enroll(course, name, None, "en")
    _assessors(course, cast)
    moderating.ask_for_raters(group_uid=course.pk, raters=2, by=cast["instructor1"])
    see(course, BLEEDING, cast)
    return Attempt.objects.filter(group=course.pk).count()


def _assessors(course: Course, cast: dict) -> None:
    for username in ("assessor1", "assessor2"):
        founding.add_teammate(course=course, by=cast["instructor1"], user=cast[username], hat=Hat.ASSESSOR)


def see(course: Course, rows, cast: dict) -> None:
    group = groups.find(course.pk)
    learners = {row.called: row.learner_id for row in queries.in_course(course)}
    paths = {page.path.rstrip("/").rpartition("/")[2]: page.uid for page in Text(course).pages}
    for row in rows:
        read = instrument.read(group.pages[paths[row.assessment]].digest("en"))
        missed = {one.id for one in read.criteria if one.code in row.missed}
        said = Said(
            uid=uuid.uuid4(),
            learner=learners[row.learner],
            digest=read.digest,
            number=1,
            marks={one.id: one.id not in missed for one in read.criteria},
            notes=dict.fromkeys(missed, row.note),
        )
        trying.take(group_uid=course.pk, by=cast[row.by], said=said)


def _after(course: Course, cast: dict) -> None:
    """One of those who missed something critical talked it over; the other has yet to."""
    attempt = Attempt.objects.filter(group=course.pk, learner__person__name="Amara").latest("opened_at")
    text = "Water first, then the concentrate. We did it three times with colored water."
    talking.write_talk(attempt=attempt, by=cast["assessor1"], kind=TalkKind.COACHING, text=text)
