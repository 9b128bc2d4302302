"""What somebody stopped: the interest record, from the answer that opens it to what both sides confirm."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review import chain
from curriculum.review.actions import Refused, confirm_wording, put_newer_text, sign, submit, write_part
from curriculum.review.actions.interests import CannotWrite
from curriculum.review.enums import InterestPart, Outcome
from curriculum.review.interests import interest_record, interest_records
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import agree, change
from tests.review.charters import block, charter, seat_of, stands_in
from tests.review.screens import again, client_of, room, soup, words

pytestmark = pytest.mark.usefixtures("screens_in_english")

SEATED = {"labor1", "labor2", "management1", "management2"}


@pytest.fixture
def stopped(module, cast):
    """A text that labor1 stopped for safety."""
    charter(more_answers=True)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    block(submission, cast["labor1"])
    return submission


@pytest.fixture
def digest(stopped):
    return again(stopped).entries.get().digest


def write(stopped, digest, by, part, text="We agree on it.", **more):
    return write_part(submission=stopped, block=digest, by=by, part=part, words=text, **more)


def confirm(stopped, digest, by, wording):
    return confirm_wording(submission=stopped, block=digest, by=by, wording=wording.digest)


def address(stopped, digest, name="review_interests"):
    return reverse(name, args=[stopped.pk, digest])


def record(stopped):
    return interest_records(again(stopped))[0]


def test_a_union_reviewer_blocks_citing_safety_the_interest_record_opens_and_shows_both_interests(
    stopped, digest, cast
):
    """Scenario 6."""
    agree(stopped, cast["labor2"], cast["management1"], cast["management2"])
    assert again(stopped).outcome is None
    shown = words(client_of(cast["management1"]).get(room(stopped)))
    assert "stops it" in shown and "asks for a change" not in shown
    assert "Interest record" in shown and "Safety" in shown and "Nobody could see the label." in shown
    labor, management = client_of(cast["labor2"]), client_of(cast["management2"])
    for client, part, text in (
        (labor, "labor", "Workers must see what they pour."),
        (management, "management", "The lesson must fit one shift."),
        (management, "shared", "Nobody is hurt."),
        (labor, "agreement", "The label comes first."),
    ):
        posted = client.post(address(stopped, digest, "review_interests_write"), {"part": part, "words": text})
        assert posted.status_code == 302 and posted["Location"].endswith(f"#{part}")
    page = labor.get(address(stopped, digest))
    columns = soup(page).select(".need")
    assert [column.h2.get_text(" ", strip=True) for column in columns] == ["What labor needs", "What management needs"]
    assert "Workers must see" in columns[0].get_text() and "fit one shift" in columns[1].get_text()
    for client in (labor, management):
        form = soup(client.get(address(stopped, digest))).select_one("form.sign")
        assert "This stays in the record" in form.get_text()
        client.post(form["action"], {"wording": form.select_one("[name=wording]")["value"]})
    ended = again(stopped)
    assert ended.outcome == Outcome.APPROVED and chain.problems(ended) == []
    told = words(client_of(cast["auditor"]).get(reverse("review_record", args=[stopped.pk])))
    assert "Workers must see what they pour." in told and "The lesson must fit one shift." in told


def test_a_settled_block_stops_nothing_but_does_not_agree_either(stopped, digest, cast):
    wording = write(stopped, digest, cast["coordinator"], "agreement")
    for name in ("labor1", "management1"):
        confirm(stopped, digest, cast[name], wording)
    assert again(stopped).outcome is None and record(stopped).state == "settled"
    agree(stopped, cast["management1"])
    assert again(stopped).outcome is None
    agree(stopped, cast["labor2"])
    assert again(stopped).outcome == Outcome.APPROVED


def test_each_side_writes_only_its_own_needs(stopped, digest, cast):
    for name, part in (("labor1", "management"), ("management1", "labor"), ("coordinator", "labor")):
        with pytest.raises(CannotWrite):
            write(stopped, digest, cast[name], part)
    for part in ("issue", "shared", "options", "agreement"):
        for name in ("labor2", "management2", "coordinator"):
            write(stopped, digest, cast[name], part)
    boxes = {
        name: {box["value"] for box in soup(client_of(cast[name]).get(address(stopped, digest))).select("[name=part]")}
        for name in ("labor1", "management1", "coordinator", "auditor")
    }
    common = {"issue", "shared", "options", "agreement", "disagreement"}
    assert boxes == {
        "labor1": common | {"labor"},
        "management1": common | {"management"},
        "coordinator": common,
        "auditor": set(),
    }


@pytest.mark.parametrize("part", InterestPart.values)
def test_nobody_outside_the_two_sides_and_the_coordinator_writes(part, stopped, digest, cast):
    for user in (cast[one.username] for one in CAST if one.username not in SEATED | {"coordinator"}):
        with pytest.raises((CannotWrite, ValueError)):
            write(stopped, digest, user, part, until=timezone.localdate() + timedelta(days=9))
    with pytest.raises(ValueError):
        write(stopped, digest, cast["labor1"], "confirmed")
    assert record(stopped).entries == ()


def test_the_coordinator_and_everybody_without_a_seat_never_confirm(stopped, digest, cast):
    wording = write(stopped, digest, cast["coordinator"], "agreement")
    for user in (cast[one.username] for one in CAST if one.username not in SEATED):
        with pytest.raises(CannotSign):
            confirm(stopped, digest, user, wording)
    page = soup(client_of(cast["coordinator"]).get(address(stopped, digest)))
    assert not page.select("[name=wording]")


def test_one_side_cannot_confirm_for_the_other_or_twice(stopped, digest, cast):
    wording = write(stopped, digest, cast["labor1"], "agreement")
    confirm(stopped, digest, cast["labor1"], wording)
    with pytest.raises(Refused, match="already"):
        confirm(stopped, digest, cast["labor2"], wording)
    assert record(stopped).state == "open" and record(stopped).confirmed == {"labor"}


def test_a_newer_wording_starts_without_confirmations(stopped, digest, cast):
    first = write(stopped, digest, cast["labor1"], "agreement", "One.")
    confirm(stopped, digest, cast["labor1"], first)
    second = write(stopped, digest, cast["management1"], "agreement", "Two.")
    with pytest.raises(Refused, match="changed while you were reading"):
        confirm(stopped, digest, cast["management1"], first)
    confirm(stopped, digest, cast["management1"], second)
    assert record(stopped).state == "open" and record(stopped).confirmed == {"management"}
    refused = client_of(cast["labor1"]).post(
        address(stopped, digest, "review_interests_confirm"), {"wording": first.digest}
    )
    assert refused.status_code == 409


def test_agreeing_to_disagree_ends_the_review_and_what_was_agreed_before_stays(stopped, digest, cast):
    until = timezone.localdate() + timedelta(days=90)
    for bad in (None, timezone.localdate()):
        with pytest.raises(ValueError, match="a day to come"):
            write(stopped, digest, cast["labor1"], "disagreement", until=bad)
    wording = write(stopped, digest, cast["labor1"], "disagreement", "We come back to it.", until=until)
    for name in ("management2", "labor2"):
        confirm(stopped, digest, cast[name], wording)
    ended = again(stopped)
    assert ended.outcome == Outcome.DEADLOCKED and chain.problems(ended) == []
    assert ended.entries.last().detail["until"] == until.isoformat()
    assert record(stopped).state == "apart" and record(stopped).until == until
    assert "No agreement; what was agreed before stays" in words(client_of(cast["labor1"]).get(room(stopped)))
    with pytest.raises(CannotSign, match="without an agreement"):
        agree(stopped, cast["labor2"])


def test_whoever_stopped_it_may_change_their_answer_and_then_nothing_is_left(stopped, digest, cast):
    wording = write(stopped, digest, cast["management1"], "agreement")
    agree(stopped, cast["labor1"])
    for attempt in (
        lambda: write(stopped, digest, cast["labor1"], "issue"),
        lambda: confirm(stopped, digest, cast["labor1"], wording),
    ):
        with pytest.raises(Refused, match="nothing is left to settle"):
            attempt()
    page = client_of(cast["labor2"]).get(address(stopped, digest))
    assert "nothing is left to settle" in words(page) and not soup(page).select("main form")
    agree(stopped, cast["management1"])
    assert again(stopped).outcome == Outcome.APPROVED


def test_what_both_sides_settled_is_not_opened_by_a_newer_wording(stopped, digest, cast):
    wording = write(stopped, digest, cast["labor1"], "agreement")
    for name in ("labor1", "management1"):
        confirm(stopped, digest, cast[name], wording)
    with pytest.raises(Refused, match="have settled this"):
        write(stopped, digest, cast["coordinator"], "agreement", "Something else.")
    block(stopped, cast["labor1"], "And the bottle leaks.")
    assert [one.state for one in interest_records(again(stopped))] == ["nothing left", "open"]


def test_an_author_writes_but_does_not_confirm(module, cast):
    charter(more_answers=True)
    change(LessonPage.objects.child_of(module).first(), "Labor wrote this.", cast["labor2"])
    stopped = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    digest = block(stopped, cast["management1"]).digest
    wording = write(stopped, digest, cast["labor2"], "agreement")
    with pytest.raises(CannotSign, match="You helped write"):
        confirm(stopped, digest, cast["labor2"], wording)


def test_where_a_co_chair_gives_the_sides_decision_only_they_confirm(module, cast):
    charter(more_answers=True, holder_signs=True)
    seat_of(cast["labor1"], role="co_chair")
    stopped = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    digest = block(stopped, cast["management1"]).digest
    wording = write(stopped, digest, cast["labor2"], "agreement")
    with pytest.raises(CannotSign, match="co-chair confirms"):
        confirm(stopped, digest, cast["labor2"], wording)
    stands_in(cast["labor2"], instead_of=cast["labor1"])
    confirm(stopped, digest, cast["labor2"], wording)
    assert record(stopped).confirmed == {"labor"}


def test_a_text_that_is_no_longer_current_is_not_agreed_by_a_confirmation(stopped, digest, module, cast):
    change(LessonPage.objects.child_of(module).first(), "Newer.", cast["designer"])
    wording = write(stopped, digest, cast["labor1"], "agreement")
    put_newer_text(submission=stopped, by=cast["designer"], proposal=Proposal(note="Newer."))
    with pytest.raises(Refused, match="ended already"):
        confirm(stopped, digest, cast["labor1"], wording)
    with pytest.raises(Refused, match="ended already"):
        write(stopped, digest, cast["labor1"], "issue")
    page = client_of(cast["labor1"]).get(address(stopped, digest))
    assert "This review has ended" in words(page) and not soup(page).select("main form")


def test_a_part_needs_words_and_keeps_what_was_typed(stopped, digest, cast):
    client, url = client_of(cast["labor1"]), address(stopped, digest, "review_interests_write")
    refused = client.post(url, {"part": "issue", "words": " "})
    assert refused.status_code == 422 and "Write it in a sentence or two" in words(refused)
    refused = client.post(url, {"part": "disagreement", "words": "We wait.", "until": "2020-01-01"})
    assert refused.status_code == 422 and "We wait." in refused.content.decode()
    assert soup(refused).select_one("#disagreement details[open] .errorlist")
    assert client.get(url).status_code == 405
    foreign = client_of(cast["labor1"]).post(url, {"part": "management", "words": "They need more."})
    assert foreign.status_code == 409 and soup(foreign).select_one("textarea[readonly]").get_text() == "They need more."


@pytest.mark.parametrize("name", ["outsider", "learner1", "instructor1", "assessor1"])
def test_it_is_not_there_for_others(name, stopped, digest, cast):
    client = client_of(cast[name])
    assert client.get(address(stopped, digest)).status_code == 404
    for act in ("review_interests_write", "review_interests_confirm"):
        assert client.post(address(stopped, digest, act), {"part": "issue", "words": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        write(stopped, digest, cast[name], "issue")


def test_only_an_answer_that_stopped_it_has_one(stopped, cast):
    entry = sign(
        submission=stopped, by=cast["management1"], position="request_changes", digest=stopped.digest, words="Which?"
    )
    assert interest_record(again(stopped), entry.digest) is None
    for wrong in (entry.digest, stopped.digest, "nonsense"):
        assert client_of(cast["labor1"]).get(address(stopped, wrong)).status_code == 404
        with pytest.raises(Refused):
            write(stopped, wrong, cast["labor1"], "issue")


def test_it_costs_the_same_with_one_part_and_with_six(stopped, digest, cast, django_assert_num_queries):
    write(stopped, digest, cast["labor1"], "issue")
    client = client_of(cast["labor1"])
    client.get(address(stopped, digest))

    for url in (address(stopped, digest), room(stopped)):
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        for part in ("shared", "options", "labor", "agreement", "issue"):
            write(stopped, digest, cast["labor2"], part)
        with django_assert_num_queries(len(counted)):
            client.get(url)
