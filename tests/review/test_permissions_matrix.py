"""Every role, the outsider and nobody, against every screen and act of review."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from curriculum.models import LessonPage
from curriculum.review.actions import Refused, put_newer_text, sign, submit, withdraw
from curriculum.review.models import Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import change
from tests.review.screens import client_of

EVERYBODY = tuple(part.username for part in CAST)
SEATED = frozenset({"labor1", "labor2", "management1", "management2"})
WRITERS = frozenset({"designer", "designer2", "coordinator", "admin"})
READERS = SEATED | WRITERS | {"auditor"}


@pytest.fixture
def submission(module, cast):
    """A text under review that only `designer` wrote and sent."""
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def screens(submission, module):
    """{what it is: (address, who gets in)}."""
    lesson = LessonPage.objects.child_of(module).first()
    room = [submission.pk]
    return {
        "desk": (reverse("review_desk"), READERS),
        "room": (reverse("review_room", args=room), READERS),
        "page": (reverse("review_page", args=[submission.pk, lesson.translation_key]), READERS),
        "newer": (reverse("review_newer", args=room), WRITERS),
        "take back": (reverse("review_take_back", args=room), WRITERS),
        "my modules": (reverse("write"), WRITERS),
    }


def test_who_opens_which_screen(submission, module, cast):
    found = {}
    for what, (url, allowed) in screens(submission, module).items():
        found[what] = {name for name in EVERYBODY if client_of(cast[name]).get(url).status_code == 200}
        assert found[what] == allowed, what


def test_a_review_one_may_not_read_is_not_there(submission, module, cast):
    outside = [name for name in EVERYBODY if name not in READERS]
    for url, _allowed in screens(submission, module).values():
        assert {client_of(cast[name]).get(url).status_code for name in outside} == {404}
    answer = reverse("review_answer", args=[submission.pk])
    assert {client_of(cast[name]).post(answer).status_code for name in outside} == {404}
    small = reverse("review_small_fixes")
    assert {client_of(cast[name]).post(small).status_code for name in outside} == {404}


def test_nobody_signs_in_first(submission, module):
    urls = [url for url, _allowed in screens(submission, module).values()]
    urls += [reverse("review_answer", args=[submission.pk]), reverse("send", args=[module.pk])]
    for url in urls:
        answered = client_of(None).get(url)
        assert answered.status_code == 302 and "/accounts/login/" in answered["Location"]


def test_a_seat_on_another_committee_opens_nothing_here(submission, module, cast):
    from curriculum.review.founding import found_committee, seat

    other = found_committee(
        shelf=module.get_parent(), slug="other", name="Other", labor_name="Local 9", management_name="Parks"
    )
    seat(person=cast["outsider"].person, committee=other, side="labor")
    client = client_of(cast["outsider"])
    assert client.get(reverse("review_desk")).status_code == 200
    assert client.get(reverse("review_room", args=[submission.pk])).status_code == 404
    assert submission.title not in client.get(reverse("review_desk")).content.decode()


def test_a_seat_that_ended_opens_nothing(submission, cast):
    cast["labor1"].person.representative.seats.update(until="2020-01-01")
    assert client_of(cast["labor1"]).get(reverse("review_room", args=[submission.pk])).status_code == 404


@pytest.mark.parametrize("position", ["support", "request_changes"])
def test_only_seats_answer_on_the_screen_and_below_it(position, submission, cast):
    url = reverse("review_answer", args=[submission.pk])
    data = {"position": position, "digest": submission.digest, "words": "Which?"}
    for name in EVERYBODY:
        if name in SEATED:
            continue
        assert client_of(cast[name]).post(url, data).status_code in (404, 409), name
        with pytest.raises(CannotSign):
            sign(submission=submission, by=cast[name], position=position, digest=submission.digest, words="W.")
    assert not submission.entries.exists()
    offered = {name for name in READERS if client_of(cast[name]).get(f"{url}?position={position}").status_code == 200}
    assert offered == SEATED


def test_only_writers_send_put_forward_and_take_back(submission, module, cast):
    change(LessonPage.objects.child_of(module).first(), "Newer.", cast["designer"])
    for name in EVERYBODY:
        if name in WRITERS:
            continue
        for url in ("review_newer", "review_take_back"):
            data = {"note": "x", "change_class": "2", "seen": "0" * 64}
            assert client_of(cast[name]).post(reverse(url, args=[submission.pk]), data).status_code == 404, name
        with pytest.raises(PermissionDenied):
            withdraw(submission=submission, by=cast[name])
        with pytest.raises(Refused):
            put_newer_text(submission=submission, by=cast[name], proposal=Proposal(note="x"))
        with pytest.raises(Refused):
            submit(page=module, by=cast[name], proposal=Proposal(note="x"))
    assert Submission.objects.open().get() == submission


def test_reading_is_get_and_writing_is_post(submission, cast):
    client = client_of(cast["designer"])
    for name in ("review_room", "review_page"):
        args = [submission.pk] if name == "review_room" else [submission.pk, submission.pk]
        assert client.post(reverse(name, args=args)).status_code == 405
    assert client.get(reverse("review_small_fixes")).status_code == 405
