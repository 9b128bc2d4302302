"""Words that hold personal data are taken out of the record, everywhere; everything else of the record stays."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from curriculum.models import LessonPage
from curriculum.review import chain
from curriculum.review import record as records
from curriculum.review.actions import (
    Refused,
    comment,
    put_newer_text,
    seal,
    sign,
    submit,
    translate_words,
    withdraw,
)
from curriculum.review.enums import EntryKind, SeatRole
from curriculum.review.models import Entry, Sealing
from curriculum.review.proposal import Proposal
from curriculum.review.speaking import CannotTalk
from home.demo.cast import CAST
from tests.factories import change, text
from tests.review.screens import again, client_of, room, soup, words

SECRET = "Rosa Xochimilco has asthma"
TRANSLATED = "Rosa Xochimilco tiene asma"
WHY = "It names a person and her health."
BLOCK = text(1, "")["id"]


@pytest.fixture
def lesson(module):
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def submission(module, lesson, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


@pytest.fixture
def said(submission, lesson, cast):
    entry = comment(
        submission=submission,
        by=cast["labor2"],
        page=lesson.uid,
        block=BLOCK,
        reading="en",
        words=f"{SECRET}.",
        suggestion=f"Wear gloves, because {SECRET}.",
        language="en",
    )
    translate_words(submission=submission, entry=entry, by=cast["labor1"], language="es", words=TRANSLATED)
    return entry


def everywhere(needle: str) -> list[str]:
    """Every table and column of the database whose text holds `needle`, the index of search included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                name = connection.ops.quote_name(column.name)
                cursor.execute(
                    f"SELECT count(*) FROM {connection.ops.quote_name(table)} WHERE CAST({name} AS TEXT) LIKE %s",
                    [f"%{needle}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


def pages_of(submission, lesson):
    yield "record", reverse("review_record", args=[submission.pk])
    yield "file", reverse("review_record_file", args=[submission.pk])
    yield "room", room(submission)
    yield "page", reverse("review_page", args=[submission.pk, lesson.uid])
    yield "editor", reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def test_nothing_of_the_words_remains_anywhere(said, submission, lesson, cast):
    client = client_of(cast["designer"])
    needles = ("Xochimilco", "asthma", "asma")
    assert "review_entry.said" in everywhere("Xochimilco")
    assert any("Xochimilco" in client.get(url).content.decode() for _name, url in pages_of(submission, lesson))
    seal(entry=said, by=cast["admin"], reason=WHY)
    assert [everywhere(needle) for needle in needles] == [[], [], []]
    for name, url in pages_of(submission, lesson):
        html = client.get(url).content.decode()
        assert not any(needle in html for needle in needles), name
    assert all("Xochimilco" not in letter.body + letter.subject for letter in mail.outbox)


def test_the_rest_stays_and_the_record_still_verifies(said, submission, cast):
    before = {"digest": said.digest, "at": said.at, "person": said.person_id, "said_digest": said.said_digest}
    seal(entry=said, by=cast["admin"], reason=WHY)
    entry = Entry.objects.get(pk=said.pk)
    assert {name: getattr(entry, name) for name in ("digest", "at", "said_digest")} == {
        name: before[name] for name in ("digest", "at", "said_digest")
    }
    assert entry.person_id == before["person"] and entry.is_sealed
    assert chain.problems(again(submission)) == []
    call_command("verify")
    told = records.exported(again(submission))["entries"][0]
    assert told["digest"] == before["digest"] and "said" not in told and "salt" not in told
    assert told["statement"]["said"] == before["said_digest"]
    last = again(submission).entries.filter(kind=EntryKind.SEALED).order_by("pk").first()
    assert last.words == WHY and last.detail == {"entry": said.digest}
    assert Sealing.objects.get(entry=said).reason == WHY


def test_who_may(said, submission, cast):
    may = set()
    for part in CAST:
        try:
            with transaction.atomic():
                seal(entry=said, by=cast[part.username], reason=WHY)
                may.add(part.username)
                raise ZeroDivisionError
        except (CannotTalk, ZeroDivisionError):
            continue
    assert may == {"admin"}
    url = reverse("review_seal", args=[submission.pk, said.digest])
    assert {part.username for part in CAST if client_of(cast[part.username]).get(url).status_code == 200} == {"admin"}
    posted = {part.username: client_of(cast[part.username]).post(url, {"words": WHY}).status_code for part in CAST[1:]}
    assert set(posted.values()) == {404} and not Sealing.objects.exists()


def test_a_reason_is_needed_and_there_must_be_words(said, submission, cast):
    with pytest.raises(ValueError):
        seal(entry=said, by=cast["admin"], reason=" ")
    why = seal(entry=said, by=cast["admin"], reason=WHY)
    for entry in (said, why):
        with pytest.raises(Refused):
            seal(entry=entry, by=cast["admin"], reason="Again.")
    agreed = sign(submission=submission, by=cast["labor2"], position="support", digest=submission.digest)
    with pytest.raises(Refused):
        seal(entry=agreed, by=cast["admin"], reason="Nothing.")


def test_without_a_sealing_the_database_keeps_the_words(said):
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=said.pk).update(said="", salt="")
    assert SECRET in Entry.objects.get(pk=said.pk).words


def test_both_sides_are_told_in_their_language(said, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        seal(entry=said, by=cast["admin"], reason=WHY)
    assert {letter.to[0].split("@")[0] for letter in mail.outbox} == {
        "labor1",
        "labor2",
        "management1",
        "management2",
    }
    assert all(WHY in letter.body for letter in mail.outbox)


def test_co_chairs_hear_it_for_their_side(said, cast, django_capture_on_commit_callbacks):
    cast["labor2"].person.representative.seats.update(role=SeatRole.CO_CHAIR)
    with django_capture_on_commit_callbacks(execute=True):
        seal(entry=said, by=cast["admin"], reason=WHY)
    heard = {letter.to[0].split("@")[0] for letter in mail.outbox}
    assert heard == {"labor2", "management1", "management2"}


def test_the_room_says_since_when_and_why(said, submission, lesson, cast):
    seal(entry=said, by=cast["admin"], reason=WHY)
    page = client_of(cast["management1"]).get(reverse("review_page", args=[submission.pk, lesson.uid]))
    thread = soup(page).select_one(".thread")
    assert "Words taken away on" in thread.get_text() and f"by an administrator: {WHY}" in thread.get_text()
    assert "Lamar Jefferson" in thread.get_text()


def test_from_the_record_an_administrator_takes_words_away(said, submission, cast):
    client = client_of(cast["admin"])
    record = reverse("review_record", args=[submission.pk])
    url = reverse("review_seal", args=[submission.pk, said.digest])
    assert url in client.get(record).content.decode()
    assert url not in client_of(cast["auditor"]).get(record).content.decode()
    assert SECRET in words(client.get(url))
    assert client.post(url, {"words": ""}).status_code == 422
    done = client.post(url, {"words": WHY}, follow=True)
    assert "The words are gone" in words(done) and url not in done.content.decode()
    assert client.get(url).status_code == 404


def test_it_works_after_the_end_and_in_an_earlier_round(said, submission, lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    newer = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    translate_words(submission=newer, entry=said, by=cast["labor1"], language="es", words=f"{TRANSLATED} (2)")
    withdraw(submission=newer, by=cast["designer"])
    seal(entry=said, by=cast["admin"], reason=WHY)
    assert everywhere("Xochimilco") == []
    assert [chain.problems(again(row)) for row in (submission, newer)] == [[], []]


def test_a_sealed_request_reads_so_in_the_room(submission, cast):
    asked = sign(
        submission=submission,
        by=cast["labor2"],
        position="request_changes",
        digest=submission.digest,
        words=SECRET,
    )
    seal(entry=asked, by=cast["admin"], reason=WHY)
    page = words(client_of(cast["management1"]).get(room(submission)))
    assert "words were taken away" in page and SECRET not in page
    assert everywhere("Xochimilco") == []
