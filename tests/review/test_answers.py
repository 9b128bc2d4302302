"""The sheet before a signature: which answers there are, what each needs, which languages were read, who stands in."""

import pytest
from django.urls import reverse

from curriculum.models import LessonPage
from curriculum.review import queries
from curriculum.review.actions import sign, submit
from curriculum.review.enums import Outcome, Position
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from tests.factories import agree, change, release
from tests.review.charters import block, charter, checker, seat_of, stands_in
from tests.review.screens import again, answer, client_of, posted, room, soup, words
from users.models import User

OTHERS = ["support_with_reservation", "stand_aside", "block", "recuse"]


def send(module, cast, **more):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New.", **more))


@pytest.fixture
def both(module, cast):
    """A text that is new in two languages."""
    return send(module, cast)


def sheet(client, submission, position="support"):
    return client.get(f"{reverse('review_answer', args=[submission.pk])}?position={position}")


def give(client, submission, position="support", **said):
    """Fill in the sheet as a browser would and send it."""
    shown = sheet(client, submission, position)
    data = posted(soup(shown).select_one("form.sign")) | said
    return client.post(reverse("review_answer", args=[submission.pk]), data, follow=True)


def tally(submission):
    return queries.tally_of(again(submission))


# Which answers there are


def test_under_the_light_charter_there_are_two_answers_and_no_word_of_others(both, cast):
    client = client_of(cast["labor2"])
    page = client.get(room(both))
    links = [link.get_text(strip=True) for link in soup(page).select(".answer-bar a")]
    assert links == ["I agree", "Please change"]
    for word in ("Another answer", "Checks", "Interest record", "stands in", "co-chair"):
        assert word not in words(page)
    more = reverse("review_answer_more", args=[both.pk])
    assert client.get(more)["Location"] == room(both)
    for position in OTHERS:
        assert sheet(client, both, position)["Location"] == room(both)
        assert answer(client, both, position, text="Because.").status_code == 409
        with pytest.raises(ValueError, match="no answer"):
            sign(submission=both, by=cast["labor2"], position=position, digest=both.digest, words="Because.")
    assert not again(both).entries.exists()


def test_another_answer_opens_the_other_four_each_with_what_it_does(module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    client = client_of(cast["labor2"])
    link = soup(client.get(room(submission))).select_one(".another-answer a")
    doors = soup(client.get(link["href"])).select("a.door")
    assert [door["href"].partition("position=")[2] for door in doors] == OTHERS
    assert [door.b.get_text() for door in doors] == [str(Position(one).label) for one in OTHERS]
    assert all(door.small.get_text() for door in doors)
    assert [client.get(door["href"]).status_code for door in doors] == [200] * 4
    for name in ("coordinator", "auditor", "designer"):
        assert client_of(cast[name]).get(link["href"]).status_code == 409
    assert client_of(cast["outsider"]).get(link["href"]).status_code == 404


@pytest.mark.parametrize(
    ("position", "missing"),
    [
        ("support_with_reservation", {"words": ""}),
        ("block", {"words": "", "ground": "safety", "alternative": "Later."}),
        ("block", {"words": "It burns.", "alternative": "Later."}),
        ("block", {"words": "It burns.", "ground": "safety", "alternative": " "}),
        ("block", {"words": "It burns.", "ground": "taste", "alternative": "Later."}),
    ],
)
def test_an_answer_lacking_what_it_needs_is_not_sent_and_keeps_what_was_typed(position, missing, module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    refused = give(client_of(cast["labor2"]), submission, position, languages=["en"], **missing)
    assert refused.status_code == 422 and not again(submission).entries.exists()
    assert missing["words"] in refused.content.decode() and soup(refused).select(".errorlist")


def test_a_note_agrees_and_everybody_in_the_room_reads_it(module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    done = give(
        client_of(cast["labor2"]),
        submission,
        "support_with_reservation",
        words="Only with clean gloves.",
        languages=["en", "es"],
    )
    assert "waiting for management" in words(done)
    shown = client_of(cast["management1"]).get(room(submission))
    assert "Only with clean gloves." in soup(shown).select_one(".noted").get_text()
    assert tally(submission).labor.holds
    agree(submission, cast["management1"])
    assert again(submission).outcome == Outcome.APPROVED


@pytest.mark.parametrize("position", ["stand_aside", "recuse"])
def test_standing_aside_or_taking_no_part_stops_nothing_and_agrees_to_nothing(position, module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    give(client_of(cast["labor1"]), submission, position)
    agree(submission, cast["management1"])
    assert again(submission).outcome is None and tally(submission).labor.aside
    agree(submission, cast["labor2"])
    assert again(submission).outcome == Outcome.APPROVED


def test_stopping_it_says_what_follows_and_opens_the_record(module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    done = give(
        client_of(cast["labor1"]), submission, "block", words="It burns.", ground="safety", alternative="Dilute it."
    )
    assert soup(done).select_one(".interest-card") is not None
    entry = again(submission).entries.get()
    assert entry.detail["ground"] == "safety" and entry.texts == {"words": "It burns.", "alternative": "Dilute it."}


def test_every_sheet_says_that_it_stays_in_the_record(module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    client = client_of(cast["labor2"])
    for position in Position.values:
        assert "This stays in the record" in words(sheet(client, submission, position))


# Languages


def test_the_sheet_asks_which_languages_i_read_mine_ticked(both, cast):
    for name, own in (("labor1", "es"), ("labor2", "en")):
        page = soup(sheet(client_of(cast[name]), both))
        boxes = {box["value"]: box.has_attr("checked") for box in page.select("[name=languages]")}
        assert boxes == {"en": own == "en", "es": own == "es"}
    labels = [label.get_text(strip=True) for label in page.select("fieldset.field label")]
    assert labels == ["English", "Español"]


def test_a_side_that_read_one_language_does_not_hold_and_is_told_which_is_missing(both, cast):
    done = give(client_of(cast["labor2"]), both, languages=["en"])
    assert "Nobody on your side has read it in Español yet." in words(done)
    assert "nobody has read it in: Español" in words(done)
    assert not tally(both).labor.holds
    agree(both, cast["management1"])
    assert again(both).outcome is None
    give(client_of(cast["labor1"]), both, languages=["es"])
    assert again(both).outcome == Outcome.APPROVED


def test_one_language_has_to_be_ticked_on_the_screen_and_below_it(both, cast):
    refused = give(client_of(cast["labor2"]), both, languages=[])
    assert refused.status_code == 422 and "Tick the languages you read it in" in words(refused)
    for languages in ([], ["fr"]):
        with pytest.raises(ValueError, match="Tick the languages"):
            sign(submission=both, by=cast["labor2"], position="support", digest=both.digest, languages=languages)
    assert not again(both).entries.exists()


def test_the_next_sheet_remembers_what_was_ticked(both, cast):
    give(client_of(cast["labor2"]), both, languages=["en", "es"])
    assert set(User.objects.get(pk=cast["labor2"].pk).reads) == {"en", "es"}
    ticked = soup(sheet(client_of(cast["labor2"]), both)).select("[name=languages][checked]")
    assert {box["value"] for box in ticked} == {"en", "es"}
    give(client_of(cast["labor2"]), both, languages=["en"])
    assert User.objects.get(pk=cast["labor2"].pk).reads == ["en"]


def test_whoever_agreed_to_one_language_can_add_another(both, cast):
    client = client_of(cast["labor2"])
    give(client, both, languages=["en"])
    assert "I agree" in soup(client.get(room(both))).select_one(".answers-of-side").get_text()
    give(client, both, languages=["en", "es"])
    assert tally(both).labor.holds


def test_a_late_fix_in_one_language_asks_nothing_and_shows_the_others_as_unchanged(curriculum, module, cast):
    release(curriculum, cast)
    lesson = LessonPage.objects.child_of(module).first()
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    change(spanish, "Use guantes limpios.", cast["designer"])
    submission = send(module, cast)
    page = sheet(client_of(cast["labor2"]), submission)
    assert not soup(page).select("[name=languages]")
    assert "Unchanged since both sides last agreed: English." in words(page)
    answer(client_of(cast["labor2"]), submission, "support")
    assert tally(submission).labor.holds


def test_asking_for_a_change_asks_for_no_languages(both, cast):
    assert not soup(sheet(client_of(cast["labor2"]), both, "request_changes")).select("[name=languages]")


# Who may be named, and who answers for whom


def test_nobody_is_named_unless_they_tick_it_under_details(both, cast):
    client = client_of(cast["labor2"])
    box = soup(sheet(client, both)).select_one("details.provenance [name=named]")
    assert box is not None and not box.has_attr("checked")
    give(client, both, languages=["en", "es"])
    assert "named" not in again(both).entries.get().detail
    give(client, both, languages=["en", "es"], named="on")
    assert again(both).entries.last().detail["named"] is True


def test_the_side_still_needs_its_co_chair_and_the_sheet_says_so(module, cast):
    charter(holder_signs=True)
    seat_of(cast["labor1"], role="co_chair")
    seat_of(cast["management1"], role="co_chair")
    submission = send(module, cast)
    done = give(client_of(cast["labor2"]), submission, languages=["en", "es"])
    assert "Your side’s co-chair has not agreed yet." in words(done)
    assert "waiting for the co-chair" in words(done)
    agree(submission, cast["management1"])
    assert again(submission).outcome is None
    agree(submission, cast["labor1"])
    assert again(submission).outcome == Outcome.APPROVED


def test_the_side_needs_two_people_and_the_sheet_says_how_many_agreed(module, cast):
    charter(quorum=2, quorum_safety=2)
    done = give(client_of(cast["labor2"]), send(module, cast), languages=["en", "es"])
    assert "1 of 2 people on your side agreed so far." in words(done)


def test_author_is_also_labor_co_chair_so_the_system_requires_an_alternate(module, cast):
    """Scenario 8."""
    charter(holder_signs=True)
    for name in ("labor1", "management1"):
        seat_of(cast[name], role="co_chair")
    seat_of(cast["labor2"], role="alternate")
    change(LessonPage.objects.child_of(module).first(), "The co-chair wrote this.", cast["labor1"])
    submission = send(module, cast)
    with pytest.raises(CannotSign, match="somebody else on your side answers"):
        agree(submission, cast["labor1"])
    with pytest.raises(CannotSign, match="nobody has named you"):
        agree(submission, cast["labor2"])
    agree(submission, cast["management1"])
    assert again(submission).outcome is None
    page = soup(client_of(cast["labor1"]).get(room(submission)))
    assert page.select_one(".answer-bar a")["href"] == reverse("review_stand_in")
    stands_in(cast["labor2"], instead_of=cast["labor1"])
    client = client_of(cast["labor2"])
    assert "You stand in for Lucía Herrera today" in words(sheet(client, submission))
    give(client, submission, languages=["en", "es"])
    ended = again(submission)
    assert ended.outcome == Outcome.APPROVED
    entry = ended.entries.filter(side="labor").get()
    assert entry.detail["for"] == str(cast["labor1"].person_id) and entry.detail["holder"] is True


def test_labor_approves_and_management_is_silent_nothing_is_published_and_the_reason_is_shown(both, cast):
    """Scenario 1."""
    agree(both, cast["labor1"], cast["labor2"])
    assert again(both).outcome is None and tally(both).keys == 1
    page = words(client_of(cast["coordinator"]).get(room(both)))
    assert "waiting for management" in page and "waiting for labor" not in page


def test_five_yes_from_labor_and_one_request_from_management_are_no_agreement(both, cast):
    """Scenario 2."""
    from curriculum.review.founding import seat
    from curriculum.review.models import Committee

    more = ["instructor1", "mentor1", "assessor1"]
    for name in more:
        seat(person=cast[name].person, committee=Committee.objects.get(), side="labor")
    agree(both, *(cast[name] for name in ["labor1", "labor2", *more]))
    answer(client_of(cast["management1"]), both, "request_changes", text="Say which gloves.")
    assert again(both).outcome is None and tally(both).keys == 1
    agree(both, cast["management2"])
    assert again(both).outcome is None
    assert "asks for a change" in words(client_of(cast["auditor"]).get(room(both)))


@pytest.mark.parametrize("position", Position.values)
def test_the_coordinator_and_others_without_a_seat_give_none_of_the_answers(position, module, cast):
    charter(more_answers=True)
    checker(cast["outsider"], "expert")
    submission = send(module, cast)
    said = {"words": "W.", "ground": "safety", "alternative": "A."}
    for name in ("coordinator", "designer2", "admin", "auditor", "outsider", "learner1"):
        with pytest.raises(CannotSign):
            sign(submission=submission, by=cast[name], position=position, digest=submission.digest, **said)
    assert not again(submission).entries.exists()


def test_a_block_of_one_person_outweighs_any_number_of_yes(module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    block(submission, cast["management2"])
    agree(submission, cast["labor1"], cast["labor2"], cast["management1"])
    assert again(submission).outcome is None
    assert "Management stops it." in words(client_of(cast["auditor"]).get("/review/"))


def test_small_fixes_ask_for_languages_only_where_one_of_them_changes_several(curriculum, module, cast):
    release(curriculum, cast)
    lesson = LessonPage.objects.child_of(module).first()
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    change(lesson, "Wear gloves now.", cast["designer"])
    change(spanish, "Use guantes ya.", cast["designer"])
    submission = send(module, cast)
    client = client_of(cast["labor2"])
    card = soup(client.get("/review/")).select_one(".small-fixes form")
    assert [box["value"] for box in card.select("[name=language][checked]")] == ["en"]
    data = posted(card)
    assert "Tick the languages" in words(client.post(card["action"], data | {"language": []}))
    assert not again(submission).entries.exists()
    client.post(card["action"], data)
    assert again(submission).entries.get().detail["languages"] == ["en"]
    assert tally(submission).labor.unread == ("es",)
