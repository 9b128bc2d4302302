"""Two minutes with a sample lesson: offered until taken or skipped, in both languages, never forced."""

import pytest
from django.urls import reverse

from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.review.screens import client_of, room, soup, words

TOUR = "/review/tour/"


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def offered(client, url):
    return bool(soup(client.get(url)).select(".tour-offer"))


def test_it_is_offered_on_the_desk_and_in_the_room_until_it_is_taken(submission, cast):
    client = client_of(cast["labor2"])
    assert offered(client, "/review/") and offered(client, room(submission))
    start = soup(client.get(room(submission))).select_one(".tour-offer a")["href"]
    page = client.get(start)
    for step in range(2, 5):
        page = client.get(soup(page).select_one(".tour-steps a.button-main")["href"])
        assert f"Step {step} of 4" in words(page)
    form = soup(page).select_one(".tour-steps form")
    done = client.post(TOUR, {"next": form.select_one("[name=next]")["value"]})
    assert done.url == room(submission)
    assert not offered(client, "/review/") and not offered(client, room(submission))
    assert "take the tour again" in words(client.get("/review/"))


def test_it_can_be_skipped_at_once_and_signing_never_waits_for_it(submission, cast):
    client = client_of(cast["labor2"])
    sheet = client.get(f"{reverse('review_answer', args=[submission.pk])}?position=support")
    assert sheet.status_code == 200 and soup(sheet).select("form.sign")
    client.post(TOUR, {"next": "/review/"})
    assert not offered(client, "/review/")
    cast["labor2"].refresh_from_db()
    first = cast["labor2"].toured_at
    client.post(TOUR)
    cast["labor2"].refresh_from_db()
    assert cast["labor2"].toured_at == first


def test_it_says_what_is_marked_the_two_buttons_the_record_and_danger(cast):
    client = client_of(cast["management1"])
    said = [words(client.get(f"{TOUR}?step={step}")) for step in range(1, 5)]
    for text, phrase in zip(
        said,
        ("What changed is marked", "I agree", "What stays in the record", "This could hurt someone"),
        strict=True,
    ):
        assert phrase in text
    assert client.get(f"{TOUR}?step=9").status_code == client.get(f"{TOUR}?step=x").status_code == 200


@pytest.mark.parametrize("there", ["/admin/", "//evil.example/", "https://evil.example/review/", "/review/../admin/"])
def test_it_leads_back_into_review_and_nowhere_else(cast, there):
    client = client_of(cast["labor2"])
    assert client.post(TOUR, {"next": there}).url == "/review/"
    assert there not in client.get(TOUR, {"next": there}).content.decode().replace(TOUR, "")


@pytest.mark.parametrize("name", ["designer", "coordinator", "auditor"])
def test_who_has_no_side_is_not_offered_it(submission, cast, name):
    client = client_of(cast[name])
    assert not offered(client, "/review/") and not offered(client, room(submission))


@pytest.mark.parametrize("name", ["outsider", "learner1", "instructor1"])
def test_outsiders_have_no_tour(cast, name):
    assert client_of(cast[name]).get(TOUR).status_code == 404
    assert client_of(cast[name]).post(TOUR).status_code == 404
