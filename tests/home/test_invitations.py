"""Invitations to copy, and the seat that comes with accepting one."""

import pytest
from django.core.exceptions import PermissionDenied

from curriculum.review.founding import found_committee, seat
from curriculum.review.models import Seat
from curriculum.shelves import library
from users.grants import give_role
from users.invitations import accept, accept_as, invite
from users.models import Invitation, Person, User
from users.roles import Role

pytestmark = pytest.mark.usefixtures("real", "db")


@pytest.fixture
def committee():
    return found_committee(shelf=library(), slug="c", name="Committee", labor_name="Local 1", management_name="County")


@pytest.fixture
def boss():
    user = User.objects.create_user("boss", password="three plain words")
    give_role(user=user, role=Role.ADMINISTRATOR)
    return user


def seats():
    return list(Seat.objects.values_list("representative__person__user__username", "representative__side"))


def let_in(role, username="new"):
    _invitation, token = invite(role=role, by=None, name="New")
    return accept(token=token, username=username, password="three plain words", name="New")


def test_accepting_gives_the_place_of_the_side(committee):
    let_in(Role.LABOR_REVIEWER, "lena")
    let_in(Role.MANAGEMENT_REVIEWER, "mark")
    let_in(Role.DESIGNER, "dora")
    assert sorted(seats()) == [("lena", "labor"), ("mark", "management")]


def test_without_a_committee_or_with_two_nobody_is_seated(committee):
    found_committee(shelf=library(), slug="d", name="Other", labor_name="Local 2", management_name="City")
    let_in(Role.LABOR_REVIEWER)
    assert seats() == []


def test_nobody_changes_sides_by_an_invitation(committee):
    user = User.objects.create_user("mark", password="three plain words")
    seat(person=user.person, committee=committee, side="management")
    _invitation, token = invite(role=Role.LABOR_REVIEWER, by=None)
    with pytest.raises(PermissionDenied, match="already speaks for the other side"):
        accept_as(token=token, user=user)
    assert seats() == [("mark", "management")]
    assert Invitation.objects.get().accepted_at is None


def test_inviting_somebody_shows_a_link_once_made(client, boss, read):
    client.force_login(boss)
    fields = {"name": "Ida", "role": "instructor", "email": "", "language": "es"}
    assert client.post("/invitations/", fields).url == "/invitations/"
    page = read("/invitations/")
    link = page.select_one("input[readonly]")["value"]
    assert read(link.removeprefix("http://testserver")).select_one("form")
    assert client.post("/invitations/", fields | {"name": ""}).status_code == 422


def test_in_another_browser_a_lost_link_is_made_anew(client, boss, read):
    _invitation, token = invite(role=Role.DESIGNER, by=boss, name="Dora", email="dora@example.org")
    client.force_login(boss)
    page = read("/invitations/")
    assert not page.select("input[readonly]")
    client.post(page.select_one(".invited form")["action"])
    page = read("/invitations/")
    assert len(page.select("input[readonly]")) == 1 and page.select_one(".invited h2").text == "Dora"
    assert client.get(f"/welcome/{token}/").status_code == 410


def test_who_may_invite_whom(client, boss, read):
    coordinator = User.objects.create_user("cora", password="three plain words")
    give_role(user=coordinator, role=Role.COORDINATOR)
    invitation, _token = invite(role=Role.ADMINISTRATOR, by=boss, name="Adam")
    client.force_login(coordinator)
    offered = [choice["value"] for choice in read("/invitations/").select("[name=role] option")]
    assert "administrator" not in offered and "designer" in offered
    assert client.post(f"/invitations/{invitation.pk}/renew/").status_code == 403
    client.force_login(User.objects.create_user("nobody", person=Person.objects.create(name="No")))
    assert client.get("/invitations/").status_code == 403
    client.logout()
    assert client.get("/invitations/").url.startswith("/accounts/login/")


def test_the_list_costs_the_same_for_one_and_for_three(client, boss, django_assert_num_queries):
    client.force_login(boss)
    invite(role=Role.DESIGNER, by=boss, name="One")
    with django_assert_num_queries(6):
        client.get("/invitations/")
    for name in ("Two", "Three"):
        invite(role=Role.DESIGNER, by=boss, name=name)
    with django_assert_num_queries(6):
        client.get("/invitations/")


def test_the_demo_invites_nobody(client, settings, cast):
    settings.HIGHROAD_DEMO = True
    client.force_login(cast["admin"])
    assert client.get("/invitations/").status_code == 404
