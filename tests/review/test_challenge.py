"""A side says that a change weighs more than it was sent as."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review import chain, queries
from curriculum.review.actions import Refused, challenge, submit
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import agree, change
from tests.review.charters import charter
from tests.review.screens import again, client_of, posted, room, soup, words


@pytest.fixture
def fix(module, cast):
    """A small fix of a text that both sides agreed on before."""
    first = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    agree(first, cast["labor1"], cast["management1"])
    change(LessonPage.objects.child_of(module).first(), "Wear gloves now.", cast["designer"])
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="A word."))


def url(submission):
    return reverse("review_heavier", args=[submission.pk])


def heavier(submission, by, change_class="3", text="It is about bleach."):
    return challenge(submission=submission, by=by, change_class=change_class, words=text)


def late(monkeypatch, days):
    """Another day, for everything that asks for today."""
    today = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: value.date() if value else today)


def test_a_small_way_in_the_room_and_everybody_sees_what_was_sent_and_what_is_said(fix, cast):
    client = client_of(cast["labor2"])
    link = soup(client.get(room(fix))).select_one(".weigh-link a")
    assert link.get_text() == "This weighs more than a small fix"
    form = soup(client.get(link["href"])).select_one("form.sign")
    assert "This stays in the record" in form.get_text()
    assert [box["value"] for box in form.select("[name=change_class]")] == ["2", "3"]
    done = client.post(link["href"], posted(form) | {"change_class": "3", "words": "It is about bleach."}, follow=True)
    assert "Sent as Small fix; labor says: Safety" in words(done)
    page = words(client_of(cast["management1"]).get(room(fix)))
    assert "Sent as Small fix; labor says: Safety" in page and "It is about bleach." in page
    assert queries.class_of(again(fix)) == "3" and chain.problems(again(fix)) == []
    assert not soup(client.get(room(fix))).select(".weigh-link")
    record = words(client_of(cast["auditor"]).get(reverse("review_record", args=[fix.pk])))
    assert "It is about bleach." in record


def test_it_takes_the_people_that_the_heavier_class_takes(module, cast):
    charter(quorum_safety=2)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    agree(submission, cast["labor1"])
    heavier(submission, cast["management1"])
    agree(submission, cast["management1"])
    assert again(submission).outcome is None
    agree(submission, cast["labor2"], cast["management2"])
    assert again(submission).outcome == "approved"


def test_only_upwards_and_never_to_what_has_its_own_way_in(fix, cast):
    heavier(fix, cast["labor1"])
    for lighter in ("0", "1", "2", "3"):
        with pytest.raises(Refused, match="that much already"):
            heavier(fix, cast["management1"], lighter)
    for unknown in ("E", "9", ""):
        with pytest.raises(ValueError):
            heavier(fix, cast["management1"], unknown)


def test_it_needs_a_reason(fix, cast):
    with pytest.raises(ValueError, match="why it weighs more"):
        heavier(fix, cast["labor1"], text=" ")
    refused = client_of(cast["labor2"]).post(url(fix), {"change_class": "3", "words": " "})
    assert refused.status_code == 422 and not again(fix).entries.exists()


def test_only_people_in_a_seat(fix, cast):
    for user in (one.username for one in CAST if one.side is None):
        with pytest.raises(CannotSign):
            heavier(fix, cast[user])
        assert client_of(cast[user]).get(url(fix)).status_code == 404
        assert client_of(cast[user]).post(url(fix), {"change_class": "3", "words": "x"}).status_code in (404, 409)
        if user in ("coordinator", "auditor", "designer", "designer2", "admin"):
            assert not soup(client_of(cast[user]).get(room(fix))).select(".weigh-link")
    assert not again(fix).entries.exists()


def test_not_after_the_days_of_the_charter(fix, cast, monkeypatch):
    late(monkeypatch, 8)
    with pytest.raises(Refused, match="could be said until"):
        heavier(fix, cast["labor1"])
    client = client_of(cast["labor2"])
    assert client.get(url(fix)).status_code == 404
    kept = client.post(url(fix), {"change_class": "3", "words": "Bleach."})
    assert kept.status_code == 409 and soup(kept).select_one("textarea[readonly]").get_text() == "Bleach."


def test_not_once_it_has_ended(fix, cast):
    agree(fix, cast["labor1"], cast["management1"])
    with pytest.raises(Refused, match="ended already"):
        heavier(fix, cast["labor1"])
    assert client_of(cast["labor2"]).get(url(fix)).status_code == 404
