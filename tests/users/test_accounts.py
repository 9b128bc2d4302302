"""Accounts in Wagtail's admin: one name, roles in words, and no way up for whoever looks after them."""

import pytest
from django.contrib.auth.models import Group

from users.grants import group_of
from users.models import User
from users.permissions import roles_of
from users.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, someone):
    user = someone(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def answer(*roles, **fields):
    groups = [group_of(role).pk for role in roles]
    return {"username": "ana", "name": "Ana Ruiz", "email": "", "groups": groups, **fields}


def test_an_administrator_makes_an_account(client, administrator):
    page = client.get("/admin/users/new/")
    assert "Reads for the workers and agrees, or asks for a change." in page.text
    assert "first_name" not in page.text
    client.post("/admin/users/new/", answer(Role.INSTRUCTOR))
    user = User.objects.get(username="ana")
    assert (user.get_full_name(), roles_of(user)) == ("Ana Ruiz", {Role.INSTRUCTOR})


def test_an_administrator_changes_a_name(client, administrator, someone):
    user = someone(Role.LEARNER)
    url = f"/admin/users/edit/{user.pk}/"
    assert 'value="Learner"' in client.get(url).text
    client.post(url, answer(Role.LEARNER, username="learner", is_active="on"))
    assert User.objects.get(pk=user.pk).get_full_name() == "Ana Ruiz"


def test_both_sides_are_refused_with_a_sentence(client, administrator):
    page = client.post("/admin/users/new/", answer(Role.LABOR_REVIEWER, Role.MANAGEMENT_REVIEWER))
    assert "One person speaks for one side" in page.text
    assert not User.objects.filter(username="ana").exists()


def test_an_administrator_makes_no_superuser(client, administrator):
    client.post("/admin/users/new/", answer(is_superuser="on"))
    assert not User.objects.get(username="ana").is_superuser


def test_an_administrator_does_not_reach_a_superuser(client, administrator, someone):
    root = someone(username="root", is_superuser=True)
    url = f"/admin/users/edit/{root.pk}/"
    client.post(url, answer(username="root", password1="taken over!!", password2="taken over!!"))
    root.refresh_from_db()
    assert root.get_full_name() == "Root"
    assert not root.check_password("taken over!!")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_accounts_or_groups(client, someone, role):
    client.force_login(someone(role))
    for url in ("/admin/users/", "/admin/users/new/", "/admin/groups/", "/admin/workflows/list/"):
        assert client.get(url).status_code == 302, url


def test_ones_own_account_has_one_name_and_one_language(client, someone):
    user = someone(Role.DESIGNER)
    client.force_login(user)
    page = client.get("/admin/account/")
    assert 'name="name_email-name"' in page.text
    assert "name_email-first_name" not in page.text
    assert "locale-preferred_language" not in page.text
    fields = {
        "name_email-name": "Ana Ruiz",
        "name_email-email": "ana@example.org",
        "name_email-preferred_language": "es",
        "locale-current_time_zone": "America/New_York",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    saved = client.post("/admin/account/", fields)
    assert saved.status_code == 302
    user = User.objects.get(pk=user.pk)
    assert (user.get_full_name(), user.email, user.preferred_language) == (
        "Ana Ruiz",
        "ana@example.org",
        "es",
    )
    assert '<html lang="es"' in client.get("/admin/account/").text


def test_the_list_of_accounts_asks_no_more_with_more_people(
    client, administrator, someone, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(60) as asked:
            assert client.get("/admin/users/").status_code == 200
        return len(asked)

    someone(Role.LEARNER)
    queries()
    few = queries()
    for number in range(5):
        someone(Role.LEARNER, username=f"learner{number}")
    assert queries() == few
    assert Group.objects.count() == len(Role)
