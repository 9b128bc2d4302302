"""`/verify/`: what was agreed by which side, told by fingerprint and never by name."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from courses.delivery import stories
from curriculum.editions.freeze import read_draft
from curriculum.models import LessonPage
from curriculum.review.actions import put_newer_text, submit, withdraw
from curriculum.review.proposal import Proposal
from tests.courses.reading import label_of, next_release
from tests.factories import agree, change


def story(client, digest, language=""):
    response = client.get(f"{language}/verify/{digest}/")
    return response.status_code, BeautifulSoup(response.content, "html.parser")


def told(client, digest):
    status, page = story(client, digest)
    assert status == 200
    return page


def digests(submission):
    return {decision.kind: decision.frozen_id for decision in submission.decisions.all()}


def pages_of(submission):
    edition = submission.decisions.get(kind="edition").frozen.content
    return {(ref["kind"], ref["language"]): ref["digest"] for ref in edition["snapshots"]}


def test_a_course_text_a_version_and_a_page_are_told(client, released, cast):
    found = digests(released)
    course, version = told(client, found["release"]), told(client, found["edition"])
    lesson = told(client, pages_of(released)["lesson", "es"])
    manifest = told(client, released.digest)
    assert course.h1.text == "Curriculum TST" and label_of(released) in course.select_one(".kicker").text
    assert version.h1.text == "Module T1" and lesson.h1.text == "Lección T1.1"
    assert manifest.h1.text == "Curriculum TST"
    today = timezone.localdate().isoformat()
    for page in (course, version, lesson, manifest):
        assert "Both sides agreed" in page.select_one(".lead").text
        assert page.body.find("p").text.startswith("Sample. No union, department or medical director")
        sides = page.select(".side")
        assert [side.select_one(".side-name").text for side in sides] == [
            "Sample Local 100",
            "Sample County Departments",
        ]
        assert [side.time["datetime"] for side in sides] == [today, today]
        for user in cast.values():
            assert not user.person.name or user.person.name not in page.text
    assert {link["href"] for link in version.select(".contents a")} >= {
        f"/verify/{digest}/" for digest in pages_of(released).values()
    }
    assert course.select_one("a.button-main")["href"] == "/curricula/tst/"
    assert lesson.select_one("a.button-main")["href"] == "/es/curricula/tst/t1/t1-1/"


@pytest.mark.parametrize("shape", ["{:.12}", "sha256:{}", " {:.8} ", "{}"])
def test_a_fingerprint_is_taken_as_people_paste_it(client, released, shape):
    digest = digests(released)["release"]
    pasted = shape.format(digest).upper().replace("SHA256", "sha256")
    if shape.strip() == "{:.8}":
        pasted = f" {digest[:8].upper()} {digest[8:16]} "
    response = client.get("/verify/", {"fingerprint": pasted}, follow=True)
    assert response.status_code == 200 and b"Curriculum TST" in response.content


def test_too_short_or_unknown_is_not_found_and_offers_the_form_again(client, released):
    digest = digests(released)["release"]
    for asked in (digest[:11], "0" * 64, "zzz"):
        assert client.get(f"/verify/{asked}/", follow=asked == "zzz").status_code == (200 if asked == "zzz" else 404)
    status, page = story(client, "0" * 64)
    assert "Nothing was agreed" in page.h1.text and page.select_one("input[name=fingerprint]")
    assert client.get("/verify/").status_code == 200


def test_the_story_in_spanish(client, released):
    status, page = story(client, digests(released)["release"], "/es")
    assert status == 200 and page.html["lang"] == "es"
    assert page.select_one(".languages a")["href"] == f"/verify/{digests(released)['release']}/"
    assert "Módulo T1" in page.select_one(".contents").text
    assert story(client, digests(released)["edition"], "/es")[1].h1.text == "Módulo T1"


def test_text_that_was_followed_by_newer_text_says_so(client, released, module, curriculum, cast, committed):
    newer = committed(next_release, module, curriculum, cast)
    for kind in ("release", "edition"):
        assert "newer text since" in told(client, digests(released)[kind]).select_one(".lead").text
        assert "newer text since" not in told(client, digests(newer)[kind]).select_one(".lead").text
    old = told(client, digests(released)["release"])
    assert old.select_one("a.button-main")["href"] == f"/curricula/tst/releases/{label_of(released)}/"


def test_what_was_never_agreed_on_is_told_to_those_who_may_read_it_and_to_nobody_else(client, module, cast):
    first = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    agree(first, cast["labor1"])
    item = first.items.get().frozen_id
    for digest in (first.digest, item):
        assert story(client, digest)[0] == 404
    client.force_login(cast["outsider"])
    assert story(client, first.digest)[0] == 404
    client.force_login(cast["management1"])
    waiting = told(client, first.digest)
    assert "waiting for management" in waiting.text and "Nothing is decided yet" in waiting.text
    assert told(client, item).h1.text == "Module T1"

    change(LessonPage.objects.child_of(module).first(), "Clean gloves.", cast["designer"])
    second = put_newer_text(submission=first, by=cast["designer"], proposal=Proposal(note="Clean."))
    assert "Newer text took its place" in told(client, first.digest).select_one(".lead").text
    withdraw(submission=second, by=cast["designer"], words="Not ready.")
    assert "Taken back" in told(client, second.digest).select_one(".lead").text
    client.logout()
    for digest in (first.digest, second.digest):
        assert story(client, digest)[0] == 404


def test_a_page_of_a_draft_is_not_found(client, released, module, cast):
    change(LessonPage.objects.child_of(module).first(), "Half a thought.", cast["designer"])
    agreed = set(pages_of(released).values())
    for snapshot in read_draft(type(module).objects.get(pk=module.pk)).snapshots:
        assert story(client, snapshot.digest)[0] == (200 if snapshot.digest in agreed else 404)


def test_the_same_text_agreed_on_twice_tells_the_last_time(client, released, module, curriculum, cast, committed):
    committed(next_release, module, curriculum, cast)
    again = committed(next_release, module, curriculum, cast, "Wear gloves.")
    assert digests(again) == digests(released) and label_of(again) != label_of(released)
    assert label_of(again) in told(client, digests(again)["release"]).select_one(".kicker").text


def test_a_story_costs_the_same_however_long_the_text(client, released, django_assert_max_num_queries):
    for digest in (*digests(released).values(), *pages_of(released).values(), released.digest):
        client.get("/")
        with django_assert_max_num_queries(12):
            told(client, digest)


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [("SHA-256: AB CD-12", "abcd12"), ("  abc  ", "abc"), ("https", ""), ("f" * 100, "f" * 64)],
)
def test_cleaning(pasted, clean):
    assert stories.clean(pasted) == clean
