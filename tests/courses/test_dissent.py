"""What was noted goes with the text: on the public page with side, date and words, and never with a name unasked."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review.actions import confirm_wording, sign, submit, write_part
from curriculum.review.proposal import Proposal
from tests.courses.reading import next_release
from tests.factories import agree, change
from tests.review.charters import block, charter
from users.people import erase

NOTE, ASIDE, STOP = "Only with clean gloves.", "I teach this course myself.", "Nobody could see the label."


@pytest.fixture
def noted(curriculum, cast, committed):
    """A course text that carries a note, somebody who stood aside, and something that was stopped and settled."""
    charter(more_answers=True)
    submission = submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="First."))
    stopped = block(submission, cast["management2"], STOP).digest
    wording = write_part(
        submission=submission, block=stopped, by=cast["coordinator"], part="agreement", words="The label first."
    )
    for name in ("labor1", "management1"):
        confirm_wording(submission=submission, block=stopped, by=cast[name], wording=wording.digest)
    sign_(submission, cast["labor2"], "stand_aside", ASIDE)
    sign_(submission, cast["labor1"], "support_with_reservation", NOTE)
    committed(agree, submission, cast["management1"])
    return submission


def sign_(submission, by, position, words="", **more):
    return sign(submission=submission, by=by, position=position, digest=submission.digest, words=words, **more)


def digests(submission):
    return {decision.kind: decision.frozen_id for decision in submission.decisions.all()}


def verify(client, digest):
    response = client.get(f"/verify/{digest}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def notes(page):
    return [one.get_text() for one in page.select(".notes blockquote")]


def test_dissent_travels_with_the_course_text_its_versions_and_their_pages(client, noted, cast):
    edition = noted.decisions.get(kind="edition").frozen.content
    for digest in (*digests(noted).values(), edition["snapshots"][0]["digest"]):
        page = verify(client, digest)
        assert notes(page) == [STOP, ASIDE, NOTE]
        lines = [line.get_text(" ", strip=True) for line in page.select(".notes p:first-child")]
        assert "Management : Stop this, settled since" in lines[0]
        assert "Labor : Stand aside" in lines[2] and "Labor : Agree, with a note" in lines[4]
        dates = {one["datetime"] for one in page.select(".notes time")}
        assert dates == {timezone.localdate().isoformat()}
        for user in cast.values():
            assert not user.person.name or user.person.name not in page.get_text()


def test_a_course_text_without_any_shows_no_word_of_it(client, released):
    for digest in digests(released).values():
        page = verify(client, digest)
        assert not page.select(".notes") and "Noted" not in page.get_text()


def test_a_later_course_text_carries_what_was_noted_about_the_versions_it_still_holds(
    client, noted, module, curriculum, cast, committed
):
    page = curriculum
    page.summary = "Shorter."
    page.save()
    page.save_revision(user=cast["designer"], log_action=True)
    later = submit(page=page, by=cast["designer"], proposal=Proposal(note="Summary."))
    committed(agree, later, cast["labor2"], cast["management1"])
    told = verify(client, digests(later)["release"])
    assert notes(told) == [STOP, ASIDE, NOTE] and "Module T1" in told.select_one(".notes").get_text()
    newest = committed(next_release, module, curriculum, cast)
    assert notes(verify(client, digests(newest)["release"])) == []
    assert notes(verify(client, digests(noted)["release"])) == [STOP, ASIDE, NOTE]


def test_a_person_is_named_only_where_they_chose_it_and_no_longer_once_their_name_is_gone(
    client, module, cast, committed
):
    charter(more_answers=True)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    sign_(submission, cast["labor2"], "support_with_reservation", NOTE, named=True)
    committed(sign_, submission, cast["management1"], "support", named=True)
    digest = digests(submission)["edition"]
    shown = verify(client, digest).get_text()
    assert "Lamar Jefferson" in shown and "Mei Nakamura" in shown
    erase(person=cast["labor2"].person)
    shown = verify(client, digest)
    assert "Lamar Jefferson" not in shown.get_text() and "Mei Nakamura" in shown.get_text()
    assert notes(shown) == [NOTE]


def test_whoever_takes_their_name_back_in_a_later_answer_is_not_named(client, module, cast, committed):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    sign_(submission, cast["labor2"], "support", named=True)
    sign_(submission, cast["labor2"], "support")
    committed(agree, submission, cast["management1"])
    assert "Lamar Jefferson" not in verify(client, digests(submission)["edition"]).get_text()


def test_a_note_that_was_changed_to_a_plain_yes_is_not_carried(client, module, cast, committed):
    charter(more_answers=True)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    sign_(submission, cast["labor2"], "support_with_reservation", NOTE)
    sign_(submission, cast["labor2"], "support")
    committed(agree, submission, cast["management1"])
    assert notes(verify(client, digests(submission)["edition"])) == []


def test_what_is_still_under_review_tells_the_public_nothing(client, module, cast):
    charter(more_answers=True)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    sign_(submission, cast["labor2"], "support_with_reservation", NOTE)
    assert client.get(f"/verify/{submission.digest}/").status_code == 404


def test_it_costs_the_same_with_one_note_and_with_three(client, module, curriculum, cast, committed):
    charter(more_answers=True)
    counts = []
    for number, people in enumerate((["labor2"], ["labor1", "labor2", "management2"])):
        change(LessonPage.objects.child_of(module).first(), f"Words of round {number}.", cast["designer"])
        proposal = Proposal(note="Next.", modules=(module.uid,))
        submission = submit(page=curriculum, by=cast["designer"], proposal=proposal)
        sign_(submission, cast["management1"], "request_changes", "Wait.")
        for name in people:
            sign_(submission, cast[name], "support_with_reservation", f"Note of {name}.")
        committed(agree, submission, cast["management1"])
        digest = digests(submission)["release"]
        assert len(notes(verify(client, digest))) == len(people)
        with CaptureQueriesContext(connection) as queries:
            verify(client, digest)
        counts.append(len(queries))
    assert counts[0] == counts[1]
