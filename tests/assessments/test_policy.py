"""The rules of assessment: exact, never averaged, and nobody is worse off for having shown one thing more."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from warnings import catch_warnings, simplefilter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.enums import NoKappa, Says
from assessments.policy import agreement, watching
from assessments.policy.agreement import Share
from assessments.policy.scoring import (
    Before,
    Criterion,
    Mark,
    Past,
    Rule,
    Seen,
    TaskEntry,
    Try,
    before_next,
    bring_together,
    differences,
    judge,
    mark_of_level,
    settle,
    standing,
    tasks_done,
    wanted,
)

FEW = settings(max_examples=60, deadline=None)
IDS, STOPS = "abcdef", "xyz"
SHARES = st.none() | st.fractions(0, 1, max_denominator=12)


@st.composite
def rules(draw, raters=1):
    criteria = [
        Criterion(one, critical=draw(st.booleans()), scored=draw(st.sampled_from((True, True, True, False))))
        for one in IDS[: draw(st.integers(1, len(IDS)))]
    ]
    return Rule(tuple(criteria), draw(SHARES), draw(st.integers(1, 3)), raters)


def marks_of(met):
    return {one: Mark(one in met) for one in IDS}


SETS = st.frozensets(st.sampled_from(IDS))
STOPPED = st.frozensets(st.sampled_from(STOPS), max_size=1) | st.just(frozenset())
SHEETS = st.lists(st.tuples(SETS, STOPPED), min_size=2, max_size=3)


def sheets_of(raw):
    return [Seen(f"r{number}", marks_of(met), stopped) for number, (met, stopped) in enumerate(raw)]


@FEW
@given(rules(), SETS, st.sampled_from(IDS), STOPPED)
def test_one_criterion_more_never_worsens_a_judgement(rule, met, more, stopped):
    before, after = judge(rule, marks_of(met), stopped), judge(rule, marks_of(met | {more}), stopped)
    assert after.met >= before.met
    assert after.critical >= before.critical and after.others >= before.others


@FEW
@given(rules(), SETS, STOPPED)
def test_what_is_critical_is_never_averaged(rule, met, stopped):
    judged = judge(rule, marks_of(met), stopped)
    missed = {one.id for one in rule.scored if one.critical} - met
    assert set(judged.missed) == missed
    if missed or stopped:
        assert not judged.met and judged.is_critical_failure
        easy = replace(rule, others=Fraction(0))
        assert not judge(easy, marks_of(met), stopped).met


@pytest.mark.parametrize(
    ("share", "met", "of", "enough"),
    [
        ("2/3", 66, 100, False),
        ("2/3", 67, 100, True),
        ("0.666", 666, 1000, True),
        ("0.666", 665, 1000, False),
        ("2/3", 666, 1000, False),
        ("0.8", 4, 5, True),
        ("0.8", 79, 99, False),
        ("0.8", 80, 99, True),
        ("1", 9_999, 10_000, False),
        ("0", 0, 3, True),
        ("0.8", 0, 0, True),
    ],
)
def test_a_share_is_exact(share, met, of, enough):
    rule = Rule(tuple(Criterion(str(one)) for one in range(of)), Fraction(share))
    assert judge(rule, {str(one): Mark(one < met) for one in range(of)}).met is enough


def test_what_is_only_watched_or_unknown_counts_for_nothing_and_what_has_no_mark_is_not_met():
    rule = Rule((Criterion("a"), Criterion("b", critical=True, scored=False)), Fraction(1))
    assert judge(rule, {"a": Mark(True), "b": Mark(False), "z": Mark(False)}).met
    assert not judge(rule, {"b": Mark(True)}).met
    levels = replace(rule, enough=3)
    assert [mark_of_level(levels, level).met for level in (2, 3, 4)] == [False, True, True]
    with pytest.raises(ValueError, match="no levels"):
        mark_of_level(rule, 3)


def reach(rule, seen):
    """The worst and the best a try can still come to, whatever a third decides."""
    verdict = bring_together(rule, seen, len(seen))
    if verdict.judgement:
        return verdict.judgement.met, verdict.judgement.met
    worst = settle(rule, seen, marks_of(()), frozenset(STOPS))
    return worst.met, settle(rule, seen, marks_of(IDS), frozenset()).met


@FEW
@given(rules(), SHEETS, st.sampled_from(IDS), st.integers(0, 1))
def test_one_criterion_more_never_worsens_what_raters_come_to(rule, raw, more, who):
    met, stopped = raw[who]
    after = [*raw[:who], (met | {more}, stopped), *raw[who + 1 :]]
    before, now = reach(rule, sheets_of(raw)), reach(rule, sheets_of(after))
    assert now[0] >= before[0] and now[1] >= before[1]


def test_two_who_say_not_yet_for_reasons_that_cancel_out_leave_it_to_a_third():
    rule = Rule((Criterion("a"), Criterion("b")), Fraction(1))
    seen = sheets_of([({"a"}, frozenset()), ({"b"}, frozenset())])
    assert bring_together(rule, seen, 2).differ == ("a", "b")


@FEW
@given(rules(), SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_raters_does_not_matter(rule, raw, random):
    seen = sheets_of(raw)
    other = random.sample(seen, len(seen))
    assert bring_together(rule, seen, len(seen)) == bring_together(rule, other, len(seen))
    assert settle(rule, seen, marks_of("ace"), {"x"}) == settle(rule, other, marks_of("ace"), {"x"})


@FEW
@given(rules(), SHEETS, SETS, STOPPED)
def test_a_third_decides_exactly_what_differs(rule, raw, third, stops):
    seen = sheets_of(raw)
    differ = set(differences(rule, seen))
    alike = raw[0][0] - differ | third & differ
    stopped = raw[0][1] - differ | stops & differ
    assert settle(rule, seen, marks_of(third), stops) == judge(rule, marks_of(alike), sorted(stopped))
    for one in differ & {criterion.id for criterion in rule.scored}:
        with pytest.raises(ValueError, match=one):
            settle(rule, seen, {id_: mark for id_, mark in marks_of(third).items() if id_ != one}, stops)


@FEW
@given(rules(), SHEETS)
def test_raters_who_differ_in_something_critical_are_never_brought_together(rule, raw):
    seen = sheets_of(raw)
    verdict = bring_together(rule, seen, len(seen))
    critical = {one.id for one in rule.scored if one.critical}
    if critical & set(differences(rule, seen)) or len({stopped for _met, stopped in raw}) > 1:
        assert verdict.judgement is None and verdict.differ
    if verdict.judgement:
        alone = [judge(rule, one.marks, one.stopped) for one in seen]
        assert {one.met for one in alone} == {verdict.judgement.met}
        assert verdict.judgement.others == min(one.others for one in alone)


def test_whoever_may_discipline_never_decides_alone():
    boss, mentor = Seen("boss", {}, may_discipline=True), Seen("mentor", {})
    assert [wanted(seen, 1) for seen in ([], [boss], [mentor], [boss, mentor])] == [1, 1, 0, 0]
    assert wanted([boss, replace(boss, rater="chief")], 2) == 1
    assert bring_together(Rule((Criterion("a"),)), [boss], 1).more == 1


RATERS = st.frozensets(st.sampled_from("pqr"), min_size=1, max_size=2)
TRIES = st.lists(st.builds(Try, st.booleans(), RATERS, st.sampled_from("12"), st.booleans()), max_size=6)


@FEW
@given(TRIES, st.integers(1, 3), st.integers(0, 5), RATERS)
def test_a_try_more_that_is_met_never_worsens_where_somebody_stands(tries, consecutive, where, raters):
    before = standing(tries, consecutive)
    if where < len(tries):
        met = [*tries[:where], replace(tries[where], met=True), *tries[where + 1 :]]
        assert standing(met, consecutive).competent >= before.competent
    counting = [one for one in tries if one.counts]
    yardstick = counting[-1].yardstick if counting else "1"
    assert standing([*tries, Try(True, raters, yardstick)], consecutive).competent >= before.competent


def test_in_a_row_the_last_by_somebody_else_and_by_one_yardstick():
    def stands(said, consecutive=2):
        """Each try as "P" or "p": seen by p, met or not; then the yardstick; "-" where it does not count."""
        tries = [
            Try(one[0].isupper(), frozenset(one[0].lower()), one[1:2], counts=not one.endswith("-"))
            for one in said.split()
        ]
        return standing(tries, consecutive)

    assert stands("P1 Q1").competent
    assert not stands("P1 q1 P1").competent and stands("P1 q1 P1").still == 1
    assert stands("P1 P1").needs_another_rater and not stands("P1 P1").competent
    two = Try(True, frozenset("pq"), "1")
    assert standing([two, two], 2).competent, "nobody decided alone"
    assert stands("P1 P1 Q1").competent and stands("P1 Q1 Q1").competent
    assert stands("P1 q1- Q1").competent, "what does not count is passed over"
    assert not stands("P1 Q2").competent and stands("P1 Q2").in_a_row == 1, "another yardstick starts anew"
    assert stands("P1", 1).competent and not stands("p1", 1).competent
    assert not standing([], 0).competent and not stands("p1", 0).competent, "nothing is never enough"


def test_coaching_after_something_critical_and_a_meeting_after_every_third():
    bad, slip, good = Past(False), Past(False, critical_failure=True), Past(True)
    assert not before_next([]) and not before_next([bad, bad]) and not before_next([slip, good])
    assert before_next([good, slip]) == Before(coaching=True)
    assert not before_next([replace(slip, coached=True)])
    assert before_next([bad, bad, bad]) == Before(plan=True)
    assert before_next([bad, bad, slip]) == Before(coaching=True, plan=True)
    met_over = replace(bad, planned=True)
    assert not before_next([bad, bad, met_over, bad, bad])
    assert before_next([bad, bad, met_over, bad, bad, bad]).plan
    assert not before_next([bad, bad, good, bad])


def test_a_task_counts_when_enough_people_signed():
    rule = Rule((Criterion("a", critical=True), Criterion("b")), consecutive=2)
    one, two = frozenset("p"), frozenset("pq")

    def done(*entries):
        return tasks_done(rule, [TaskEntry(*entry) for entry in entries])

    assert done(("a", True, one), ("b", True, one)) == {"a": 0, "b": 1}
    assert done(("a", True, two), ("a", True, two)) == {"a": 2, "b": 0}
    assert done(("a", True, two), ("a", False, two), ("a", True, two))["a"] == 1
    assert done(("b", True, one, True), ("b", True, two, True))["b"] == 1, "a supervisor's word alone is not counted"


def test_agreement_is_counted_for_each_criterion_and_over_all():
    pairs = [({"a": True, "b": True}, {"a": True, "b": False}), ({"a": False, "c": True}, {"a": False, "b": True})]
    shares = agreement.by_criterion(pairs)
    assert shares == {"a": Share(2, 2), "b": Share(0, 1)}
    assert agreement.over_all(shares).share == Fraction(2, 3)
    assert agreement.over_all(shares, {"b", "c"}) == Share(0, 1) and Share(0, 0).share is None
    looked = agreement.moderation(pairs, critical={"a"})
    assert looked.looked_at == 2 and looked.reaches_target and looked.differ == (("b", 1),)
    assert agreement.moderation(pairs, critical=set()).reaches_target is None
    nine_of_ten = [({"a": True}, {"a": one > 0}) for one in range(10)]
    assert agreement.moderation(nine_of_ten, {"a"}).reaches_target
    assert not agreement.moderation(nine_of_ten[:9], {"a"}).reaches_target


def test_kappa_says_what_another_implementation_says():
    from sklearn.metrics import cohen_kappa_score  # here alone: it takes long to load

    random = Random(4)
    for _table in range(60):
        words = random.choice(((True, False), (1, 2, 3, 4)))
        marks = [(random.choice(words), random.choice(words)) for _mark in range(random.randint(1, 30))]
        ours = agreement.kappa(marks)
        with catch_warnings():
            simplefilter("ignore")
            theirs = cohen_kappa_score(*zip(*marks, strict=True))
        if ours.value is None:
            assert ours.undefined == NoKappa.ONE_WORD and theirs != theirs
        else:
            assert float(ours.value) == pytest.approx(theirs, abs=1e-12)
    assert agreement.kappa([]).undefined == NoKappa.NOTHING
    assert agreement.kappa([(True, False), (False, True)]).value == -1
    assert agreement.kappa(agreement.marks_of([({"a": 1, "b": 0}, {"a": 1, "b": 0})])).value == 1


def said(rater, met, of, criterion="a"):
    return [watching.Seen(rater, criterion, one < met) for one in range(of)]


def test_a_rater_who_drifts_is_told_and_chance_is_not():
    [kind] = watching.drifts(said("kind", 12, 12) + said("p", 5, 12) + said("q", 4, 12))
    assert (kind.rater, kind.met, kind.of, kind.others_met, kind.others_of) == ("kind", 12, 12, 9, 24)
    assert kind.is_kinder and kind.chance < Fraction(1, 100)
    hard = watching.drifts(said("hard", 2, 12) + said("p", 12, 12) + said("q", 12, 12))
    assert ("hard", False) in [(one.rater, one.is_kinder) for one in hard]
    assert not watching.drifts(said("kind", 9, 9) + said("p", 0, 40)), "nine sheets say nothing"
    assert not watching.drifts(said("kind", 40, 40) + said("p", 0, 9)), "nor do nine of everybody else"
    assert not watching.drifts(said("p", 6, 10) + said("q", 8, 10)), "chance does that"
    assert not watching.drifts(said("p", 900, 1000) + said("q", 750, 1000)), "sure, and too little to matter"


@FEW
@given(*[st.integers(0, 12)] * 4)
def test_fishers_test_is_a_chance_and_sees_no_sides(a, b, c, d):
    chance = watching.fisher(a, b, c, d)
    assert 0 < chance <= 1
    assert chance == watching.fisher(c, d, a, b) == watching.fisher(b, a, d, c)


def test_fishers_tea():
    """The lady who tasted tea (R. A. Fisher, 1935): 3 of 4 right is 17 of 35, 4 of 4 is 1 of 35."""
    assert watching.fisher(3, 1, 1, 3) == Fraction(17, 35) and watching.fisher(4, 0, 0, 4) == Fraction(1, 35)


def test_a_criterion_nobody_or_everybody_misses_is_named_once_enough_speak_of_it():
    marks = said("p", 10, 10, "easy") + said("p", 0, 10, "hard") + said("p", 9, 10, "fine") + said("p", 9, 9, "few")
    found = watching.health(marks)
    assert {one: found[one].says for one in found} == {
        "easy": Says.NOBODY_MISSES,
        "hard": Says.EVERYBODY_MISSES,
        "fine": None,
        "few": None,
    }


@FEW
@given(st.sets(st.uuids().map(str), max_size=80), st.text(max_size=4), st.randoms(use_true_random=False))
def test_a_sample_is_one_in_ten_and_five_at_least_and_the_same_for_everybody(uids, salt, random):
    chosen = watching.sample(uids, salt)
    assert len(chosen) == len(set(chosen)) and set(chosen) <= uids
    assert len(chosen) == min(len(uids), max(5, len(uids) / 10 if len(uids) % 10 == 0 else len(uids) // 10 + 1))
    assert watching.sample(random.sample(sorted(uids), len(uids)), salt) == chosen


def test_without_the_salt_nobody_knows_which_sheets_are_looked_at_again():
    uids = [f"sheet {number}" for number in range(100)]
    samples = [set(watching.sample(uids, salt)) for salt in ("one", "two", "three")]
    assert all(len(one) == 10 for one in samples) and len(set.union(*samples)) > 20
