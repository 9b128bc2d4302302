"""The screens of danger: reporting, the report, the correction, the room, the desk; and who gets to each."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from curriculum.review import safety
from curriculum.review.actions import submit
from curriculum.review.actions.laying import warn
from curriculum.review.actions.reaching import log_contact
from curriculum.review.enums import NoticeKind, Outcome, Purpose
from curriculum.review.founding import found_committee, seat
from curriculum.review.models import PageNotice, SafetyReport, Submission
from curriculum.review.proposal import Proposal
from curriculum.review.views.hurt_forms import ASK_FIRST
from tests.factories import agree, change, make_module, release
from tests.review.dangers import BLOCK, OTHER, RIGHT, SAFE, WRONG, agreed, confirmation, corrected, lesson_of, reported
from tests.review.screens import again, client_of, posted, room, soup, words
from tests.review.test_permissions_matrix import EVERYBODY, READERS

pytestmark = pytest.mark.usefixtures("screens_in_english")

TEACH = {"instructor1", "mentor1", "assessor1", "assessor2"}
CORRECT = {"designer", "designer2", "coordinator"}


@pytest.fixture
def taught(curriculum, module, cast):
    release(curriculum, cast)
    return module


@pytest.fixture
def report(taught, cast):
    """Said by an instructor."""
    return reported(taught, cast["instructor1"])


def at(report, name="hurt_report"):
    return reverse(name, args=[report.pk])


def form_of(client, url, action):
    """What a browser would send with the form on `url` that posts to `action`."""
    return posted(soup(client.get(url)).select_one(f'form[action="{action}"]'))


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def correction(**more):
    said = {f"repair-{code}-{BLOCK}": "write" for code in SAFE}
    said |= {f"words-{code}-{BLOCK}": text for code, text in SAFE.items()}
    said |= {f"wrong-{code}": text for code, text in WRONG.items()}
    return said | {f"right-{code}": text for code, text in RIGHT.items()} | more


def test_from_the_list_of_course_texts_to_a_report(taught, cast):
    client = client_of(cast["instructor1"])
    module = soup(client.get(reverse("hurt"))).select_one("main .toc a")["href"]
    lesson = next(link for link in soup(client.get(module)).select("main .toc a") if link.text == "Lesson T1.1")
    page = soup(client.get(lesson["href"]))
    assert page.h1.text == "Lesson T1.1"
    assert [field["value"] for field in page.select("input[name=blocks]")] == [BLOCK, OTHER]
    missing = client.post(lesson["href"], {"reason": ""})
    assert missing.status_code == 422 and not SafetyReport.objects.exists()
    done = client.post(lesson["href"], {"reason": "Acid runs in.", "blocks": [BLOCK]}, follow=True)
    assert "Thank you" in words(done) and "do not teach this step" in words(done)
    assert SafetyReport.objects.get().blocks == [BLOCK]


def test_a_part_named_in_the_address_is_ticked(taught, cast):
    url = f"{reverse('hurt')}?page={lesson_of(taught).uid}&block={OTHER}"
    page = soup(client_of(cast["labor1"]).get(url))
    assert [field["value"] for field in page.select("input[name=blocks][checked]")] == [OTHER]


@pytest.mark.parametrize("query", ["page=nothing", "page=00000000-0000-4000-8000-000000000001", "module=x", "review=x"])
def test_what_is_not_there_is_not_there(query, taught, cast):
    assert client_of(cast["labor1"]).get(f"{reverse('hurt')}?{query}").status_code == 404


def test_who_opens_which_screen_of_danger(taught, report, module, cast):
    lesson = lesson_of(taught).uid
    everybody = set(EVERYBODY)
    screens = {
        f"{reverse('hurt')}?page={lesson}": (READERS | TEACH, 200),
        at(report): (READERS | {"instructor1"}, 404),
        at(report, "hurt_correct"): (CORRECT, 404),
        reverse("review_renewals"): (READERS, 404),
        reverse("review_look_again"): (READERS, 404),
        reverse("review_impact"): (READERS, 404),
        reverse("review_renew", args=[taught.uid]): (READERS - {"auditor", "admin"}, 404),
    }
    for url, (allowed, otherwise) in screens.items():
        for name in sorted(everybody):
            response = client_of(cast[name]).get(url)
            assert response.status_code == (200 if name in allowed else otherwise), (url, name)
            if "page=" in url and name not in allowed:
                assert "Tell your instructor" in words(response) and "Lesson T1.1" not in words(response)


def test_only_the_duty_lead_warns_answers_and_takes_away(report, taught, cast):
    notice = PageNotice.objects.create(
        kind=NoticeKind.UNDER_REVIEW,
        module_uid=taught.uid,
        page_uid=lesson_of(taught).uid,
        texts={},
        since=timezone.now(),
    )
    for name in set(EVERYBODY) - {"coordinator"}:
        client = client_of(cast[name])
        assert client.post(at(report, "hurt_warn"), {"text-en": "x", "text-es": "x"}).status_code in (404, 422), name
        assert client.post(at(report, "hurt_close"), {"words": "No."}).status_code in (404, 422), name
        assert client.post(reverse("notice_take_away", args=[notice.pk])).status_code == 404, name
    assert PageNotice.objects.filter(lifted=None).count() == 1 and safety.open_reports(cast["coordinator"]) == [report]


def test_the_coordinator_warns_learners_in_one_step(report, taught, cast):
    client = client_of(cast["coordinator"])
    usual = form_of(client, at(report), at(report, "hurt_warn"))
    usual = {name: value for name, value in usual.items() if name.startswith("text-")}
    assert usual == {
        "text-en": ["Ask your instructor before you do this step. It is being corrected."],
        "text-es": [client_text("es")],
    }
    done = client.post(at(report, "hurt_warn"), usual, follow=True)
    assert "stands over the page now" in done.content.decode()
    assert safety.warned(taught.uid, lesson_of(taught).uid)
    assert "Warn learners now" not in words(client.get(at(report)))


def client_text(language):
    with translation.override(language):
        return str(ASK_FIRST)


def test_a_designer_writes_the_correction_and_lands_in_its_room(report, taught, cast):
    client = client_of(cast["designer2"])
    page = soup(client.get(at(report, "hurt_correct")))
    assert [legend.text for legend in page.select("fieldset.part > legend")] == ["Part 1, English", "Part 1, Español"]
    assert "Wear gloves." in page.select_one(".as-taught").text
    response = client.post(at(report, "hurt_correct"), correction())
    submission = Submission.objects.get(purpose=Purpose.EMERGENCY)
    assert response.url == room(submission)
    shown = words(client.get(room(submission)))
    assert "One person on each side is enough today" in shown and "that reach the elbow" in shown
    assert "Take the correction back" in shown


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({f"repair-{code}-{BLOCK}": "" for code in SAFE}, "one part at least"),
        ({f"words-en-{BLOCK}": " "}, "Write the words"),
        ({"right-es": ""}, ""),
    ],
)
def test_what_lacks_something_comes_back_with_everything_typed(missing, sentence, report, cast):
    response = client_of(cast["designer"]).post(at(report, "hurt_correct"), correction(**missing))
    assert response.status_code == 422 and sentence in words(response)
    assert SAFE["es"] in response.content.decode()
    assert not Submission.objects.filter(purpose=Purpose.EMERGENCY).exists()


def test_a_report_that_was_dealt_with_leads_back_to_it(report, cast):
    agreed(report, cast)
    assert client_of(cast["designer"]).get(at(report, "hurt_correct")).url == at(report)
    shown = words(client_of(cast["coordinator"]).get(at(report)))
    assert "Both sides agreed to the correction" in shown and "Printed copies to collect" in shown


def test_the_room_logs_attempts_and_lets_the_duty_lead_stand_in(report, cast, monkeypatch):
    submission = corrected(report, cast["designer2"])
    agree(submission, cast["labor1"])
    client = client_of(cast["coordinator"])
    for _number in range(2):
        client.post(reverse("review_tried", args=[submission.pk]), {"side": "management", "way": "call"})
    shown = words(client.get(room(submission)))
    assert "Management, A call, not reached" in shown and "This side has until" in shown
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Stand in for this side" in words(client.get(room(submission)))
    for name in set(READERS) - {"coordinator"}:
        assert "Stand in for this side" not in words(client_of(cast[name]).get(room(submission))), name
    response = client.post(
        reverse("review_not_reached", args=[submission.pk]), {"side": "management", "words": "Both are at work."}
    )
    assert "both confirm it afterwards" in told(response)
    assert again(submission).outcome == Outcome.APPROVED


def test_what_may_not_be_done_comes_back_as_a_sentence(report, cast):
    submission = corrected(report, cast["designer2"])
    acts = {
        "review_tried": {"side": "management", "way": "call"},
        "review_not_reached": {"side": "management", "words": "Why."},
        "review_learned": {"words": "Something."},
    }
    for name, data in acts.items():
        response = client_of(cast["labor1"]).post(reverse(name, args=[submission.pk]), data)
        assert response.url == room(submission) and "Nothing was written" in told(response)
        assert client_of(cast["outsider"]).post(reverse(name, args=[submission.pk]), data).status_code == 404
    assert not again(submission).entries.exists()
    assert client_of(cast["labor1"]).get(reverse("review_drop", args=[submission.pk])).status_code == 404


def test_taking_a_correction_back(report, cast):
    submission = corrected(report, cast["designer2"])
    client = client_of(cast["designer"])
    assert client.post(reverse("review_drop", args=[submission.pk]), {"words": ""}).status_code == 422
    client.post(reverse("review_drop", args=[submission.pk]), {"words": "Asking the supplier."})
    assert again(submission).outcome == Outcome.WITHDRAWN


def test_the_room_of_the_confirmation_shows_what_was_corrected_until_when_and_what_was_learned(report, taught, cast):
    agreed(report, cast)
    ratify = confirmation(taught)
    client = client_of(cast["management1"])
    shown = soup(client.get(room(ratify)))
    assert "the old words never come back" in shown.main.text
    assert "that reach the elbow" in " ".join(mark.text for mark in shown.select("ins"))
    client.post(reverse("review_learned", args=[ratify.pk]), {"words": "The order form hid the length."})
    assert "The order form hid the length." in words(client.get(room(ratify)))


def test_the_room_of_a_stale_text_says_why(report, taught, cast):
    change(lesson_of(taught), "Another second paragraph.", cast["designer"], block=1)
    ordinary = submit(page=taught, by=cast["designer"], proposal=Proposal(note="Better."))
    assert "safety correction" not in words(client_of(cast["labor1"]).get(room(ordinary)))
    agreed(report, cast)
    shown = words(client_of(cast["labor1"]).get(room(ordinary)))
    assert "A safety correction of this module was agreed since this was sent" in shown


def test_a_report_is_on_top_of_every_desk_it_concerns(report, cast):
    for name in READERS:
        shown = soup(client_of(cast[name]).get(reverse("review_desk")))
        assert report.reason in shown.select_one(".banner-safety").text, name
    link = shown.select_one(".hurt-link a")
    assert link["href"] == reverse("hurt") and "This could hurt someone" in link.text


def test_a_seat_on_another_committee_sees_no_report(report, module, cast):
    other = found_committee(
        shelf=module.get_parent(), slug="other", name="Other", labor_name="Local 9", management_name="Parks"
    )
    seat(person=cast["outsider"].person, committee=other, side="labor")
    client = client_of(cast["outsider"])
    assert report.reason not in client.get(reverse("review_desk")).content.decode()
    assert client.get(at(report)).status_code == 404


def test_the_link_is_in_the_room_and_on_the_page_under_review(taught, cast):
    change(lesson_of(taught), "Wear clean gloves.", cast["designer"])
    submission = submit(page=taught, by=cast["designer"], proposal=Proposal(note="Clean."))
    client = client_of(cast["labor2"])
    in_room = soup(client.get(room(submission))).select_one(".hurt-link a")["href"]
    page = reverse("review_page", args=[submission.pk, lesson_of(taught).uid])
    on_page = soup(client.get(page)).select_one(".hurt-link a")["href"]
    assert client.get(in_room).status_code == 200
    assert soup(client.get(on_page)).h1.text == "Lesson T1.1"
    client.post(on_page, {"reason": "Too short."})
    assert SafetyReport.objects.get().page_uid == lesson_of(taught).translation_key


def test_a_page_that_was_never_agreed_on_can_be_reported_from_its_review(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    url = f"{reverse('hurt')}?page={lesson_of(module).uid}"
    client = client_of(cast["labor1"])
    assert client.get(url).status_code == 404
    done = client.post(f"{url}&review={submission.pk}", {"reason": "Too short."}, follow=True)
    assert "not taught yet" in words(done) and "Write a correction" not in words(done)
    assert client_of(cast["instructor1"]).get(f"{url}&review={submission.pk}").status_code == 404


def count(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_screens_cost_the_same_for_one_report_and_for_three(report, taught, cast):
    client = client_of(cast["coordinator"])
    urls = [reverse("review_desk"), at(report), reverse("hurt")]
    before = [count(client, url) for url in urls]
    for name in ("labor1", "management1"):
        reported(taught, cast[name], blocks=[OTHER])
    assert [count(client, url) for url in urls] == before


def test_the_room_of_a_correction_costs_the_same_however_often_a_side_was_tried(report, cast):
    submission = corrected(report, cast["designer2"])
    client = client_of(cast["coordinator"])
    acts = {"submission": submission, "by": cast["coordinator"], "side": "labor", "way": "text", "reached": False}
    log_contact(**acts)
    before = count(client, room(submission))
    for _number in range(2):
        log_contact(**acts)
    assert count(client, room(submission)) == before


def test_a_notice_is_taken_away_by_hand(taught, cast):
    notice = warn(
        module_uid=taught.uid, page_uid=lesson_of(taught).uid, by=cast["coordinator"], texts={"en": "A.", "es": "B."}
    )
    client = client_of(cast["coordinator"])
    response = client.post(reverse("notice_take_away", args=[notice.pk]), {"back": "https://elsewhere.invalid/"})
    assert response.url == reverse("review_desk") and safety.standing_over(taught.uid) == []
    assert "already" in told(client.post(reverse("notice_take_away", args=[notice.pk])))


def test_a_correction_lies_on_top_of_what_waits_and_is_marked(report, taught, cast):
    other = submit_another(taught, cast)
    submission = corrected(report, cast["designer2"])
    papers = soup(client_of(cast["labor2"]).get(reverse("review_desk"))).select("[aria-labelledby=waits] .paper")
    assert [paper.h3.a["href"] for paper in papers] == [room(submission), room(other)]
    assert papers[0].select_one(".safety-tag") and papers[1].select_one(".safety-tag") is None


def submit_another(taught, cast):
    """Something that was sent before."""
    module = make_module(cast["designer"], code="T7")
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="Older."))
