"""In the room and on the desk: until when, who has not answered, what is new, and time at work to read it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review import workdays
from curriculum.review.actions import put_newer_text, set_release_time, sign, submit
from curriculum.review.actions.noticing import pass_on
from curriculum.review.deadlines import plain_day
from curriculum.review.enums import SeatRole
from curriculum.review.mailing import untold, write_letters
from curriculum.review.models import Notification, ReleaseTime, Seat
from curriculum.review.proposal import Proposal
from curriculum.review.since import PACE, minutes_for, minutes_of, news_for
from home.demo.cast import CAST
from tests.factories import agree, change, make_module, release
from tests.review.screens import again, client_of, room, soup, words

NOTICES = "/review/notices/"


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def missing(submission, user):
    """What the room says of who has not answered yet."""
    page = soup(client_of(user).get(f"{room(submission)}?language=en"))
    return [" ".join(item.get_text(" ").split()) for item in page.select(".missing li")]


def due(page):
    return [" ".join(line.get_text(" ").split()) for line in soup(page).select(".due")]


# Until when


def test_the_desk_and_the_room_ask_by_a_day_in_plain_words(submission, cast):
    day = plain_day(workdays.add(timezone.localdate(submission.opened_at), 10))
    expected = f"Please answer by {day} 10 working days left about 12 minutes to read"
    client = client_of(cast["labor2"])
    assert due(client.get("/review/")) == [expected]
    assert due(client.get(room(submission))) == [expected]


def test_whoever_is_not_asked_reads_the_day_without_being_asked(submission, cast):
    agree(submission, cast["labor2"])
    (line,) = due(client_of(cast["labor2"]).get("/review/"))
    assert line.startswith("Answers are due ") and "Please" not in line
    (line,) = due(client_of(cast["auditor"]).get(room(submission)))
    assert line.startswith("Answers are due ")


def test_late_is_said_without_scolding(submission, cast, later):
    later(13)
    page = client_of(cast["labor2"]).get("/review/")
    assert "3 working days late" in due(page)[0]
    assert not soup(page).select(".due .error, .due.late, .banner-safety")


def test_when_nobody_is_waited_for_no_day_is_named(submission, cast):
    for name in ("labor1", "management1"):
        sign(submission=submission, by=cast[name], position="request_changes", digest=submission.digest, words="Why?")
    assert due(client_of(cast["labor2"]).get(room(submission))) == []
    assert missing(submission, cast["coordinator"]) == []


# Who has not answered yet


def test_names_are_for_ones_own_side_and_for_those_who_keep_the_dates(submission, cast):
    assert missing(submission, cast["labor2"]) == ["Labor : Lamar Jefferson, Lucía Herrera", "Management"]
    assert missing(submission, cast["management1"]) == ["Labor", "Management : Marcus Bell, Mei Nakamura"]
    both = ["Labor : Lamar Jefferson, Lucía Herrera", "Management : Marcus Bell, Mei Nakamura"]
    for name in ("coordinator", "auditor", "admin", "designer"):
        assert missing(submission, cast[name]) == both
    agree(submission, cast["labor1"])
    assert missing(submission, cast["labor2"]) == ["Management"]


def test_the_other_sides_names_are_nowhere_in_the_room(submission, cast):
    page = client_of(cast["labor2"]).get(room(submission)).content.decode()
    assert "Mei Nakamura" not in page.split("<main")[1] and "Marcus Bell" not in page.split("<main")[1]


# What is new to me


def test_what_changed_since_i_last_agreed_is_counted_and_linked(submission, module, cast):
    agree(submission, cast["labor2"])
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    newer = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    link = soup(client_of(cast["labor2"]).get("/review/")).select_one(".news a")
    assert link.get_text() == "1 page changed since you last agreed"
    assert link["href"] == f"{room(newer)}?since=round"
    assert not soup(client_of(cast["labor1"]).get("/review/")).select(".news")


def test_what_i_took_back_i_did_not_agree_to(submission, module, cast):
    agree(submission, cast["labor2"])
    sign(submission=submission, by=cast["labor2"], position="request_changes", digest=submission.digest, words="Why?")
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    newer = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    assert news_for([again(newer)], cast["labor2"].person) == {}


def test_across_rounds_it_is_compared_with_the_one_i_agreed_to(curriculum, module, cast):
    """I agreed to what learners read now; a round that I never answered came between."""
    release(curriculum, cast)
    lesson = LessonPage.objects.child_of(module).first()
    change(lesson, "One.", cast["designer"])
    between = submit(page=module, by=cast["designer"], proposal=Proposal(note="One."))
    change(LessonPage.objects.child_of(module).last(), "Two.", cast["designer"])
    newer = put_newer_text(submission=between, by=cast["designer"], proposal=Proposal(note="Two."))
    found = news_for([again(newer)], cast["labor1"].person)[newer.pk]
    assert (found.pages, found.since) == (2, "")


def test_the_same_text_again_says_that_nothing_changed(submission, module, cast):
    agree(submission, cast["labor2"])
    lesson = LessonPage.objects.child_of(module).first()
    change(lesson, "Other.", cast["designer"])
    other = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Other."))
    change(lesson, "Wear gloves.", cast["designer"])
    back = put_newer_text(submission=other, by=cast["designer"], proposal=Proposal(note="As before."))
    assert news_for([again(back)], cast["labor2"].person)[back.pk].pages == 0


def test_minutes_are_those_of_the_pages_that_changed(curriculum, module, cast):
    release(curriculum, cast)
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean."))
    assert minutes_for([again(submission)]) == {submission.pk: 5}
    assert minutes_of({"minutes": None, "body": [{"type": "text", "value": "word " * (PACE + 1)}]}) == 2
    assert minutes_of({"minutes": 7, "body": []}) == 7


# Time at work to read


def test_a_reviewer_says_it_in_one_tap_and_the_newest_word_counts(submission, cast):
    client, url = client_of(cast["labor2"]), reverse("review_time", args=[submission.pk])
    page = soup(client.get(room(submission)))
    assert "not asked for yet" in page.select_one(".reading-time summary").get_text()
    form = page.select_one("form.time-of")
    assert form["action"] == url
    for state in ("asked", "agreed"):
        client.post(url, {"person": form.select_one("[name=person]")["value"], "state": state})
    assert list(ReleaseTime.objects.values_list("side", "state", "minutes")) == [
        ("labor", "asked", 12),
        ("labor", "agreed", 12),
    ]
    shown = soup(client.get(room(submission)))
    assert shown.select_one(".reading-time summary").get_text().endswith(": agreed to")
    assert [button["value"] for button in shown.select(".time-of button")] == ["asked", "not_needed"]


def test_who_may_say_it_for_whom(submission, cast):
    Seat.objects.filter(representative__person=cast["labor2"].person).update(role=SeatRole.CO_CHAIR)
    may = {
        (by.username, about.username)
        for by in (cast[part.username] for part in CAST)
        for about in (cast[name] for name in ("labor1", "management1", "designer"))
        if _says(submission, by, about)
    }
    assert may == {
        ("labor1", "labor1"),
        ("labor2", "labor1"),
        ("management1", "management1"),
        ("coordinator", "labor1"),
        ("coordinator", "management1"),
    }


def _says(submission, by, about):
    try:
        set_release_time(submission=submission, by=by, person=about.person, state="asked", minutes=5)
    except PermissionDenied:
        return False
    return True


def test_for_somebody_else_the_address_is_not_there(submission, cast):
    url = reverse("review_time", args=[submission.pk])
    data = {"person": str(cast["labor1"].person_id), "state": "agreed"}
    for name in ("labor2", "management1", "designer", "auditor", "outsider", "learner1"):
        assert client_of(cast[name]).post(url, data).status_code == 404, name
    assert client_of(cast["labor1"]).post(url, {**data, "state": "maybe"}).status_code == 404
    assert client_of(cast["labor1"]).post(url, {"person": "nobody", "state": "asked"}).status_code == 404
    assert client_of(cast["labor1"]).get(url).status_code == 405
    assert not ReleaseTime.objects.exists()


def test_only_people_with_a_seat_and_the_coordinator_see_the_taps(submission, cast):
    def taps(name):
        return len(soup(client_of(cast[name]).get(room(submission))).select("form.time-of"))

    assert [taps(name) for name in ("labor1", "coordinator", "designer", "auditor")] == [1, 4, 0, 0]


# The coordinator tells people by hand


def test_messages_to_copy_in_the_readers_language_those_without_mail_first(submission, cast):
    cast["management2"].email = ""
    cast["management2"].save()
    page = soup(client_of(cast["coordinator"]).get(NOTICES))
    people = [section.h2.get_text() for section in page.select("section.part")]
    assert people[0] == "Marcus Bell" and set(people[1:]) == {"Lamar Jefferson", "Lucía Herrera", "Mei Nakamura"}
    texts = {area["lang"]: area.get_text().strip() for area in page.select("textarea")}
    assert "“Module T1”" in texts["en"] and "“Módulo T1”" in texts["es"]
    assert all(len(text) <= 160 and text.endswith("/review/") for text in texts.values())


def test_told_by_hand_is_off_the_list_and_no_letter_follows(submission, cast):
    client = client_of(cast["coordinator"])
    notice = Notification.objects.get(person=cast["labor1"].person)
    client.post(reverse("review_passed_on", args=[notice.pk]))
    assert "Lucía Herrera" not in words(client.get(NOTICES))
    assert write_letters() == 3
    notice.refresh_from_db()
    assert notice.passed_on_by == cast["coordinator"].person and notice.letter is None


def test_what_a_letter_asked_in_vain_can_still_be_told(submission, cast):
    write_letters()
    assert not untold().exists()
    assert "Lamar Jefferson" in words(client_of(cast["coordinator"]).get(NOTICES))
    agree(submission, cast["labor1"])
    assert "Lamar Jefferson" not in words(client_of(cast["coordinator"]).get(NOTICES))


def test_who_tells_people(submission, cast):
    seen = {part.username for part in CAST if client_of(cast[part.username]).get(NOTICES).status_code == 200}
    assert seen == {"admin", "coordinator"}
    notice = Notification.objects.first()
    url = reverse("review_passed_on", args=[notice.pk])
    for part in CAST:
        if part.username not in seen:
            assert client_of(cast[part.username]).post(url).status_code == 404, part.username
            with pytest.raises(PermissionDenied):
                pass_on(notice=notice, by=cast[part.username])
    assert not Notification.objects.exclude(passed_on_at=None).exists()


def test_telling_costs_the_same_with_one_review_and_with_three(
    submission, cast, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(cast["coordinator"])
    client.get(NOTICES)
    with django_assert_max_num_queries(30) as counted:
        client.get(NOTICES)
        cost = len(counted)
    for code in ("T2", "T3"):
        submit(page=make_module(by=cast["designer"], code=code), by=cast["designer"], proposal=Proposal(note="New."))
    with django_assert_num_queries(cost):
        client.get(NOTICES)
