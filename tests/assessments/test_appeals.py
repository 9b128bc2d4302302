"""A learner asks for a result to be heard again; one person from each side who did not assess answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments.actions import appealing, deciding
from assessments.actions.trying import NotTaken
from assessments.enums import Finding, Outcome, Ruling
from assessments.models import Appeal, Result, Words
from assessments.permissions import hears
from curriculum.review import workdays
from tests.assessments.work import assessment, point
from users.grants import give_role
from users.roles import Role


@pytest.fixture
def result(cohort):
    cohort.sheet(cohort.add(assessment()), marks="b c")
    return Result.objects.get()


@pytest.fixture
def appeal(cohort, result):
    return appealing.appeal(result=result, learner=cohort.learners["Rosa"], text="The strap was torn before I began.")


def hear(appeal, cast, labor, management):
    for username in ("labor1", "management1"):
        appealing.name_hearer(appeal=appeal, user=cast[username], by=cast["coordinator"])
    appealing.find(appeal=appeal, by=cast["labor1"], finding=labor, text="The film shows it.")
    return appealing.find(appeal=appeal, by=cast["management1"], finding=management, text="We saw the film too.")


def now(result):
    return Result.objects.filter(attempt=result.attempt).last()


@pytest.mark.parametrize(
    ("labor", "management", "outcome", "met"),
    [
        (Finding.STANDS, Finding.STANDS, Outcome.NOT_YET, False),
        (Finding.CHANGES, Finding.CHANGES, Outcome.COMPETENT, True),
        (Finding.AGAIN, Finding.AGAIN, Outcome.VOID, False),
        (Finding.STANDS, Finding.CHANGES, Outcome.VOID, False),
    ],
)
def test_what_both_sides_find_is_done_and_where_they_differ_somebody_looks_again(
    appeal, cast, result, labor, management, outcome, met
):
    before = Result.objects.filter(pk=result.pk).values().get()
    hear(appeal, cast, labor, management)
    assert (now(result).outcome, now(result).met) == (outcome, met)
    assert Result.objects.filter(pk=result.pk).values().get() == before, "the first row stays"
    if labor != Finding.STANDS:
        assert (now(result).corrects, now(result).why) == (result, deciding.BY_APPEAL)


def test_after_look_again_two_others_see_the_next_try_and_no_talk_comes_first(appeal, cast, cohort, result):
    hear(appeal, cast, Finding.AGAIN, Finding.AGAIN)
    with pytest.raises(NotTaken, match="others to look again"):
        cohort.sheet(result.instrument, by="assessor1", number=2)
    for who in ("assessor2", "instructor1"):
        assert now(result) == Result.objects.last()
        cohort.sheet(result.instrument, by=who, number=2)
    assert Result.objects.last().outcome == Outcome.COMPETENT


def test_nobody_who_assessed_hears_it_and_only_the_two_who_were_asked_answer(appeal, cast, cohort):
    give_role(user=cast["assessor1"], role=Role.LABOR_REVIEWER)
    for username in ("assessor1", "outsider", "coordinator", "designer"):
        with pytest.raises(appealing.NotHeard, match="speaks for no side"):
            appealing.name_hearer(appeal=appeal, user=cast[username], by=cast["coordinator"])
    with pytest.raises(PermissionDenied):
        appealing.name_hearer(appeal=appeal, user=cast["labor1"], by=cast["labor1"])
    appealing.name_hearer(appeal=appeal, user=cast["labor1"], by=cast["coordinator"])
    appealing.name_hearer(appeal=appeal, user=cast["labor2"], by=cast["coordinator"])
    for username in ("labor1", "management1", "coordinator", "outsider"):
        with pytest.raises(PermissionDenied):
            appealing.find(appeal=appeal, by=cast[username], finding=Finding.STANDS, text="x")
    with pytest.raises(appealing.NotHeard, match="Write why"):
        appealing.find(appeal=appeal, by=cast["labor2"], finding=Finding.STANDS, text=" ")
    appealing.find(appeal=appeal, by=cast["labor2"], finding=Finding.STANDS, text="It does.")
    with pytest.raises(appealing.NotHeard, match="answered already"):
        appealing.find(appeal=appeal, by=cast["labor2"], finding=Finding.CHANGES, text="Or not.")
    assert Result.objects.count() == 1, "one side alone changes nothing"


def test_whoever_hears_it_sees_the_try_while_it_is_open_and_no_other(appeal, cast, cohort, result):
    appealing.name_hearer(appeal=appeal, user=cast["labor1"], by=cast["coordinator"])
    assert hears(cast["labor1"], result.attempt) and not hears(cast["labor2"], result.attempt)
    other = cohort.sheet(result.instrument, name="Kim", marks="b").attempt
    assert not hears(cast["labor1"], other)
    hear(appeal, cast, Finding.STANDS, Finding.STANDS)
    assert not hears(cast["labor1"], result.attempt)


def test_it_is_the_learners_own_once_and_in_time(cohort, result):
    ask = {"result": result, "text": "Not fair."}
    with pytest.raises(PermissionDenied):
        appealing.appeal(**ask, learner=cohort.learners["Kim"])
    with pytest.raises(appealing.NotHeard, match="in a sentence"):
        appealing.appeal(result=result, learner=cohort.learners["Rosa"], text="")
    result.at = timezone.now() - timedelta(days=30)
    with pytest.raises(appealing.NotHeard, match="ten working days"):
        appealing.appeal(**ask, learner=cohort.learners["Rosa"])
    result.refresh_from_db()
    row = appealing.appeal(**ask, learner=cohort.learners["Rosa"])
    assert workdays.between(timezone.localdate(), row.due_on) == 10
    with pytest.raises(appealing.NotHeard, match="already"):
        appealing.appeal(**ask, learner=cohort.learners["Rosa"])
    assert Appeal.objects.count() == 1 and Words.objects.filter(of=row.pk).get().text == "Not fair."


def test_the_coordinator_corrects_with_a_reason_and_the_old_row_stays(cast, result):
    with pytest.raises(PermissionDenied):
        deciding.correct(result=result, by=cast["assessor1"], ruling=Ruling.MET, text="Wrong name.")
    with pytest.raises(deciding.NotDecided, match="Write why"):
        deciding.correct(result=result, by=cast["coordinator"], ruling=Ruling.MET, text="")
    row = deciding.correct(result=result, by=cast["coordinator"], ruling=Ruling.VOID, text="The kit was broken.")
    assert (row.corrects, row.person) == (result, cast["coordinator"].person)
    assert row.basis["missed"] == [point("A")]
    with pytest.raises(deciding.NotDecided, match="meanwhile"):
        deciding.correct(result=result, by=cast["coordinator"], ruling=Ruling.NOT_MET, text="Again.")
