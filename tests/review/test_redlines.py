"""What a change looks like in words: every kind of field and block, and that a redline loses nothing."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.editions.diff import compare
from curriculum.editions.render import Reading
from curriculum.review.redlines import Drawing, changes_of, marked

B = "00000000-0000-4000-8000-{:012d}".format


def drawn(old, new, kind="lesson", titles=None):
    base = {"kind": kind, "uid": B(1), "language": "en", "title": "T"}
    drawing = Drawing(kind, Reading("en"), titles or {})
    return changes_of(compare({**base, **old}, {**base, **new}), drawing)


def test_hours_show_before_and_after():
    [change] = drawn({"hours": {"hands_on": "1"}}, {"hours": {"hands_on": "2", "field": "3"}})
    assert change["label"] == "Hours"
    rows = {row["label"]: (row["node"]["old"], row["node"]["new"]) for row in change["node"]["rows"]}
    assert rows == {"Hands-on": ("1", "2"), "Field": ("", "3")}


def test_choices_and_marks_are_said_in_words():
    mode, flags = drawn({"mode": "classroom", "flags": []}, {"mode": "field", "flags": ["safety_critical"]})
    assert mode["node"]["html"] == "<del>Classroom</del><ins>Field</ins>"
    assert [(item["change"], item["node"]["html"]) for item in flags["node"]["items"]] == [
        ("added", "<ins>Safety-critical</ins>")
    ]


def test_steps_say_which_moved_and_which_are_new():
    def steps(*numbers):
        return {"id": B(9), "type": "steps", "value": [{"id": B(n), "value": f"<p>Step {n}</p>"} for n in numbers]}

    [change] = drawn({"body": [steps(1, 2, 3)]}, {"body": [steps(1, 3, 2, 4)]})
    found = [item["change"] for item in change["node"]["items"]]
    assert found.count("moved") == 1 and found[-1] == "added" and found[0] == "same"


def test_a_criterion_says_when_it_becomes_critical():
    one = {"id": B(3), "value": {"code": "a", "text": "Wears gloves"}}
    two = {"id": B(3), "value": {"code": "a", "text": "Wears gloves", "critical": True}}
    [change] = drawn({"criteria": [one]}, {"criteria": [two]}, kind="assessment")
    last = change["node"]["rows"][-1]
    assert (str(last["label"]), last["node"]["html"]) == ("Must be right", "<ins>yes</ins>")


def test_a_table_shows_the_cell_that_changed():
    def table(number):
        rows = [["<p>Glass</p>", "<p>1</p>"], ["<p>Floor</p>", f"<p>{number}</p>"]]
        return {"id": B(5), "type": "table", "value": {"caption": "C", "columns": ["Product", "Ounces"], "rows": rows}}

    [change] = drawn({"body": [table(2)]}, {"body": [table(3)]})
    cells = [cell for row in change["node"]["rows"] for cell in row if "<ins>" in cell["html"]]
    assert [(cell["label"], cell["html"]) for cell in cells] == [("Ounces", "<p><del>2</del><ins>3</ins></p>")]


def test_pictures_stand_side_by_side_and_their_words_are_marked():
    def picture(digest, alt):
        media = {"sha256": digest * 64, "ext": "png", "width": 4, "height": 3, "size": 9}
        return {"id": B(6), "type": "image", "value": {"image": media, "alt": alt}}

    [change] = drawn({"body": [picture("a", "A bottle")]}, {"body": [picture("b", "A green bottle")]})
    media, alt = (row["node"] for row in change["node"]["rows"])
    assert [one["media"]["src"][-67:-60] for one in media["pictures"]] == ["a" * 7, "b" * 7]
    assert "<ins>green </ins>" in alt["html"]


def test_order_of_pages_is_told_by_their_titles():
    titles = {B(n): f"Lesson {n}" for n in (1, 2)}
    [change] = drawn({"children": [B(1), B(2)]}, {"children": [B(2), B(1)]}, kind="module", titles=titles)
    assert change["label"] == "Order of the pages"
    assert {item["change"] for item in change["node"]["items"]} == {"same", "moved"}


def test_changes_stand_in_the_order_of_the_page_under_their_heading():
    heading = {"id": B(1), "type": "heading", "value": {"level": 2, "text": "Mixing"}}
    old = {"title": "T", "objective": "A", "body": [heading, {"id": B(2), "type": "text", "value": "<p>One</p>"}]}
    new = {"title": "U", "objective": "B", "body": [heading, {"id": B(2), "type": "text", "value": "<p>Two</p>"}]}
    found = drawn(old, new)
    assert [change["label"] for change in found] == ["Title", "Objective", "Text"]
    assert found[-1]["under"] == "Mixing"


def test_words_of_a_designer_are_never_markup():
    [change] = drawn({"objective": "a"}, {"objective": "<script>b</script>"})
    assert "<script>" not in change["node"]["html"]


TEXT = st.lists(st.sampled_from(["gloves", "wear", "clean", "2", "oz", "<", "&", "never"]), max_size=14).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
def test_a_redline_holds_the_whole_new_text_and_the_whole_old_one(old, new):
    html = marked(escape(old), escape(new))
    without = re.sub(r"<del>.*?</del>", "", html, flags=re.S)
    assert re.sub(r"</?ins>", "", without).split() == escape(new).split()
    before = re.sub(r"</?del>", "", re.sub(r"<ins>.*?</ins>", " ", html, flags=re.S))
    assert before.split() == escape(old).split()


@pytest.mark.parametrize("kind", ["lesson", "module", "assessment", "curriculum"])
def test_every_field_of_every_kind_has_a_name_on_screen(kind, db):
    from curriculum.editions import labels

    for name in labels.order_of(kind):
        assert labels.field_label(kind, name)
