"""Somebody who reads Spanish finds what is under review by its Spanish name, on every screen of the room."""

import pytest
from django.urls import reverse

from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.factories import agree, make_module
from tests.review.screens import client_of, room, soup


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def test_the_desk_and_the_room_call_a_module_as_the_reader_does(submission, cast):
    reader = client_of(cast["labor1"])
    assert soup(reader.get("/review/")).select_one("article.paper h3").text == "Módulo T1"
    page = soup(reader.get(room(submission)))
    assert (page.html["lang"], page.h1.text) == ("es", "Módulo T1")
    confirm = soup(reader.get(reverse("review_answer", args=[submission.pk]) + "?position=support"))
    assert confirm.h1.text == "Estoy de acuerdo" and "Módulo T1" in confirm.select_one(".lead").text
    record = soup(reader.get(reverse("review_record", args=[submission.pk])))
    assert record.select_one(".kicker a").text == "Módulo T1"
    others = client_of(cast["management1"])
    assert soup(others.get("/review/")).select_one("article.paper h3").text == "Module T1"


def test_an_ended_review_too(submission, cast):
    agree(submission, cast["labor1"], cast["management1"])
    assert soup(client_of(cast["labor1"]).get("/review/")).select_one(".toc a").text == "Módulo T1"


def test_names_cost_the_same_however_much_is_open(submission, cast, django_assert_max_num_queries):
    reader = client_of(cast["labor1"])
    reader.get("/review/")
    with django_assert_max_num_queries(30) as one:
        reader.get("/review/")
    for code in ("T7", "T8"):
        submit(page=make_module(by=cast["designer"], code=code), by=cast["designer"], proposal=Proposal(note="New."))
    with django_assert_max_num_queries(len(one)):
        assert len(soup(reader.get("/review/")).select("article.paper")) == 3
