"""Ids of blocks when a package is read again: what stayed keeps its id, what is new gets one of its own."""

import json
from copy import deepcopy
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from interchange.package.matching import with_ids, without_ids
from tests.curriculum.strategies import types_of

UID = "2f1c0a9e-0000-4000-8000-000000000001"
SPANISH = "es"
modest = settings(max_examples=80, deadline=None)

TYPES = types_of(st.text("abc ", min_size=1, max_size=4).map("<p>{}</p>".format))
blocks = st.sampled_from(sorted(TYPES)).flatmap(
    lambda name: st.fixed_dictionaries({"type": st.just(name), "value": TYPES[name]})
)


def said(entry):
    return json.dumps(without_ids(entry), sort_keys=True)


#: Blocks of a lesson as a package has them: no ids, and no two that say the same.
bodies = st.lists(blocks.map(without_ids), min_size=1, max_size=6, unique_by=said)


def lesson(body):
    return {"kind": "lesson", "uid": UID, "language": "en", "body": body}


def read(body, existing=None, **more):
    return with_ids(lesson(body), existing, **more)


def every_id(value):
    """All ids of a value, however deep."""
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [found for item in value.values() for found in every_id(item)]
    return [found for item in value for found in every_id(item)] if isinstance(value, list) else []


def ids(data):
    return [entry["id"] for entry in data["body"]]


@modest
@given(bodies)
def test_every_block_and_entry_gets_an_id_of_its_own_and_keeps_its_words(body):
    made = read(body)
    assert without_ids(made["body"]) == body
    found = every_id(made["body"])
    assert len(set(found)) == len(found) and all(UUID(name) for name in found)
    assert read(body) == made


@modest
@given(bodies)
def test_the_same_content_keeps_every_id(body):
    made = read(body)
    assert read(body, made) == made


@modest
@given(bodies, st.lists(st.integers(0, 5), max_size=3))
def test_the_same_text_twice_keeps_its_ids_too(body, places):
    body = body + [deepcopy(body[place % len(body)]) for place in places]
    made = read(body)
    assert read(body, made) == made


@modest
@given(bodies, st.data())
def test_text_changed_in_place_keeps_its_id(body, data):
    made = read(body)
    place = data.draw(st.integers(0, len(body) - 1))
    changed = deepcopy(body)
    value = changed[place]["value"]
    if isinstance(value, str):
        changed[place]["value"] = "<p>Nobody wrote this before.</p>"
    elif isinstance(value, dict):
        value[sorted(value)[0]] = "Nobody wrote this before."
    else:
        changed[place]["value"] = [*value, {"value": "<p>Nobody wrote this before.</p>"}]
    again = read(changed, made)
    assert ids(again) == ids(made)
    if isinstance(value, list):
        assert [entry["id"] for entry in again["body"][place]["value"]][:-1] == every_id(made["body"][place]["value"])
    assert len(set(every_id(again["body"]))) == len(every_id(again["body"]))


@modest
@given(bodies, st.data())
def test_a_block_put_between_gets_a_fresh_id_and_disturbs_no_other(body, data):
    made = read(body)
    place = data.draw(st.integers(0, len(body)))
    fresh = {"type": data.draw(st.sampled_from(["text", "safety", "try_it"])), "value": "<p>Nobody wrote this.</p>"}
    again = read([*body[:place], fresh, *body[place:]], made)
    assert [name for name in ids(again) if name in ids(made)] == ids(made)
    assert ids(again)[place] not in every_id(made["body"])
    assert len(set(every_id(again["body"]))) == len(every_id(again["body"]))


@modest
@given(bodies, st.data())
def test_what_is_taken_out_takes_its_id_with_it_and_no_other(body, data):
    made = read(body)
    place = data.draw(st.integers(0, len(body) - 1))
    assert ids(read(body[:place] + body[place + 1 :], made)) == ids(made)[:place] + ids(made)[place + 1 :]


@modest
@given(bodies, st.randoms(use_true_random=False))
def test_a_block_that_moved_keeps_its_id(body, random):
    made = read(body)
    name_of = {said(entry): entry["id"] for entry in made["body"]}
    shuffled = random.sample(body, len(body))
    assert ids(read(shuffled, made)) == [name_of[said(entry)] for entry in shuffled]


@modest
@given(bodies, bodies)
def test_any_change_gives_unique_ids_and_the_same_ones_each_time(old, new):
    made = read(old)
    again = read(new, made)
    assert again == read(new, made)
    found = every_id(again["body"])
    assert len(set(found)) == len(found)
    assert without_ids(again["body"]) == new
    kept = {entry["id"]: entry["type"] for entry in made["body"]}
    assert all(kept.get(entry["id"], entry["type"]) == entry["type"] for entry in again["body"])


@modest
@given(bodies)
def test_an_id_the_package_has_is_the_one_that_counts(body):
    made = read(body)
    named = deepcopy(made["body"])
    for entry in named:
        entry["value"] = entry["value"] if not isinstance(entry["value"], str) else "<p>Other words.</p>"
    assert ids(with_ids(lesson(list(reversed(named))), made)) == list(reversed(ids(made)))


@modest
@given(bodies)
def test_a_translation_has_its_sources_ids(body):
    made = read(body)
    spanish = {**lesson(body), "language": SPANISH}
    assert every_id(with_ids(spanish, None, made)["body"]) == every_id(made["body"])


def test_two_installations_give_the_same_ids():
    made = read([{"type": "text", "value": "<p>One</p>"}, {"type": "steps", "value": [{"value": "<p>Rinse</p>"}]}])
    text, steps = (str(uuid5(UUID(UID), name)) for name in ("text/0", "steps/1"))
    assert every_id(made["body"]) == [text, steps, str(uuid5(UUID(steps), "0"))]
