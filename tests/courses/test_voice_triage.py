"""What becomes of what was said: answered by a few, heard by others only when cleared, carried by a version."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.delivery import credits
from courses.voice import answering, jobs, policy, queries, recordings, saying, tying
from courses.voice.enums import Answer, State, StepKind
from courses.voice.models import VoiceItem, VoiceStep
from curriculum.models import LessonPage
from curriculum.review.actions import submit
from curriculum.review.models import Committee, Holiday
from curriculum.review.proposal import Proposal
from curriculum.review.ticking import jobs as ticking
from tests.courses import voices
from tests.courses.reading import page
from tests.courses.voices import SECOND, said
from tests.factories import agree, change

TRIAGE = ("designer", "designer2", "coordinator")
HEAR = (*TRIAGE, "labor1", "labor2", "management1", "management2", "instructor1", "auditor")
LESSON, COURSE = "/curricula/tst/t1/t1-1/", "/curricula/tst/"
THANKS = "Changed because workers told us"


@pytest.fixture
def item(released, module):
    return said(module, recording=voices.webm())


def text_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text().split())


def addresses(item):
    """Every address of one item, and whether it is read."""
    base = f"/voices/{item.pk}/"
    acts = ("read", "answer", "written", "cleared", "cleared/look", "tie", "untie")
    return ["/voices/", base, f"{base}recording/"], [f"{base}{act}/" for act in acts]


def exists(item):
    return storages["voices"].exists(item.recording)


def test_only_designers_and_the_coordinator_read_hear_and_act(client, item, cast):
    read, act = addresses(item)
    for who, user in cast.items():
        if who.endswith("2"):
            continue
        client.force_login(user)
        wanted = 200 if who in TRIAGE else 404
        assert [client.get(url).status_code for url in read] == [wanted] * 3, who
        assert client.get("/voices/heard/").status_code == (200 if who in HEAR else 404), who
        if who not in TRIAGE:
            assert [client.post(url, {"answer": "accepted"}).status_code for url in act] == [404] * len(act), who
            with pytest.raises(PermissionDenied):
                answering.acknowledge(item=item, by=user)
            with pytest.raises(PermissionDenied):
                tying.tie(item=item, by=user, number=1)
    client.logout()
    assert {client.get(url).status_code for url in [*read, "/voices/heard/"]} == {302}
    item.refresh_from_db()
    assert item.state == State.WAITING and not item.steps.exists()


def test_a_recording_is_streamed_and_never_kept(client, item, cast):
    client.force_login(cast["coordinator"])
    answer = client.get(f"/voices/{item.pk}/recording/")
    whole = b"".join(answer.streaming_content)
    assert whole[:4] == b"\x1a\x45\xdf\xa3" and answer.headers["Content-Type"] == "audio/webm"
    assert "no-store" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"]
    part = client.get(f"/voices/{item.pk}/recording/", HTTP_RANGE="bytes=0-3")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, whole[:4])
    assert client.get(f"/media/{item.recording}").status_code == 404


def test_when_things_are_due():
    friday = date(2026, 11, 20)
    assert policy.due_on("waiting", friday, None) == date(2026, 11, 27)
    assert policy.due_on("waiting", friday, None, {date(2026, 11, 26)}) == date(2026, 11, 30)
    assert policy.due_on("acknowledged", friday, None) == date(2026, 12, 20)
    assert policy.due_on("deferred", friday, date(2027, 1, 1)) == date(2027, 1, 1)
    assert {policy.due_on(state, friday, None) for state in policy.CLOSED} == {None}


def test_what_is_due_first_stands_first_and_late_on_the_desk(client, item, module, cast):
    today = timezone.localdate()
    VoiceItem.objects.update(came_on=today - timedelta(days=20))
    second = said(module, "Another thing.", secret="two")
    Holiday.objects.create(committee=Committee.objects.get(), day=today + timedelta(days=1))
    first, last = queries.due()
    assert (first.item, last.item, first.is_late, last.is_late) == (item, second, True, False)
    assert last.due_on == policy.due_on("waiting", today, None, {today + timedelta(days=1)})
    client.force_login(cast["designer"])
    assert "2 things workers said wait for an answer 1 is past its day" in text_of(client, "/write/")
    assert ticking()["voices"]() == "0 recordings left over deleted, 2 things workers said wait, 1 of them late"


def test_answers_need_reasons_and_stay_in_the_history(item, cast, committed):
    designer = cast["designer"]
    item = answering.acknowledge(item=item, by=designer)
    with pytest.raises(ValueError, match="Somebody else was quicker"):
        answering.acknowledge(item=item, by=designer)
    for answer in (Answer.DECLINED, Answer.DEFERRED):
        with pytest.raises(ValueError, match="Say why"):
            answering.answer(item=item, by=designer, answer=answer, reason=" ")
    with pytest.raises(ValueError, match="after today"):
        answering.answer(item=item, by=designer, answer="deferred", reason="Later.", until=timezone.localdate())
    later = timezone.localdate() + timedelta(days=9)
    answering.answer(item=item, by=designer, answer="deferred", reason="Waiting for gloves.", until=later)
    assert exists(item), "it is not closed"
    answering.answer(item=item, by=designer, answer="accepted")
    steps = list(item.steps.values_list("kind", "answer", "reason", "until"))
    assert steps == [
        ("acknowledged", "", "", None),
        ("answered", "deferred", "Waiting for gloves.", later),
        ("answered", "accepted", "", None),
    ]
    for rewrite in (
        lambda: VoiceStep.objects.update(reason="Other."),
        lambda: VoiceStep.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rewrite()
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceStep.objects.create(item=item, kind=StepKind.ANSWERED, answer="declined", day=later)


@pytest.mark.parametrize(("keeps", "answer", "left"), [(False, "declined", False), (True, "accepted", True)])
def test_closing_deletes_the_recording_unless_the_sender_said_keep(
    released, module, cast, committed, keeps, answer, left
):
    item = said(module, "", recording=voices.webm(), keeps_recording=keeps)
    name = item.recording
    committed(answering.answer, item=item, by=cast["designer"], answer=answer, reason="So it is.")
    item.refresh_from_db()
    assert storages["voices"].exists(name) is left
    assert item.recording == (name if left else "")


def test_a_recording_stays_when_closing_was_not_committed_and_a_tick_removes_what_is_left(item, cast):
    assert exists(item)
    answering.answer(item=item, by=cast["designer"], answer="accepted")
    assert exists(item), "nothing was committed"
    assert recordings.forget_others(timezone.localdate()) == 0, "of today: it may be on its way in"
    assert recordings.forget_others(timezone.localdate() + timedelta(days=1)) == 1 and not exists(item)
    assert jobs.keep_voices().startswith("0 recordings")


def test_others_read_what_was_cleared_three_at_a_time(client, released, module, cast):
    items = [
        said(module, f"Secret of Harbor Clinic {n}.", block, secret=str(n))
        for n, block in enumerate((SECOND, "", SECOND))
    ]
    VoiceItem.objects.filter(pk=items[0].pk).update(name="Rosa Lee", came_on=date(2026, 1, 5))
    designer = cast["designer"]
    client.force_login(cast["labor2"])
    for number, one in enumerate(items):
        assert "Nothing to read yet" in text_of(client, "/voices/heard/")
        answering.clear(item=one, by=designer, words=f"There are no gloves {number}.")
    answering.answer(item=items[2], by=designer, answer="declined", reason="There are some.")
    told = text_of(client, "/voices/heard/")
    assert all(f"There are no gloves {number}." in told for number in range(3))
    assert "Rosa Lee" in told and "Declined · There are some." in told and "“The second paragraph.”" in told
    assert "Secret" not in told and "Harbor" not in told and "2026" not in told

    fourth = said(module, "A fourth.", secret="4")
    answering.clear(item=fourth, by=designer, words="One alone.")
    assert "One alone." not in text_of(client, "/voices/heard/")
    answering.clear(item=items[0], by=designer, words="")
    assert "There are no gloves 0." not in text_of(client, "/voices/heard/")


def test_clearing_shows_what_could_name_somebody_before_anything_is_saved(client, item, cast):
    client.force_login(cast["designer"])
    seen = page(client, f"/voices/{item.pk}/")
    assert [one.text for one in seen.select(".marked mark")] == ["nights", "Harbor", "Clinic", "Ms", "Ortega"]
    answer = client.post(f"/voices/{item.pk}/cleared/look/", {"words": "We have none, Rosa says."})
    seen = BeautifulSoup(answer.content, "html.parser")
    assert [one.text for one in seen.select(".marked mark")] == ["Rosa"]
    item.refresh_from_db()
    assert item.cleared == ""


def accepted(module, cast, block=voices.FIRST, language="en"):
    item = said(module, block=block, language=language, secret=f"{block}{language}")
    return answering.answer(item=item, by=cast["designer"], answer="accepted")


@pytest.fixture
def agree_again(released, module, curriculum, cast, committed):
    """agree_again(words, block, language="en") is a newer course text with other words in the first lesson."""

    def run(words, block=0, language="en"):
        lesson = LessonPage.objects.child_of(module).first()
        lesson = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code=language)
        change(lesson, words, cast["designer"], block=block)
        proposal = Proposal(note="Other words.", releases=(curriculum.uid,))
        submission = submit(page=module, by=cast["designer"], proposal=proposal)
        agree(submission, cast["labor1"], cast["management1"])
        return submission

    return lambda *args, **kwargs: committed(run, *args, **kwargs)


def tied(item):
    item.refresh_from_db()
    return item.tied_number


def test_the_version_that_changes_the_paragraph_carries_it_and_says_so(client, released, module, cast, agree_again):
    item, other, whole = (accepted(module, cast, block) for block in (voices.FIRST, SECOND, ""))
    waits = said(module, secret="nobody answered")
    assert THANKS not in text_of(client, LESSON) + text_of(client, COURSE)
    before = released.items.get(subject_uid=module.translation_key).frozen_id
    submission = agree_again("Take two pairs of gloves.")
    edition = submission.decisions.get(subject_uid=module.translation_key)
    assert (tied(item), tied(whole), tied(other), tied(waits)) == (2, 2, None, None)
    assert edition.frozen_id not in (before, "") and item.tied_edition == edition.frozen_id
    assert [step.kind for step in item.steps.all()] == ["answered", "tied"] and item.steps.last().person is None

    for language, url in (("en", LESSON), ("es", f"/es{LESSON}")):
        thanks = page(client, url).select_one(".thanks")
        assert thanks.a["href"] == f"#b-{voices.FIRST}", language
    assert not page(client, "/curricula/tst/t1/t1-2/").select(".thanks")
    course = page(client, COURSE)
    part = next(part for part in course.select(".part") if THANKS in part.h2.text)
    assert "2 things in this course text" in part.text
    assert [link["href"] for link in part.select("a")] == [LESSON]
    assert not page(client, "/curricula/tst/releases/2026.1/t1/t1-1/").select(".thanks")


def test_the_thanks_stay_until_the_paragraph_changes_again(client, module, cast, agree_again):
    item = accepted(module, cast)
    agree_again("Take two pairs of gloves.")
    agree_again("The second paragraph is another one.", block=1)
    assert page(client, LESSON).select(".thanks") and THANKS in text_of(client, COURSE)
    agree_again("Take three pairs of gloves.")
    assert not page(client, LESSON).select(".thanks") and THANKS not in text_of(client, COURSE)
    assert tied(item) == 2


def test_it_is_no_part_of_what_is_agreed(client, module, cast, agree_again):
    accepted(module, cast)
    submission = agree_again("Take two pairs of gloves.")
    for row in submission.items.all():
        assert b"workers" not in bytes(row.frozen.data)
    fingerprint = page(client, LESSON).select_one(".fingerprint").text
    assert page(client, f"/verify/{fingerprint}/").h1.text == "Lesson T1.1"


def test_somebody_who_read_spanish_is_thanked_when_the_spanish_changes(module, cast, agree_again):
    item = accepted(module, cast, language="es")
    agree_again("Take two pairs of gloves.")
    assert tied(item) is None
    agree_again("Tome dos pares de guantes.", language="es")
    assert tied(item) == 3


def test_designers_tie_and_untie_and_the_pages_follow_at_once(client, released, module, cast, committed, agree_again):
    item, designer = accepted(module, cast), cast["designer"]
    with pytest.raises(ValueError, match="no such version"):
        tying.tie(item=item, by=designer, number=7)
    committed(tying.tie, item=item, by=designer, number=1)
    assert page(client, LESSON).select(".thanks") and THANKS in text_of(client, COURSE)
    with pytest.raises(ValueError, match="Untie it first"):
        answering.answer(item=item, by=designer, answer="declined", reason="No.")
    committed(tying.untie, item=item, by=designer)
    assert not page(client, LESSON).select(".thanks") and THANKS not in text_of(client, COURSE)
    with pytest.raises(ValueError, match="No version carries this"):
        tying.untie(item=item, by=designer)
    agree_again("The second paragraph is another one.", block=1)
    assert tied(item) is None, "what that version changed was something else"
    with pytest.raises(ValueError, match="quicker"):
        tying.tie(item=said(module, secret="waits"), by=designer, number=1)


def test_the_sender_sees_the_version_and_may_still_take_the_words_back(client, module, cast, agree_again, committed):
    item = accepted(module, cast)
    agree_again("Take two pairs of gloves.")
    committed(saying.take_back, item=item)
    assert page(client, LESSON).select(".thanks")
    client.force_login(cast["designer"])
    assert "The sender took it back." in text_of(client, f"/voices/{item.pk}/")
    with pytest.raises(ValueError, match="took this back"):
        answering.clear(item=item, by=cast["designer"], words="Words.")


def test_the_editor_says_how_many_wait(client, released, module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    client.force_login(cast["designer"])
    assert "about this page" not in client.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    said(module), said(module, secret="two")
    editor = BeautifulSoup(client.get(f"/admin/pages/{lesson.pk}/edit/").content, "html.parser")
    link = editor.find("a", string="2 things workers said about this page")
    assert len(page(client, link["href"]).select(".results > li")) == 2
    other = LessonPage.objects.child_of(module).last()
    assert "Nothing waits" in text_of(client, f"/voices/?page={other.uid}")


def test_it_costs_the_same_with_one_and_with_three(client, released, module, curriculum, cast, agree_again):
    client.force_login(cast["designer"])
    urls = ("/voices/", "/voices/heard/", "/write/")

    def cost():
        counted = []
        for url in urls:
            with CaptureQueriesContext(connection) as queried:
                client.get(url)
            counted.append(len(queried))
        with CaptureQueriesContext(connection) as queried:
            credits.by_module()
        return [*counted, len(queried)]

    for number in range(3):
        item = said(module, secret=f"c{number}")
        VoiceItem.objects.filter(pk=item.pk).update(cleared="Words.", heard=True)
        said(module, secret=f"w{number}")
        tied_one = answering.answer(item=said(module, secret=f"t{number}"), by=cast["designer"], answer="accepted")
        tying.tie(item=tied_one, by=cast["designer"], number=1)
        if number == 0:
            client.get("/write/")
            one = cost()
    assert cost() == one
