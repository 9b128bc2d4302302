"""The doors of the demo, and that a real installation has none."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from users.models import User


@pytest.fixture
def client():
    """A browser on our own page: every current one says so with a form."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


DOORS = {
    "designer": "/write/",
    "labor1": "/review/",
    "management1": "/review/",
    "instructor1": "/teach/",
    "learner1": "/",
}


def test_the_page_has_the_doors_the_story_and_everybody(cast, read):
    page = read("/demo/")
    assert [form["action"] for form in page.select(".doors form")] == [f"/demo/enter/{name}/" for name in DOORS]
    assert [door.b.text for door in page.select(".doors .door")] == [
        "I write",
        "I speak for workers",
        "I speak for management",
        "I teach",
        "I learn",
    ]
    assert page.select_one("a[href='/demo/story/']")
    assert [name.text for name in page.select(".cast > li > .fingerprint")] == list(cast)
    assert "highroad-demo" in page.select_one("details").text


@pytest.mark.parametrize(("name", "place"), DOORS.items())
def test_one_tap_signs_in_and_leads_to_the_place(name, place, cast, client):
    response = client.post(f"/demo/enter/{name}/", {"who": name})
    assert response.url == "/desk/"
    assert client.get("/desk/").url == place
    assert client.session["_auth_user_id"] == str(cast[name].pk)


def test_whoever_comes_to_learn_gets_something_to_read(released, client, read):
    address = client.post("/demo/enter/learner1/").url
    assert address == "/curricula/tst/" and read(address).h1.text.strip() == "Curriculum TST"
    client.get("/language/es/")
    assert client.post("/demo/enter/learner1/").url == "/es/curricula/tst/"
    assert client.post("/demo/enter/labor1/").url == "/desk/"


def test_the_bar_says_who_one_is_and_switches(cast, client, read):
    assert read("/demo/").select_one(".demo-bar [aria-current]").text == "not signed in"
    for name in DOORS:
        client.post(f"/demo/enter/{name}/")
        page = read("/demo/")
        assert len(page.select(".demo-bar [aria-current]")) == 1
        others = [form["action"] for form in page.select(".demo-bar form")]
        assert others == [f"/demo/enter/{other}/" for other in DOORS if other != name]
    client.post("/demo/enter/auditor/")
    assert read("/demo/").select_one(".demo-bar [aria-current]").text == "Auditor"


def test_changing_sides_stays_on_the_page_both_read(cast, rf):
    from home.demo.doors import cast_bar

    request = rf.get("/review/some-submission/")
    request.user = cast["labor1"]
    urls = {one["value"]: one["url"] for one in cast_bar(request) if one.get("value")}
    assert urls["management1"] == "/demo/enter/management1/?next=%2Freview%2Fsome-submission%2F"
    assert urls["designer"] == "/demo/enter/designer/"


@pytest.mark.parametrize(
    ("then", "place"),
    [
        ("/review/", "/review/"),
        ("https://elsewhere.example/", "/desk/"),
        ("//elsewhere.example/", "/desk/"),
        ("nowhere", "/desk/"),
        ("/\\elsewhere.example/", "/desk/"),
    ],
)
def test_a_door_never_leads_off_the_site(then, place, cast, client):
    assert client.post(f"/demo/enter/labor1/?next={then}").url == place


def test_the_language_on_screen_stays(cast, client):
    client.post("/demo/enter/labor1/", headers={"accept-language": "en"})
    assert User.objects.get(username="labor1").preferred_language == "en"
    client.get("/language/es/")
    client.post("/demo/enter/designer/")
    assert User.objects.get(username="designer").preferred_language == "es"


def test_only_demo_people_and_only_by_post(cast, client):
    User.objects.create_user("real", password="three plain words")
    assert client.get("/demo/enter/designer/").status_code == 405
    for name in ("real", "nobody"):
        assert client.post(f"/demo/enter/{name}/").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_signs_nobody_in(headers, cast):
    stranger = Client(enforce_csrf_checks=True)
    refused = stranger.post("/demo/enter/designer/", headers=headers)
    assert refused.status_code == 403
    assert "another site" in refused.content.decode()
    assert "_auth_user_id" not in stranger.session


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_a_form_of_our_own_needs_no_token(headers, cast):
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post("/demo/enter/designer/", headers=headers).status_code == 302
    assert "_auth_user_id" in visitor.session


@pytest.mark.parametrize("setting", [{"HIGHROAD_DEMO": False}, {"HIGHROAD_PRODUCTION": True}])
def test_a_real_installation_has_no_doors(setting, cast, client, settings):
    for name, value in setting.items():
        setattr(settings, name, value)
    for url in ("/demo/", "/demo/story/"):
        assert client.get(url).status_code == 404
    for url in ("/demo/enter/designer/", "/demo/story/change/"):
        assert client.post(url).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "demo-bar" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "I speak for workers"), ("es", "/demo/enter/labor1/")])
def test_the_doors_of_the_home_page_need_nobody(language, words):
    page = render_to_string("home/doors.html", {"language": language})
    assert words in page
    assert page.count('<form method="post" action="/demo/enter/') == len(DOORS)
    assert "csrf" not in page
