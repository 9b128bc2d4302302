"""Dividing a large review on one's own side: who reads what, what was read, and that the other side sees none of it."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from curriculum.models import LessonPage
from curriculum.review.actions import Refused, submit, withdraw
from curriculum.review.actions.division import mark_read, share_reading
from curriculum.review.models import Reading, ReadingShare
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import add, lesson_data, make_module
from tests.review.screens import again, client_of, room, soup, words

SEATED = {"labor1", "labor2", "management1", "management2"}


@pytest.fixture
def handbook(cast):
    """A module with five lessons."""
    handbook = make_module(by=cast["designer"])
    for number in range(3, 6):
        add(handbook, LessonPage(), lesson_data(f"T1.{number}"), cast["designer"])
    return handbook


@pytest.fixture
def submission(handbook, cast):
    return submit(page=handbook, by=cast["designer"], proposal=Proposal(note="New."))


@pytest.fixture
def lessons(handbook):
    return [str(lesson.translation_key) for lesson in LessonPage.objects.child_of(handbook)]


def english(submission):
    return f"{room(submission)}?language=en"


def share_url(submission):
    return reverse("review_share", args=[submission.pk])


def read_url(submission, uid, language="en"):
    return f"{reverse('review_read', args=[submission.pk, uid])}?language={language}"


def divide(submission, cast, lessons, by="labor2"):
    """The first two lessons are Lucía's, the third is Lamar's."""
    mine, hers = cast["labor2"].person, cast["labor1"].person
    readers = {lessons[0]: hers, lessons[1]: hers, lessons[2]: mine}
    return share_reading(submission=submission, by=cast[by], readers=readers)


def test_a_side_divides_a_large_review_and_each_sees_what_is_theirs(submission, cast, lessons):
    client = client_of(cast["labor2"])
    assert "Divide it on your side" in words(client.get(english(submission)))
    form = soup(client.get(share_url(submission))).select_one("form.form")
    names = {option.get_text() for option in form.select("option")}
    assert names == {"nobody in particular", "Lucía Herrera", "Lamar Jefferson"}
    assert set(lessons) < {field["name"] for field in form.select("select")}
    data = {field["name"]: "nobody" for field in form.select("select")}
    data |= {lessons[0]: cast["labor1"].person_id, lessons[1]: cast["labor2"].person_id}
    assert client.post(share_url(submission), data).status_code == 302
    mine = words(client.get(english(submission)))
    assert "Lucía Herrera reads this" in mine and mine.count("Yours to read") == 1
    marks = soup(client_of(cast["labor1"]).get(english(submission))).select(".reading-mark")
    assert len(marks) == 2 and "Lamar Jefferson" in marks[1].get_text()


def test_the_other_side_and_everybody_else_see_nothing_of_it(submission, cast, lessons):
    divide(submission, cast, lessons)
    mark_read(submission=submission, by=cast["labor2"], page_uid=lessons[2], language="en")
    for name in ("management1", "management2", "designer", "coordinator", "auditor"):
        client = client_of(cast[name])
        for url in (english(submission), reverse("review_page", args=[submission.pk, lessons[0]])):
            page = client.get(url)
            assert not soup(page).select(".reading-mark, .reading-done, .divide a[href$=share]"), (name, url)
            assert "reads this" not in words(page) and "Yours to read" not in words(page)
        assert "Your side divided" not in words(client.get(english(submission)))
    file = client_of(cast["management1"]).get(reverse("review_record_file", args=[submission.pk])).content.decode()
    assert str(cast["labor2"].person_id) not in file


def test_i_have_read_this_is_proposed_on_the_page_and_leads_to_the_next_of_mine(submission, cast, lessons):
    mine = cast["labor2"].person
    share_reading(submission=submission, by=cast["labor2"], readers={lessons[0]: mine, lessons[3]: mine})
    client = client_of(cast["labor2"])
    page = client.get(reverse("review_page", args=[submission.pk, lessons[0]]) + "?language=en")
    form = soup(page).select_one(".reading-done form")
    assert "I have read this" in form.get_text()
    on = client.post(form["action"])
    assert lessons[3] in on.url
    assert "You have marked this page as read." in words(
        client.get(reverse("review_page", args=[submission.pk, lessons[0]]) + "?language=en")
    )
    assert client.post(read_url(submission, lessons[3])).url == room(submission)
    assert "every page given out is marked as read" in words(client.get(english(submission)))
    client.post(read_url(submission, lessons[3]))
    assert Reading.objects.count() == 2


def test_reading_is_marked_in_the_language_that_was_read(submission, cast, lessons):
    divide(submission, cast, lessons)
    client = client_of(cast["labor1"])
    client.post(read_url(submission, lessons[0], "es"))
    # The second lesson is only in English, so that is what she read.
    client.post(read_url(submission, lessons[1], "es"))
    assert set(Reading.objects.values_list("page_uid", "language").order_by("pk")) == {
        (Reading.objects.first().page_uid, "es"),
        (Reading.objects.last().page_uid, "en"),
    }
    with pytest.raises(Refused):
        mark_read(submission=submission, by=cast["labor1"], page_uid=lessons[1], language="es")


def test_the_side_still_signs_once(submission, cast, lessons):
    divide(submission, cast, lessons)
    client = client_of(cast["labor2"])
    data = {"position": "support", "digest": submission.digest, "languages": ["en", "es"]}
    client.post(reverse("review_answer", args=[submission.pk]), data)
    assert [entry.position for entry in again(submission).entries.all()] == ["support"]


def test_nothing_is_offered_for_a_few_pages_or_to_somebody_alone(cast):
    small = submit(page=make_module(by=cast["designer"], code="S1"), by=cast["designer"], proposal=Proposal(note="N."))
    client = client_of(cast["labor2"])
    assert "Divide" not in words(client.get(english(small)))


def test_somebody_alone_on_a_side_has_nobody_to_divide_with(submission, cast):
    cast["labor1"].person.representative.seats.update(until="2020-01-01")
    assert "Divide" not in words(client_of(cast["labor2"]).get(english(submission)))


def test_pages_go_to_ones_own_side_only_and_must_be_in_the_text(submission, cast, lessons):
    for person in (cast["management1"].person, cast["outsider"].person, cast["designer"].person):
        with pytest.raises(Refused, match="does not sit on your side"):
            share_reading(submission=submission, by=cast["labor2"], readers={lessons[0]: person})
    with pytest.raises(Refused, match="not in this text"):
        share_reading(submission=submission, by=cast["labor2"], readers={str(submission.pk): cast["labor1"].person})
    form = {lessons[0]: cast["management1"].person_id}
    assert client_of(cast["labor2"]).post(share_url(submission), form).status_code == 422
    assert not ReadingShare.objects.exists()


@pytest.mark.parametrize("name", [part.username for part in CAST])
def test_who_divides_and_who_marks(submission, cast, lessons, name):
    client = client_of(cast[name])
    allowed = name in SEATED
    assert (client.get(share_url(submission)).status_code == 200) == allowed
    if allowed:
        assert client.post(read_url(submission, lessons[0])).status_code == 302
        assert Reading.objects.count() == 1
        return
    assert client.get(share_url(submission)).status_code == 404
    assert client.post(share_url(submission), {}).status_code == 404
    assert client.post(read_url(submission, lessons[0])).status_code in (302, 404)
    with pytest.raises(Refused):
        share_reading(submission=submission, by=cast[name], readers={lessons[0]: None})
    with pytest.raises(Refused):
        mark_read(submission=submission, by=cast[name], page_uid=lessons[0], language="en")
    assert not Reading.objects.exists() and not ReadingShare.objects.exists()


def test_an_ended_review_is_divided_no_more(submission, cast, lessons):
    withdraw(submission=submission, by=cast["designer"], words="Not ready.")
    with pytest.raises(Refused):
        divide(submission, cast, lessons)
    with pytest.raises(Refused):
        mark_read(submission=submission, by=cast["labor2"], page_uid=lessons[0], language="en")
    assert client_of(cast["labor2"]).get(share_url(submission)).status_code == 404


def test_who_was_given_what_stays_and_the_last_word_counts(submission, cast, lessons):
    divide(submission, cast, lessons)
    assert divide(submission, cast, lessons) == []
    share_reading(submission=submission, by=cast["labor1"], readers={lessons[0]: None})
    rows = ReadingShare.objects.filter(page_uid=lessons[0])
    assert [row.person for row in rows] == [cast["labor1"].person, None]
    for row in (rows[0], mark_read(submission=submission, by=cast["labor2"], page_uid=lessons[2], language="en")):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(page_uid=lessons[4])


def test_the_record_tells_auditors_and_administrators_alone(submission, cast, lessons):
    divide(submission, cast, lessons)
    mark_read(submission=submission, by=cast["labor2"], page_uid=lessons[2], language="en")
    url = reverse("review_record", args=[submission.pk])
    told = {
        part.username
        for part in CAST
        if "Who was given what to read" in client_of(cast[part.username]).get(url).content.decode()
    }
    assert told == {"auditor", "admin"}
    record = words(client_of(cast["auditor"]).get(url))
    assert "given to Lucía Herrera by Lamar Jefferson" in record and "read by Lamar Jefferson" in record


def test_the_room_and_the_form_cost_the_same_with_one_page_divided_and_with_five(
    submission, cast, lessons, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(cast["labor2"])
    people = [cast["labor1"].person, cast["labor2"].person]
    share_reading(submission=submission, by=cast["labor2"], readers={lessons[0]: people[0]})
    client.get(english(submission)), client.get(share_url(submission))
    with django_assert_max_num_queries(70) as in_room:
        client.get(english(submission))
    with django_assert_max_num_queries(40) as on_form:
        client.get(share_url(submission))
    readers = {uid: people[number % 2] for number, uid in enumerate(lessons)}
    share_reading(submission=submission, by=cast["labor2"], readers=readers)
    for uid in lessons:
        mark_read(submission=submission, by=cast["labor2"], page_uid=uid, language="en")
    with django_assert_num_queries(len(in_room)):
        client.get(english(submission))
    with django_assert_num_queries(len(on_form)):
        client.get(share_url(submission))
