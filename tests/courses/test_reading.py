"""Released pages as a stranger reads them."""

import re

import pytest

from courses.delivery import build, generation, paths, stored
from courses.delivery.paths import PathMap
from curriculum.editions.portable import load
from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review import queries
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.courses.reading import every_byte, label_of, next_release, page
from tests.factories import add, agree, change, lesson_data, save

SECRET = "Only instructors read this line."


def test_a_lesson_is_read_with_its_neighbours_and_its_agreement(client, released):
    lesson = page(client, "/curricula/tst/t1/t1-1/")
    assert lesson.h1.text == "Lesson T1.1" and "Wear gloves." in lesson.find("main").text
    assert lesson.find("a", rel="prev")["href"] == "/curricula/tst/t1/"
    assert lesson.find("a", rel="next")["href"] == "/curricula/tst/t1/t1-2/"
    assert [link["href"] for link in lesson.select(".crumbs a")] == ["/curricula/tst/", "/curricula/tst/t1/"]
    assert lesson.select_one(".rail [aria-current]")["href"] == "/curricula/tst/t1/t1-1/"
    assert lesson.select_one(".sample-line")
    footer = lesson.find("footer").text
    assert "Sample Local 100" in footer and "Sample County Departments" in footer


def test_no_person_is_named_on_any_released_page(client, released, cast):
    everything = every_byte().decode()
    assert everything
    for user in cast.values():
        assert user.username not in everything and (not user.person.name or user.person.name not in everything)


def test_the_language_switch_stays_on_the_page(client, released):
    lesson = page(client, "/curricula/tst/t1/t1-1/")
    assert lesson.select_one(".languages a")["href"] == "/es/curricula/tst/t1/t1-1/"
    spanish = page(client, "/es/curricula/tst/t1/t1-1/")
    assert spanish.html["lang"] == "es" and spanish.h1.text == "Lección T1.1"
    assert spanish.select_one(".languages a")["href"] == "/curricula/tst/t1/t1-1/"
    assert {link["href"].startswith("/es/") for link in spanish.select("main a[href^='/']")} == {True}


def test_a_page_without_translation_is_read_in_the_source_language_and_marked_before_one_starts_it(client, released):
    lesson = page(client, "/es/curricula/tst/t1/t1-2/")
    assert lesson.html["lang"] == "es" and lesson.article["lang"] == "en" and lesson.h1.text == "Lesson T1.2"
    assert lesson.select_one(".not-translated")["lang"] == "es"
    listed = page(client, "/es/curricula/tst/t1/").select(".toc-lesson li")
    assert [bool(one.select(".untranslated")) for one in listed] == [False, True]


def test_the_curriculum_adds_up_hours_and_counts_what_is_translated(client, released):
    course = page(client, "/es/curricula/tst/")
    assert course.select_one(".hours figcaption b").text == "3"
    assert re.search(r"1\D+2", course.select_one(".counts").text)
    assert [link["href"] for link in course.select(".modules h3 a")] == ["/es/curricula/tst/t1/"]


def test_the_language_never_comes_from_a_cookie_or_the_browser(client, released, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    response = client.get("/curricula/tst/t1/t1-1/", headers={"accept-language": "es"})
    assert response.headers["Content-Language"] == "en" and "Cookie" not in response.headers["Vary"]
    assert b"Wear gloves." in response.content


def test_a_warm_page_asks_the_database_nothing(client, released, django_assert_num_queries):
    urls = ("/", "/es/", "/curricula/tst/", "/es/curricula/tst/t1/t1-2/", "/curricula/tst/t1/glove-check/")
    for url in urls:
        client.get(url)
    with django_assert_num_queries(0):
        for url in urls:
            assert client.get(url).status_code == 200


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None), ("br;q=0", None)])
def test_each_browser_gets_a_form_it_reads(client, released, accepted, encoding):
    response = client.get("/curricula/tst/t1/t1-1/", headers={"accept-encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Content-Length"] == str(len(response.content))


def test_what_a_browser_has_is_not_sent_again(client, released):
    url = "/curricula/tst/t1/t1-1/"
    etag = client.get(url).headers["ETag"]
    response = client.get(url, headers={"if-none-match": f'"other", W/{etag}'})
    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", etag)
    assert client.get(url, headers={"accept-encoding": "br"}).headers["ETag"] != etag


def test_only_get_and_head(client, released):
    url = "/curricula/tst/t1/t1-1/"
    head = client.head(url)
    assert head.content == b"" and int(head.headers["Content-Length"]) == len(client.get(url).content)
    assert client.post(url).status_code == 405
    assert client.get("/curricula/tst").headers["Location"] == "/curricula/tst/"


def test_released_pages_are_protected_like_every_other(client, released):
    here, there = client.get("/curricula/tst/t1/t1-1/").headers, client.get("/search/").headers
    for name in (
        "Content-Security-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "X-Frame-Options",
        "X-Content-Type-Options",
    ):
        assert sorted(here[name].split("; ")) == sorted(there[name].split("; ")), name


def test_a_secure_site_sends_plain_requests_to_https_and_says_so_from_then_on(client, released, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    url = "/curricula/tst/"
    assert client.get(url).headers["Location"] == f"https://testserver{url}"
    assert client.get(url, secure=True).headers["Strict-Transport-Security"] == "max-age=60"
    assert client.get("/search/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=60")


def test_the_old_text_is_read_until_both_sides_agreed_and_then_the_new_one(
    client, released, module, curriculum, cast, committed, monkeypatch
):
    # The process that made the switch reads the new text at once, however seldom it looks for those of others.
    monkeypatch.setattr(paths.current, "check_seconds", 3600)
    url = "/curricula/tst/t1/t1-1/"
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean.", releases=(curriculum.uid,)))
    committed(agree, submission, cast["labor1"])
    assert b"Wear gloves." in client.get(url).content
    committed(agree, submission, cast["management1"])
    content = client.get(url).content
    assert b"Wear clean gloves." in content and b"Wear gloves." not in content


def test_another_process_learns_of_a_new_release_by_the_generation_number(
    released, module, curriculum, cast, committed, django_assert_num_queries
):
    first, second = PathMap(check_seconds=0), PathMap(check_seconds=0)
    before = first.now()
    assert second.now() is not before and set(second.now().pages) == set(before.pages)
    with django_assert_num_queries(0):
        assert first.now() is before
    committed(next_release, module, curriculum, cast)
    label = queries.current_release(curriculum.uid).label
    assert [entry.now().courses["tst"].decision.label for entry in (first, second)] == [label, label]


def test_a_map_is_looked_at_again_only_after_a_while(released, module, curriculum, cast, committed):
    patient = PathMap(check_seconds=3600)
    before = patient.now()
    committed(next_release, module, curriculum, cast)
    assert patient.now() is before
    patient.forget()
    assert patient.now() is not before


def test_the_number_is_a_key_of_the_cache_that_several_machines_share(released, settings, tmp_path):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }
    before = generation.read()
    generation.raise_it()
    after = generation.read()
    assert before is None and after and generation.read() == after
    generation.raise_it()
    assert generation.read() != after


def test_a_map_that_cannot_be_read_leaves_the_last_one_standing(released, monkeypatch):
    standing = PathMap(check_seconds=0)
    before = standing.now()
    generation.raise_it()

    def broken():
        raise OSError("the database is away")

    monkeypatch.setattr(paths, "read_map", broken)
    assert standing.now() is before
    with pytest.raises(OSError):
        PathMap().now()


def test_rendered_bytes_are_a_cache(client, released, django_assert_num_queries):
    url = "/curricula/tst/t1/t1-1/"
    before = client.get(url).content
    decision = queries.approved("release").last()
    name = stored.name(build.folder_of(decision), "en", "t1/t1-1/")
    for ending in stored.FORMS.values():
        stored.storage().delete(name + ending)
    client.handler._middleware_chain = None
    client.handler.load_middleware()
    assert client.get(url).content == before and stored.has(name)


def test_words_for_instructors_are_in_no_released_byte(client, module, curriculum, cast, committed):
    facilitator = {
        "id": "00000000-0000-4000-8000-0000000000f1",
        "type": "facilitator",
        "value": {
            "text": f"<p>{SECRET}</p>",
            "cautions": [{"id": "00000000-0000-4000-8000-0000000000f2", "value": {"what": f"<p>{SECRET}</p>"}}],
        },
    }
    first = LessonPage.objects.child_of(module).first()
    for lesson in LessonPage.objects.filter(translation_key=first.translation_key):
        data = lesson_data("T1.1", lesson.language)
        load(lesson, {**data, "body": [*data["body"], facilitator]})
        save(lesson, cast["designer"])
    submission = submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="First."))
    committed(agree, submission, cast["labor1"], cast["management1"])
    everything = every_byte().decode()
    assert "Wear gloves." in everything and "Lección T1.1" in everything and SECRET not in everything
    assert "unconfirmed" in everything
    for url in ("/search/?q=instructors", "/es/search/?q=instructors", "/search/?q=line"):
        assert SECRET.encode() not in client.get(url).content


def test_drafts_are_never_reachable(client, released, module, cast):
    add(module, LessonPage(), lesson_data("T1.9", words="A new draft."), cast["designer"])
    change(LessonPage.objects.child_of(module).first(), "Half a thought.", cast["designer"])
    for url in ("/curricula/tst/t1/t1-9/", "/es/curricula/tst/t1/t1-9/", "/t1-9/", "/curricula/tst/releases/draft/"):
        assert client.get(url).status_code == 404, url
    assert b"Half a thought." not in client.get("/curricula/tst/t1/t1-1/").content
    assert not any(kind.objects.filter(live=True).exists() for kind in (LessonPage, ModulePage, CurriculumPage))


def test_a_sample_is_not_served_on_a_real_installation(client, released, settings):
    assert client.get("/curricula/tst/").status_code == 200
    settings.HIGHROAD_PRODUCTION = True
    for url in ("/curricula/tst/", "/es/curricula/tst/t1/t1-1/", f"/curricula/tst/releases/{label_of(released)}/"):
        assert client.get(url).status_code == 404, url
    assert b"Curriculum TST" not in client.get("/").content
    assert b"Lesson T1.1" not in client.get("/search/?q=gloves").content
