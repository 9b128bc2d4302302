"""What somebody could do to results: undo the first of two in a row, send for somebody else, set a clock, come
twice at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from assessments import forgetting, groups, queries
from assessments.actions import appealing, deciding, recognizing, trying
from assessments.actions.trying import NotTaken
from assessments.enums import Finding, Outcome, Ruling, SheetKind
from assessments.models import Attempt, Result, Sheet, Witness, Words
from curriculum.review.workdays import later
from tests.assessments.work import Cohort, assessment, point
from tests.review.test_races import at_once, errors
from users import learners

TWICE = {"passing": {"consecutive": 2}}
MET, MISSED = "a b c", "a b"


def tries(cohort, digest, marks, name="Rosa"):
    """One try after the other, each seen by another assessor; their results."""
    for number, met in enumerate(marks, 1):
        cohort.sheet(digest, name=name, by=("assessor1", "assessor2")[number % 2], marks=met, number=number)
    return list(Result.objects.filter(attempt__learner=cohort.learners[name]))


def now(cohort, name="Rosa"):
    """What counts of each try, in their order."""
    rows = Attempt.objects.filter(learner=cohort.learners[name]).order_by("number")
    return [queries.result_of(deciding.fresh(one)).outcome for one in rows]


def heard(result, cohort, finding):
    cast = cohort.cast
    appeal = appealing.appeal(result=result, learner=cohort.learners["Rosa"], text="I did it.")
    for who in ("labor1", "management1"):
        appealing.name_hearer(appeal=appeal, user=cast[who], by=cast["coordinator"])
        appealing.find(appeal=appeal, by=cast[who], finding=finding, text="The film shows it.")


def test_a_try_that_made_a_later_one_competent_takes_it_along(cohort, cast):
    first, second = tries(cohort, cohort.add(assessment(**TWICE)), [MET, MET])
    assert (first.outcome, second.outcome) == (Outcome.NOT_YET, Outcome.COMPETENT)
    deciding.correct(result=first, by=cast["coordinator"], ruling=Ruling.VOID, text="Another Rosa.")
    assert now(cohort) == [Outcome.VOID, Outcome.NOT_YET]
    last = Result.objects.get(corrects=second)
    assert (last.met, last.why, last.person) == (True, deciding.BY_ROW, None)


def test_a_correction_is_about_a_try_and_shortens_no_row(cohort, cast):
    (first,) = tries(cohort, cohort.add(assessment(**TWICE)), ["b c"])
    about = {"by": cast["coordinator"], "text": "The sheets were mixed up."}
    row = deciding.correct(result=first, ruling=Ruling.MET, **about)
    assert (row.met, row.outcome) == (True, Outcome.NOT_YET), "one of the two times that it takes"
    with pytest.raises(deciding.NotDecided, match="says already"):
        deciding.correct(result=row, ruling=Ruling.MET, **about)
    cohort.sheet(first.instrument, by="assessor1", number=2)
    assert now(cohort) == [Outcome.NOT_YET, Outcome.COMPETENT]
    row = deciding.correct(result=row, ruling=Ruling.NOT_MET, **about)
    assert (row.met, now(cohort)) == (False, [Outcome.NOT_YET, Outcome.NOT_YET])
    deciding.correct(result=row, ruling=Ruling.MET, **about)
    assert now(cohort) == [Outcome.NOT_YET, Outcome.COMPETENT] and Result.objects.count() == 7


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([MISSED, MET], ["not_yet", "competent"]),
        # A try that was not enough stands between: the first and the third are not in a row.
        ([MISSED, MISSED, MET], ["not_yet", "not_yet", "not_yet"]),
        ([MISSED, MET, MISSED], ["not_yet", "competent", "not_yet"]),
    ],
)
def test_an_appeal_that_is_granted_counts_where_its_try_stands(cohort, marks, expected):
    digest = cohort.add(assessment(criteria="a b c", passing={"consecutive": 2, "others": "1"}))
    heard(tries(cohort, digest, marks)[0], cohort, Finding.CHANGES)
    assert now(cohort) == expected


def test_what_was_found_to_be_shown_needs_no_talk(cohort):
    digest = cohort.add(assessment(**TWICE))
    heard(tries(cohort, digest, ["b c"])[0], cohort, Finding.CHANGES)
    cohort.sheet(digest, by="assessor1", number=2)
    assert now(cohort) == ["not_yet", "competent"]


def test_a_correction_while_an_appeal_is_open_does_not_shut_it_for_ever(cohort, cast):
    (result,) = tries(cohort, cohort.add(assessment(valid_months=12)), ["b c"])
    appeal = appealing.appeal(result=result, learner=cohort.learners["Rosa"], text="I did it.")
    deciding.correct(result=result, by=cast["coordinator"], ruling=Ruling.VOID, text="The kit was broken.")
    for who in ("labor1", "management1"):
        appealing.name_hearer(appeal=appeal, user=cast[who], by=cast["coordinator"])
        appealing.find(appeal=appeal, by=cast[who], finding=Finding.CHANGES, text="We saw it.")
    assert now(cohort) == [Outcome.COMPETENT] and forgetting.open_appeals(cohort.learners["Rosa"]) == 0


def test_a_late_correction_does_not_make_a_skill_hold_longer(cohort, cast, monkeypatch):
    (result,) = tries(cohort, cohort.add(assessment(valid_months=12)), ["b c"])
    decided_on = timezone.localdate(result.at)
    monkeypatch.setattr(timezone, "now", lambda: result.at + timedelta(days=300))
    row = deciding.correct(result=result, by=cast["coordinator"], ruling=Ruling.MET, text="Wrong sheet.")
    assert row.valid_until == later(decided_on, 12)


def test_what_went_wrong_in_another_course_blocks_nobody_here(cohort, cast):
    digest = cohort.add(assessment())
    tries(cohort, digest, ["b c"])
    with pytest.raises(NotTaken, match="talks over"):
        cohort.sheet(digest, by="instructor1", number=2)
    elsewhere = Cohort(cast, digest)
    elsewhere.learners = cohort.learners
    elsewhere.group = groups.Group(
        elsewhere.uid, "Day group", cohort.group.assessors, cohort.group.learners, cohort.group.pages
    )
    groups.register("elsewhere", elsewhere.ask)
    try:
        assert elsewhere.sheet(digest).attempt.number == 1, "the first group may be gone with whoever could talk"
    finally:
        groups.forget("elsewhere")


def test_a_witness_nobody_confirmed_blocks_decides_and_vouches_for_nothing(cohort, cast):
    digest = cohort.add(assessment(**TWICE))
    cohort.signed(digest, marks="b c", may_discipline=True)
    cohort.sheet(digest, by="assessor1", number=1)
    result = Result.objects.get()
    assert result.met and result.raters == [str(cast["assessor1"].person_id)], "one person's word is one person's"
    for number in (1, 2):
        cohort.signed(digest, name="Kim", number=number)
    assert cohort.sheet(digest, name="Kim", number=1).attempt.number == 3, "an assessor goes on"
    log = cohort.add(assessment("Rounds", method="worksite_sign_off", stops=["unsafe"], rubric=("With help", "Alone")))
    told = {"marks": {point("A"): 1}, "stopped": ("unsafe",), "notes": {"unsafe": "The cart rolled."}}
    sheet = cohort.signed(log, **told)
    assert not sheet.attempt.results.exists()
    trying.confirm(sheet=sheet, by=cast["assessor1"])
    assert sheet.attempt.results.get().basis["stopped"] == ["unsafe"]


def test_the_number_of_somebody_elses_sheet_is_refused_on_a_phone(cohort, cast):
    digest = cohort.add(assessment())
    other = cohort.sheet(digest, name="Kim")
    for name in ("Rosa", "Kim"):
        with pytest.raises(NotTaken, match="somebody else's"):
            cohort.signed(digest, name=name, uid=other.pk)
    task = cohort.signed(cohort.add(assessment("Rounds", method="worksite_sign_off")), marks={point("A"): True})
    second = trying.Signed("Stew Ward", "Steward", "Local 1")
    with pytest.raises(NotTaken, match="somebody else's"):
        trying.cosign_signed(sheet=task, learner=cohort.learners["Rosa"], signed=second, uid=other.pk)
    assert Witness.objects.count() == 1


@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_a_clock_that_cannot_be_right_is_not_believed(cohort, at):
    sheet = cohort.sheet(cohort.add(assessment()), seen_at=at)
    assert abs(sheet.seen_at - timezone.now()) < timedelta(minutes=10)


def test_words_hold_nothing_that_a_database_refuses(cohort):
    sheet = cohort.sheet(cohort.add(assessment()), notes={"": "Torn\x00 strap\ud800."})
    assert Words.objects.get(of=sheet.pk).text == "Torn strap."


def test_nothing_new_is_written_about_somebody_whose_name_was_taken_away(cohort):
    digest = cohort.add(assessment())
    rosa = cohort.learners["Rosa"]
    forgetting.forget(learner=rosa)
    learners.erase(learner=rosa)
    with pytest.raises(NotTaken, match="not in the course"):
        cohort.sheet(digest, marks="b c")
    assert not Words.objects.filter(learner=rosa).exists() and not Sheet.objects.exists()


def test_a_number_that_is_far_ahead_opens_the_next_try_and_no_other(cohort):
    digest = cohort.add(assessment())
    assert [cohort.sheet(digest, number=5).attempt.number, cohort.sheet(digest, number=5).attempt.number] == [1, 2]


def test_a_claim_stays_as_it_was_once_one_of_two_has_judged_it(cohort):
    digest = cohort.add(assessment("Before", method="prior_experience", passing={"raters": 2}))
    told = {"learner": cohort.learners["Rosa"], "group_uid": cohort.uid, "digest": digest}
    recognizing.claim(**told, text="Three years of night shifts.")
    cohort.sheet(digest, marks="b c")
    with pytest.raises(NotTaken, match="stays as you said it"):
        recognizing.claim(**told, text="Ten years.")
    assert Words.objects.get(of=Attempt.objects.get().pk).text == "Three years of night shifts."


@pytest.mark.postgresql
@pytest.mark.parametrize("marks", [MET, "b c"])
def test_the_same_sheet_twice_at_once_is_one_and_both_hear_that_it_is_kept(transactional_db, cast, cohort, marks):
    digest = cohort.add(assessment())
    said = cohort.said(digest, marks=marks)
    take = lambda: trying.take(group_uid=cohort.uid, by=cast["assessor1"], said=said)  # noqa: E731
    results = at_once(take, take)
    assert errors(results) == [] and {row.pk for row in results} == {said.uid}
    assert (Attempt.objects.count(), Sheet.objects.count(), Result.objects.count()) == (1, 1, 1)


@pytest.mark.postgresql
def test_two_who_confirm_and_one_who_sends_at_once_decide_once(transactional_db, cast, cohort):
    digest = cohort.add(assessment(passing={"raters": 2}))
    sheet = cohort.signed(digest)
    acts = [lambda who=who: trying.confirm(sheet=sheet, by=cast[who]) for who in ("assessor1", "assessor2")]
    said = cohort.said(digest)
    acts.append(lambda: trying.take(group_uid=cohort.uid, by=cast["instructor1"], said=said))
    assert errors(at_once(*acts)) == []
    assert Result.objects.count() == 1 and Sheet.objects.filter(kind=SheetKind.COSIGN).count() == 2
