"""A course with people who assess, and what they saw of its one assessment, for tests. Through the same acts as the
screens use."""

import uuid

from assessments.actions import trying
from assessments.actions.trying import Said
from courses.assessing.groups import as_group
from courses.cohorts import founding
from courses.cohorts.enums import Hat
from courses.cohorts.text import Text
from tests.courses.cohorts import a_course

GLOVES, WHY = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
NOTE = "The left glove was torn."


def assessed(cast, **more):
    """A course of Inés Robles with two assessors and a mentor beside her."""
    course = a_course(cast["instructor1"], **more)
    for who, hat in (("assessor1", Hat.ASSESSOR), ("assessor2", Hat.ASSESSOR), ("mentor1", Hat.MENTOR)):
        founding.add_teammate(course=course, by=cast["instructor1"], user=cast[who], hat=hat)
    return course


def glove_check(course):
    """The page of its one assessment."""
    return next(page for page in Text(course).pages if page.method)


def said(course, enrollment, gloves=True, why=True, number=1, note=NOTE, **more):
    marks = {GLOVES: gloves, WHY: why}
    told = {
        "uid": uuid.uuid4(),
        "learner": enrollment.learner_id,
        "digest": next(iter(as_group(course).pages.values())).digest("en"),
        "number": number,
        "marks": marks,
        "notes": {one: note for one, met in marks.items() if not met},
    }
    return Said(**(told | more))


def sheet(course, by, enrollment, **more):
    return trying.take(group_uid=course.pk, by=by, said=said(course, enrollment, **more))
