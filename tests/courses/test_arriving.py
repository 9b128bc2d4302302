"""Whoever comes from elsewhere gets a page that one answer draws; whoever goes on gets links to what they have."""

import base64
import hashlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from courses.delivery import arriving
from courses.learning.pages import allow
from tests.courses.cohorts import a_course, joined
from tests.courses.reading import label_of
from users import learners

LESSON = "/curricula/tst/t1/t1-1/"
ARRIVING = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
GOING_ON = [
    {},
    {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"},
    {"sec-fetch-site": "none", "sec-fetch-mode": "cors"},
]


def links(content):
    """Addresses of the style sheets, and of the script that a page waits for."""
    soup = BeautifulSoup(content, "html.parser")
    found = [one["href"] for one in soup.select("link[rel=stylesheet]")]
    return found, [one["src"] for one in soup.select("script[src][blocking]")]


def words(address):
    return Path(finders.find(address.removeprefix("/static/"))).read_text()


def allowed(response):
    """{directive: what it lets in} of a response."""
    parts = [one.split() for one in response.headers["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def fingerprint(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def said(soup):
    for one in soup.select("[name=csrfmiddlewaretoken], style, link, script"):
        one.decompose()
    return soup.main


def check_dressed(plain, arrived):
    """The page is the same, with what was linked inside it, and nothing else may run or dress it."""
    (sheets, (script,)), soup = links(plain.content), BeautifulSoup(arrived.content, "html.parser")
    assert sheets and links(arrived.content) == ([], [])
    styles = [one.string for one in soup.select("style")]
    assert styles == [words(one) for one in sheets]
    inside = soup.select_one("script[blocking=render]").string
    assert inside == words(script)
    policy = allowed(arrived)
    assert policy["style-src"] == {"'self'", *map(fingerprint, styles)}
    assert policy["script-src"] == {"'self'", fingerprint(inside)}
    later = [(one["as"], one["href"]) for one in soup.select("body > link[rel=prefetch]")]
    assert later == [*(("style", one) for one in sheets), ("script", script)]
    assert said(soup) == said(BeautifulSoup(plain.content, "html.parser"))


def test_whoever_arrives_at_a_released_page_needs_no_second_answer(client, released):
    label = label_of(released)
    for address in (LESSON, f"/es{LESSON}", f"/curricula/tst/releases/{label}/t1/t1-1/", "/curricula/tst/", "/"):
        check_dressed(client.get(address), client.get(address, headers=ARRIVING))
    away = ARRIVING | {"sec-fetch-site": "cross-site"}
    assert client.get(LESSON, headers=away).content == client.get(LESSON, headers=ARRIVING).content


@pytest.mark.parametrize("told", GOING_ON)
def test_whoever_goes_on_gets_links(client, released, told):
    client.get(LESSON, headers=ARRIVING)
    response = client.get(LESSON, headers=told)
    assert links(response.content)[0] and b"<style" not in response.content
    assert allowed(response)["style-src"] == allowed(response)["script-src"] == {"'self'"}


def test_the_two_are_kept_apart_and_a_policy_stays_with_its_page(client, released):
    arrived, plain = client.get(LESSON, headers=ARRIVING), client.get(LESSON)
    assert arrived.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding, Sec-Fetch-Site"
    known = {"if-none-match": arrived.headers["ETag"]}
    again = client.get(LESSON, headers=ARRIVING | known)
    assert again.status_code == 304 and allowed(again) == allowed(arrived)
    assert client.get(LESSON, headers=known).status_code == 200
    packed = client.get(LESSON, headers=ARRIVING | {"accept-encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br" and len(packed.content) < len(arrived.content) / 3
    assert allowed(packed) == allowed(arrived)


def test_a_warm_page_asks_the_database_nothing(client, released, django_assert_num_queries):
    client.get(LESSON, headers=ARRIVING)
    with django_assert_num_queries(0):
        client.get(LESSON, headers=ARRIVING)


def test_learners_arrive_too(client, released, cast):
    course = a_course(cast["instructor1"])
    check_dressed(client.get("/join/"), client.get("/join/", headers=ARRIVING))
    client.cookies[learners.COOKIE] = learners.cookie_of(joined(course, "Rosa").learner)
    for below in ("", "t1/t1-1/", "skills/"):
        address = f"/learn/{course.code}/{below}"
        check_dressed(client.get(address), client.get(address, headers=ARRIVING))


def test_what_one_page_lets_in_is_added_to_what_it_brings():
    response = allow(allow(HttpResponse(), {"style-src": ["a"]}), {"media-src": ["blob:"], "style-src": ["b"]})
    assert response._csp_update == {"style-src": ["a", "b"], "media-src": ["blob:"]}


def test_whoever_works_on_style_sheets_sees_them_as_they_are(client, released, settings):
    settings.DEBUG = True
    assert links(client.get(LESSON, headers=ARRIVING).content)[0]


@pytest.mark.parametrize(
    "line",
    [
        b'<link rel="stylesheet" href="https://elsewhere.example/a.css">',
        b'<link rel="stylesheet" href="/static/css/none-of-ours.css">',
        b'<link rel="stylesheet" href="/static/../config/settings/base.py">',
    ],
)
def test_what_is_not_there_stays_a_link(line):
    assert arriving.dressed(line + b"</body>") == (line + b"</body>", {})


def test_what_would_end_its_element_stays_a_link(monkeypatch):
    monkeypatch.setattr(arriving, "_file", lambda address: arriving._File(b"a{}</style><script>", "x"))
    line = b'<link rel="stylesheet" href="/static/a.css"></body>'
    assert arriving.dressed(line) == (line, {})
