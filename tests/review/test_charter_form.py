"""The charter, the checkers, the seats and the holidays in Wagtail's admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.review.charter import Charter
from curriculum.review.models import Checker, Committee, Holiday, Seat
from tests.review.charters import charter, checker, gate, seat_of
from tests.review.screens import client_of, posted, soup


def form_of(client, url):
    page = soup(client.get(url))
    return page, posted(page.select_one("main form[method=POST], main form[method=post]"))


@pytest.fixture
def edit(cast):
    """The address of the committee's form."""
    return reverse("committees:edit", args=[Committee.objects.get().pk])


def test_every_field_of_the_charter_is_there_in_groups_with_help(cast, edit):
    page, data = form_of(client_of(cast["admin"]), edit)
    names = {name for name in Charter().data if name != "gates"}
    assert names <= {field["name"] for field in page.select("main [name]")}
    headings = [heading.get_text(strip=True) for heading in page.select("main form section h2")]
    for heading in (
        "Both sides",
        "Who agrees for a side",
        "Checks before both sides can agree",
        "How long things take",
    ):
        assert any(heading in one for one in headings), headings
    assert "Others on the side advise." in page.get_text()


def test_what_is_ticked_is_what_both_sides_wait_for(cast, edit):
    client = client_of(cast["admin"])
    _page, data = form_of(client, edit)
    data |= {
        "gate_clinical": ["safety"],
        "gate_language": ["taught", "safety"],
        "days_small": "4",
        "more_answers": "on",
    }
    assert client.post(edit, data).status_code == 302
    committee = Committee.objects.get()
    assert committee.gates == [
        {"kind": "clinical", "classes": ["3", "E"]},
        {"kind": "language", "classes": ["2", "3", "E"]},
    ]
    assert committee.days_small == 4 and committee.more_answers
    assert [one["kind"] for one in committee.charter.gates_for("3", ["en", "es"])] == [
        "clinical",
        "language",
        "language",
    ]
    page, again = form_of(client, edit)
    assert again["gate_clinical"] == ["safety"] and again["gate_language"] == ["taught", "safety"]
    again.pop("gate_clinical")
    client.post(edit, again)
    assert [one["kind"] for one in Committee.objects.get().gates] == ["language"]


def test_saving_the_form_as_it_stands_changes_nothing(cast, edit):
    charter(gates=[gate("expert", "3", "E")], quorum=2, quorum_safety=2, days_to_answer=7, caucus_notes=True)
    before = Committee.objects.get().charter
    client = client_of(cast["admin"])
    _page, data = form_of(client, edit)
    assert client.post(edit, data).status_code == 302
    assert Committee.objects.get().charter == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("quorum", "0", "at least"),
        ("days_to_answer", "0", "at least"),
        ("quorum", "3", "Safety never takes fewer people"),
        ("holder_signs", "on", "co-chair"),
    ],
)
def test_numbers_that_cannot_be_are_refused(field, value, why, cast, edit):
    client = client_of(cast["admin"])
    _page, data = form_of(client, edit)
    refused = client.post(edit, data | {field: value})
    assert refused.status_code == 200 and why in refused.content.decode()
    assert Committee.objects.get().charter == Charter()


def test_with_a_co_chair_on_each_side_a_co_chair_can_be_asked_for(cast, edit):
    client = client_of(cast["admin"])
    for name in ("labor1", "management1"):
        row = seat_of(cast[name])
        client.post(reverse("seats:edit", args=[row.pk]), {"role": "co_chair", "until": ""})
        assert Seat.objects.get(pk=row.pk).role == "co_chair"
    _page, data = form_of(client, edit)
    assert client.post(edit, data | {"holder_signs": "on"}).status_code == 302
    assert Committee.objects.get().holder_signs


@pytest.mark.parametrize("name", ["coordinator", "designer", "auditor", "labor1", "outsider"])
def test_only_administrators_write_any_of_it(name, cast, edit):
    client = client_of(cast[name])
    row = checker(cast["instructor1"], "expert")
    holiday = Holiday.objects.create(committee=Committee.objects.get(), day=timezone.localdate())
    before = Committee.objects.get().charter
    urls = [edit, reverse("checkers:add"), reverse("checkers:edit", args=[row.pk]), reverse("holidays:add")]
    urls += [reverse("holidays:delete", args=[holiday.pk]), reverse("stand-ins:add")]
    for url in urls:
        assert client.post(url, {"quorum": "2"}).status_code in (302, 403, 404)
    assert Committee.objects.get().charter == before and Holiday.objects.exists()
    assert Checker.objects.count() == 1


def test_a_seat_is_given_with_what_it_is_for(cast):
    data = {"person": cast["mentor1"].person.pk, "committee": Committee.objects.get().pk, "side": "labor"}
    client_of(cast["admin"]).post(reverse("seats:add"), data | {"role": "alternate"})
    assert Seat.objects.get(representative__person=cast["mentor1"].person).role == "alternate"


def test_a_checker_is_named_with_standing_and_ended_by_a_date(cast):
    client, url = client_of(cast["admin"]), reverse("checkers:add")
    data = {"committee": Committee.objects.get().pk, "person": cast["instructor1"].person.pk, "kind": "clinical"}
    assert "what gives this person standing" in client.post(url, data).content.decode()
    assert "Choose the language" in client.post(url, data | {"kind": "language"}).content.decode()
    assert not Checker.objects.exists()
    until = timezone.localdate() + timedelta(days=90)
    named = data | {"credential": "EMT-P 4711", "credential_until": until.isoformat(), "language": "es"}
    client.post(url, named)
    row = Checker.objects.get()
    assert (row.credential, row.credential_until, row.language) == ("EMT-P 4711", until, "")
    assert "Checker" in client.post(url, named).content.decode() and Checker.objects.count() == 1
    change = reverse("checkers:edit", args=[row.pk])
    late = {"credential": "EMT-P 4711", "credential_until": "", "until": (until).isoformat()}
    assert "ends at once" in client.post(change, late).content.decode()
    client.post(change, late | {"until": timezone.localdate().isoformat()})
    client.post(reverse("checkers:delete", args=[row.pk]))
    assert Checker.objects.get().until == timezone.localdate()


def test_holidays_are_added_and_taken_away(cast):
    client = client_of(cast["admin"])
    data = {"committee": Committee.objects.get().pk, "day": "2027-01-01", "name": "New Year"}
    client.post(reverse("holidays:add"), data)
    row = Holiday.objects.get()
    client.post(reverse("holidays:delete", args=[row.pk]))
    assert not Holiday.objects.exists()
