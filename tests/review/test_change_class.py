"""What can never pass as a small fix, whatever it looks like: tried with made-up changes of every kind."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.editions.diff import compare
from curriculum.models import LessonPage
from curriculum.review.actions import Refused, submit
from curriculum.review.enums import ChangeClass
from curriculum.review.proposal import Proposal
from curriculum.review.weighing import is_weighty, propose_class
from tests.curriculum.strategies import TYPES, rich
from tests.factories import agree, change, save

modest = settings(max_examples=60, deadline=None)
WORDS = ("Rinse", "gloves", "bucket", "hands")


def lesson(*blocks, **fields):
    return {"kind": "lesson", "uid": "u", "language": "en", "title": "T", "body": list(blocks), **fields}


def block(type_, value, id_="1"):
    return {"id": id_, "type": type_, "value": value}


def proposed(old, new):
    diff = compare(old, new)
    found = propose_class([diff])
    assert found.is_small != is_weighty(diff)
    return found


def changed_text(old, new):
    return proposed(lesson(block("text", old)), lesson(block("text", new)))


@modest
@given(rich, rich, st.sampled_from(sorted(set(TYPES) - {"safety"})))
def test_words_of_safety_are_safety_also_when_they_become_something_else(old, new, other):
    assume(old != new)
    assert proposed(lesson(block("safety", old)), lesson(block("safety", new))) == ChangeClass.SAFETY
    assert proposed(lesson(block("safety", old)), lesson(block(other, old))) == ChangeClass.SAFETY
    assert proposed(lesson(block("text", old)), lesson(block("safety", old))) == ChangeClass.SAFETY
    assert proposed(lesson(block("safety", old)), lesson()) == ChangeClass.SAFETY


@modest
@given(st.sampled_from(sorted(set(TYPES) - {"safety"})).flatmap(lambda name: st.tuples(st.just(name), TYPES[name])))
def test_a_block_that_comes_goes_or_becomes_another_is_never_small(typed):
    here, other = block(*typed), block("text", "<p>Here.</p>", "2")
    assert not proposed(lesson(other), lesson(other, here)).is_small
    assert not proposed(lesson(other, here), lesson(other)).is_small
    assert not proposed(lesson(other, here), lesson(here, other)).is_small
    assume(typed[0] != "text")
    assert not proposed(lesson(here), lesson({**here, "type": "text"})).is_small


@modest
@given(st.sampled_from(["steps", "facilitator"]).flatmap(lambda n: st.tuples(st.just(n), TYPES[n], TYPES[n])))
def test_steps_and_what_instructors_are_told_are_never_small(typed):
    name, old, new = typed
    assume(old != new)
    assert not proposed(lesson(block(name, old)), lesson(block(name, new))).is_small


numbers = st.decimals(0, 5000, places=1).map(str) | st.sampled_from(
    ["1/2", "½", ".5", "5", "1,5", "15", "10%", "1:10", "10-20", "10–20", "2x", "-4", "4", "10ml", "ten", "two", "diez"]
)


@modest
@given(st.lists(st.sampled_from(WORDS), max_size=4), numbers, numbers, st.sampled_from(["", ".", ",", ")", "?"]))
def test_another_number_is_never_small(words, old, new, mark):
    assume(old != new)
    texts = [" ".join([*words, number + mark, *words]) for number in (old, new)]
    assert not changed_text(*(f"<p>{text}</p>" for text in texts)).is_small
    tables = [block("table", {"caption": "C", "columns": ["A"], "rows": [[f"<p>{text}</p>"]]}) for text in texts]
    assert not proposed(lesson(tables[0]), lesson(tables[1])).is_small


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Wait 10 minutes.", "Wait 10 seconds."),
        ("Add an ounce.", "Add a cup."),
        ("Espere diez minutos.", "Espere diez horas."),
        ("Use .5 oz.", "Use 5 oz."),
        ("Use ½ cup.", "Use ¼ cup."),
        ("Wait two minutes.", "Wait ten minutes."),
        ('Call <a href="tel:911">for help</a>.', 'Call <a href="tel:912">for help</a>.'),
    ],
)
def test_numbers_however_they_are_written(old, new):
    assert changed_text(f"<p>{old}</p>", f"<p>{new}</p>") == ChangeClass.SUBSTANTIVE


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("objective", "Put on gloves.", "Put on glove."),
        ("hours", {"classroom": "1"}, {"classroom": "1", "field": "0.5"}),
        ("minutes", 5, 6),
        ("mode", "classroom", "field"),
        ("flags", ["safety_critical"], []),
    ],
)
def test_what_a_lesson_is_is_never_small(name, old, new):
    assert proposed(lesson(**{name: old}), lesson(**{name: new})) == ChangeClass.SUBSTANTIVE


ASSESSMENT = {
    "kind": "assessment",
    "uid": "u",
    "title": "T",
    "method": "skills_demonstration",
    "passing": {"critical": "all", "others": "0.8"},
    "criteria": [{"id": "c", "value": {"code": "a", "text": "Wears gloves", "critical": True}}],
    "critical_failures": [{"id": "f", "value": "Mixes products."}],
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"passing": {"critical": "all", "others": "0.79"}}, ChangeClass.SAFETY),
        ({"passing": None}, ChangeClass.SAFETY),
        (
            {"criteria": [{"id": "c", "value": {"code": "a", "text": "Has gloves", "critical": True}}]},
            ChangeClass.SAFETY,
        ),
        ({"criteria": [{"id": "c", "value": {"code": "a", "text": "Wears gloves"}}]}, ChangeClass.SAFETY),
        ({"criteria": []}, ChangeClass.SAFETY),
        ({"critical_failures": []}, ChangeClass.SAFETY),
        ({"critical_failures": [{"id": "f", "value": "Mixes two products."}]}, ChangeClass.SAFETY),
        ({"method": "portfolio"}, ChangeClass.SUBSTANTIVE),
        ({"evidence": ["artifact"]}, ChangeClass.SUBSTANTIVE),
        ({"graded": True}, ChangeClass.SUBSTANTIVE),
        ({"valid_months": 12}, ChangeClass.SUBSTANTIVE),
        ({"rubric": [{"id": "r", "value": {"level": 1, "label": "New"}}]}, ChangeClass.SUBSTANTIVE),
    ],
)
def test_what_is_enough_to_pass_is_never_small(changes, expected):
    new = {key: value for key, value in (ASSESSMENT | changes).items() if value is not None}
    assert proposed(ASSESSMENT, new) == expected


def test_another_right_answer_is_never_small():
    def check(*correct):
        answers = [{"id": name, "value": {"text": f"<p>{name}</p>", "correct": name in correct}} for name in "ab"]
        return lesson(block("check", {"question": "<p>Which?</p>", "answers": answers}))

    assert proposed(check("a"), check("b")) == ChangeClass.SUBSTANTIVE
    assert proposed(check("a"), check("a", "b")) == ChangeClass.SUBSTANTIVE


def test_another_picture_is_no_typo_and_another_address_is():
    def picture(digest):
        return lesson(
            block("image", {"image": {"sha256": digest * 64, "ext": "png", "size": ord(digest)}, "alt": "Gloves"})
        )

    assert proposed(picture("a"), picture("b")) == ChangeClass.EDITORIAL
    links = [f'<p><a href="https://{name}.example/">Read</a></p>' for name in ("old", "new")]
    assert changed_text(*links) == ChangeClass.TYPO


@modest
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.lists(st.sampled_from(WORDS), max_size=30))
def test_other_words_alone_are_small(old, new):
    texts = [f"<p>{' '.join(words)}.</p>" for words in (old, new)]
    assume(texts[0] != texts[1])
    assert changed_text(*texts).is_small


def test_one_weighty_change_among_small_ones_decides():
    small = compare(lesson(block("text", "<p>Rinse.</p>")), lesson(block("text", "<p>Rinse it.</p>")))
    safety = compare(lesson(block("safety", "<p>Never.</p>")), lesson(block("safety", "<p>Ever.</p>")))
    assert propose_class([small, small]) == ChangeClass.TYPO
    assert propose_class([small, safety]) == ChangeClass.SAFETY
    assert not re.search("[01]", propose_class([small, compare(lesson(), None)]))


def test_nobody_can_send_a_change_as_less_than_it_is(module, cast):
    """On a charter that asks for two people a side for safety, the class decides how many must read."""
    first = LessonPage.objects.child_of(module).first()
    raw = first.body.get_prep_value()
    raw[0]["type"] = "safety"
    first.body, first.flags = first.body.stream_block.to_python(raw), ["safety_critical"]
    save(first, cast["designer"])
    spanish = frozenset({(first.uid, "es")})
    agreed = submit(page=module, by=cast["designer"], proposal=Proposal(note="First.", left_out=spanish))
    agree(agreed, cast["labor1"], cast["management1"])
    change(first, "Never mix.", cast["designer"])
    for lighter in ("0", "1", "2"):
        with pytest.raises(Refused, match="Nothing was sent. Send it as: Safety"):
            submit(
                page=module,
                by=cast["designer"],
                proposal=Proposal(note="Small.", change_class=lighter, left_out=spanish),
            )
    sent = submit(page=module, by=cast["designer"], proposal=Proposal(note="Safety.", left_out=spanish))
    assert sent.change_class == ChangeClass.SAFETY
