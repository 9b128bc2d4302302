"""Addresses that lead nowhere, and the list of courses."""

import pytest
from bs4 import BeautifulSoup

from courses.delivery import front, paths
from tests.courses.reading import page


def links(response):
    return [link["href"] for link in BeautifulSoup(response.content, "html.parser").select("main a[href]")]


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("/curricula/tts/", "/curricula/tst/"),
        ("/curricula/tst/t2/", "/curricula/tst/t1/"),
        ("/curricula/tst/t1/t1-11/", "/curricula/tst/t1/t1-1/"),
        ("/es/curricula/tst/t1/glove-chek/", "/es/curricula/tst/t1/glove-check/"),
        ("/curricula/tst/releases/1999.1/", "/curricula/tst/"),
    ],
)
def test_a_wrong_address_helps(client, released, asked, offered):
    response = client.get(asked)
    assert response.status_code == 404 and offered in links(response)
    assert b'name="q"' in response.content and response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Content-Language"] == ("es" if asked.startswith("/es/") else "en")


def test_a_wrong_address_costs_little_in_a_long_course(client, released, django_assert_num_queries):
    client.get("/curricula/")
    with django_assert_num_queries(0):
        assert client.get("/curricula/" + "x" * 2000 + "/").status_code == 404
        assert client.get("/curricula/tst/" + "t1/" * 500).status_code == 404


def test_the_front_page_lists_what_both_sides_agreed_on(client, db, request, django_assert_num_queries):
    assert b"No course is open yet" in client.get("/").content
    request.getfixturevalue("released")
    paths.current.forget()
    front_page = page(client, "/")
    assert [link["href"] for link in front_page.select(".shelf h3 a")] == ["/curricula/tst/"]
    assert front_page.select_one(".sample-line")
    assert page(client, "/es/").select_one(".shelf h3 a")["href"] == "/es/curricula/tst/"
    assert client.get("/curricula/").headers["Location"] == "/"
    assert client.get("/es/curricula").headers["Location"] == "/es/"


def test_doors_are_shown_in_a_demo_only(client, released, settings, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / front.DOORS).write_text('<p class="doors-of-the-demo"></p>')
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    assert b"doors-of-the-demo" in client.get("/").content
    settings.HIGHROAD_DEMO = False
    assert b"doors-of-the-demo" not in client.get("/").content


def test_other_addresses_are_left_to_the_rest_of_the_site(client, db):
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/curriculum/").status_code == 404
