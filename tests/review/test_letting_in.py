"""Handing a reviewer a way in, and what they sign with once they are there."""

import re

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from curriculum.models import LessonPage
from curriculum.review.actions import Refused, submit
from curriculum.review.actions.letting_in import let_in
from curriculum.review.founding import found_committee, seat
from curriculum.review.proposal import Proposal
from curriculum.review.views.people import message_for
from home.demo.cast import CAST
from tests.factories import agree, change
from tests.review.screens import again, answer, client_of, posted, room, soup, words
from users.models import SigningPin, SignInLink

PEOPLE = "/review/people/"
HOSTS = {"coordinator", "admin"}


@pytest.fixture(autouse=True)
def no_memory():
    """Rate limits live in the cache."""
    cache.clear()


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def real(user):
    """Somebody who is nobody of the demo: they are asked who they are."""
    user.is_demo = False
    user.save(update_fields=["is_demo"])
    return user


def send_way_in(cast, name, submission=None, by="coordinator"):
    """What the coordinator's screen shows."""
    data = {"to": submission.pk} if submission else {}
    return client_of(cast[by]).post(reverse("review_way_in", args=[cast[name].person_id]), data)


def link_of(page):
    return soup(page).select_one("#address")["value"].replace("http://testserver", "")


# The coordinator's screen


def test_a_coordinator_sends_lucia_a_way_in_and_she_lands_in_the_room(submission, cast):
    page = client_of(cast["coordinator"]).get(f"{PEOPLE}?to={submission.pk}")
    assert "Send Lucía Herrera a way in" in words(page)
    shown = send_way_in(cast, "labor1", submission)
    html = soup(shown)
    message = html.select_one("#message").get_text()
    assert len(message) <= 160 and "Lucía Herrera, “Módulo T1” espera" in message
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", html.select_one(".code-shown").get_text())
    assert html.select_one(".qr svg path") and html.select_one("#message")["lang"] == "es"
    phone = Client()
    assert phone.get(link_of(shown)).status_code == 200
    assert phone.post(link_of(shown)).url == room(submission)
    assert phone.get(room(submission)).status_code == 200


def test_it_is_shown_once(submission, cast):
    shown = send_way_in(cast, "labor1", submission)
    token = link_of(shown).split("/")[-2]
    client = client_of(cast["coordinator"])
    for url in (PEOPLE, f"{PEOPLE}?to={submission.pk}", room(submission)):
        assert token not in client.get(url).content.decode()


def test_a_long_title_gives_way_so_that_one_message_is_enough(submission, cast):
    link, _token, _code = let_in(person=cast["labor2"].person, by=cast["coordinator"], submission=submission)
    short = message_for(link, "https://h.example/in/" + "x" * 22 + "/", submission)
    assert "“Module T1” waits for your answer until" in short and len(short) <= 160
    long = message_for(link, "https://training.a-long-partnership-name.example.org/in/" + "x" * 22 + "/", submission)
    assert len(long) <= 160 and "x" * 22 in long
    longest = message_for(link, "https://" + "very-" * 30 + "long.example/in/x/", submission)
    assert longest.startswith("https://very-")


@pytest.mark.parametrize("name", [part.username for part in CAST])
def test_who_sees_the_people_and_lets_them_in(submission, cast, name):
    client = client_of(cast[name])
    expected = 200 if name in HOSTS else 404
    assert client.get(PEOPLE).status_code == expected
    made = client.post(reverse("review_way_in", args=[cast["labor1"].person_id]))
    assert made.status_code == expected
    assert client.post(reverse("review_reset_pin", args=[cast["labor1"].person_id])).status_code in (
        (302,) if name in HOSTS else (404,)
    )
    if name not in HOSTS:
        with pytest.raises(PermissionDenied):
            let_in(person=cast["labor1"].person, by=cast[name])
        assert not SignInLink.objects.exists()
    offered = reverse("review_people") in client.get(room(submission)).content.decode()
    assert offered == (name in HOSTS)


def test_nobody_signs_in_first(db):
    assert Client().get(PEOPLE).status_code == 302
    url = reverse("review_way_in", args=["00000000-0000-4000-8000-000000000001"])
    assert Client().post(url).status_code == 302


@pytest.mark.parametrize("name", ["outsider", "learner1", "auditor", "designer", "coordinator"])
def test_only_people_who_sit_get_one(cast, name):
    refused = send_way_in(cast, name, by="admin")
    assert refused.status_code == 409 and "Nothing was made" in words(refused)
    assert not SignInLink.objects.exists()


def test_somebody_who_sits_and_looks_after_drafts_signs_in_with_a_password(cast, submission):
    seat(person=cast["designer"].person, committee=submission.committee, side="labor")
    page = client_of(cast["coordinator"]).get(PEOPLE)
    assert "Send Dolores Tran a way in" not in words(page)
    with pytest.raises(PermissionDenied):
        let_in(person=cast["designer"].person, by=cast["coordinator"])


def test_a_way_leads_only_to_a_review_its_person_reads(submission, module, cast):
    other = found_committee(
        shelf=module.get_parent(), slug="other", name="Other", labor_name="Local 9", management_name="Parks"
    )
    seat(person=cast["outsider"].person, committee=other, side="labor")
    with pytest.raises(Refused):
        let_in(person=cast["outsider"].person, by=cast["coordinator"], submission=submission)
    refused = send_way_in(cast, "outsider", submission)
    assert refused.status_code == 409
    assert client_of(cast["coordinator"]).get(f"{PEOPLE}?to=nonsense").status_code == 404


def test_a_seat_that_ended_is_listed_no_more(cast):
    cast["labor1"].person.representative.seats.update(until="2020-01-01")
    assert "Lucía" not in words(client_of(cast["coordinator"]).get(PEOPLE))
    assert send_way_in(cast, "labor1").status_code == 409


def test_the_list_of_people_costs_the_same_for_one_and_for_four(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(cast["coordinator"])
    names = ("labor2", "management1", "management2")
    for name in names:
        cast[name].person.representative.seats.update(until="2020-01-01")
    client.get(PEOPLE)
    with django_assert_max_num_queries(20) as counted:
        client.get(PEOPLE)
    for name in names:
        cast[name].person.representative.seats.update(until=None)
    with django_assert_num_queries(len(counted)):
        client.get(PEOPLE)


# Signing


@pytest.fixture
def phone(submission, cast):
    """Lucía's phone: she came by a link, and is asked who she is."""
    real(cast["labor1"])
    cast["labor1"].preferred_language = "en"
    cast["labor1"].save()
    shown = send_way_in(cast, "labor1", submission)
    client = Client()
    client.post(link_of(shown))
    return client


def sheet(client, submission, position="support"):
    url = f"{reverse('review_answer', args=[submission.pk])}?position={position}"
    return soup(client.get(url)).select_one("form.sign")


def say(client, submission, **typed):
    form = sheet(client, submission, typed.pop("position", "support"))
    return client.post(reverse("review_answer", args=[submission.pk]), {**posted(form), **typed}, follow=True)


def test_she_chooses_a_pin_at_her_first_signature_and_types_it_at_the_next(phone, submission, cast):
    form = sheet(phone, submission)
    assert [field["name"] for field in form.select(".proof input")] == ["pin", "pin_again"]
    refused = say(phone, submission)
    assert refused.status_code == 422 and not again(submission).entries.exists()
    done = say(phone, submission, pin="2580", pin_again="2580")
    assert "Your answer is in the record" in words(done)
    form = sheet(phone, submission, "request_changes")
    assert [field["name"] for field in form.select(".proof input")] == ["pin"]


def test_a_wrong_pin_signs_nothing_and_keeps_the_words(phone, submission, cast):
    say(phone, submission, pin="2580", pin_again="2580")
    refused = say(phone, submission, position="request_changes", words="Which gloves?", pin="1111")
    assert refused.status_code == 422
    html = soup(refused)
    assert "That is not your PIN. Nothing was signed, and your words are kept. You have 4 more tries." in words(refused)
    assert html.select_one("textarea[name=words]").get_text().strip() == "Which gloves?"
    assert "1111" not in refused.content.decode()
    assert again(submission).entries.count() == 1


def test_five_wrong_pins_lock_and_a_coordinator_helps(phone, submission, cast):
    say(phone, submission, pin="2580", pin_again="2580")
    for _time in range(5):
        locked = say(phone, submission, position="request_changes", words="Which?", pin="1111")
    assert "Too many wrong tries" in words(locked)
    assert "Too many wrong tries" in words(say(phone, submission, position="request_changes", words="W?", pin="2580"))
    assert again(submission).entries.count() == 1
    hosts = client_of(cast["coordinator"])
    assert "Forgot the PIN?" in words(hosts.get(PEOPLE))
    hosts.post(reverse("review_reset_pin", args=[cast["labor1"].person_id]))
    row = SigningPin.objects.get()
    assert row.pin == "" and row.reset_by == cast["coordinator"].person
    say(phone, submission, position="request_changes", words="Which?", pin="1470", pin_again="1470")
    assert again(submission).entries.count() == 2


def test_the_screen_below_is_asked_too_not_only_the_sheet(phone, submission, cast):
    """A request made by hand, without the fields."""
    refused = answer(phone, submission, "support")
    assert refused.status_code == 422 and not again(submission).entries.exists()


def test_small_fixes_ask_as_well(phone, module, submission, cast):
    agree(submission, cast["labor2"], cast["management1"])
    change(LessonPage.objects.child_of(module).first(), "Wear gloves now.", cast["designer"])
    fix = submit(page=module, by=cast["designer"], proposal=Proposal(note="A word was missing."))
    card = soup(phone.get("/review/")).select_one(".small-fixes form")
    assert len(card.select(".proof input")) == 2
    url = reverse("review_small_fixes")
    assert phone.post(url, posted(card)).status_code == 422
    assert not again(fix).entries.exists()
    phone.post(url, {**posted(card), "pin": "2580", "pin_again": "2580"})
    assert again(fix).entries.count() == 1


def test_people_of_the_demo_are_never_asked(submission, cast):
    shown = send_way_in(cast, "labor2", submission)
    client = Client()
    client.post(link_of(shown))
    assert not sheet(client, submission).select(".proof")


def test_no_page_a_reviewer_gets_leads_to_the_admin(phone, submission, cast):
    """Every link on the desk, in the room and on the sheet, followed once."""
    seen, left = set(), ["/review/", room(submission), f"{room(submission)}answer/?position=support"]
    while left and len(seen) < 40:
        url = left.pop(0)
        if url in seen or "logout" in url:
            continue
        seen.add(url)
        page = phone.get(url)
        if page.status_code == 200 and "text/html" in page["Content-Type"]:
            links = [link["href"] for link in soup(page).select("a[href]")]
            assert not [link for link in links if "/admin" in link or "/documents/" in link], url
            left += [link for link in links if link.startswith("/review/")]
    assert len(seen) > 5
