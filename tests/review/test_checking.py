"""Checks by list: who gives them, what they keep from being agreed, and that they are no vote."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review import chain, checklists, queries
from curriculum.review.actions import Refused, challenge, give_check, put_newer_text, sign, submit
from curriculum.review.checking import CannotCheck, asked_of
from curriculum.review.enums import CheckKind, Outcome
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import agree, change
from tests.review.charters import charter, checker, gate
from tests.review.screens import again, client_of, posted, room, soup, words

ALL = [item.code for item in checklists.items_of("clinical")]


def send(module, cast, **more):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New.", **more))


def give(submission, by, kind="clinical", language="", met=None, text=""):
    codes = [item.code for item in checklists.items_of(kind, language)] if met is None else met
    return give_check(submission=submission, by=by, kind=kind, language=language, met=codes, words=text)


def address(submission, kind="clinical", language=""):
    name, args = ("review_check_language", [kind, language]) if language else ("review_check", [kind])
    return reverse(name, args=[submission.pk, *args])


@pytest.fixture
def gated(module, cast):
    """A text that waits for the clinical coordinator, who is nobody else in review."""
    charter(gates=[gate("clinical")])
    checker(cast["instructor1"], "clinical", credential="EMT-P 4711", until=timezone.localdate())
    return send(module, cast)


def test_both_sides_agreed_and_it_still_waits_for_the_check_that_ends_it(gated, cast):
    agree(gated, cast["labor1"], cast["management1"])
    assert again(gated).outcome is None
    assert "Still needed: clinical coordinator’s check" in words(client_of(cast["management1"]).get(room(gated)))
    client = client_of(cast["instructor1"])
    form = soup(client.get(address(gated))).select_one("form.sign")
    done = client.post(address(gated), posted(form) | {"met": ALL}, follow=True)
    assert "both sides agreed" in words(done)
    ended = again(gated)
    assert ended.outcome == Outcome.APPROVED and chain.problems(ended) == []
    entry = ended.entries.filter(kind="check").get()
    assert entry.side == "" and entry.detail["met"] == ALL and entry.detail["credential"] == "EMT-P 4711"
    assert entry.detail["credential_until"] == timezone.localdate().isoformat()
    shown = words(client_of(cast["management1"]).get(room(gated)))
    assert "Clinical coordinator’s check EMT-P 4711" in shown and "Still needed" not in shown


def test_what_is_not_met_keeps_it_closed_says_why_and_is_put_right_by_a_later_check(gated, cast):
    client = client_of(cast["instructor1"])
    refused = client.post(address(gated), {"met": ALL[1:], "words": " "})
    assert refused.status_code == 422 and "Say in a sentence what is missing" in words(refused)
    client.post(address(gated), {"met": ALL[1:], "words": "A learner may not give oxygen."})
    agree(gated, cast["labor1"], cast["management1"])
    assert again(gated).outcome is None
    page = words(client_of(cast["management1"]).get(room(gated)))
    assert "Missing: Everything taught is within the scope of practice" in page
    assert "A learner may not give oxygen." in page
    record = words(client_of(cast["auditor"]).get(reverse("review_record", args=[gated.pk])))
    assert "Everything taught is within the scope of practice" in record and "EMT-P 4711" in record
    give(gated, cast["instructor1"])
    assert again(gated).outcome == Outcome.APPROVED


def test_a_check_alone_agrees_to_nothing(gated, cast):
    give(gated, cast["instructor1"])
    assert again(gated).outcome is None and queries.tally_of(again(gated)).keys == 0
    agree(gated, cast["labor1"], cast["labor2"])
    assert again(gated).outcome is None


def test_only_the_named_person_with_standing_that_holds(gated, cast):
    for user in (cast[one.username] for one in CAST if one.username != "instructor1"):
        with pytest.raises(CannotCheck):
            give(gated, user)
        assert client_of(user).get(address(gated)).status_code == 404
    row = cast["instructor1"].person.checks_as.get()
    row.credential_until = timezone.localdate() - timedelta(days=1)
    row.save()
    with pytest.raises(CannotCheck, match="ran out"):
        give(gated, cast["instructor1"])
    late = client_of(cast["instructor1"]).post(address(gated), {"met": [], "words": "Kept."})
    assert late.status_code == 409 and soup(late).select_one("textarea[readonly]").get_text() == "Kept."
    row.credential_until, row.until = None, timezone.localdate()
    row.save()
    with pytest.raises(CannotCheck, match="not named"):
        give(gated, cast["instructor1"])
    assert client_of(cast["instructor1"]).get(room(gated)).status_code == 404
    assert not again(gated).entries.exists()


def test_authors_do_not_check_their_own_text(module, cast):
    charter(gates=[gate("expert")])
    checker(cast["designer2"], "expert", credential="Chemist")
    change(LessonPage.objects.child_of(module).first(), "The expert wrote this.", cast["designer2"])
    submission = send(module, cast)
    with pytest.raises(CannotCheck, match="You helped write"):
        give(submission, cast["designer2"], "expert")
    assert client_of(cast["designer2"]).get(address(submission, "expert")).status_code == 409
    assert "Give:" not in words(client_of(cast["designer2"]).get(room(submission)))


def test_a_checker_reads_and_finds_it_on_the_desk_but_has_no_answer(gated, cast):
    client = client_of(cast["instructor1"])
    desk = client.get("/review/")
    assert "A check waits for you" in words(desk)
    assert soup(desk).select_one("#checks ~ ul a")["href"] == address(gated)
    page = client.get(room(gated))
    assert page.status_code == 200 and not soup(page).select(".answer-bar a")
    assert soup(page).select_one(".my-check a")["href"] == address(gated)
    assert "/review/" in [link["href"] for link in soup(page).select(".desks a")]
    give(gated, cast["instructor1"])
    assert "A check waits for you" not in words(client.get("/review/"))


def test_a_checker_of_another_committee_finds_nothing(module, gated, cast):
    from curriculum.review.founding import found_committee
    from curriculum.review.models import Checker

    other = found_committee(
        shelf=module.get_parent(), slug="other", name="Other", labor_name="Local 9", management_name="Parks"
    )
    Checker.objects.create(committee=other, person=cast["outsider"].person, kind="clinical", credential="EMT-P")
    client = client_of(cast["outsider"])
    assert client.get("/review/").status_code == 200
    for url in (room(gated), address(gated)):
        assert client.get(url).status_code == 404
    with pytest.raises(CannotCheck):
        give(gated, cast["outsider"])


def test_no_check_is_given_that_the_text_does_not_ask_for(module, cast):
    checker(cast["instructor1"], "expert", credential="Chemist")
    submission = send(module, cast)
    with pytest.raises(CannotCheck, match="does not ask"):
        give(submission, cast["instructor1"], "expert")
    assert client_of(cast["instructor1"]).get(address(submission, "expert")).status_code == 409
    assert client_of(cast["instructor1"]).get(address(submission, "gossip")).status_code == 404


def test_a_code_that_is_not_on_the_list_is_refused(gated, cast):
    with pytest.raises(ValueError, match="list changed"):
        give(gated, cast["instructor1"], met=[*ALL, "handsome"])
    assert client_of(cast["instructor1"]).post(address(gated), {"met": ["handsome"]}).status_code == 422


def test_a_language_check_covers_that_language_for_both_sides(module, cast):
    checker(cast["mentor1"], "language", "es")
    submission = send(module, cast)
    for name in ("labor2", "management1"):
        sign(submission=submission, by=cast[name], position="support", digest=submission.digest, languages=["en"])
    assert again(submission).outcome is None
    give(submission, cast["mentor1"], "language", "es")
    assert again(submission).outcome == Outcome.APPROVED


def test_a_language_check_with_something_missing_covers_nothing_and_stops(module, cast):
    checker(cast["mentor1"], "language", "es")
    submission = send(module, cast)
    give(submission, cast["mentor1"], "language", "es", met=["natural"], text="“Guantes” is missing.")
    agree(submission, cast["labor1"], cast["management1"])
    assert again(submission).outcome is None


def test_a_language_gate_asks_for_each_language_that_changed(module, cast):
    charter(gates=[gate("language")])
    submission = again(send(module, cast))
    assert [(one.kind, one.language, one.gate) for one in asked_of(submission)] == [
        ("language", "en", True),
        ("language", "es", True),
    ]
    codes = {item.code for item in checklists.items_of("language", "en")}
    assert "same" not in codes and "same" in {item.code for item in checklists.items_of("language", "es")}


def test_a_heavier_change_brings_its_checks(module, cast):
    charter(gates=[gate("clinical", "3", "E")])
    checker(cast["instructor1"], "clinical", credential="EMT-P")
    submission = send(module, cast)
    with pytest.raises(CannotCheck):
        give(submission, cast["instructor1"])
    agree(submission, cast["management1"])
    challenge(submission=submission, by=cast["labor1"], change_class="3", words="It is about bleach.")
    agree(submission, cast["labor1"])
    assert again(submission).outcome is None
    give(submission, cast["instructor1"])
    assert again(submission).outcome == Outcome.APPROVED


def test_newer_text_needs_its_check_again(gated, module, cast):
    give(gated, cast["instructor1"])
    change(LessonPage.objects.child_of(module).first(), "Newer.", cast["designer"])
    newer = put_newer_text(submission=gated, by=cast["designer"], proposal=Proposal(note="Newer."))
    agree(newer, cast["labor1"], cast["management1"])
    assert again(newer).outcome is None
    with pytest.raises(Refused, match="ended already"):
        give(gated, cast["instructor1"])


def test_the_charter_of_an_open_review_does_not_change_under_it(gated, cast):
    charter(gates=[])
    agree(gated, cast["labor1"], cast["management1"])
    assert again(gated).outcome is None


@pytest.mark.parametrize("kind", CheckKind.values)
def test_every_list_has_its_own_codes_and_a_name(kind):
    items = checklists.items_of(kind)
    assert len({item.code for item in items}) == len(items) >= 3
    assert checklists.name_of(kind) and checklists.labels(kind, [items[0].code]) == [str(items[0].label)]
