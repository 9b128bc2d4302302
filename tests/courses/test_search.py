"""Searching what is released, in each language."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection

from courses.delivery import paths
from courses.delivery.models import ReleasedText
from courses.delivery.search import words
from curriculum.models import LessonPage
from tests.courses.reading import next_release
from tests.factories import change, make_curriculum, make_module, release


def found(client, query, language=""):
    response = client.get(f"{language}/search/", {"q": query})
    assert response.status_code == 200
    return [link["href"] for link in BeautifulSoup(response.content, "html.parser").select(".results h3 a")]


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("Lesson T1.1", "", "/curricula/tst/t1/t1-1/"),
        ("glove", "", "/curricula/tst/t1/glove-check/"),
        ("GLOVES", "", "/curricula/tst/t1/glove-check/"),
        ("T1.2", "", "/curricula/tst/t1/t1-2/"),
        ("guantes", "/es", "/es/curricula/tst/t1/t1-1/"),
        ("leccion", "/es", "/es/curricula/tst/t1/t1-1/"),
        ("párrafo", "/es", "/es/curricula/tst/t1/t1-1/"),
        ("lecciones", "/es", "/es/curricula/tst/t1/t1-1/"),
    ],
)
def test_pages_are_found_in_each_language(client, released, query, language, first):
    assert found(client, query, language)[0] == first


def test_a_page_nobody_translated_is_found_in_its_own_words(client, released):
    response = client.get("/es/search/?q=take off")
    [one] = BeautifulSoup(response.content, "html.parser").select(".results li")
    assert one.a["href"] == "/es/curricula/tst/t1/t1-2/" and one.a["lang"] == "en"
    assert found(client, "guantes") == []


def test_where_no_page_has_every_word_any_will_do(client, released):
    assert "/curricula/tst/t1/t1-1/" in found(client, "wear zebras")
    assert found(client, "zebras") == []


@pytest.mark.parametrize(
    "query", ['"', "'", "a:b", "NEAR(", "*", "gloves AND", "-gloves", "x" * 5000, "\0", "<b>", "%", "()|&!"]
)
def test_nothing_in_a_query_is_syntax(client, released, query):
    assert client.get("/search/", {"q": query}).status_code == 200
    assert b"<b>\xe2\x80\x9d" not in client.get("/search/", {"q": query}).content


def test_drafts_are_not_found_until_they_are_agreed_on(client, released, module, curriculum, cast, committed):
    change(LessonPage.objects.child_of(module).first(), "Wear a helmet.", cast["designer"])
    assert found(client, "helmet") == []
    committed(next_release, module, curriculum, cast, "Wear a helmet.")
    assert found(client, "helmet") == ["/curricula/tst/t1/t1-1/"]
    assert ReleasedText.objects.count() == 10


def test_the_lines_around_a_word_are_shown(client, released):
    page = BeautifulSoup(client.get("/search/?q=wear").content, "html.parser")
    lesson = next(one for one in page.select(".results li") if one.a["href"].endswith("t1-1/"))
    assert "Wear" in [mark.text for mark in lesson.select("mark")] and "gloves." in lesson.text


def test_an_excerpt_is_safe_and_short():
    text = "Before <b>& after. " * 50 + "The lección about Gloves." + " And more." * 50
    excerpt = words.excerpt(text, ["leccion", "glove"])
    assert "<mark>lección</mark>" in excerpt and "<mark>Gloves</mark>" in excerpt
    assert "<b>" not in excerpt and "&lt;b&gt;&amp;" in excerpt
    assert len(excerpt) < 500 and excerpt.startswith("… ") and excerpt.endswith(" …")
    assert words.excerpt("Short.", ["zebra"]) == "Short."


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    client, released, cast, committed, django_assert_num_queries
):
    client.get("/search/?q=gloves")
    with django_assert_num_queries(2):
        one = len(found(client, "take"))
    for number in (2, 3):
        other = make_module(cast["designer"], code=f"T{number}")
        committed(release, make_curriculum(other, cast["designer"], code=f"TST{number}"), cast)
    paths.current.forget()
    client.get("/search/?q=gloves")
    with django_assert_num_queries(2):
        assert len(found(client, "take")) == one * 3


def test_render_writes_the_index_anew(client, released):
    ReleasedText.objects.all().delete()
    assert found(client, "gloves") == []
    call_command("render")
    assert found(client, "take off") == ["/curricula/tst/t1/t1-2/"]


@pytest.mark.sqlite
def test_the_index_follows_the_table_on_sqlite(released):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO courses_released_words(courses_released_words, rank) VALUES ('integrity-check', 1)")
        ReleasedText.objects.all().delete()
        cursor.execute("SELECT count(*) FROM courses_released_words WHERE courses_released_words MATCH 'gloves'")
        assert cursor.fetchone() == (0,)


@pytest.mark.postgresql
def test_the_index_is_used_on_postgresql(released):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM courses_releasedtext WHERE words @@ to_tsquery('english', 'gloves')")
        assert "courses_releasedtext_words" in "".join(line for (line,) in cursor.fetchall())
