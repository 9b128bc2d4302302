"""Accounts are made by invitation: a link that is good once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from users import invitations
from users.models import Invitation, Person, User
from users.permissions import has_role, roles_of
from users.roles import Role

pytestmark = pytest.mark.django_db

ANSWER = {
    "name": "Lupe Ortega",
    "username": "lupe",
    "email": "",
    "password": "seven brown boots",
    "language": "es",
}


@pytest.fixture
def token(someone):
    return invitations.invite(role=Role.LABOR_REVIEWER, by=someone(Role.COORDINATOR), name="Lupe Ortega")[1]


def test_the_link_makes_an_account_signs_in_and_is_used_up(client, token):
    page = client.get(f"/welcome/{token}/")
    assert "Labor reviewer" in page.text
    assert 'value="Lupe Ortega"' in page.text
    answer = client.post(f"/welcome/{token}/", ANSWER)
    assert (answer.status_code, answer.url) == (302, "/desk/")
    user = User.objects.get(username="lupe")
    assert (user.get_full_name(), user.preferred_language) == ("Lupe Ortega", "es")
    assert roles_of(user) == {Role.LABOR_REVIEWER}
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    again = client.post(f"/welcome/{token}/", {**ANSWER, "username": "second"})
    assert again.status_code == 410
    assert "used already" in again.text
    assert not User.objects.filter(username="second").exists()


def test_neither_the_token_nor_afterwards_the_name_stays_in_the_row(client, token):
    assert token not in str(Invitation.objects.values().get())
    client.post(f"/welcome/{token}/", ANSWER)
    row = Invitation.objects.get()
    assert (row.name, row.email) == ("", "")
    assert row.accepted_by.name == "Lupe Ortega"


def test_the_page_speaks_both_languages(client, token):
    client.get("/language/es/?next=/")
    page = client.get(f"/welcome/{token}/")
    assert '<html lang="es"' in page.text
    assert page.headers["Content-Language"] == "es"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "lupe"}, "too similar"),
        ({"username": "coordinator"}, "Somebody has this sign-in name"),
        ({"username": "COORDINATOR"}, "Somebody has this sign-in name"),
        ({"username": "two words"}, "valid username"),
        ({"email": "coordinator@example.org"}, "An account with this e-mail"),
        ({"name": ""}, "required"),
    ],
)
def test_a_refusal_keeps_the_link_open_and_what_was_typed(client, token, change, says):
    page = client.post(f"/welcome/{token}/", {**ANSWER, **change})
    assert page.status_code == 422
    assert says in page.text
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(username="lupe").exists()
    assert Person.objects.count() == 1


def test_an_old_link_says_so(client, token):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = client.get(f"/welcome/{token}/")
    assert page.status_code == 410
    assert "too old" in page.text


def test_an_unknown_link_says_so(client, db):
    page = client.get("/welcome/nothing-like-it/")
    assert page.status_code == 410
    assert "We do not know this link" in page.text


def test_somebody_with_an_account_takes_the_part_on_it(client, token, someone):
    steward = someone(Role.INSTRUCTOR)
    client.force_login(steward)
    page = client.get(f"/welcome/{token}/")
    assert "Take this part as Instructor" in page.text
    assert 'name="password"' not in page.text
    client.post(f"/welcome/{token}/")
    assert roles_of(User.objects.get(pk=steward.pk)) == {Role.INSTRUCTOR, Role.LABOR_REVIEWER}
    assert client.get(f"/welcome/{token}/").status_code == 410


def test_nobody_takes_both_sides(client, token, someone):
    manager = someone(Role.MANAGEMENT_REVIEWER)
    client.force_login(manager)
    page = client.post(f"/welcome/{token}/")
    assert page.status_code == 403
    assert "One person speaks for one side" in page.text
    assert Invitation.objects.get().accepted_at is None
    assert not has_role(User.objects.get(pk=manager.pk), Role.LABOR_REVIEWER)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.COORDINATOR}))
def test_only_administrators_and_coordinators_invite(role, someone):
    with pytest.raises(PermissionDenied):
        invitations.invite(role=Role.LEARNER, by=someone(role))
    assert not Invitation.objects.exists()


def test_a_coordinator_invites_no_administrator(someone):
    with pytest.raises(PermissionDenied):
        invitations.invite(role=Role.ADMINISTRATOR, by=someone(Role.COORDINATOR))
    invitations.invite(role=Role.ADMINISTRATOR, by=someone(Role.ADMINISTRATOR))


def test_the_invitation_goes_out_by_mail_in_the_persons_language(
    someone, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _invitation, token = invitations.invite(
            role=Role.MANAGEMENT_REVIEWER,
            by=someone(Role.ADMINISTRATOR),
            name="Lee",
            email="lee@example.org",
            language="en",
            link=lambda token: f"https://highroad.example.org/welcome/{token}/",
        )
    assert [mail.to for mail in mailoutbox] == [["lee@example.org"]]
    assert f"https://highroad.example.org/welcome/{token}/" in mailoutbox[0].body
    assert "Hello Lee," in mailoutbox[0].body
