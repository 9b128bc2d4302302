"""Signing in: by name, by e-mail, by code, with a second step; in both languages and without inline code."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from tests.users.conftest import PASSWORD
from users.models import User
from users.roles import Role

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*(src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=|javascript:")

OPEN_TO_ALL = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/x-y/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nothing/",
]
OWN = [
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/reauthenticate/",
]


@pytest.fixture(autouse=True)
def no_memory():
    """Rate limits live in the cache."""
    cache.clear()


def say_it_is_me(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("login", ["instructor", "instructor@example.org", "INSTRUCTOR@example.org"])
def test_by_name_or_by_e_mail(client, someone, login):
    user = someone(Role.INSTRUCTOR)
    answer = client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert signed_in_as(client) == str(user.pk)


def test_the_way_back_is_kept(client, someone):
    someone(Role.INSTRUCTOR)
    answer = client.post("/accounts/login/?next=/admin/pages/", {"login": "instructor", "password": PASSWORD})
    assert answer.url == "/admin/pages/"


def test_a_wrong_password_says_so(client, someone):
    someone(Role.INSTRUCTOR)
    page = client.post("/accounts/login/", {"login": "instructor", "password": "nope"})
    assert page.status_code == 200
    assert "do not go together" in page.text
    assert signed_in_as(client) is None


def test_by_code(client, someone, mailoutbox):
    user = someone(Role.LEARNER)
    client.post("/accounts/login/code/", {"email": "learner@example.org"})
    code = re.search(r"^(\S{6,})$", mailoutbox[0].body, re.MULTILINE)[1]
    assert mailoutbox[0].to == ["learner@example.org"]
    page = client.get("/accounts/login/code/confirm/")
    assert "learner@example.org" in page.text
    assert not INLINE.search(page.text)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert signed_in_as(client) == str(user.pk)


def test_an_unknown_address_gets_no_mail_and_no_hint(client, db, mailoutbox):
    page = client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert page.status_code == 302
    assert mailoutbox == []


def test_nobody_signs_up(client):
    page = client.post("/accounts/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD})
    assert "Accounts are made by invitation" in page.text
    assert not User.objects.exists()


def code_now(secret):
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"


def test_the_second_step(client, someone):
    user = someone(Role.COORDINATOR)
    client.post("/accounts/login/", {"login": "coordinator", "password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")
    say_it_is_me(client)
    page = client.get("/accounts/2fa/totp/activate/")
    assert "<svg" in page.text
    assert not INLINE.search(page.text)
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    for url in ("/accounts/2fa/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/totp/deactivate/"):
        page = client.get(url)
        assert page.status_code == 200
        assert not INLINE.search(page.text), url
    client.logout()
    cache.clear()
    answer = client.post("/accounts/login/", {"login": "coordinator", "password": PASSWORD})
    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert signed_in_as(client) is None
    assert not INLINE.search(client.get(answer.url).text)
    client.post(answer.url, {"code": code_now(secret)})
    assert signed_in_as(client) == str(user.pk)


def test_spare_codes_open_the_door_too(client, someone):
    user = someone(Role.COORDINATOR)
    TOTP.activate(user, generate_totp_secret())
    client.post("/accounts/login/", {"login": "coordinator", "password": PASSWORD})
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    client.post("/accounts/2fa/authenticate/", {"code": spare})
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("url", OPEN_TO_ALL)
def test_pages_for_everybody(client, url, language):
    client.get(f"/language/{language}/")
    page = client.get(url, follow=True)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert page.text.count("<h1>") == 1
    assert not INLINE.search(page.text)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_new_password(client, someone):
    user = someone(Role.LEARNER)
    client.post("/accounts/login/", {"login": "learner", "password": PASSWORD})
    new = {"password1": "four green doors", "password2": "four green doors"}
    page = client.post("/accounts/password/change/", {"oldpassword": "nope", **new})
    assert "This is not the password you have now." in page.text
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new}, follow=True)
    user.refresh_from_db()
    assert user.check_password("four green doors")


def test_a_forgotten_password(client, someone, mailoutbox):
    user = someone(Role.LEARNER)
    client.post("/accounts/password/reset/", {"email": "learner@example.org"})
    link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    assert not INLINE.search(page.text)
    client.post(page.request["PATH_INFO"], {"password1": "four green doors", "password2": "four green doors"})
    user.refresh_from_db()
    assert user.check_password("four green doors")
    assert "This link is closed" in client.get(link, follow=True).text


def test_a_new_e_mail_counts_once_its_link_was_opened(client, someone, mailoutbox):
    user = someone(Role.LEARNER)
    client.post("/accounts/login/", {"login": "learner", "password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    user.refresh_from_db()
    assert user.email == "learner@example.org"
    assert "new@example.org" in client.get("/accounts/email/").text
    link = re.search(r"http://testserver(/\S+)", mailoutbox[-1].body)[1]
    assert "Is this your e-mail?" in client.get(link).text
    client.post(link)
    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_no_screen_says_what_people_never_read(client, someone):
    someone(Role.LEARNER)
    page = client.post("/accounts/login/", {"login": "learner", "password": PASSWORD}, follow=True)
    assert "uccessfully" not in page.text
    assert "uccessfully" not in client.get("/accounts/2fa/").text


@pytest.mark.parametrize("url", OWN)
def test_ones_own_pages(client, someone, url):
    someone(Role.LEARNER)
    client.post("/accounts/login/", {"login": "learner", "password": PASSWORD})
    say_it_is_me(client)
    page = client.get(url)
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert not INLINE.search(page.text)


def test_wagtails_own_sign_in_is_not_a_second_door(client, someone):
    someone(Role.DESIGNER)
    answer = client.post("/admin/login/?next=/admin/", {"username": "designer", "password": PASSWORD})
    assert signed_in_as(client) is None
    assert answer.url == "/accounts/login/?next=/admin/"
    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"


def test_the_language_is_kept_with_the_account(client, someone):
    user = someone(Role.LEARNER)
    client.force_login(user)
    assert client.get("/language/es/?next=/accounts/2fa/").url == "/accounts/2fa/"
    assert User.objects.get(pk=user.pk).preferred_language == "es"
    client.cookies.clear()
    client.force_login(user)
    assert '<html lang="es"' in client.get("/accounts/2fa/").text


@pytest.mark.parametrize("target", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)"])
def test_the_language_link_leads_nowhere_else(client, target):
    assert client.get("/language/es/", {"next": target}).url == "/"


def test_a_language_we_do_not_speak(client):
    assert client.get("/language/tlh/").status_code == 404


def test_spanish_is_spanish(client, db):
    client.get("/language/es/")
    page = client.get("/accounts/login/")
    assert "<h1>Entrar</h1>" in page.text
    assert "Nombre para entrar o correo" in page.text


def test_the_browsers_language_is_the_last_word_without_a_choice(client):
    assert '<html lang="es"' in client.get("/accounts/login/", headers={"Accept-Language": "es-MX"}).text
