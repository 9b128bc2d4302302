"""Diffs by block id, and redlines: nothing that changed is left unsaid, and nothing else is said."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.codec.richtext import one_form
from curriculum.editions.diff import (
    ADDED,
    CHANGED,
    LISTS,
    MOVED,
    REMOVED,
    SAME,
    compare,
    redline,
    redline_text,
    words_changed,
)
from curriculum.editions.portable import normal
from curriculum.sanitize import clean_html, plain_text
from tests.curriculum.strategies import lessons, rich, words

modest = settings(max_examples=100, deadline=None)
bodies = st.lists(st.integers(1, 8), unique=True, max_size=8)


def applied(old, diff):
    """`old` with every change made: what a reader of the diff would come to."""
    made = {key: value for key, value in old.items() if key not in LISTS}
    entries = {name: {entry["id"]: entry for entry in old.get(name, [])} for name in LISTS}
    for change in diff.changes:
        if change.name in LISTS:
            if change.change in (SAME, MOVED):
                made.setdefault(change.name, []).append(entries[change.name][change.id])
            elif change.change != REMOVED:
                made.setdefault(change.name, []).append(entry(change.id, change.type, change.new))
        elif change.change == REMOVED:
            made.pop(change.name, None)
        elif change.change != SAME:
            made[change.name] = change.new
    return normal(made)


def entry(id_, type_, value):
    return {"id": id_, "type": type_, "value": value}


def lesson(*numbers, words="Words of {}."):
    body = [entry(str(number), "text", f"<p>{words.format(number)}</p>") for number in numbers]
    return normal({"kind": "lesson", "uid": "u", "language": "en", "title": "T", "body": body})


def states(diff):
    return {change.id: change.change for change in diff.changes if change.id}


@modest
@given(lessons, lessons)
def test_old_with_its_changes_is_new(old, new):
    old = normal(old)
    kept = {block["id"]: block for block in [*old.get("body", [])[::2], *new["body"]]}
    new = normal({**new, "body": list(kept.values())})
    diff = compare(old, new)
    assert applied(old, diff) == new
    assert {change.id for change in diff.changes if change.change == REMOVED and change.id} == {
        block["id"] for block in old.get("body", [])
    } - {block["id"] for block in new.get("body", [])}


@modest
@given(lessons)
def test_nothing_changed_is_nothing_said(data):
    data = normal(data)
    assert compare(data, data).status == SAME
    assert compare(None, data).status == ADDED
    assert compare(data, None).status == REMOVED


@modest
@given(bodies, st.randoms(use_true_random=False))
def test_a_new_order_is_moves_and_nothing_else(numbers, random):
    shuffled = random.sample(numbers, len(numbers))
    found = states(compare(lesson(*numbers), lesson(*shuffled)))
    assert set(found.values()) <= {SAME, MOVED}
    stayed = [key for key in found if found[key] == SAME]
    assert stayed == [str(number) for number in numbers if str(number) in stayed]
    assert (MOVED in found.values()) == (shuffled != numbers)


@modest
@given(bodies.filter(lambda numbers: len(numbers) > 1), st.data())
def test_one_block_moved_is_one_move(numbers, data):
    moved = data.draw(st.sampled_from(numbers))
    rest = [number for number in numbers if number != moved]
    place = data.draw(st.integers(0, len(rest)))
    order = [*rest[:place], moved, *rest[place:]]
    found = states(compare(lesson(*numbers), lesson(*order)))
    assert list(found.values()).count(MOVED) == (order != numbers)


@modest
@given(bodies, bodies)
def test_what_went_stands_behind_what_stood_before_it(old, new):
    diff = compare(lesson(*old), lesson(*new))
    order = [change.id for change in diff.changes if change.id]
    assert [key for key in order if int(key) in new] == [str(number) for number in new]
    for position, number in enumerate(old):
        if number not in new and position and old[position - 1] not in new:
            assert order.index(str(number)) == order.index(str(old[position - 1])) + 1


def test_a_block_of_another_kind_is_a_change_that_remembers_what_it_was():
    old, new = lesson(1), lesson(1)
    old["body"][0]["type"] = "safety"
    [change] = compare(old, new).changed
    assert (change.change, change.was, change.type) == (CHANGED, "safety", "text")


class Nesting(HTMLParser):
    """Raises when an element is closed that is not the last opened."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def accepted(html):
    return re.sub(r"</?ins>", "", re.sub(r"<del>.*?</del>", "", html, flags=re.S))


def rejected(html):
    return re.sub(r"</?del>", "", re.sub(r"<ins>.*?</ins>", "", html, flags=re.S))


def letters(html):
    """Every letter in order. Where blocks begin and end is the new text's, in a redline of the old one too."""
    return "".join(plain_text(html).split())


@st.composite
def edits(draw):
    """A text and what somebody made of it, or two texts that have nothing to do with each other."""
    old = one_form(clean_html(draw(rich)))
    if draw(st.booleans()):
        return old, one_form(clean_html(draw(rich)))
    tokens = re.findall(r"<[^>]+>|[^<\s]+|\s+", old)
    kept = [token for token in tokens if token.startswith("<") or draw(st.integers(0, 4))]
    return old, one_form(clean_html("".join(kept)))


@settings(max_examples=250, deadline=None)
@given(edits())
def test_a_redline_is_the_new_text_with_the_old_one_in_it(pair):
    old, new = pair
    html = redline(old, new)
    Nesting(html)
    assert accepted(html) == new
    assert letters(rejected(html)) == letters(old)


@modest
@given(words, words)
def test_a_redline_of_plain_text_is_escaped(old, new):
    html = redline_text(old, new)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<del>", "</del>", "<ins>", "</ins>"}
    assert unescape(accepted(html)) == new
    assert letters(unescape(rejected(html))) == letters(old)


def test_paragraphs_that_went_do_not_run_together():
    assert "WearWash" not in redline("<p>Wear</p><p>Wash</p>", "<p>Rinse</p>")


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [("", "", (0, 0)), ("one two", "one two", (0, 2)), ("one two", "one three", (1, 2)), ("", "one two", (2, 2))],
)
def test_words_are_counted(old, new, count):
    assert words_changed(f"<p>{old}</p>", f"<p>{new}</p>") == count
