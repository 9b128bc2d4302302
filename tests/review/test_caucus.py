"""What a side keeps for itself: read by its seats alone, and in nothing that leaves this place."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from curriculum.models import LessonPage
from curriculum.review import record as records
from curriculum.review.actions import Refused, keep_note, seal_note, submit, withdraw
from curriculum.review.models import CaucusNote
from curriculum.review.proposal import Proposal
from curriculum.review.speaking import CannotTalk
from home.demo.cast import CAST
from tests.review.screens import again, client_of, room, soup, words

pytestmark = pytest.mark.usefixtures("screens_in_english")

NOTE = "We give way on gloves, never on breaks."


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


@pytest.fixture
def notes_on(submission):
    """The charter in force keeps notes; the text was sent under one that did not."""
    committee = submission.committee
    committee.caucus_notes = True
    committee.save()
    return again(submission)


@pytest.fixture
def kept(notes_on, cast):
    return keep_note(submission=notes_on, by=cast["labor2"], words=NOTE)


def url_of(submission):
    return reverse("review_notes", args=[submission.pk])


def test_off_until_the_charter_turns_it_on(submission, cast):
    for part in CAST:
        assert client_of(cast[part.username]).get(url_of(submission)).status_code == 404
    assert url_of(submission) not in client_of(cast["labor1"]).get(room(submission)).content.decode()
    with pytest.raises(CannotTalk):
        keep_note(submission=submission, by=cast["labor1"], words=NOTE)


def test_one_side_writes_and_reads_and_is_told_what_it_is(notes_on, cast):
    client = client_of(cast["labor2"])
    assert url_of(notes_on) in client.get(room(notes_on)).content.decode()
    page = words(client.get(url_of(notes_on)))
    assert "Only your side sees this here. A court or a records request may still reach it." in page
    assert client.post(url_of(notes_on), {"words": " "}).status_code == 422
    assert client.post(url_of(notes_on), {"words": NOTE}).status_code == 302
    assert NOTE in soup(client_of(cast["labor1"]).get(url_of(notes_on))).get_text()
    note = CaucusNote.objects.get()
    assert (note.side, note.person) == ("labor", cast["labor2"].person)


def test_for_everybody_else_it_is_not_there(kept, notes_on, cast):
    own_side = {"labor1", "labor2"}
    others = {part.username for part in CAST} - own_side - {"management1", "management2"}
    codes = {name: client_of(cast[name]).get(url_of(notes_on)).status_code for name in others}
    assert set(codes.values()) == {404}
    for name in others:
        with pytest.raises(CannotTalk):
            keep_note(submission=notes_on, by=cast[name], words="Mine.")
        assert client_of(cast[name]).post(url_of(notes_on), {"words": "Mine."}).status_code == 404
    other_side = soup(client_of(cast["management1"]).get(url_of(notes_on)))
    assert NOTE not in other_side.get_text() and "Lamar" not in other_side.main.get_text()
    assert client_of(None).get(url_of(notes_on)).status_code == 302


def test_a_seat_that_ended_or_a_charter_that_turned_it_off_closes_it(kept, notes_on, cast):
    cast["labor1"].person.representative.seats.update(until="2020-01-01")
    assert client_of(cast["labor1"]).get(url_of(notes_on)).status_code == 404
    notes_on.committee.caucus_notes = False
    notes_on.committee.save()
    assert client_of(cast["labor2"]).get(url_of(notes_on)).status_code == 404


def test_after_the_end_it_is_for_reading(kept, notes_on, cast):
    withdraw(submission=notes_on, by=cast["designer"])
    page = soup(client_of(cast["labor1"]).get(url_of(notes_on)))
    assert NOTE in page.get_text() and not page.select("main form")
    with pytest.raises(Refused):
        keep_note(submission=notes_on, by=cast["labor1"], words="Too late.")


def test_no_screen_record_file_or_search_shows_it(kept, notes_on, module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    shown = [
        room(notes_on),
        reverse("review_desk"),
        reverse("review_record", args=[notes_on.pk]),
        reverse("review_record_file", args=[notes_on.pk]),
        reverse("review_page", args=[notes_on.pk, lesson.uid]),
    ]
    admin = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        reverse("wagtailadmin_pages:search") + "?q=breaks",
        reverse("wagtailadmin_reports:site_history"),
        "/admin/snippets/",
    ]
    for name in ("admin", "coordinator", "designer", "auditor", "labor2", "management1"):
        client = client_of(cast[name])
        for url in shown + (admin if cast[name].has_perm("wagtailadmin.access_admin") else []):
            assert "never on breaks" not in client.get(url, follow=True).content.decode(), (name, url)
    told = json.dumps(records.exported(again(notes_on)))
    assert "breaks" not in told and str(kept.pk) not in told
    assert "never on breaks" not in client_of(None).get("/search/?q=breaks", follow=True).content.decode()


def test_no_admin_knows_the_models():
    from wagtail.admin.viewsets import viewsets
    from wagtail.snippets.models import get_snippet_models

    ours = {apps.get_model("review", name) for name in ("CaucusNote", "NoteSealing", "GuestLink")}
    assert not ours & set(get_snippet_models())
    assert not ours & {getattr(viewset, "model", None) for viewset in viewsets.viewsets}


def test_notes_are_kept_as_they_were_and_sealed_with_a_reason(kept, notes_on, cast):
    for change in ({"words": ""}, {"words": "Other."}, {"side": "management"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CaucusNote.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()
    for name in ("labor2", "coordinator", "auditor"):
        with pytest.raises(CannotTalk):
            seal_note(note=kept, by=cast[name], reason="It names a person.")
    with pytest.raises(ValueError):
        seal_note(note=kept, by=cast["admin"], reason="")
    seal_note(note=kept, by=cast["admin"], reason="It names a person.")
    kept.refresh_from_db()
    assert kept.words == "" and kept.person == cast["labor2"].person
    page = words(client_of(cast["labor1"]).get(url_of(notes_on)))
    assert "Words taken away on" in page and "It names a person." in page


def test_an_administrator_seals_a_note_by_its_number_without_reading_it(kept, cast, capsys):
    call_command("seal_note", str(kept.pk), by="admin", reason="It names a person.")
    assert CaucusNote.objects.get().words == ""
    assert "breaks" not in capsys.readouterr().out
