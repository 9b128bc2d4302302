"""A course on the demo in which two assessors watch each try. Runs in a process of its own."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessments.models import GroupRule
from courses.cohorts import joining
from courses.cohorts.enums import Hat
from courses.cohorts.founding import current_texts, make_course
from courses.cohorts.models import Course, Teammate
from courses.cohorts.text import Text
from tests.browser.busy import PLACES
from users import learners
from users.models import User

TITLE = "Lift safely and set out the signs"


def make() -> None:
    """Write {"station": address, "course": its code} to PLACES, everything made."""
    cast = {user.username: user for user in User.objects.all()}
    today = timezone.localdate()
    course = make_course(
        by=cast["instructor1"],
        title="Evening group",
        release=current_texts()[0],
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=60),
        languages=["en", "es"],
        department="",
        place="Yard",
    )
    for name in ("assessor1", "assessor2"):
        Teammate.objects.create(course=course, person=cast[name].person, hat=Hat.ASSESSOR)
    for name in ("Rosa", "Terrence"):
        joining.enroll(course=course, learner=learners.new_learner(name=name), called=name)
    GroupRule.objects.create(group=course.pk, raters=2)
    uid = next(page.uid for page in Text(Course.objects.get(pk=course.pk)).pages if page.titles["en"] == TITLE)
    places = {"course": course.code, "station": f"/teach/{course.code}/skills/station/{uid}/"}
    (Path(settings.VAR) / PLACES).write_text(json.dumps(places))
