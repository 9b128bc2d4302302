"""Guests: one text, some days, a comment perhaps; never a signature, another page or the admin."""

import hashlib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from curriculum.editions.media import frozen_name
from curriculum.models import LessonPage
from curriculum.review import chain
from curriculum.review.actions import (
    Refused,
    close_guest_link,
    comment,
    correct,
    invite_guest,
    refer,
    reply,
    sign,
    submit,
    withdraw,
)
from curriculum.review.models import Entry, GuestLink
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from curriculum.review.speaking import CannotTalk, Guest
from home.demo.cast import CAST
from tests.factories import text
from tests.review.screens import again, client_of, posted, soup, words

BLOCK = text(1, "")["id"]


@pytest.fixture
def lesson(module):
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def submission(module, lesson, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


@pytest.fixture
def invited(submission, cast):
    """(link, token) of a worker who may comment."""
    return invite_guest(submission=submission, by=cast["coordinator"], name="Wanda Worker")


def guest_url(token):
    return reverse("guest", args=[token])


def test_only_coordinators_and_administrators_let_guests_in(submission, cast):
    url = reverse("review_guests", args=[submission.pk])
    opened = {part.username for part in CAST if client_of(cast[part.username]).get(url).status_code == 200}
    assert opened == {"coordinator", "admin"}
    for part in CAST:
        if part.username in opened:
            continue
        data = {"name": "Me", "days": "7", "language": "en"}
        assert client_of(cast[part.username]).post(url, data).status_code == 404
        with pytest.raises(CannotTalk):
            invite_guest(submission=submission, by=cast[part.username], name="Me")
    assert not GuestLink.objects.exists()


def test_a_coordinator_makes_a_link_that_is_shown_once(submission, cast):
    client = client_of(cast["coordinator"])
    url = reverse("review_guests", args=[submission.pk])
    form = posted(soup(client.get(url)).select_one("form.form"))
    made = client.post(url, {**form, "name": "Wanda Worker", "days": "7"})
    address = soup(made).select_one("#link")["value"]
    token = address.rstrip("/").rsplit("/", 1)[1]
    row = GuestLink.objects.get()
    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest() and row.person.name == "Wanda Worker"
    assert timedelta(days=6) < row.expires_at - timezone.now() < timedelta(days=8)
    assert token not in client.get(url).content.decode() and "Wanda Worker" in words(client.get(url))
    assert client_of(None).get(guest_url(token)).status_code == 200


def test_a_letter_brings_the_link_and_the_address_is_not_kept(submission, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invite_guest(
            submission=submission,
            by=cast["coordinator"],
            name="Wanda",
            email="wanda@example.org",
            language="en",
            link=lambda token: f"https://here/guest/{token}/",
        )
    (letter,) = mail.outbox
    assert letter.to == ["wanda@example.org"] and "https://here/guest/" in letter.body
    assert "wanda@example.org" not in str(GuestLink.objects.values().get())


def test_a_guest_reads_the_text_and_its_pages_and_nothing_is_kept(invited, submission, lesson):
    _link, token = invited
    client = client_of(None)
    page = client.get(guest_url(token))
    assert "Wanda Worker, you read this as a guest." in words(page) and "Wear gloves." in words(page)
    one = client.get(reverse("guest_page", args=[token, lesson.uid]))
    assert "Wear gloves." in words(one)
    for response in (page, one):
        assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
        html = soup(response)
        assert not html.select(".answer-bar, .desks") and "/review/" not in response.content.decode()
    assert client.get(f"{guest_url(token)}?language=es").status_code == 200


def test_a_guest_comments_under_their_name(invited, submission, lesson, cast):
    _link, token = invited
    client = client_of(None)
    way = soup(client.get(guest_url(token))).select_one(f".talk-here a[href*='{lesson.uid}'][href*='{BLOCK}']")["href"]
    assert way.startswith(f"/guest/{token}/")
    form = posted(soup(client.get(way)).select_one("form.talk-form"))
    done = client.post(way, {**form, "words": "Ours tear.", "language": "en"})
    assert done.status_code == 302 and done["Location"].startswith(guest_url(token))
    entry = Entry.objects.get()
    assert entry.side == "" and entry.detail["guest"] is True and entry.person.name == "Wanda Worker"
    assert chain.problems(again(submission)) == []
    for name in ("labor2", "designer"):
        url = reverse("review_page", args=[submission.pk, lesson.uid]) + "?language=en"
        assert "guest: Wanda Worker" in words(client_of(cast[name]).get(url))
    assert "Ours tear." in words(client.get(reverse("guest_page", args=[token, lesson.uid]) + "?language=en"))


def test_a_guest_sees_their_own_threads_without_names_and_not_the_parties_talk(invited, submission, lesson, cast):
    link, token = invited
    place = {"page": lesson.uid, "block": BLOCK, "reading": "en"}
    comment(submission=submission, by=cast["labor2"], words="Between us.", **place)
    mine = comment(submission=submission, by=Guest(link), words="Ours tear.", **place)
    reply(submission=submission, comment=mine, by=cast["management1"], words="Which brand?")
    page = words(client_of(None).get(guest_url(token) + "?language=en"))
    assert "Ours tear." in page and "Which brand?" in page and "Sample County Departments" in page
    assert "Between us." not in page and "Mei Nakamura" not in page and "Lamar Jefferson" not in page


def test_a_guest_never_signs_refers_or_answers_for_others(invited, submission, cast):
    link, token = invited
    guest = Guest(link)
    with pytest.raises(Refused):
        refer(submission=submission, by=guest, words="The parties should.")
    said = comment(submission=submission, by=cast["labor2"], words="Mine.")
    with pytest.raises(Refused):
        correct(submission=submission, comment=said, by=guest, words="Not so.")
    client = client_of(None)
    client.get(guest_url(token))
    for name in ("review_room", "review_answer", "review_record", "review_comment", "review_notes", "review_guests"):
        address = reverse(name, args=[submission.pk])
        assert client.get(address).status_code == 302
        assert "/accounts/login/" in client.post(address, {"words": "x"}).get("Location", "/accounts/login/")
    assert client.get("/admin/").status_code == 302
    assert not Entry.objects.exclude(pk=said.pk).exists()
    with pytest.raises(CannotSign):
        sign(submission=submission, by=guest, position="support", digest=submission.digest)


def test_a_link_for_reading_only_reads(submission, lesson, cast):
    link, token = invite_guest(submission=submission, by=cast["coordinator"], name="Reader", may_comment=False)
    client = client_of(None)
    page = client.get(guest_url(token))
    assert page.status_code == 200 and not soup(page).select(".talk-here")
    url = reverse("guest_comment_page", args=[token, lesson.uid])
    assert client.get(url).status_code == 404
    assert client.post(url, {"words": "Let me.", "language": "en"}).status_code == 409
    with pytest.raises(CannotTalk):
        comment(submission=submission, by=Guest(link), words="Let me.")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("how", ["never made", "too old", "closed"])
def test_a_link_that_opens_nothing_says_the_same_whatever_it_was(how, invited, lesson, cast):
    link, token = invited
    if how == "too old":
        GuestLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    elif how == "closed":
        close_guest_link(link=link, by=cast["coordinator"])
    asked = "x" * len(token) if how == "never made" else token
    client = client_of(None)
    closed = client.get(guest_url(asked))
    assert closed.status_code == 404 and "noindex" in closed["X-Robots-Tag"]
    assert words(closed).startswith("This link opens nothing Check that you copied all of it.")
    for name in ("guest_page", "guest_comment_page"):
        assert words(client.get(reverse(name, args=[asked, lesson.uid]))) == words(closed)
    late = client.post(reverse("guest_comment", args=[asked]), {"words": "x", "language": "en"})
    assert late.status_code == 404 and not Entry.objects.exists()


def test_a_link_opens_one_text_only(invited, submission, module, cast):
    link, token = invited
    withdraw(submission=submission, by=cast["designer"])
    other = submit(page=module, by=cast["designer"], proposal=Proposal(note="Again."))
    with pytest.raises(CannotTalk):
        comment(submission=other, by=Guest(link), words="Here too.")
    page = client_of(None).get(guest_url(token))
    assert "This review has ended" in words(page) and not soup(page).select(".talk-here")
    with pytest.raises(Refused):
        comment(submission=submission, by=Guest(link), words="Too late.")


def test_only_files_of_this_text_are_a_guests(invited, submission):
    _link, token = invited
    digest = "a" * 64
    storages["frozen"].save(frozen_name(digest, "png"), ContentFile(b"x"))
    assert client_of(None).get(f"/guest/{token}/media/{digest}.png").status_code == 404


def test_the_coordinator_closes_a_link_and_what_was_said_stays(invited, submission, cast):
    link, token = invited
    comment(submission=submission, by=Guest(link), words="Ours tear.")
    close = reverse("review_guest_close", args=[submission.pk, link.pk])
    assert client_of(cast["labor1"]).post(close).status_code == 404
    done = client_of(cast["coordinator"]).post(close, follow=True)
    assert "The link is closed" in words(done) and "closed on" in words(done)
    assert client_of(None).get(guest_url(token)).status_code == 404
    assert Entry.objects.get().words == "Ours tear."
