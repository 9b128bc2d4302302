"""The review room: what a reader sees of a change, and answering for a side."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from curriculum.editions.media import frozen_name
from curriculum.models import LessonPage
from curriculum.review.actions import put_newer_text, sign, submit
from curriculum.review.enums import Outcome
from curriculum.review.models import Submission
from curriculum.review.proposal import Proposal
from tests.factories import add, agree, change, lesson_data
from tests.review.screens import again, answer, client_of, posted, room, soup, words


@pytest.fixture
def lesson(agreed, module):
    """The first lesson of a module whose text is in the first course text."""
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def changed(lesson, module, curriculum, cast):
    """A changed sentence under review, with the course text that will carry it."""
    change(lesson, "Wear clean gloves.", cast["designer"])
    proposal = Proposal(note="Dirty gloves do harm.", releases=(curriculum.uid,))
    return submit(page=module, by=cast["designer"], proposal=proposal)


def test_a_reviewer_sees_what_changed_and_what_it_goes_into(changed, cast):
    page = client_of(cast["management1"]).get(room(changed))
    text, html = words(page), soup(page)
    assert "Dirty gloves do harm." in text
    assert f"Curriculum TST {timezone.localdate().year}.2" in text
    assert [mark.get_text() for mark in html.select(".change ins")] == ["clean "]
    assert [part.get_text(" ", strip=True) for part in html.select(".side-state")] == [
        "waiting for labor",
        "waiting for management",
    ]
    assert "3 pages are unchanged" in text
    assert html.select_one("details.unchanged")
    assert "Dolores Tran" not in text


def test_staff_see_who_wrote_it(changed, cast):
    assert "Dolores Tran" in words(client_of(cast["auditor"]).get(room(changed)))


def test_two_screens_and_two_taps_to_agree(changed, cast):
    client = client_of(cast["management1"])
    first = soup(client.get(room(changed)))
    agree_link = next(link["href"] for link in first.select(".answer-bar a") if "I agree" in link.get_text())
    second = client.get(agree_link)
    assert "This stays in the record" in words(second)
    data = posted(soup(second).select_one("form.sign"))
    assert data["digest"] == [changed.digest]
    done = client.post(second.wsgi_request.get_full_path(), data, follow=True)
    assert "Your answer is in the record: waiting for labor." in words(done)
    assert [entry.position for entry in again(changed).entries.all()] == ["support"]


def test_both_sides_agree_and_the_room_says_what_it_became(changed, cast):
    answer(client_of(cast["labor2"]), changed, "support")
    done = client_of(cast["management1"]).post(
        reverse("review_answer", args=[changed.pk]),
        {"position": "support", "digest": changed.digest},
        follow=True,
    )
    assert "Both sides agreed. Learners read it from now on in Curriculum TST" in words(done)
    assert not soup(done).select(".answer-bar a")


def test_please_change_needs_a_sentence_and_shows_it_to_everybody(changed, cast):
    client = client_of(cast["labor2"])
    refused = answer(client, changed, "request_changes", text="  ")
    assert refused.status_code == 422 and "Say in a sentence what should change" in words(refused)
    assert not again(changed).entries.exists()
    answer(client, changed, "request_changes", text="Say which gloves.")
    page = words(client_of(cast["management1"]).get(room(changed)))
    assert "Say which gloves." in page and "asks for a change" in page


def test_an_author_reads_but_gets_no_buttons(lesson, module, cast):
    change(lesson, "Labor wrote this.", cast["labor2"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    page = client_of(cast["labor2"]).get(room(submission))
    assert not soup(page).select(".answer-bar a")
    assert "You helped write this text" in words(page)
    refused = answer(client_of(cast["labor2"]), submission, "support")
    assert refused.status_code == 409 and "Nothing was signed" in words(refused)


def test_signing_superseded_text_says_so_keeps_the_words_and_shows_the_change(changed, lesson, cast):
    change(lesson, "Wear clean, dry gloves.", cast["designer"])
    newer = put_newer_text(submission=changed, by=cast["designer"], proposal=Proposal(note="Dry, too."))
    refused = answer(client_of(cast["labor2"]), changed, "request_changes", text="Which gloves?")
    text = words(refused)
    assert refused.status_code == 409
    assert "Newer text of Module T1 was put forward at" in text and "Nothing was signed" in text
    assert soup(refused).select_one("textarea[readonly]").get_text() == "Which gloves?"
    link = soup(refused).find("a", href=True, string=None, class_="button-main")["href"]
    assert link == f"{room(newer)}?since=round"
    rounds = soup(client_of(cast["labor2"]).get(link))
    assert [mark.get_text().strip() for mark in rounds.select(".change ins")] == ["clean, dry"]
    assert not again(newer).entries.exists()


def test_another_texts_fingerprint_signs_nothing(changed, cast):
    refused = answer(client_of(cast["labor2"]), changed, "support", digest="0" * 64)
    assert refused.status_code == 409 and not again(changed).entries.exists()
    unknown = client_of(cast["labor2"]).post(reverse("review_answer", args=[changed.pk]), {"position": "maybe"})
    assert unknown.status_code == 409


def test_the_room_says_when_the_draft_moved_on(changed, lesson, cast):
    designer, reviewer = client_of(cast["designer"]), client_of(cast["labor2"])
    assert "The draft has moved on" not in words(reviewer.get(room(changed)))
    change(lesson, "Wear clean, dry gloves.", cast["designer2"])
    assert "The draft has moved on" in words(reviewer.get(room(changed)))
    newer = reverse("review_newer", args=[changed.pk])
    assert newer in designer.get(room(changed)).content.decode()
    assert newer not in reviewer.get(room(changed)).content.decode()


def test_newer_text_is_shown_beside_what_is_under_review_and_ends_the_round(changed, lesson, cast):
    agree(changed, cast["labor2"])
    change(lesson, "Wear clean, dry gloves.", cast["designer"])
    client, url = client_of(cast["designer"]), reverse("review_newer", args=[changed.pk])
    shown = soup(client.get(url))
    assert [mark.get_text().strip() for mark in shown.select(".change ins")] == ["clean, dry"]
    done = client.post(url, {**posted(shown.select_one("form.send")), "note": "Dry, too."}, follow=True)
    newer = Submission.objects.get(replaces=changed)
    assert done.redirect_chain[-1][0] == room(newer)
    assert newer.round == 2 and len(newer.items.all()) == 2 and not newer.entries.exists()
    assert again(changed).outcome == Outcome.SUPERSEDED


def test_taking_back_asks_why_and_keeps_the_record(changed, cast):
    agree(changed, cast["labor2"])
    client, url = client_of(cast["designer"]), reverse("review_take_back", args=[changed.pk])
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "Not ready."}).status_code == 302
    ended = again(changed)
    assert ended.outcome == Outcome.WITHDRAWN and ended.entries.count() == 2
    assert "Taken back" in words(client_of(cast["labor2"]).get(room(changed)))


def test_each_language_has_its_tab_and_a_reader_starts_in_their_own(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    page = soup(client_of(cast["labor1"]).get(room(submission)))
    tabs = page.select(".tabs a")
    assert [tab.get_text(" ", strip=True) for tab in tabs] == ["English 4", "Español 2"]
    assert page.select_one(".tabs a[aria-current]")["href"].endswith("language=es")
    assert page.h1.get_text() == "Módulo T1" and "Use guantes." in page.main.get_text()
    english = client_of(cast["labor1"]).get(f"{room(submission)}?language=en")
    assert "Wear gloves." in words(english) and "Use guantes." not in words(english)


def test_many_changed_pages_become_a_list_of_links(module, cast):
    for number in range(3, 7):
        add(module, LessonPage(), lesson_data(f"T1.{number}"), cast["designer"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    page = soup(client_of(cast["labor2"]).get(room(submission)))
    assert not page.select(".page-change")
    assert len(page.select(".changed-part > .toc > li")) == 8


def test_one_page_reads_as_learners_will_read_it_with_the_way_to_the_next(changed, lesson, module, cast):
    client = client_of(cast["labor2"])
    url = reverse("review_page", args=[changed.pk, lesson.translation_key])
    assert "Wear clean gloves." in words(client.get(url))
    marked = soup(client.get(f"{url}?view=changes"))
    assert [mark.get_text() for mark in marked.select("ins")] == ["clean "]
    assert "Use guantes." in words(client.get(f"{url}?language=es"))
    assert client.get(reverse("review_page", args=[changed.pk, changed.pk])).status_code == 404


def test_reviewers_read_what_learners_do_not(module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    raw = lesson.body.get_prep_value()
    words_ = {"what": "<p>The ratio</p>", "who": "Safety office", "confirmed_by": "", "confirmed_on": None}
    caution = {"type": "item", "id": "00000000-0000-4000-8000-0000000000f1", "value": words_}
    raw.append({"type": "facilitator", "value": {"text": "<p>Bring bottles.</p>", "cautions": [caution]}})
    lesson.body = lesson.body.stream_block.to_python(raw)
    lesson.flags = ["safety_critical"]
    lesson.save()
    lesson.save_revision(user=cast["designer"], log_action=True)
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    spanish.body = lesson.body
    spanish.save()
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    page = words(client_of(cast["labor2"]).get(f"{room(submission)}?language=en"))
    assert "Bring bottles." in page and "Learners do not see this." in page
    assert "An expert has not confirmed everything" in page


def test_a_newer_course_text_leaves_the_room_readable_but_takes_the_buttons(changed, curriculum, cast):
    curriculum.summary = "Shorter."
    curriculum.save()
    curriculum.save_revision(user=cast["designer"], log_action=True)
    other = submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="Summary."))
    agree(other, cast["labor1"], cast["management2"])
    page = client_of(cast["labor2"]).get(f"{room(changed)}?language=en")
    assert "can be read but not agreed to" in words(page)
    assert not soup(page).select(".answer-bar a")


def test_frozen_pictures_are_for_readers_and_nothing_in_them_runs(cast):
    digest = "a" * 64
    storages["frozen"].save(frozen_name(digest, "svg"), ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    url = f"/review/media/{digest}.svg"
    shown = client_of(cast["labor2"]).get(url)
    assert shown.status_code == 200 and shown["Content-Type"] == "image/svg+xml"
    assert "sandbox" in shown["Content-Security-Policy"] and "private" in shown["Cache-Control"]
    assert client_of(cast["outsider"]).get(url).status_code == 404
    assert client_of(None).get(url).status_code == 302
    assert client_of(cast["labor2"]).get(url.replace("a.svg", "b.svg")).status_code == 404


def test_the_room_costs_the_same_at_one_lesson_and_at_three(
    lesson, module, cast, django_assert_num_queries, django_assert_max_num_queries
):
    change(lesson, "One change.", cast["designer"])
    one = submit(page=module, by=cast["designer"], proposal=Proposal(note="One."))
    client = client_of(cast["management1"])
    client.get(room(one))
    with django_assert_max_num_queries(40) as counted:
        client.get(room(one))
    cost = len(counted)
    for number in (8, 9):
        added = add(module, LessonPage(), lesson_data(f"T1.{number}"), cast["designer"])
        change(added, f"Change {number}.", cast["designer"])
    three = put_newer_text(submission=one, by=cast["designer"], proposal=Proposal(note="Three."))
    sign(
        submission=three,
        by=cast["labor2"],
        position="request_changes",
        digest=three.digest,
        words="Which?",
    )
    client.get(room(three))
    # Three more for the round before, which the first has not: its text, and what was said then.
    with django_assert_num_queries(cost + 3):
        client.get(room(three))
