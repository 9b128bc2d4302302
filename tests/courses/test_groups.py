"""A course as assessments know it, and what a move to a newer text says of results."""

import uuid

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from assessments import groups, instrument
from assessments.actions import trying
from assessments.actions.trying import NotTaken, Said, Signed
from assessments.models import AssessmentPage, Attempt, Result
from courses.cohorts import founding, joining, moving
from courses.cohorts.enums import Hat
from courses.cohorts.models import Course, Session, SupportCircle
from courses.cohorts.text import Text
from courses.delivery import paths
from curriculum.editions.portable import dump, load
from tests.courses.cohorts import a_course, joined
from tests.courses.reading import next_release
from tests.factories import save


@pytest.fixture
def course(released, cast):
    made = a_course(cast["instructor1"])
    founding.add_teammate(course=made, by=cast["instructor1"], user=cast["assessor1"], hat=Hat.ASSESSOR)
    founding.add_teammate(course=made, by=cast["instructor1"], user=cast["mentor1"], hat=Hat.MENTOR)
    return made


def sheet(course, by, enrollment, met=True, digest=""):
    """A sheet about the only assessment of the course."""
    group = groups.find(course.pk)
    (page,) = group.pages.values()
    read = instrument.read(digest or page.digest("en"))
    marks = {one.id: met for one in read.criteria}
    notes = {} if met else dict.fromkeys(marks, "Without gloves.")
    said = Said(uuid.uuid4(), enrollment.learner_id, read.digest, 1, marks, notes=notes)
    return trying.take(group_uid=course.pk, by=by, said=said)


def test_a_group_is_who_learns_and_who_assesses_there_now(course, cast, django_assert_num_queries):
    rosa, kim = joined(course, "Rosa"), joined(course, "Kim")
    joining.leave(enrollment=kim)
    found = groups.find(course.pk)
    assert found.assessors == {cast["instructor1"].person_id, cast["assessor1"].person_id}
    assert (found.learners, found.former) == ({rosa.learner_id}, {kim.learner_id})
    (page,) = found.pages.values()
    text = Text(course)
    assert (page.release, page.module) == (text.decision.frozen_id, text.modules[0].uid)
    assert groups.find(uuid.uuid4()) is None
    joined(course, "Terrence")
    with django_assert_num_queries(3):
        groups.find(course.pk)


def test_results_outlive_course_and_name(course, cast):
    rosa = joined(course, "Rosa")
    sheet(course, cast["assessor1"], rosa)
    before = list(Result.objects.values())
    joining.erase(learner=rosa.learner)
    Course.objects.filter(pk=course.pk).update(title="Gone")
    rosa.attendance.all().delete()
    rosa.delete()
    course.delete()
    assert list(Result.objects.values()) == before
    assert Attempt.objects.get().learner.person.name == ""
    assert groups.find(before and Attempt.objects.get().group) is None


def test_a_support_circle_is_no_group_and_its_kind_of_meeting_has_no_assessment(course, cast):
    circle = SupportCircle.objects.create(
        course=course, starts_at="2026-01-01T10:00Z", ends_at="2026-01-01T11:00Z", purpose="Talk.", ground_rules="Pass."
    )
    rosa = joined(course, "Rosa")
    (page,) = groups.find(course.pk).pages.values()
    assert groups.find(circle.pk) is None
    said = Said(uuid.uuid4(), rosa.learner_id, page.digest("en"), 1, {})
    with pytest.raises(PermissionDenied):
        trying.take(group_uid=circle.pk, by=cast["instructor1"], said=said)
    with pytest.raises(PermissionDenied):
        signed = Signed("Keeper", "Keeper", "Circle")
        trying.take_signed(group_uid=circle.pk, learner=rosa.learner, said=said, signed=signed)
    assert not Attempt.objects.exists()
    named = [field for model in apps.get_app_config("assessments").get_models() for field in model._meta.get_fields()]
    assert not [field for field in named if field.related_model in (SupportCircle, Session)]
    assert not [field for field in named if "circle" in field.name or "session" in field.name]


def test_a_move_says_what_becomes_of_results_and_a_sheet_from_before_still_counts(
    course, cast, module, curriculum, committed, change_assessment
):
    rosa, kim = joined(course, "Rosa"), joined(course, "Kim")
    old = next(iter(groups.find(course.pk).pages.values())).digest("en")
    sheet(course, cast["assessor1"], rosa)
    change_assessment()
    committed(next_release, module, curriculum, cast, "Wear clean gloves.")
    paths.current.forget()
    run = moving.dry_run(course)
    assert run.evidence == (
        "1 result of “Glove check” stays as it is: it names the text it was judged with.",
        "1 person met “Glove check” once and starts anew, because what is asked for changes.",
    )
    moving.move(course=course, token=run.token, by=cast["instructor1"])
    course.refresh_from_db()
    late = sheet(course, cast["assessor1"], kim, digest=old)
    assert (late.attempt.instrument, late.attempt.release) == (old, run.before.frozen_id)
    with pytest.raises(NotTaken, match="not part of the course"):
        trying.take(
            group_uid=course.pk,
            by=cast["assessor1"],
            said=Said(uuid.uuid4(), rosa.learner_id, "0" * 64, 1, {}),
        )


@pytest.fixture
def change_assessment(module, cast):
    """Call it to make the second criterion of the module's assessment critical in its draft."""

    def make():
        page = AssessmentPage.objects.child_of(module).get()
        data = dump(page)
        data["criteria"][1]["value"]["critical"] = True
        load(page, data)
        save(page, cast["designer"])

    return make
