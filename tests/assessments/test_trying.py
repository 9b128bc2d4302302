"""Assessors write down what they saw; two who see it differently ask a third; nothing is averaged, nothing lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assessments import queries
from assessments.actions import deciding, moderating, talking, trying
from assessments.actions.trying import NotTaken
from assessments.enums import Outcome, TalkKind
from assessments.evidence import uploading
from assessments.models import Attempt, Evidence, Result, Sheet, Words
from tests.assessments.work import NURSE, assessment, point


def results():
    return [(row.attempt.number, row.met, row.outcome) for row in Result.objects.select_related("attempt")]


def coach(sheet, by):
    return talking.write_talk(attempt=sheet.attempt, by=by, kind=TalkKind.COACHING, text="Tighten until it stops.")


def test_one_assessor_one_sheet_one_result(cohort):
    digest = cohort.add(assessment())
    sheet = cohort.sheet(digest, marks="a b")
    (result,) = Result.objects.all()
    assert (result.outcome, result.met) == (Outcome.COMPETENT, True)
    assert result.basis == {"critical": [1, 1], "others": [1, 2], "missed": [], "stopped": [], "share": [1, 2]}
    assert (result.instrument, result.edition, result.release) == (digest, "e" * 64, "r" * 64)
    assert result.raters == [str(sheet.rater_id)]


def test_the_same_sheet_sent_twice_is_one(cohort, cast):
    digest = cohort.add(assessment())
    said = cohort.said(digest)
    for _time in range(2):
        trying.take(group_uid=cohort.uid, by=cast["assessor1"], said=said)
    assert (Sheet.objects.count(), Attempt.objects.count(), Result.objects.count()) == (1, 1, 1)
    with pytest.raises(PermissionDenied):
        trying.take(group_uid=cohort.uid, by=cast["assessor2"], said=said)


def test_a_second_sheet_for_a_complete_try_is_the_next_try(cohort):
    digest = cohort.add(assessment())
    cohort.sheet(digest)
    cohort.sheet(digest, by="assessor2")
    assert results() == [(1, True, Outcome.COMPETENT), (2, True, Outcome.COMPETENT)]


@pytest.mark.parametrize("who", ["labor1", "mentor1", "coordinator", "outsider", "learner1"])
def test_nobody_else_writes_a_sheet(cohort, cast, who):
    digest = cohort.add(assessment())
    with pytest.raises(PermissionDenied):
        cohort.sheet(digest, by=who)
    assert not Attempt.objects.exists() and not Words.objects.exists()


def test_what_is_missing_or_unknown_is_refused_whole(cohort, cast):
    digest = cohort.add(assessment(stops=("lets-go",)))
    for more, sentence in (
        ({"marks": {point("A"): True}}, "Still open: b, c"),
        ({"notes": {}, "marks": ""}, "only the facts"),
        ({"marks": {"nothing": True}}, "does not have: nothing"),
        ({"stopped": ("lets-go",)}, "only the facts"),
        ({"stopped": ("other",), "notes": {"other": "x"}}, "does not have: other"),
        ({"alternative": "mine"}, "other way"),
        ({"marks": {point("A"): 2, point("B"): True, point("C"): True}}, "no level"),
    ):
        with pytest.raises(NotTaken, match=sentence), transaction.atomic():
            cohort.sheet(digest, **more)
    with pytest.raises(NotTaken, match="not part of the course"):
        cohort.sheet(assessment("Elsewhere"))
    assert not Attempt.objects.exists()


def test_two_raters_who_agree_decide_and_the_lower_count_is_kept(cohort):
    digest = cohort.add(assessment(passing={"raters": 2}))
    first = cohort.sheet(digest, marks="a b c")
    assert not Result.objects.exists() and first.attempt.raters == 2
    cohort.sheet(digest, by="assessor2", marks="a b")
    assert results() == [(1, True, Outcome.COMPETENT)]
    assert Result.objects.get().basis["others"] == [1, 2]


def test_a_critical_point_seen_differently_goes_to_a_third_who_decides_only_that(cohort, cast):
    digest = cohort.add(assessment(passing={"raters": 2}))
    sheet = cohort.sheet(digest, marks="a b")
    cohort.sheet(digest, by="assessor2", marks="b c")
    attempt = deciding.fresh(sheet.attempt)
    assert not Result.objects.exists()
    assert deciding.verdict(attempt).differ == (point("A"), point("C"))
    decide = {"attempt": attempt, "marks": {point("A"): False, point("C"): True}}
    with pytest.raises(deciding.NotDecided, match="saw this try yourself"):
        deciding.look_again(**decide, by=cast["assessor1"], reasons={point("A"): "x", point("C"): "y"})
    with pytest.raises(deciding.NotDecided, match="reason for each"):
        deciding.look_again(**decide, by=cast["instructor1"], reasons={point("A"): "x"})
    with pytest.raises(PermissionDenied):
        deciding.look_again(**decide, by=cast["coordinator"], reasons={})
    reasons = {point("A"): "The film shows it slipped.", point("C"): "She said it."}
    result = deciding.look_again(**decide, by=cast["instructor1"], reasons=reasons)
    assert (result.met, result.basis["critical"], result.basis["others"]) == (False, [0, 1], [2, 2])
    assert str(cast["instructor1"].person_id) in result.raters
    with pytest.raises(deciding.NotDecided, match="Nothing is open"):
        deciding.look_again(**decide, by=cast["instructor1"], reasons=reasons)


def test_a_group_may_ask_for_more_raters_and_whoever_may_discipline_never_decides_alone(cohort):
    digest = cohort.add(assessment())
    cohort.sheet(digest, may_discipline=True)
    assert not Result.objects.exists()
    cohort.sheet(digest, by="assessor2")
    assert results() == [(1, True, Outcome.COMPETENT)]


def test_two_in_a_row_the_last_by_somebody_else(cohort):
    digest = cohort.add(assessment(passing={"consecutive": 2}))
    cohort.sheet(digest)
    cohort.sheet(digest)
    cohort.sheet(digest, by="assessor2")
    assert [row[2] for row in results()] == [Outcome.NOT_YET, Outcome.NOT_YET, Outcome.COMPETENT]


def test_a_talk_comes_before_the_next_try_and_a_plan_after_three(cohort, cast):
    digest = cohort.add(assessment())
    for number in range(3):
        sheet = cohort.sheet(digest, marks="b c", number=number + 1)
        with pytest.raises(NotTaken, match="stays on your phone"):
            cohort.sheet(digest)
        if number < 2:
            coach(sheet, cast["assessor1"])
    coach(sheet, cast["assessor1"])
    with pytest.raises(NotTaken, match="plan meeting"):
        cohort.sheet(digest)
    plan = {
        "attempt": sheet.attempt,
        "by": cast["instructor1"],
        "kind": TalkKind.PLAN,
        "text": "Twice a week, with Moses.",
    }
    with pytest.raises(talking.NotKept, match="stands by them"):
        talking.write_talk(**plan, present=["instructor"])
    talking.write_talk(**plan, present=["instructor", "advocate"])
    cohort.sheet(digest, number=4)
    assert results()[-1] == (4, True, Outcome.COMPETENT)


def test_a_newer_assessment_never_touches_an_old_result(cohort, cast):
    digest = cohort.add(assessment(passing={"consecutive": 2}))
    cohort.sheet(digest)
    before = list(Result.objects.values())
    newer = cohort.add(assessment(criteria="A B c", passing={"consecutive": 2}))
    cohort.sheet(newer, by="assessor2", marks="a b c")
    assert [row for row in Result.objects.values() if row["instrument"] == digest] == before
    assert [row[2] for row in results()] == [Outcome.NOT_YET, Outcome.NOT_YET], "another yardstick starts anew"


def test_a_witness_counts_once_an_assessor_confirmed_who_signed(cohort, cast):
    digest = cohort.add(assessment())
    sheet = cohort.signed(digest)
    assert not Result.objects.exists() and sheet.witness.name == NURSE.name
    with pytest.raises(PermissionDenied):
        trying.confirm(sheet=sheet, by=cast["outsider"])
    trying.confirm(sheet=sheet, by=cast["assessor1"])
    assert results() == [(1, True, Outcome.COMPETENT)]
    assert Result.objects.get().raters == [str(sheet.witness_id)]


def test_tasks_at_work_count_in_a_row_and_the_critical_ones_with_two_signatures(cohort, cast):
    levels = ("Prompted", "Assisted", "Independent")
    passing = {"consecutive": 2, "raters": 2}
    digest = cohort.add(
        assessment("Rounds", method="worksite_sign_off", criteria="A b", rubric=levels, passing=passing)
    )
    for level in (3, 2, 3, 3):
        sheet = cohort.sheet(digest, by="instructor1", marks={point("A"): level, point("B"): level})
        trying.confirm(sheet=sheet, by=cast["assessor1"])
        with pytest.raises(NotTaken, match="signed this already"):
            trying.confirm(sheet=sheet, by=cast["assessor1"])
    assert results() == [(1, True, Outcome.COMPETENT)]
    again = cohort.sheet(digest, name="Kim", marks={point("A"): 3, point("B"): 3})
    cohort.sheet(digest, name="Kim", marks={point("A"): 3, point("B"): 3})
    assert queries.result_of(deciding.fresh(again.attempt)) is None, "one signature is not enough for what is critical"


def test_nothing_is_changed_below_the_screens(cohort):
    cohort.sheet(cohort.add(assessment()))
    for model, change in ((Result, {"outcome": "not_yet"}), (Sheet, {"marks": []}), (Attempt, {"number": 9})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("method", ["reflective_journal", "self_assessment", "peer_feedback"])
def test_no_table_takes_a_try_at_what_nobody_judges(cohort, cast, method):
    row = {"learner": cohort.learners["Rosa"], "group": cohort.uid, "assessment_uid": cohort.uid, "number": 1}
    more = dict.fromkeys(("instrument", "yardstick", "edition", "release"), "a" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            **row,
            **more,
            module_uid=cohort.uid,
            method=method,
            language="en",
            raters=1,
            opened_at="2026-01-01T00:00Z",
            opened_by=cast["assessor1"].person,
        )


def test_how_many_watch_is_for_whoever_teaches_and_the_coordinator(cohort, cast):
    for who, allowed in (("assessor1", False), ("labor1", False), ("instructor1", True), ("coordinator", True)):
        ask = {"group_uid": cohort.uid, "raters": 2, "by": cast[who]}
        if allowed:
            assert moderating.ask_for_raters(**ask).raters == 2
        else:
            with pytest.raises(PermissionDenied):
                moderating.ask_for_raters(**ask)


def test_what_was_added_before_a_try_belongs_to_the_one_it_was_judged_with(cohort):
    digest = cohort.add(assessment())
    rosa = cohort.learners["Rosa"]
    uid = cohort.group.pinned(digest).uid
    for name in ("Rosa", "Kim"):
        learner = cohort.learners[name]
        uploading.add_text(
            learner=learner, group=cohort.uid, assessment_uid=uid, text="How I did it.", by=learner.person
        )
    sheet = cohort.sheet(digest)
    assert [(row.learner_id, row.attempt_id) for row in Evidence.objects.exclude(attempt=None)] == [
        (rosa.pk, sheet.attempt_id)
    ]


def test_a_signature_nobody_knows_is_turned_away_and_its_place_is_free(cohort, cast):
    digest = cohort.add(assessment())
    sheet = cohort.signed(digest)
    with pytest.raises(PermissionDenied):
        trying.turn_away(sheet=sheet, by=cast["mentor1"])
    trying.turn_away(sheet=sheet, by=cast["assessor1"])
    for act in (trying.turn_away, trying.confirm):
        with pytest.raises(NotTaken, match=r"counts for nothing|answered this"):
            act(sheet=sheet, by=cast["assessor2"])
    attempt = deciding.fresh(sheet.attempt)
    assert queries.written(attempt) == [] and queries.turned_away(attempt) == 1 and queries.places(attempt) == 1
    seen = cohort.sheet(digest)
    assert seen.attempt == attempt and results() == [(1, True, Outcome.COMPETENT)]
    assert Result.objects.get().raters == [str(seen.rater_id)]
    with pytest.raises(NotTaken, match="nothing to turn away"):
        trying.turn_away(sheet=seen, by=cast["assessor2"])
