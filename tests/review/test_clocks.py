"""The clocks: working days, which reminder is due when, and how a date is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.review import clocks, workdays
from curriculum.review.charter import Charter
from curriculum.review.clocks import Facts, Open, due, reminders
from curriculum.review.deadlines import Deadline
from curriculum.review.enums import ChangeClass, Purpose
from curriculum.review.steps import SENTENCES, Step

MONDAY = date(2026, 11, 2)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=40)
CLASSES = st.sampled_from(list(ChangeClass))
PURPOSES = st.sampled_from(list(Purpose))
CHARTERS = st.builds(
    Charter, days_to_answer=st.integers(1, 30), days_small=st.integers(1, 10), days_escalation=st.integers(0, 20)
)
FACTS = st.builds(
    Facts,
    opened=DAYS,
    today=DAYS,
    charter=CHARTERS,
    change_class=CLASSES,
    purpose=PURPOSES,
    holidays=HOLIDAYS,
    waits=st.booleans(),
    requests=st.lists(st.builds(Open, st.just("a" * 64), DAYS), max_size=2).map(tuple),
    blocks=st.lists(st.builds(Open, st.just("b" * 64), DAYS), max_size=2).map(tuple),
    ended=st.booleans(),
)


def steps(facts):
    return [one.step for one in due(facts)]


def on(day, **more):
    """What is due so many working days after a Monday."""
    charter = Charter()
    return steps(Facts(opened=MONDAY, today=workdays.add(MONDAY, day), charter=charter, **more))


# Working days


@given(DAYS, st.integers(0, 60), HOLIDAYS)
def test_adding_and_counting_agree(start, days, holidays):
    end = workdays.add(start, days, holidays)
    assert workdays.between(start, end, holidays) == days
    assert workdays.between(end, start, holidays) == -days
    assert days == 0 or workdays.is_workday(end, holidays)


@given(DAYS, st.integers(0, 30), st.integers(0, 30), HOLIDAYS)
def test_days_add_up_and_a_longer_time_never_ends_earlier(start, one, other, holidays):
    there = workdays.add(workdays.add(start, one, holidays), other, holidays)
    assert there == workdays.add(start, one + other, holidays)
    assert workdays.add(start, one, holidays) <= there


@given(DAYS, st.integers(1, 30), HOLIDAYS, DAYS)
def test_a_holiday_more_never_makes_a_day_earlier(start, days, holidays, extra):
    assert workdays.add(start, days, holidays | {extra}) >= workdays.add(start, days, holidays)


def test_thanksgiving_moves_the_day():
    holidays = {date(2026, 11, 26), date(2026, 11, 27)}
    assert workdays.add(date(2026, 11, 20), 10) == date(2026, 12, 4)
    assert workdays.add(date(2026, 11, 20), 10, holidays) == date(2026, 12, 8)


# Which step is due


def test_reminders_on_days_five_and_eight_then_the_notice_on_day_ten_then_the_principals():
    assert {day: on(day) for day in (4, 5, 7, 8, 9, 10, 19, 20)} == {
        4: [],
        5: [Step.HALF],
        7: [Step.HALF],
        8: [Step.SOON],
        9: [Step.SOON],
        10: [Step.DUE],
        19: [Step.DUE],
        20: [Step.DUE, Step.PRINCIPALS],
    }


def test_small_fixes_have_their_own_short_scale_and_never_reach_the_principals():
    small = {"change_class": ChangeClass.TYPO}
    assert {day: on(day, **small) for day in (1, 2, 3, 40)} == {1: [], 2: [Step.HALF], 3: [Step.DUE], 40: [Step.DUE]}


def test_a_charter_of_other_lengths():
    assert reminders(10) == {Step.HALF: 5, Step.SOON: 8}
    assert reminders(5) == {Step.HALF: 3}
    assert reminders(3) == {Step.HALF: 2}
    assert reminders(1) == {} and reminders(0) == {}
    assert reminders(20) == {Step.HALF: 10, Step.SOON: 18}


def test_a_holiday_puts_a_reminder_off():
    facts = Facts(opened=MONDAY, today=workdays.add(MONDAY, 5), charter=Charter())
    assert steps(facts) == [Step.HALF]
    assert steps(replace(facts, holidays=frozenset({date(2026, 11, 4)}))) == []


def test_when_nobody_is_waited_for_nothing_is_due():
    assert on(30, waits=False) == []
    assert on(30, ended=True, requests=(Open("a", MONDAY),), blocks=(Open("b", MONDAY),)) == []


def test_a_request_waits_ten_days_and_a_stop_fifteen_before_somebody_is_told():
    open_ = {"waits": False, "requests": (Open("a", MONDAY),), "blocks": (Open("b", MONDAY),)}
    assert on(10, **open_) == []
    assert on(11, **open_) == [Step.CHANGES_LATE]
    assert on(15, **open_) == [Step.CHANGES_LATE]
    assert on(16, **open_) == [Step.CHANGES_LATE, Step.INTEREST_LATE]
    found = due(Facts(opened=MONDAY, today=workdays.add(MONDAY, 16), charter=Charter(), **open_))
    assert [one.about for one in found] == ["a", "b"]


@given(FACTS)
def test_nothing_is_due_before_its_day_or_after_the_end_and_nothing_twice(facts):
    found = due(facts)
    assert all(one.on <= facts.today for one in found)
    assert not (facts.ended and found)
    assert len({(one.step, one.about, one.on) for one in found if not one.about}) == len(
        [one for one in found if not one.about]
    )
    assert sum(one.step in (Step.HALF, Step.SOON) for one in found) <= 1


@given(FACTS, st.integers(1, 400))
def test_notices_once_due_stay_due_while_it_stays_open(facts, days):
    lasting = {Step.DUE, Step.PRINCIPALS, Step.CHANGES_LATE, Step.INTEREST_LATE}
    later = replace(facts, today=facts.today + timedelta(days=days))
    assert {one for one in due(facts) if one.step in lasting} <= set(due(later))


@given(FACTS)
def test_a_clock_only_reminds_whatever_the_facts(facts):
    """Silence is never consent: the clocks know no step that answers."""
    reminding = {Step.HALF, Step.SOON, Step.DUE, Step.PRINCIPALS, Step.CHANGES_LATE, Step.INTEREST_LATE}
    assert set(steps(facts)) <= reminding


def test_every_step_has_a_code_of_its_own_and_a_sentence():
    assert set(SENTENCES) == set(Step)
    assert all("%(title)s" in str(step.sentence) for step in Step)
    assert [step for step in Step if step.is_urgent] == [Step.URGENT]
    assert clocks.BEFORE == 2


# How a date is said


@pytest.mark.parametrize(
    "days, today, said",
    [
        (2, date(2026, 12, 1), "2 working days left"),
        (1, date(2026, 12, 2), "1 working day left"),
        (0, date(2026, 12, 3), "due today"),
        (-1, date(2026, 12, 4), "1 working day late"),
        (-3, date(2026, 12, 8), "3 working days late"),
    ],
)
def test_how_far_away_a_day_is(days, today, said):
    deadline = Deadline(date(2026, 12, 3), today, days)
    assert deadline.left == said
    assert deadline.asks == "Please answer by December 3"
    assert deadline.says == f"answers {'were' if days < 0 else 'are'} due December 3"
    assert workdays.between(today, deadline.on) == days


def test_on_a_weekend_after_a_friday_no_working_day_has_gone_by():
    friday, saturday = date(2026, 12, 4), date(2026, 12, 5)
    assert Deadline(friday, saturday, workdays.between(saturday, friday)).left == "the day has just passed"


def test_another_year_is_named():
    assert Deadline(date(2027, 1, 4), date(2026, 12, 28), 4).says == "answers are due Jan. 4, 2027"
