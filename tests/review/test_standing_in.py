"""Somebody answers in one's place for a time."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from curriculum.review import queries
from curriculum.review.actions import delegate, submit
from curriculum.review.actions.standing_in import CannotDelegate
from curriculum.review.models import Committee, Delegation
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import agree
from tests.review.charters import charter, seat_of, stands_in
from tests.review.screens import client_of, soup, words

PAGE = "/review/stand-in/"


def name(cast, seat="labor1", to="labor2", by="labor1", start=0, days=5):
    today = timezone.localdate()
    return delegate(
        seat=seat_of(cast[seat]),
        to=seat_of(cast[to]),
        since=today + timedelta(days=start),
        until=today + timedelta(days=start + days),
        by=cast[by],
    )


def test_for_ones_own_seat_or_by_an_administrator_and_by_nobody_else(cast):
    name(cast)
    name(cast, by="admin")
    for user in (one.username for one in CAST if one.username not in ("labor1", "admin")):
        with pytest.raises(CannotDelegate):
            name(cast, by=user)
    assert Delegation.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"to": "management1"}, "same side"),
        ({"to": "labor1"}, "another person"),
        ({"start": -1}, "days that are over"),
        ({"days": -1}, "before the first"),
        ({"days": 60}, "At most 60 days"),
    ],
)
def test_what_does_not_fit_is_refused(said, why, cast):
    with pytest.raises(ValueError, match=why):
        name(cast, **said)
    assert not Delegation.objects.exists()


def test_sixty_days_are_allowed_both_ends_counted(cast):
    assert name(cast, days=59)


def test_neither_side_may_be_a_seat_that_ended_or_sits_elsewhere(module, cast):
    from curriculum.review.founding import found_committee, seat

    other = found_committee(
        shelf=module.get_parent(), slug="other", name="Other", labor_name="Local 9", management_name="Parks"
    )
    elsewhere = seat(person=cast["mentor1"].person, committee=other, side="labor")
    today = timezone.localdate()
    with pytest.raises(ValueError, match="same side and committee"):
        delegate(seat=seat_of(cast["labor1"]), to=elsewhere, since=today, until=today, by=cast["labor1"])
    with pytest.raises(ValueError, match="has ended"):
        delegate(
            seat=seat_of(cast["labor1"]),
            to=seat_of(cast["labor2"], until=today),
            since=today,
            until=today,
            by=cast["labor1"],
        )


def test_it_holds_on_its_days_only(module, cast):
    seat_of(cast["labor2"], role="alternate")
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    name(cast, start=1)
    with pytest.raises(CannotSign, match="nobody has named you for today"):
        agree(submission, cast["labor2"])
    name(cast, days=0)
    agree(submission, cast["labor2"])
    committee = Committee.objects.get()
    tomorrow = timezone.localdate() + timedelta(days=7)
    assert queries.delegations_to(cast["labor2"].person, committee, tomorrow) == []


def test_the_row_stays_as_it_was_written(cast):
    row = name(cast)
    for attempt in (
        lambda: Delegation.objects.filter(pk=row.pk).update(until="2099-01-01"),
        lambda: Delegation.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_co_chair_names_somebody_on_a_page_of_their_own(cast):
    charter(holder_signs=True)
    seat_of(cast["management1"], role="co_chair")
    client = client_of(cast["management1"])
    link = soup(client.get("/review/")).find("a", href=PAGE)
    assert link is not None
    page = soup(client.get(PAGE))
    offered = [option.get_text() for option in page.select("[name=to] option")][1:]
    assert offered == ["Marcus Bell"]
    today = timezone.localdate()
    data = {
        "seat": seat_of(cast["management1"]).pk,
        "to": seat_of(cast["management2"]).pk,
        "since": today.isoformat(),
        "until": (today + timedelta(days=80)).isoformat(),
    }
    assert "At most 60 days" in words(client.post(PAGE, data))
    data["until"] = (today + timedelta(days=8)).isoformat()
    done = client.post(PAGE, data, follow=True)
    assert "Marcus Bell can answer in your place" in words(done) and "Named already" in words(done)
    assert Delegation.objects.get().to.representative.person == cast["management2"].person


def test_a_page_posted_with_somebody_elses_seat_names_nobody(cast):
    today = timezone.localdate().isoformat()
    for seat, to in (("labor2", "labor1"), ("management1", "management2"), ("labor1", "management1")):
        data = {"seat": seat_of(cast[seat]).pk, "to": seat_of(cast[to]).pk, "since": today, "until": today}
        assert client_of(cast["labor1"]).post(PAGE, data).status_code == 422
    assert not Delegation.objects.exists()


def test_people_without_a_seat_find_nothing_and_the_light_charter_has_no_link(cast):
    for user in (one.username for one in CAST if one.side is None):
        assert client_of(cast[user]).get(PAGE).status_code == 404
    assert client_of(cast["labor1"]).get(PAGE).status_code == 200
    assert not soup(client_of(cast["labor1"]).get("/review/")).find("a", href=PAGE)


def test_an_alternate_is_not_told_that_a_text_waits_for_them_until_they_stand_in(module, cast):
    seat_of(cast["labor2"], role="alternate")
    submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    client = client_of(cast["labor2"])
    assert "Nothing waits for you" in words(client.get("/review/"))
    stands_in(cast["labor2"], instead_of=cast["labor1"])
    assert "Nothing waits for you" not in words(client.get("/review/"))


def test_naming_is_also_in_the_admin_for_administrators(cast):
    today = timezone.localdate()
    data = {
        "seat": seat_of(cast["labor1"]).pk,
        "to": seat_of(cast["labor2"]).pk,
        "since": today.isoformat(),
        "until": today.isoformat(),
    }
    url = reverse("stand-ins:add")
    assert client_of(cast["coordinator"]).post(url, data).status_code == 302 and not Delegation.objects.exists()
    client = client_of(cast["admin"])
    assert "same side" in client.post(url, data | {"to": seat_of(cast["management1"]).pk}).content.decode()
    client.post(url, data)
    row = Delegation.objects.get()
    assert client.post(reverse("stand-ins:edit", args=[row.pk]), data | {"until": "2099-01-01"}).status_code == 302
    assert client.post(reverse("stand-ins:delete", args=[row.pk])).status_code == 302
    assert Delegation.objects.get().until == today
