"""What reviewers said, in the page editor: shown where one writes, answered there, and no part of the page's form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from curriculum.models import LessonPage
from curriculum.review.actions import answer_comment, comment, reply, submit, withdraw
from curriculum.review.models import Entry
from curriculum.review.proposal import Proposal
from tests.factories import text
from tests.review.screens import client_of, soup, words

BLOCK, SECOND = text(1, "")["id"], text(2, "")["id"]


@pytest.fixture
def lesson(module):
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def submission(module, lesson, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def say(submission, page, by, block=BLOCK, said="Which gloves?"):
    return comment(
        submission=submission,
        by=by,
        page=page.uid,
        block=block,
        reading="en",
        words=said,
        suggestion="Wear nitrile gloves.",
        language="en",
    )


def test_nothing_of_it_before_somebody_said_something(submission, lesson, cast):
    html = client_of(cast["designer"]).get(editor(lesson)).content.decode()
    assert "editor-talk" not in html and "What was said in review" not in html


def test_it_stands_above_the_fields_with_a_way_to_the_block(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    page = soup(client_of(cast["designer"]).get(editor(lesson)))
    panel = page.select_one(".editor-talk")
    assert "Which gloves?" in panel.get_text() and "Lamar Jefferson" in panel.get_text()
    assert panel.select_one("[data-to-block]")["href"] == f"#block-{BLOCK}-section"
    assert page.select("script[type=module][src*='editor-talk.js']")


def test_an_assessment_and_a_module_have_it_too(submission, module, cast):
    check = module.get_children().last().specific
    say(submission, check, cast["labor2"], block="00000000-0000-4000-8000-00000000000a")
    comment(submission=submission, by=cast["labor2"], page=module.uid, reading="en", words="Too long a name.")
    client = client_of(cast["designer"])
    assert soup(client.get(editor(check))).select_one(".editor-talk [data-to-block]")
    assert "Too long a name." in soup(client.get(editor(module))).select_one(".editor-talk").get_text()
    assert not soup(client.get(editor(LessonPage.objects.child_of(module).last()))).select(".editor-talk")


def test_its_fields_are_no_part_of_the_pages_form(submission, lesson, cast):
    client = client_of(cast["designer"])
    before = set(querydict_from_html(client.get(editor(lesson)).content.decode(), form_id="page-edit-form"))
    say(submission, lesson, cast["labor2"])
    html = client.get(editor(lesson)).content.decode()
    assert set(querydict_from_html(html, form_id="page-edit-form")) == before
    panel = soup(client.get(editor(lesson))).select_one(".editor-talk")
    assert not panel.select("form, [name], [type=submit], button:not([type=button])")


def test_answering_as_the_panel_does_shows_in_the_room(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    client = client_of(cast["designer"])
    address = soup(client.get(editor(lesson))).select_one("[data-answer]")["data-answer"]
    refused = client.post(address, {"disposition": "declined", "words": "", "wording": "Wear nitrile gloves."})
    assert refused.status_code == 422 and soup(refused).select_one(".errorlist")
    done = client.post(address, {"disposition": "accepted", "words": "", "wording": "Wear nitrile gloves."})
    assert done.status_code == 302
    assert LessonPage.objects.get(pk=lesson.pk).body[0].value.source == "<p>Wear gloves.</p>"
    url = reverse("review_page", args=[submission.pk, lesson.uid]) + "?language=en"
    assert "Taken as it is" in words(client_of(cast["labor2"]).get(url))
    assert "Taken as it is" in soup(client.get(editor(lesson))).select_one(".editor-talk").get_text()


def test_after_the_end_the_latest_is_for_reading(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    withdraw(submission=submission, by=cast["designer"])
    panel = soup(client_of(cast["designer"]).get(editor(lesson))).select_one(".editor-talk")
    assert "Which gloves?" in panel.get_text() and not panel.select("[data-answer]")


def test_saving_the_page_goes_on_as_ever(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    client = client_of(cast["designer"])
    data = querydict_from_html(client.get(editor(lesson)).content.decode(), form_id="page-edit-form")
    data.update({f"{name}-count": "0" for name in ("body", "glossary", "alignments")})
    data["title"] = "Gloves first"
    assert client.post(editor(lesson), data).status_code == 302
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision.as_object().title == "Gloves first"
    assert Entry.objects.count() == 1


def _cost(client, page):
    client.get(editor(page))
    with CaptureQueriesContext(connection) as counted:
        client.get(editor(page))
    return counted


def test_a_page_that_was_never_sent_costs_one_look(module, lesson, cast):
    counted = _cost(client_of(cast["designer"]), lesson)
    assert len([one for one in counted if "review_submission" in one["sql"]]) == 1
    assert not [one for one in counted if "review_entry" in one["sql"]]


def test_one_thread_or_three_cost_the_same(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    client = client_of(cast["designer"])
    one = len(_cost(client, lesson))
    for name in ("labor1", "management1"):
        entry = say(submission, lesson, cast[name], SECOND)
        reply(submission=submission, comment=entry, by=cast["labor2"], words="Yes.")
        answer_comment(submission=submission, comment=entry, by=cast["designer"], disposition="accepted")
    assert len(_cost(client, lesson)) == one
