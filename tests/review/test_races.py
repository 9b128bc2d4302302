"""Two people at the same instant: one consistent outcome, and a clear word to whoever came second.

On PostgreSQL, where writers really run side by side; SQLite takes them one after the other by itself.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from curriculum.models import LessonPage
from curriculum.review import chain, queries
from curriculum.review.actions import Refused, put_newer_text, sign, submit, withdraw
from curriculum.review.enums import Outcome
from curriculum.review.founding import found_committee, seat
from curriculum.review.models import Decision, Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from curriculum.shelves import shelf
from tests.factories import agree, change, make_curriculum, make_module, release, save

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("transactional_db")]

ROUNDS = range(2)


def at_once(*acts):
    """Run each act in a thread with its own connection, all let go together: [result or exception, ...]."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def signing(submission, person):
    """An act: this person agrees."""
    return lambda: sign(submission=submission, by=person, position="support", digest=submission.digest)


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def intact():
    return [chain.problems(row) for row in Submission.objects.all()] == [[]] * Submission.objects.count()


def outcomes(submission):
    return {row.outcome for row in Decision.objects.filter(submission=submission)}


def sent(page, cast, words, *releases):
    """Change the first lesson of a module and put it before the committee."""
    change(LessonPage.objects.child_of(page).first(), words, cast["designer"])
    return submit(page=page, by=cast["designer"], proposal=Proposal(note=words, releases=releases))


@pytest.mark.parametrize("round_", ROUNDS)
def test_both_sides_sign_at_once(cast, module, round_):
    submission = sent(module, cast, "Wear clean gloves.")
    results = at_once(signing(submission, cast["labor1"]), signing(submission, cast["management1"]))
    assert errors(results) == []
    assert [row.number for row in Decision.objects.filter(submission=submission)] == [1]
    assert intact()


@pytest.mark.parametrize("round_", ROUNDS)
def test_four_people_sign_at_once_and_those_after_the_end_are_told(cast, module, round_):
    submission = sent(module, cast, "Wear clean gloves.")
    people = [cast[name] for name in ("labor1", "management1", "labor2", "management2")]
    refused = errors(at_once(*(signing(submission, person) for person in people)))
    assert all("already agreed" in str(error) for error in refused) and len(refused) <= 2
    assert submission.entries.filter(position="support").count() == 4 - len(refused)
    assert Decision.objects.filter(submission=submission, outcome=Outcome.APPROVED).count() == 1
    assert intact()


@pytest.mark.parametrize("round_", ROUNDS)
def test_the_last_signature_against_newer_text(cast, module, round_):
    submission = sent(module, cast, "Wear clean gloves.")
    agree(submission, cast["labor1"])
    change(LessonPage.objects.child_of(module).first(), "Wear new gloves.", cast["designer"])
    signed, newer = at_once(
        signing(submission, cast["management1"]),
        lambda: put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="New.")),
    )
    if isinstance(signed, Exception):
        assert isinstance(signed, CannotSign) and "Newer text" in str(signed)
        assert outcomes(submission) == {Outcome.SUPERSEDED}
        assert queries.tally_of(Submission.objects.get(pk=newer.pk)).keys == 0
    else:
        assert isinstance(newer, Refused) and "ended already" in str(newer)
        assert outcomes(submission) == {Outcome.APPROVED}
    assert intact()


@pytest.mark.parametrize("round_", ROUNDS)
def test_the_last_signature_against_taking_back(cast, module, round_):
    submission = sent(module, cast, "Wear clean gloves.")
    agree(submission, cast["labor1"])
    signed, taken = at_once(
        signing(submission, cast["management1"]), lambda: withdraw(submission=submission, by=cast["designer"])
    )
    if isinstance(signed, Exception):
        assert isinstance(signed, CannotSign) and "taken back" in str(signed)
        assert outcomes(submission) == {Outcome.WITHDRAWN}
    else:
        assert isinstance(taken, Refused)
        assert outcomes(submission) == {Outcome.APPROVED}
    assert intact()


def second_module(cast, curriculum, shelf_slug="tests"):
    """Another module in the same curriculum."""
    other = make_module(by=cast["designer"], code="T9", shelf_slug=shelf_slug)
    raw = curriculum.modules.get_prep_value()
    raw.append({**raw[0], "id": "00000000-0000-4000-8000-0000000000c2", "value": {"module": other.pk}})
    curriculum.modules = curriculum.modules.stream_block.to_python(raw)
    save(curriculum, cast["designer"])
    return other


def other_committee(cast):
    """A committee of its own over another shelf, with management2 and labor2 on it too."""
    committee = found_committee(
        shelf=shelf("other", "Other"), slug="other", name="Other", labor_name="L", management_name="M"
    )
    for name, side in (("labor2", "labor"), ("management2", "management")):
        seat(person=cast[name].person, committee=committee, side=side)


@pytest.mark.parametrize("shelf_slug", ["tests", "other"], ids=["one committee", "two committees"])
@pytest.mark.parametrize("round_", ROUNDS)
def test_two_course_texts_of_one_curriculum_are_agreed_at_once(cast, module, shelf_slug, round_):
    if shelf_slug == "other":
        other_committee(cast)
    curriculum = make_curriculum(module, by=cast["designer"])
    other = second_module(cast, curriculum, shelf_slug)
    release(curriculum, cast)
    first = sent(module, cast, "Wear clean gloves.", curriculum.uid)
    second = sent(other, cast, "Wear new gloves.", curriculum.uid)
    agree(first, cast["labor1"])
    agree(second, cast["labor2"])
    results = at_once(signing(first, cast["management1"]), signing(second, cast["management2"]))
    (refused,) = errors(results)
    assert isinstance(refused, CannotSign) and "newer course text was agreed" in str(refused)
    labels = Decision.objects.filter(subject_uid=curriculum.uid, outcome=Outcome.APPROVED).values_list("label")
    assert [label.split(".")[1] for (label,) in labels.order_by("pk")] == ["1", "2"]
    assert sorted([outcomes(first), outcomes(second)], key=len) == [set(), {Outcome.APPROVED}]
    assert intact()


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_people_send_the_same_module_at_once(cast, module, round_):
    def send(name):
        return lambda: submit(page=module, by=cast[name], proposal=Proposal(note=name))

    (refused,) = errors(at_once(send("designer"), send("designer2")))
    assert isinstance(refused, Refused) and "already under review" in str(refused)
    assert Submission.objects.count() == 1


def test_numbers_and_labels_are_given_once(cast, module):
    curriculum = make_curriculum(module, by=cast["designer"])
    release(curriculum, cast)
    for decision in Decision.objects.all():
        decision.pk, decision.submission = None, sent(module, cast, f"Text {decision.kind}.")
        with pytest.raises(IntegrityError, match="edition_number_once|release_label_once"), transaction.atomic():
            decision.save(force_insert=True)
        withdraw(submission=decision.submission, by=cast["designer"])
