"""Talking about a text under review: who may, what is kept, what becomes of a comment."""

import pytest

from curriculum.models import LessonPage
from curriculum.review import chain, rewording
from curriculum.review.actions import (
    Refused,
    answer_comment,
    comment,
    correct,
    put_newer_text,
    refer,
    reply,
    sign,
    submit,
    translate_words,
    withdraw,
)
from curriculum.review.enums import Disposition, EntryKind, Side
from curriculum.review.models import Checker, Entry
from curriculum.review.proposal import Proposal
from curriculum.review.speaking import CannotTalk
from curriculum.review.talk import conversation
from home.demo.cast import CAST
from tests.factories import change, text
from tests.review.screens import again

BLOCK = text(1, "")["id"]
EVERYBODY = tuple(part.username for part in CAST)
TALKERS = {"labor1", "labor2", "management1", "management2", "designer", "designer2", "coordinator", "admin"}


@pytest.fixture
def lesson(module):
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def submission(module, lesson, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


@pytest.fixture
def said(submission, lesson, cast):
    """A steward's comment on the first paragraph, with other words for it."""
    return comment(
        submission=submission,
        by=cast["labor2"],
        page=lesson.uid,
        block=BLOCK,
        words="Which gloves?",
        suggestion="Wear nitrile gloves.",
        language="en",
        reading="en",
    )


def draft_words(lesson):
    return LessonPage.objects.get(pk=lesson.pk).body[0].value.source


def test_a_comment_stands_by_its_block_with_side_and_languages(said, submission, lesson):
    assert (said.kind, said.side, said.language, said.words) == (EntryKind.COMMENT, "labor", "en", "Which gloves?")
    assert said.detail == {"page": lesson.uid, "block": BLOCK, "in": "en"}
    (thread,) = conversation(again(submission)).at(lesson.uid, [BLOCK])
    assert thread.root.suggestion == "Wear nitrile gloves." and thread.waits
    assert chain.problems(again(submission)) == []


@pytest.mark.parametrize("place", ["text", "page", "block", "criterion"])
def test_one_can_talk_about_a_text_a_page_a_block_or_a_criterion(place, submission, lesson, module, cast):
    glove_check = module.get_children().last().specific
    where = {
        "text": {},
        "page": {"page": lesson.uid, "reading": "en"},
        "block": {"page": lesson.uid, "block": BLOCK, "reading": "es"},
        "criterion": {
            "page": glove_check.uid,
            "block": "00000000-0000-4000-8000-00000000000a",
            "reading": "en",
        },
    }[place]
    comment(submission=submission, by=cast["management1"], words="Good.", **where)
    (thread,) = conversation(again(submission)).threads
    assert (thread.page, thread.block, thread.reading) == tuple(where.get(k, "") for k in ("page", "block", "reading"))


@pytest.mark.parametrize(
    "where",
    [
        {"page": "00000000-0000-4000-8000-00000000dead", "reading": "en"},
        {"block": "00000000-0000-4000-8000-00000000dead", "reading": "en"},
        {"block": BLOCK, "reading": "fr"},
    ],
)
def test_a_place_that_is_not_in_the_text_is_refused(where, submission, lesson, cast):
    with pytest.raises(ValueError):
        comment(submission=submission, by=cast["labor1"], words="Here.", **{"page": lesson.uid, **where})
    assert not Entry.objects.exists()


def test_empty_words_say_nothing(submission, said, cast):
    with pytest.raises(ValueError):
        comment(submission=submission, by=cast["labor1"], words="  ")
    for act in (reply, correct):
        with pytest.raises(ValueError):
            act(submission=submission, comment=said, by=cast["labor2"], words=" ")
    with pytest.raises(ValueError):
        refer(submission=submission, by=cast["labor1"], words="")
    assert Entry.objects.count() == 1


def test_who_may_talk(submission, cast):
    Checker.objects.create(committee=submission.committee, person=cast["mentor1"].person, kind="expert")
    may = set()
    for name in EVERYBODY:
        try:
            comment(submission=submission, by=cast[name], words="I read it.")
        except CannotTalk:
            continue
        may.add(name)
    assert may == TALKERS | {"mentor1"}
    assert Entry.objects.count() == len(may)


def test_a_seat_that_ended_or_is_elsewhere_says_nothing(submission, module, cast):
    from curriculum.review.founding import found_committee, seat

    other = found_committee(
        shelf=module.get_parent(), slug="other", name="Other", labor_name="Local 9", management_name="Parks"
    )
    seat(person=cast["outsider"].person, committee=other, side=Side.LABOR)
    cast["labor1"].person.representative.seats.update(until="2020-01-01")
    for name in ("outsider", "labor1"):
        with pytest.raises(CannotTalk):
            comment(submission=submission, by=cast[name], words="Let me in.")


def test_an_author_who_sits_for_a_side_talks_for_it(lesson, module, cast):
    change(lesson, "Labor wrote this.", cast["labor2"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    assert comment(submission=submission, by=cast["labor2"], words="I wrote it so because…").side == "labor"


def test_after_the_end_it_is_for_reading(said, submission, cast):
    withdraw(submission=submission, by=cast["designer"])
    for act, more in (
        (comment, {}),
        (reply, {"comment": said}),
        (correct, {"comment": said}),
        (refer, {}),
        (translate_words, {"entry": said, "language": "es"}),
        (answer_comment, {"comment": said, "disposition": "accepted"}),
    ):
        with pytest.raises(Refused):
            act(submission=submission, by=cast["labor2"], words="One more thing.", **more)
    assert len(conversation(again(submission)).threads) == 1


def test_replies_notes_and_translations_hang_on_their_thread(said, submission, cast):
    answered = reply(submission=submission, comment=said, by=cast["management1"], words="Vinyl?", language="en")
    reply(submission=submission, comment=answered, by=cast["labor1"], words="No.", language="en")
    note = correct(submission=submission, comment=said, by=cast["labor2"], words="I mean which material.")
    translate_words(submission=submission, entry=said, by=cast["labor1"], language="es", words="¿Qué guantes?")
    (thread,) = conversation(again(submission)).threads
    assert [one.words for one in thread.replies] == ["Vinyl?", "No."]
    assert [one.words for one in thread.root.notes] == [note.words]
    (translated,) = thread.root.translations
    assert (translated.words, translated.entry.language, translated.entry.person) == (
        "¿Qué guantes?",
        "es",
        cast["labor1"].person,
    )
    assert thread.root.words == "Which gloves?"
    assert chain.problems(again(submission)) == []


def test_nobody_corrects_somebody_else(said, submission, cast):
    for name in ("labor1", "management1", "designer", "admin"):
        with pytest.raises(Refused):
            correct(submission=submission, comment=said, by=cast[name], words="They mean vinyl.")
    assert Entry.objects.count() == 1


def test_a_translation_names_another_language(said, submission, cast):
    for language in ("", "en"):
        with pytest.raises(ValueError):
            translate_words(submission=submission, entry=said, by=cast["labor1"], language=language, words="¿Qué?")


def test_who_may_answer(said, submission, cast):
    may = set()
    for name in EVERYBODY:
        try:
            answer_comment(submission=submission, comment=said, by=cast[name], disposition="accepted")
        except CannotTalk:
            continue
        may.add(name)
    assert may == {"designer", "designer2", "coordinator", "admin"}


@pytest.mark.parametrize("disposition", Disposition.values)
def test_everything_but_a_plain_yes_needs_a_reason(disposition, said, submission, cast):
    more = {"wording": "Wear gloves of nitrile."} if disposition == Disposition.ADAPTED else {}
    act = {"submission": submission, "comment": said, "by": cast["designer"], "disposition": disposition, **more}
    if disposition != Disposition.ACCEPTED:
        with pytest.raises(ValueError):
            answer_comment(**act)
    entry = answer_comment(**act, words="Because.")
    assert entry.detail == {"comment": said.digest, "disposition": disposition}
    (thread,) = conversation(again(submission)).threads
    assert thread.answer.disposition == disposition and not thread.waits


def test_an_unknown_answer_is_none(said, submission, cast):
    with pytest.raises(ValueError):
        answer_comment(submission=submission, comment=said, by=cast["designer"], disposition="maybe", words="Hm.")


def test_a_later_answer_takes_the_place_of_an_earlier_one(said, submission, cast):
    for disposition in ("deferred", "accepted"):
        answer_comment(
            submission=submission, comment=said, by=cast["designer"], disposition=disposition, words="Next week."
        )
    (thread,) = conversation(again(submission)).threads
    assert len(thread.answers) == 2 and thread.answer.disposition == "accepted"


def test_taking_a_suggestion_puts_it_into_the_draft(said, submission, lesson, cast):
    answer_comment(submission=submission, comment=said, by=cast["designer2"], disposition="accepted", put_in=True)
    assert draft_words(lesson) == "<p>Wear nitrile gloves.</p>"
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision.user == cast["designer2"]
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    assert spanish.body[0].value.source == "<p>Use guantes.</p>"


def test_taking_other_words_puts_those_into_the_draft_escaped(said, submission, lesson, cast):
    answer_comment(
        submission=submission,
        comment=said,
        by=cast["designer"],
        disposition="adapted",
        words="Nitrile is the brand-free word.",
        wording="Wear <nitrile> gloves & sleeves.\nBoth hands.",
        put_in=True,
    )
    assert draft_words(lesson) == "<p>Wear &lt;nitrile&gt; gloves &amp; sleeves.</p><p>Both hands.</p>"


def test_a_draft_that_moved_on_is_left_alone_and_nothing_is_answered(said, submission, lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer2"])
    with pytest.raises(rewording.NotHere):
        answer_comment(submission=submission, comment=said, by=cast["designer"], disposition="accepted", put_in=True)
    assert draft_words(lesson) == "<p>Wear clean gloves.</p>" and Entry.objects.count() == 1
    answer_comment(submission=submission, comment=said, by=cast["designer"], disposition="accepted")
    assert draft_words(lesson) == "<p>Wear clean gloves.</p>"


def test_not_taking_it_puts_nothing_into_the_draft(said, submission, lesson, cast):
    answer_comment(
        submission=submission,
        comment=said,
        by=cast["designer"],
        disposition="declined",
        words="No.",
        wording="Wear these.",
        put_in=True,
    )
    assert draft_words(lesson) == "<p>Wear gloves.</p>"
    assert Entry.objects.last().texts == {"words": "No."}


def test_a_request_for_changes_is_answered_too(submission, cast):
    asked = sign(
        submission=submission,
        by=cast["labor2"],
        position="request_changes",
        digest=submission.digest,
        words="Say which gloves.",
    )
    answer_comment(submission=submission, comment=asked, by=cast["designer"], disposition="deferred", words="In May.")
    (thread,) = conversation(again(submission)).threads
    assert thread.is_request and thread.answer.words == "In May."


def test_agreeing_is_no_thread(submission, cast):
    agreed = sign(submission=submission, by=cast["labor2"], position="support", digest=submission.digest)
    with pytest.raises(Refused):
        reply(submission=submission, comment=agreed, by=cast["management1"], words="Why?")
    assert conversation(again(submission)).threads == ()


def test_what_is_referred_to_the_parties_is_talked_about_no_more(said, submission, cast):
    refer(submission=submission, by=cast["management1"], words="That is for the contract.", comment=said)
    for act in (reply, correct):
        with pytest.raises(Refused):
            act(submission=submission, comment=said, by=cast["labor2"], words="But…")
    with pytest.raises(Refused):
        answer_comment(submission=submission, comment=said, by=cast["designer"], disposition="accepted")
    (thread,) = conversation(again(submission)).threads
    assert thread.is_closed and thread.referral.words == "That is for the contract."
    comment(submission=submission, by=cast["labor2"], words="Something else.")


def test_something_new_is_referred_without_a_thread(submission, cast):
    entry = refer(submission=submission, by=cast["labor1"], words="Overtime on training days.")
    assert (entry.kind, entry.side, entry.detail) == (EntryKind.REFERRAL, "labor", {})
    assert [one.words for one in conversation(again(submission)).referrals] == ["Overtime on training days."]


def test_words_of_another_review_are_out_of_reach(said, submission, lesson, module, curriculum, cast):
    curriculum.save_revision(user=cast["designer"], log_action=True)
    withdraw(submission=submission, by=cast["designer"])
    other = submit(page=module, by=cast["designer"], proposal=Proposal(note="Again."))
    for act, more in ((reply, {"comment": said}), (translate_words, {"entry": said, "language": "es"})):
        with pytest.raises(Refused):
            act(submission=other, by=cast["labor1"], words="Still?", **more)


def test_a_thread_survives_a_new_round_by_its_block(said, submission, lesson, cast, django_assert_num_queries):
    change(lesson, "Wear clean gloves.", cast["designer"])
    second = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    answer_comment(
        submission=second,
        comment=said,
        by=cast["designer"],
        disposition="adapted",
        words="Simpler.",
        wording="Wear clean gloves.",
    )
    change(lesson, "Wear clean, dry gloves.", cast["designer"])
    third = again(put_newer_text(submission=second, by=cast["designer"], proposal=Proposal(note="Dry.")))
    with django_assert_num_queries(1):
        talk = conversation(third)
        (thread,) = talk.at(lesson.uid, [BLOCK])
        assert (thread.round, thread.is_now, thread.answer.wording) == (1, False, "Wear clean gloves.")
        assert talk.became(cast["labor2"].person_id) == [thread]
        assert talk.became(cast["labor1"].person_id) == []
    reply(submission=third, comment=said, by=cast["labor2"], words="Thank you.")
    assert [one.words for one in conversation(again(third)).threads[0].replies] == ["Thank you."]


def test_a_first_round_is_read_without_a_query(said, submission, django_assert_num_queries):
    read = again(submission)
    with django_assert_num_queries(0):
        assert len(conversation(read).threads) == 1
