"""Both keys, one digest, and what becomes of an answer."""

import pytest

from curriculum.enums import FrozenKind
from curriculum.models import LessonPage
from curriculum.review import chain, queries
from curriculum.review.actions import Refused, put_newer_text, sign, submit, withdraw
from curriculum.review.enums import Outcome
from curriculum.review.models import Committee, Decision, Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from tests.factories import agree, change, release


def outcomes(submission):
    return [decision.outcome for decision in Decision.objects.filter(submission=submission)]


def test_both_sides_agree_and_the_release_is_labelled(curriculum, module, cast):
    submission = release(curriculum, cast)
    assert set(outcomes(submission)) == {Outcome.APPROVED}
    assert queries.current_edition(module.uid).number == 1
    assert queries.current_release(curriculum.uid).label.endswith(".1")
    assert chain.problems(Submission.objects.get(pk=submission.pk)) == []


def test_one_side_is_not_enough_however_many_agree(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    agree(submission, cast["labor1"], cast["labor2"])
    assert outcomes(submission) == []
    assert queries.tally_of(Submission.objects.get(pk=submission.pk)).keys == 1


def test_an_open_request_for_change_stops_approval(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    sign(
        submission=submission,
        by=cast["management2"],
        position="request_changes",
        digest=submission.digest,
        words="Say which gloves.",
    )
    agree(submission, cast["labor1"], cast["management1"])
    assert outcomes(submission) == []


def test_authors_the_coordinator_and_the_outsider_never_sign(module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    change(lesson, "Labor wrote this.", cast["labor1"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    for name in ("labor1", "designer", "coordinator", "outsider", "admin"):
        with pytest.raises(CannotSign):
            sign(submission=submission, by=cast[name], position="support", digest=submission.digest)


def test_newer_text_starts_with_empty_keys_and_old_text_never_revives(module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    first = submit(page=module, by=cast["designer"], proposal=Proposal(note="A"))
    agree(first, cast["labor1"])
    text_a = first.items.get().frozen_id
    change(lesson, "Text B.", cast["designer"])
    second = put_newer_text(submission=first, by=cast["designer"], proposal=Proposal(note="B"))
    with pytest.raises(CannotSign, match="Newer text"):
        sign(submission=first, by=cast["management1"], position="support", digest=first.digest)
    change(lesson, "Wear gloves.", cast["designer"])
    third = put_newer_text(submission=second, by=cast["designer"], proposal=Proposal(note="A again"))
    assert third.items.get().frozen_id == text_a
    assert third.digest != first.digest
    agree(third, cast["management1"])
    assert outcomes(third) == [] and outcomes(first) == [Outcome.SUPERSEDED]


def test_a_changed_module_goes_into_the_next_release_with_one_signature_a_side(curriculum, module, cast):
    release(curriculum, cast)
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean.", releases=(curriculum.uid,)))
    assert [item.kind for item in submission.items.all()] == [FrozenKind.EDITION, FrozenKind.RELEASE]
    agree(submission, cast["labor1"], cast["management1"])
    assert queries.current_edition(module.uid).number == 2
    assert queries.current_release(curriculum.uid).label.endswith(".2")


def test_nothing_changed_is_refused(curriculum, module, cast):
    release(curriculum, cast)
    with pytest.raises(Refused, match="Nothing has changed"):
        submit(page=module, by=cast["designer"], proposal=Proposal(note="Again"))


def test_taking_back_ends_it(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    withdraw(submission=submission, by=cast["designer"], words="Not ready.")
    assert outcomes(submission) == [Outcome.WITHDRAWN]
    submit(page=module, by=cast["designer"], proposal=Proposal(note="Ready now."))


def test_lowering_the_charter_does_not_loosen_an_open_review(module, cast):
    committee = Committee.objects.get()
    committee.quorum = 2
    committee.save()
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    committee.quorum = 1
    committee.save()
    agree(submission, cast["labor1"], cast["management1"])
    assert outcomes(submission) == []
    agree(submission, cast["labor2"], cast["management2"])
    assert outcomes(submission) == [Outcome.APPROVED]
