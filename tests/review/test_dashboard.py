"""The numbers: by committee and side, never by person; and who gets to see them."""

import csv

import pytest
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review import workdays
from curriculum.review.actions import put_newer_text, set_release_time, sign, submit
from curriculum.review.dashboard import key_days, numbers
from curriculum.review.models import Committee, Entry, Holiday, Submission
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import agree, change, make_module
from tests.review.screens import again, client_of, soup, words

PAGE, FILE = "/review/dashboard/", "/review/dashboard.csv"
KEEPERS = {"admin", "coordinator", "auditor"}


def send(cast, code):
    return submit(page=make_module(by=cast["designer"], code=code), by=cast["designer"], proposal=Proposal(note="New."))


def ask(submission, user):
    sign(submission=submission, by=user, position="request_changes", digest=submission.digest, words="Which gloves?")


def only_committee():
    (found,) = numbers(days=365)
    return found


def lines(response):
    return list(csv.DictReader(response.content.decode().splitlines()))


def test_each_side_counts_from_the_day_it_was_sent_to_its_own_key(module, cast, later):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    later(3)
    agree(submission, cast["labor1"])
    later(7)
    agree(submission, cast["management1"])
    assert key_days(again(submission)) == {"labor": 3, "management": 7}


def test_a_key_that_was_turned_back_counts_from_when_it_was_turned_again(module, cast, later):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    later(1)
    agree(submission, cast["labor1"])
    later(2)
    ask(submission, cast["labor2"])
    assert key_days(again(submission)) == {}
    later(6)
    agree(submission, cast["labor2"])
    assert key_days(again(submission)) == {"labor": 6}


def test_holidays_are_not_counted(module, cast, later):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    Holiday.objects.create(committee=submission.committee, day=workdays.add(timezone.localdate(), 2))
    later(4)
    agree(submission, cast["labor1"])
    assert key_days(again(submission)) == {"labor": 3}


def test_what_is_open_and_with_whom_the_oldest_first(cast):
    first, second, third = (send(cast, code) for code in ("T1", "T2", "T3"))
    agree(first, cast["labor1"])
    ask(second, cast["management1"])
    agree(third, cast["labor1"], cast["management1"])
    found = only_committee()
    assert [(row.title, row.standing.state) for row in found.stuck] == [
        ("Module T1", "waiting for management"),
        ("Module T2", "Management asks for a change."),
    ]
    assert [(side.side, side.waiting, side.spread.count) for side in found.sides] == [
        ("labor", 1, 2),
        ("management", 1, 1),
    ]
    assert (found.requests, found.stops) == (1, 0)


def test_rounds_are_counted_by_text(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    ask(submission, cast["labor1"])
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    send(cast, "T2")
    found = only_committee()
    assert found.longest == [("Module T1", 2)]
    assert (found.rounds.count, found.rounds.median) == (2, 1.5)


def test_what_was_sent_before_the_period_is_left_out_unless_it_is_open(module, cast, later):
    open_one = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    agree(send(cast, "T2"), cast["labor1"], cast["management1"])
    later(300)
    (found,) = numbers(days=365)
    assert [row.submission for row in found.stuck] == [open_one]
    assert [side.spread.count for side in found.sides] == [0, 0]


def test_hours_are_the_sides_and_the_newest_word_counts(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    for name, state in (("labor1", "asked"), ("labor1", "agreed"), ("labor2", "asked"), ("management1", "not_needed")):
        user = cast[name]
        set_release_time(submission=submission, by=user, person=user.person, state=state, minutes=90)
    labor, management = only_committee().sides
    assert (labor.hours_agreed, labor.hours_asked) == (1.5, 1.5)
    assert (management.hours_agreed, management.hours_asked) == (0, 0)
    rows = lines(client_of(cast["auditor"]).get(FILE))
    assert [(row["side"], row["hours_asked"], row["hours_agreed"]) for row in rows] == [
        ("labor", "1.5", "1.5"),
        ("management", "0.0", "0.0"),
    ]


def test_nothing_is_about_one_person(cast):
    submission = send(cast, "T1")
    agree(submission, cast["labor1"])
    ask(submission, cast["management2"])
    for name in KEEPERS:
        client = client_of(cast[name])
        for text in (soup(client.get(PAGE)).main.get_text(), client.get(FILE).content.decode()):
            for part in CAST:
                assert part.name not in text and str(cast[part.username].person_id) not in text


@pytest.mark.parametrize("url", [PAGE, FILE])
def test_who_sees_the_numbers(url, cast):
    seen = {part.username for part in CAST if client_of(cast[part.username]).get(url).status_code == 200}
    assert seen == KEEPERS
    assert client_of(cast["labor1"]).get(url).status_code == 404
    assert client_of(None).get(url).status_code == 302
    assert client_of(cast["auditor"]).post(url).status_code == 405


def test_the_page_says_in_words_what_the_picture_shows(cast):
    agree(send(cast, "T1"), cast["labor1"])
    page = client_of(cast["coordinator"]).get(PAGE)
    html = soup(page)
    assert html.select_one(".days-picture")["aria-hidden"] == "true"
    assert [row.th.get_text() for row in html.select("table")[0].select("tbody tr")] == ["Labor", "Management"]
    assert "Labor: 0 working days" in words(page) and "no text answered yet" in words(page)
    assert "Module T1" in words(page) and "waiting for management" in words(page)


def test_a_period_and_a_committee_can_be_chosen_and_nonsense_falls_back(cast):
    send(cast, "T1")
    client = client_of(cast["coordinator"])
    slug = Committee.objects.get().slug
    for query in ("", f"?period=90&committee={slug}", "?period=7&committee=nowhere", "?period=1825"):
        assert "Module T1" in words(client.get(PAGE + query)), query
        assert len(lines(client.get(FILE + query))) == 2


def test_a_name_is_never_a_formula(cast):
    Committee.objects.update(name="=HYPERLINK(1)", labor_name="@local")
    rows = lines(client_of(cast["coordinator"]).get(FILE))
    assert rows[0]["committee"] == "'=HYPERLINK(1)" and rows[0]["party"] == "'@local"


def test_the_numbers_cost_the_same_with_one_review_and_with_three(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    agree(send(cast, "T1"), cast["labor1"])
    client = client_of(cast["coordinator"])
    client.get(PAGE)
    with django_assert_max_num_queries(25) as counted:
        client.get(PAGE)
        cost = len(counted)
    for code in ("T2", "T3"):
        ask(send(cast, code), cast["labor1"])
    with django_assert_num_queries(cost):
        client.get(PAGE)
    assert Submission.objects.count() == 3 and Entry.objects.count() == 3
