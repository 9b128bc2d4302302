"""The desks: what waits for a side, small fixes in one tap, and where each module of the library stands."""

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review.actions import sign, submit
from curriculum.review.enums import Outcome
from curriculum.review.proposal import Proposal
from tests.factories import agree, change, make_module, release
from tests.review.screens import again, client_of, posted, soup, words

DESK = "/review/"


def send(module, cast, note="New.", **more):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note=note, **more))


def parts(page):
    """{heading: titles below it} of a desk."""
    return {
        section.h2.get_text(): [link.get_text() for link in section.select("h3 a, .toc a, .fix-title a")]
        for section in soup(page).select("section.part")
    }


def agreed_module(cast, code):
    """A module both sides agreed on once."""
    module = make_module(by=cast["designer"], code=code)
    agree(send(module, cast), cast["labor1"], cast["management1"])
    return module


def fix(module, cast, words="Wear gloves now.", **more):
    """A small fix of a module's first lesson, under review."""
    change(LessonPage.objects.child_of(module).first(), words, cast["designer"])
    return send(module, cast, note="A word was missing.", **more)


def test_a_desk_says_what_waits_for_me_what_i_wait_for_and_what_is_done(cast):
    waits, mine, done = (make_module(by=cast["designer"], code=code) for code in ("T1", "T2", "T3"))
    send(waits, cast)
    agree(send(mine, cast), cast["labor2"])
    agree(send(done, cast), cast["labor2"], cast["management1"])
    assert parts(client_of(cast["labor2"]).get(DESK)) == {
        "Waits for you": ["Module T1"],
        "You wait for others": ["Module T2"],
        "Done": ["Module T3"],
    }


def test_a_request_for_a_change_waits_for_the_designer_not_for_the_side(module, cast):
    submission = send(module, cast)
    sign(
        submission=submission,
        by=cast["management1"],
        position="request_changes",
        digest=submission.digest,
        words="Which gloves?",
    )
    page = client_of(cast["management2"]).get(DESK)
    assert parts(page) == {"Waits for you": [], "You wait for others": ["Module T1"]}
    assert "Management asks for a change." in words(page)


def test_whoever_only_reads_sees_everything_open_and_who_has_not_answered(module, cast):
    agree(send(module, cast), cast["labor1"])
    for name in ("designer", "coordinator", "auditor"):
        page = client_of(cast[name]).get(DESK)
        assert parts(page) == {"Under review": ["Module T1"]}
        assert "waiting for management" in words(page) and "waiting for labor" not in words(page)


def test_small_fixes_are_one_card_with_every_change_above_one_button(cast):
    for code in ("T1", "T2"):
        fix(agreed_module(cast, code), cast)
    client = client_of(cast["labor2"])
    page = client.get(DESK)
    card = soup(page).select_one(".small-fixes")
    assert "Small fixes: 2" in card.get_text(" ")
    assert [mark.get_text().strip() for mark in card.select(".fix ins")] == ["gloves now.", "gloves now."]
    done = client.post(reverse("review_small_fixes"), posted(card.form), follow=True)
    assert "You agreed to 2 small fixes." in words(done)
    assert parts(done)["Waits for you"] == []


def test_the_second_sides_tap_agrees_all_of_them(cast):
    fixes = [fix(agreed_module(cast, code), cast) for code in ("T1", "T2")]
    for name in ("labor2", "management2"):
        data = {"fix": [submission.digest for submission in fixes]}
        client_of(cast[name]).post(reverse("review_small_fixes"), data)
    assert [again(submission).outcome for submission in fixes] == [Outcome.APPROVED] * 2


def test_a_batch_is_signed_whole_or_not_at_all(cast):
    one, two = (fix(agreed_module(cast, code), cast) for code in ("T1", "T2"))
    client = client_of(cast["labor2"])
    data = posted(soup(client.get(DESK)).select_one(".small-fixes form"))
    agree(two, cast["labor1"])
    refused = client.post(reverse("review_small_fixes"), data)
    assert refused.status_code == 409 and "The list changed while you were reading" in words(refused)
    assert not again(one).entries.exists()
    assert client.post(reverse("review_small_fixes"), {}).status_code == 409


def test_two_fixes_for_the_next_course_text_are_not_agreed_in_one_breath(curriculum, module, cast):
    """Each was made from the text that the other replaces: the second waits for its designer."""
    release(curriculum, cast)
    change(LessonPage.objects.child_of(module).first(), "Wear gloves now.", cast["designer"])
    first = send(module, cast, releases=(curriculum.uid,))
    curriculum.provenance = "Ours."
    curriculum.save()
    curriculum.save_revision(user=cast["designer"], log_action=True)
    second = send(curriculum, cast)
    agree(first, cast["labor1"])
    agree(second, cast["labor1"])
    card = soup(client_of(cast["management1"]).get(DESK)).select_one(".small-fixes")
    assert posted(card.form)["fix"] == [first.digest]


def test_a_text_that_touches_safety_is_never_among_small_fixes(cast):
    submission = fix(agreed_module(cast, "T1"), cast, "Wear 2 pairs of gloves.")
    assert not submission.change_class == "0"
    assert not soup(client_of(cast["labor2"]).get(DESK)).select(".small-fixes")


def test_the_desk_costs_the_same_with_one_paper_and_with_three(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(cast["labor2"])
    fix(agreed_module(cast, "T1"), cast)
    send(make_module(by=cast["designer"], code="T2"), cast)
    client.get(DESK)
    with django_assert_max_num_queries(40) as counted:
        client.get(DESK)
    for code in ("T3", "T4"):
        fix(agreed_module(cast, code), cast)
    for code in ("T5", "T6"):
        send(make_module(by=cast["designer"], code=code), cast)
    with django_assert_num_queries(len(counted)):
        client.get(DESK)


# The designer's desk


def lines(page):
    """{title: status line} of the designer's desk."""
    return {
        row.h3.a.get_text(): " ".join(row.select_one(".status").get_text(" ").split())
        for row in soup(page).select(".module-row")
    }


def test_each_module_says_where_it_stands_in_one_line(curriculum, module, cast):
    release(curriculum, cast)
    year = timezone.localdate().year
    make_module(by=cast["designer"], code="T2")
    open_one = make_module(by=cast["designer"], code="T3")
    agree(send(open_one, cast), cast["labor1"])
    client = client_of(cast["designer"])
    found = lines(client.get("/write/"))
    assert found["Curriculum TST"] == f"Agreed, course text {year}.1"
    assert found["Module T1"] == f"Agreed, version 1, in Curriculum TST {year}.1"
    assert found["Module T2"] == "Draft, not sent yet Send for agreement"
    assert "1 of 2 agreed Under review: waiting for management since" in found["Module T3"]
    change(LessonPage.objects.child_of(module).first(), "Newer.", cast["designer"])
    change(LessonPage.objects.child_of(open_one).first(), "Newer.", cast["designer"])
    found = lines(client.get("/write/"))
    assert found["Module T1"] == "Draft changed since version 1 Send for agreement"
    assert found["Module T3"].endswith("The draft has moved on since. Put the newer text forward")


def test_lessons_lead_straight_to_the_editor_in_each_language(module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    child = soup(client_of(cast["designer"]).get("/write/")).select(".child")[0]
    links = [(link.get_text(), link["href"]) for link in child.select("a")]
    assert links == [
        ("Lesson T1.1", f"/admin/pages/{lesson.pk}/edit/"),
        ("English", f"/admin/pages/{lesson.pk}/edit/"),
        ("Español", f"/admin/pages/{spanish.pk}/edit/"),
    ]


def test_where_i_left_off_comes_first(module, cast):
    lesson = LessonPage.objects.child_of(module).last()
    change(lesson, "Mine.", cast["designer2"])
    section = soup(client_of(cast["designer2"]).get("/write/")).select_one("section.part")
    assert section.h2.get_text() == "Where you left off"
    assert [link.get_text() for link in section.select("a")] == ["Lesson T1.2"]


@pytest.mark.parametrize("name", ["labor1", "management1", "outsider", "learner1", "auditor"])
def test_the_designers_desk_is_for_those_who_write(name, cast):
    assert client_of(cast[name]).get("/write/").status_code == 404


def test_the_designers_desk_costs_the_same_with_one_module_and_with_three(
    module, cast, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(cast["designer"])
    send(module, cast)
    client.get("/write/")
    with django_assert_max_num_queries(25) as counted:
        client.get("/write/")
    for code in ("T2", "T3"):
        send(make_module(by=cast["designer"], code=code), cast)
    with django_assert_num_queries(len(counted)):
        client.get("/write/")
