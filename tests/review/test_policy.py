"""The rules of agreement, without a database: every case that people might try."""

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.editions.diff import compare
from curriculum.review.enums import ChangeClass, Position, Side
from curriculum.review.policy import Stand, Terms, tally
from curriculum.review.weighing import propose_class

ONE = Terms({"labor": 1, "management": 1})
PEOPLE = st.sampled_from(["a", "b", "c", "d"])
SIDE_OF = {"a": "labor", "b": "labor", "c": "management", "d": "management"}
STANDS = st.lists(
    st.builds(
        lambda person, position: Stand(person, SIDE_OF[person], position), PEOPLE, st.sampled_from(Position.values)
    ),
    max_size=12,
)


def agree(*people):
    return [Stand(person, SIDE_OF[person], Position.SUPPORT) for person in people]


def ask(person):
    return Stand(person, SIDE_OF[person], Position.REQUEST_CHANGES)


def test_both_keys_are_needed_and_silence_is_never_one():
    assert not tally([], ONE).both_hold
    assert not tally(agree("a", "b"), ONE).both_hold
    assert not tally(agree("c", "d"), ONE).both_hold
    assert tally(agree("a", "c"), ONE).both_hold


def test_one_key_is_counted_as_one_of_two():
    assert [tally(agree(*people), ONE).keys for people in ("", "a", "ab", "ac")] == [0, 1, 1, 2]


def test_a_larger_quorum_needs_that_many_on_each_side():
    two = Terms({"labor": 2, "management": 2})
    assert not tally(agree("a", "b", "c"), two).both_hold
    assert tally(agree("a", "b", "c", "d"), two).both_hold


def test_a_quorum_of_nobody_does_not_exist():
    assert not tally([], Terms({"labor": 0, "management": 0})).both_hold


def test_one_request_for_change_stops_it_until_that_person_agrees():
    stands = [*agree("a", "b", "c"), ask("d")]
    assert not tally(stands, ONE).both_hold
    assert tally([*stands, *agree("d")], ONE).both_hold


def test_a_later_answer_replaces_an_earlier_one():
    assert not tally([*agree("a", "c"), ask("a")], ONE).both_hold


def test_an_authors_answer_counts_for_nothing_either_way():
    authors = frozenset("ab")
    assert not tally(agree("a", "b", "c"), Terms(ONE.needed, authors=authors)).both_hold
    assert not tally([*agree("c"), ask("a")], Terms(ONE.needed, authors=authors)).change_requested


@settings(max_examples=80, deadline=None)
@given(STANDS)
def test_headcount_on_one_side_never_turns_the_others_key(stands):
    for side in Side:
        own = [stand for stand in stands if stand.side == side]
        assert not tally(own, ONE).both_hold


@settings(max_examples=80, deadline=None)
@given(STANDS)
def test_both_hold_exactly_when_each_side_has_somebody_and_nobody_asks_or_stops(stands):
    latest = {stand.person: stand.position for stand in stands}
    found = tally(stands, ONE)
    expected = all(
        any(latest.get(person) in ("support", "support_with_reservation") for person in people)
        and not any(latest.get(person) in ("request_changes", "block") for person in people)
        for people in ("ab", "cd")
    )
    assert found.both_hold == expected


def lesson(**changes):
    data = {
        "kind": "lesson",
        "uid": "u",
        "language": "en",
        "title": "A lesson",
        "objective": "Put on gloves.",
        "hours": {"classroom": "1"},
        "body": [
            {"id": "1", "type": "text", "value": "<p>Many people clean without gloves, and many get hurt.</p>"},
            {"id": "2", "type": "safety", "value": "<p>Never mix.</p>"},
            {"id": "3", "type": "steps", "value": [{"id": "s", "value": "<p>Rinse.</p>"}]},
            {"id": "4", "type": "text", "value": "<p>Wait 10 minutes.</p>"},
        ],
    }
    return data | changes


def with_block(number, value):
    body = [dict(block) for block in lesson()["body"]]
    body[number]["value"] = value
    return lesson(body=body)


def proposed(new, old=None, **more):
    return propose_class([compare(old or lesson(), new)], **more)


def test_a_typo_and_a_new_sentence_are_small():
    typo = with_block(0, "<p>Many people clean without gloves and many get hurt.</p>")
    assert proposed(typo) == ChangeClass.TYPO
    sentence = "<p>Many people clean without gloves, and many get hurt. Ask for a pair that fits your hands.</p>"
    assert proposed(with_block(0, sentence)) == ChangeClass.EDITORIAL


def test_safety_is_never_small():
    assert proposed(with_block(1, "<p>Never mix!</p>")) == ChangeClass.SAFETY


def test_steps_numbers_units_hours_objectives_and_order_are_never_small():
    body = lesson()["body"]
    heavy = [
        with_block(2, [{"id": "s", "value": "<p>Rinse it.</p>"}]),
        with_block(3, "<p>Wait 12 minutes.</p>"),
        with_block(3, "<p>Wait 10 seconds.</p>"),
        lesson(hours={"classroom": "2"}),
        lesson(objective="Put on clean gloves."),
        lesson(body=body[:3]),
        lesson(body=[body[3], *body[:3]]),
        lesson(body=[*body, {"id": "5", "type": "text", "value": "<p>More.</p>"}]),
    ]
    assert {proposed(new) for new in heavy} == {ChangeClass.SUBSTANTIVE}


def test_a_passing_rule_and_a_critical_criterion_are_safety():
    criterion = {"id": "c", "value": {"code": "a", "text": "Wears gloves", "critical": True}}
    old = {"kind": "assessment", "uid": "u", "title": "T", "passing": {"others": "0.8"}, "criteria": [criterion]}
    assert proposed(old | {"passing": {"others": "0.7"}}, old) == ChangeClass.SAFETY
    softer = {"id": "c", "value": {**criterion["value"], "critical": False}}
    assert proposed(old | {"criteria": [softer]}, old) == ChangeClass.SAFETY


def test_a_new_page_follows_the_modules_usual_class():
    assert propose_class([compare(None, lesson())]) == ChangeClass.SUBSTANTIVE
    assert propose_class([compare(None, lesson())], usual="safety") == ChangeClass.SAFETY
