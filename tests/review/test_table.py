"""A joint meeting at one table: who may lead it, what becomes of its minutes, and the paper that comes out of it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curriculum.review.actions import submit
from curriculum.review.actions.locking import Refused
from curriculum.review.actions.meetings import (
    NotAtThisTable,
    close_meeting,
    note_minutes,
    note_present,
    open_meeting,
)
from curriculum.review.enums import EntryKind
from curriculum.review.fingerprints import in_words
from curriculum.review.models import Committee, Entry, Meeting, Submission
from curriculum.review.proposal import Proposal
from curriculum.review.verification import Verification
from tests.factories import agree, make_module

OUTSIDE = ("outsider", "learner1", "instructor1", "mentor1", "assessor1")


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))


@pytest.fixture
def meeting(submission, cast):
    return open_meeting(committee=Committee.objects.get(), by=cast["coordinator"], place="Room 2")


def test_its_agenda_is_everything_that_waits_and_a_committee_sits_at_one_table(meeting, submission, cast):
    assert [item.submission for item in meeting.agenda.all()] == [submission]
    assert open_meeting(committee=meeting.committee, by=cast["labor1"]) == meeting


def test_minutes_go_into_the_record_of_the_text_with_who_was_there_by_side(meeting, submission, cast):
    people = [cast[name].person for name in ("labor1", "management1", "management2")]
    note_present(meeting=meeting, by=cast["coordinator"], people=people)
    item = meeting.agenda.get()
    note_minutes(item=item, by=cast["labor1"], minutes="Both sides want a drawing.", actions="A drawing by Friday")
    assert not submission.entries.exists()
    close_meeting(meeting=meeting, by=cast["coordinator"])
    entry = submission.entries.get()
    assert (entry.kind, entry.words) == (EntryKind.MEETING, "Both sides want a drawing.")
    assert {side: len(there) for side, there in entry.detail["present"].items()} == {"labor": 1, "management": 2}
    assert Verification.run().problems == []


def test_a_closed_meeting_stays_as_it_is(meeting, submission, cast):
    close_meeting(meeting=meeting, by=cast["coordinator"])
    meeting.refresh_from_db()
    for act in (
        lambda: note_minutes(item=meeting.agenda.get(), by=cast["coordinator"], minutes="Later."),
        lambda: note_present(meeting=meeting, by=cast["coordinator"], people=[]),
        lambda: close_meeting(meeting=meeting, by=cast["coordinator"]),
    ):
        with pytest.raises(Refused):
            act()
    assert not Entry.objects.filter(kind=EntryKind.MEETING).exists()


def test_minutes_of_a_text_that_was_agreed_at_the_table_still_reach_its_record(meeting, submission, cast):
    note_minutes(item=meeting.agenda.get(), by=cast["coordinator"], minutes="Agreed at the table.")
    agree(submission, cast["labor1"], cast["management1"])
    close_meeting(meeting=meeting, by=cast["coordinator"])
    assert [entry.kind for entry in submission.entries.all()][-1] == EntryKind.MEETING
    assert Verification.run().problems == []


@pytest.mark.parametrize("name", [*OUTSIDE, "designer2"])
def test_people_without_a_seat_lead_no_meeting(submission, cast, name):
    with pytest.raises(NotAtThisTable):
        open_meeting(committee=Committee.objects.get(), by=cast[name])
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_learns_that_there_is_a_meeting(client, meeting, submission, cast, name):
    client.force_login(cast[name])
    addresses = [
        "/review/table/",
        f"/review/table/{meeting.pk}/",
        f"/review/table/{meeting.pk}/minutes.pdf",
        f"/review/table/{meeting.pk}/{submission.pk}/live/",
        f"/review/{submission.pk}/sheet/",
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    posts = ["present/", "close/", f"{submission.pk}/minutes/"]
    assert {client.post(f"/review/table/{meeting.pk}/{last}").status_code for last in posts} == {404}


@pytest.mark.parametrize("name", ["designer", "auditor"])
def test_those_who_read_see_it_and_cannot_write(client, meeting, submission, cast, name):
    client.force_login(cast[name])
    page = client.get(f"/review/table/{meeting.pk}/").content.decode()
    assert "Module T1" in page and "<textarea" not in page
    answer = client.post(f"/review/table/{meeting.pk}/{submission.pk}/minutes/", {"minutes": "Mine."})
    assert answer.status_code == 403 and meeting.agenda.get().minutes == ""


def test_the_screen_from_opening_to_closing(client, submission, cast):
    client.force_login(cast["coordinator"])
    answer = client.post("/review/table/", {"committee": Committee.objects.get().pk, "place": "Room 2"})
    meeting = Meeting.objects.get()
    assert answer.url == f"/review/table/{meeting.pk}/"
    page = client.get(answer.url).content.decode()
    assert "waiting for labor" in page and "<svg" in page
    client.post(f"{answer.url}present/", {"person": [cast["labor1"].person_id], "text": submission.pk})
    client.post(f"{answer.url}{submission.pk}/minutes/", {"minutes": "A drawing is wanted."})
    agree(submission, cast["labor1"])
    assert "waiting for labor" not in client.get(f"{answer.url}{submission.pk}/live/").content.decode()
    paper = client.get(f"{answer.url}minutes.pdf")
    assert paper.content.startswith(b"%PDF-")
    client.post(f"{answer.url}close/")
    page = client.get(f"{answer.url}?text={submission.pk}").content.decode()
    assert "A drawing is wanted." in page and "<textarea" not in page


def test_somebody_from_elsewhere_is_never_noted_as_present(client, meeting, cast):
    client.force_login(cast["coordinator"])
    for person in (cast["outsider"].person_id, uuid4(), "nonsense"):
        client.post(f"/review/table/{meeting.pk}/present/", {"person": [person]})
    assert not meeting.present.exists()


def test_the_sheet_names_the_fingerprint_in_words(client, submission, cast):
    client.force_login(cast["labor1"])
    page = client.get(f"/review/{submission.pk}/sheet/?form=page").content.decode()
    assert in_words(submission.digest) in page and submission.digest in page
    assert client.get(f"/review/{submission.pk}/sheet/").content.startswith(b"%PDF-")


def test_query_count_does_not_grow_with_the_agenda(client, cast):
    counts = []
    client.force_login(cast["coordinator"])
    for number in (1, 3):
        while Submission.objects.count() < number:
            page = make_module(by=cast["designer"], code=f"T{Submission.objects.count() + 1}")
            submit(page=page, by=cast["designer"], proposal=Proposal(note="Gloves."))
        meeting = open_meeting(committee=Committee.objects.get(), by=cast["coordinator"], held_on=timezone.localdate())
        client.get(f"/review/table/{meeting.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/review/table/{meeting.pk}/")
        counts.append(len(queries))
        close_meeting(meeting=meeting, by=cast["coordinator"])
    assert counts[0] == counts[1]


@given(st.integers(0, 2**256 - 1), st.integers(0, 63))
def test_words_tell_fingerprints_apart_and_can_be_said(number, bit):
    digest = f"{number:064x}"
    words = in_words(digest)
    assert len(words) == 23 and set(words) <= set("abdfghijklmnoprstuvz-")
    assert in_words(f"{number ^ 1 << 192 + bit:064x}") != words
