"""What a saved copy holds: everything the pages ask for and nothing that is not shown; and the worker's own pages."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from courses.delivery import paths, stored
from courses.offline import manifest
from curriculum.review.actions.confirming import due_on, lapse_unratified
from curriculum.review.actions.laying import take_away, warn
from tests.courses.reading import label_of, next_release, page
from tests.review.dangers import SAFE, UNSAFE, agreed, confirmation, lesson_of, reported

LIST = {"en": "/saved/tst/t1/list.json", "es": "/es/saved/tst/t1/list.json"}
MODULE = {"en": "/curricula/tst/t1/", "es": "/es/curricula/tst/t1/"}
WITHIN = ("", "t1-1/", "t1-2/", "glove-check/")
TEXTS = {"en": "Ask your instructor first.", "es": "Pregunte antes a su instructor."}


def told(client, url=LIST["en"]):
    response = client.get(url)
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-cache"
    return response.json()


def warned(module, cast, page_uid=None):
    return warn(module_uid=module.uid, page_uid=page_uid, by=cast["coordinator"], texts=TEXTS, block_id="")


def test_a_module_names_its_list_and_the_list_names_every_page_in_both_languages(client, released):
    for language, url in MODULE.items():
        for one in (url, f"{url}t1-1/"):
            part = page(client, one).select_one("[data-save]")
            assert part["data-list"] == LIST[language] and part.has_attr("hidden")
    english, spanish = told(client), told(client, LIST["es"])
    other = {"en": "es", "es": "en"}
    for language, found in (("en", english), ("es", spanish)):
        first, second = MODULE[language], MODULE[other[language]]
        assert [one["url"] for one in found["pages"]] == [base + path for base in (first, second) for path in WITHIN]
        assert found["language"] == language and found["urls"] == MODULE and found["lists"] == LIST
        assert found["label"] == label_of(released) and found["version"] == "1" and found["mark"] == ""
    assert english["key"] == spanish["key"] == LIST["en"]
    assert english["words"]["off"] == "Take it off this phone"
    assert english["words"].keys() == spanish["words"].keys()


def test_sizes_are_true_and_scripts_fetched_on_first_use_are_there(client, released):
    found = told(client)
    for one in found["pages"]:
        assert one["bytes"] == len(client.get(one["url"], HTTP_ACCEPT_ENCODING="identity").content), one
    urls = {one["url"] for one in found["files"]}
    assert {
        "/static/css/lesson.css",
        "/static/js/reading.js",
        "/static/js/offline.js",
        "/static/js/reading/notes.js",
        "/static/js/reading/aloud.js",
        "/static/css/reading.css",
    } <= urls
    sizes = [one["bytes"] for one in found["pages"] + found["files"]]
    assert all(sizes) and found["bytes"] == sum(sizes)


def test_pictures_and_recordings_are_in_it_and_a_large_video_is_said_to_be_left_out(client, released, monkeypatch):
    monkeypatch.setattr(manifest, "VIDEO_MOST", 10)
    for name, size in (("a.png", 50), ("b.mp3", 60), ("small.mp4", 9), ("large.mp4", 11)):
        storages["released"].save(name, ContentFile(b"x" * size))
    shown = "".join(f'<img src="/media/released/{name}">' for name in ("a.png", "b.mp3", "small.mp4", "large.mp4"))
    at = paths.current.now().pages["/es/curricula/tst/t1/t1-1/"]
    client.get("/es/curricula/tst/t1/t1-1/")
    stored.keep(at.name, stored.read(at.name) + shown.encode())
    found = told(client)
    sizes = {one["url"]: one["bytes"] for one in found["files"] if one["url"].startswith("/media/")}
    assert sizes == {"/media/released/a.png": 50, "/media/released/b.mp3": 60, "/media/released/small.mp4": 9}
    assert found["left_out"] == [{"page": page(client, "/es/curricula/tst/t1/t1-1/").h1.text, "bytes": 11}]


def test_a_page_not_shown_is_there_with_its_warning_only(client, released, module, cast, committed):
    before = told(client)["mark"]
    corrected = committed(agreed, committed(reported, module, cast["labor2"]), cast)
    assert corrected and told(client)["mark"] != before
    committed(lapse_unratified, due_on(confirmation(module)) + timedelta(days=1))
    found = told(client)
    lessons = [one for one in found["pages"] if one["url"].endswith("/t1-1/")]
    assert len(lessons) == 2
    for one in lessons:
        shown = client.get(one["url"]).content.decode()
        assert "banner-safety" in shown and one["bytes"] == len(shown.encode())
        assert not any(words in shown for language in ("en", "es") for words in (UNSAFE[language], SAFE[language]))


def test_only_what_stands_over_this_module_marks_it_and_taken_away_the_mark_goes(
    client, released, module, cast, committed
):
    notice = committed(warned, module, cast, lesson_of(module).uid)
    first = told(client)["mark"]
    assert first and told(client, LIST["es"])["mark"] == first
    committed(warned, module, cast)
    assert told(client)["mark"] not in ("", first)
    committed(take_away, notice=notice, by=cast["coordinator"])
    assert told(client)["mark"] not in ("", first)
    now = paths.current.now()
    assert manifest.saved_list(now.pages[MODULE["en"]], now.pages)["mark"] == told(client)["mark"]


def test_an_older_course_text_is_saved_at_its_own_address(client, released, module, curriculum, cast, committed):
    old = label_of(released)
    committed(next_release, module, curriculum, cast)
    base = f"/curricula/tst/releases/{old}/t1/"
    part = page(client, base).select_one("[data-save]")
    assert part["data-list"] == f"/saved/tst/releases/{old}/t1/list.json"
    found = told(client, part["data-list"])
    assert found["label"] == old and found["key"] == part["data-list"] and found["pages"][0]["url"] == base
    for one in found["pages"]:
        assert one["bytes"] == len(client.get(one["url"], HTTP_ACCEPT_ENCODING="identity").content), one


def test_a_course_may_show_the_same_pages_elsewhere(client, released):
    now = paths.current.now()
    at = {"/curricula/tst/": "/learn/blue/", "/saved/tst/": "/learn/blue/saved/"}

    def rewrite(address):
        for old, new in at.items():
            address = address.replace(old, new)
        return address

    found = manifest.saved_list(now.pages[MODULE["es"]], now.pages, rewrite=rewrite, read=lambda *_page: b"<h1>A</h1>")
    assert found["pages"][0] == {
        "url": "/es/learn/blue/t1/",
        "language": "es",
        "title": "A",
        "bytes": 10,
        "safety": False,
    }
    assert found["lists"]["es"] == "/es/learn/blue/saved/t1/list.json" and "/curricula/" not in json.dumps(found)


def test_the_list_costs_no_query_however_much_it_holds(client, released, django_assert_num_queries):
    told(client)
    for url in LIST.values():
        with django_assert_num_queries(0):
            told(client, url)


@pytest.mark.parametrize(
    "url", ["/saved/tst/nothing/list.json", "/saved/no/t1/list.json", "/saved/tst/releases/9.9/t1/list.json"]
)
def test_what_is_not_there_has_no_list_and_nothing_is_sent_to_one(client, released, url):
    assert client.get(url).status_code == 404
    assert client.post(LIST["en"]).status_code == 405


def test_the_worker_serves_the_whole_site_and_keeps_its_own_pages_only(client, db):
    response = client.get("/sw.js")
    assert response.headers["Service-Worker-Allowed"] == "/" and response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Content-Type"].startswith("text/javascript")
    script = response.content.decode()
    shell = json.loads(re.match(r"self\.SHELL = (.*);\n", script)[1])
    assert shell["offline"] == {"": "/saved/offline/", "/es": "/es/saved/offline/"}
    assert {"/saved/", "/es/saved/", *shell["offline"].values()} < set(shell["holds"])
    assert not any("/curricula/" in one for one in shell["holds"])
    for language, url in (("en", "/saved/"), ("es", "/es/saved/")):
        for one in (url, f"{url}offline/"):
            answer = client.get(one)
            soup = BeautifulSoup(answer.content, "html.parser")
            assert answer.status_code == 200 and soup.html["lang"] == language
            assert soup.noscript and soup.select_one("[data-erase]") and not answer.cookies
            asked = {tag[name] for name in ("src", "data-save", "data-marks") for tag in soup.select(f"[{name}]")}
            assert asked <= set(shell["holds"]), "works without a line"
    assert client.get("/sw.js").content == response.content
