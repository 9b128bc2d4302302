"""Each role lands at its own place, and nobody is sent to a room that is not theirs."""

import pytest
from django.utils import translation

from home.models import SiteAnswers
from users.grants import give_role
from users.models import User
from users.roles import Role

PLACES = {
    "admin": ["/admin/"],
    "designer": ["/write/", "/review/", "/admin/", "/voices/"],
    "designer2": ["/write/", "/review/", "/admin/", "/voices/"],
    "coordinator": ["/review/", "/teach/", "/voices/"],
    "labor1": ["/review/", "/voices/heard/"],
    "labor2": ["/review/", "/voices/heard/"],
    "management1": ["/review/", "/voices/heard/"],
    "management2": ["/review/", "/voices/heard/"],
    "instructor1": ["/teach/", "/hurt/", "/voices/heard/"],
    "mentor1": ["/teach/", "/hurt/"],
    "assessor1": ["/teach/", "/hurt/"],
    "assessor2": ["/teach/", "/hurt/"],
    "learner1": ["/"],
    "learner2": ["/"],
    "auditor": ["/review/", "/voices/heard/"],
    "outsider": ["/"],
}


@pytest.fixture
def someone(db):
    def make(*roles):
        user = User.objects.create_user("-".join(roles) or "nobody", password="three plain words")
        for role in roles:
            give_role(user=user, role=role)
        return user

    return make


def links(page):
    return [link["href"] for link in page.select(".desks a")]


def test_everybody_of_the_cast_has_a_place(cast):
    assert set(PLACES) == set(cast)


@pytest.mark.parametrize("name", PLACES)
def test_signing_in_leads_to_ones_own_place(name, cast, client, read):
    client.force_login(cast[name])
    assert client.get("/desk/").url == PLACES[name][0]
    assert links(read("/demo/")) == PLACES[name]


@pytest.mark.parametrize("name", [name for name, places in PLACES.items() if "/admin/" not in places])
def test_no_link_of_theirs_opens_the_admin(name, cast, client, read):
    client.force_login(cast[name])
    for url in ("/demo/", "/demo/story/", "/nowhere/"):
        page = read(url, 404 if url == "/nowhere/" else 200)
        assert not [link for link in page.select("a[href]") if link["href"].startswith("/admin")]


def test_whoever_is_not_signed_in_signs_in_first(db, client, settings):
    assert client.get("/desk/").url == "/demo/"
    settings.HIGHROAD_DEMO = False
    assert client.get("/desk/").url == "/accounts/login/?next=/desk/"


def test_a_real_installation_offers_signing_in_and_out(db, real, client, read, someone):
    assert links(read("/accounts/login/")) == ["/accounts/login/"]
    client.force_login(someone(Role.COORDINATOR))
    assert links(read("/invitations/")) == ["/review/", "/teach/", "/invitations/", "/voices/", "/accounts/logout/"]
    client.force_login(someone())
    assert links(read("/nowhere/", 404)) == ["/", "/accounts/logout/"]


def test_the_name_and_the_languages_are_those_of_the_first_run(db, read, settings):
    assert read("/demo/").select_one(".brand").text == settings.HIGHROAD_CENTER_NAME
    SiteAnswers(center_name="Valley Center", languages=["en"]).save()
    page = read("/demo/")
    assert page.select_one(".brand").text == "Valley Center"
    assert not page.select(".masthead .languages")


def test_switching_the_language_comes_back_to_the_page(db, client, read):
    page = read("/demo/story/?phone=en&x=1%262")
    switch = page.select_one(".masthead .languages a")
    assert switch.text == "Español"
    response = client.get(switch["href"])
    assert response.url == "/demo/story/?phone=en&x=1%262"
    assert read("/demo/").html["lang"] == "es"


def test_switching_to_a_language_that_is_not_offered_anymore(db, read):
    SiteAnswers(center_name="Valley Center", languages=["en"]).save()
    with translation.override("es"):
        page = read("/demo/")
    assert page.html["lang"] == "en"


def test_a_screen_costs_the_same_for_everybody(cast, client, django_assert_max_num_queries):
    client.force_login(cast["designer"])
    with django_assert_max_num_queries(4):  # session, account, roles, answers
        client.get("/demo/")


def test_the_watcher_gets_a_plain_answer_and_writes_nothing(db, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_a_refusal_says_the_sentence(cast, real, client, read):
    client.force_login(cast["learner2"])
    assert "Only an administrator or a coordinator invites people." in read("/invitations/", 403).main.text
