"""Signing at the table: with one's own PIN on the shared screen, or by hand on a sheet that is confirmed later."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from curriculum.review.actions import submit
from curriculum.review.actions.locking import Refused
from curriculum.review.actions.meetings import note_present, open_meeting, sign_at_table
from curriculum.review.models import Committee, SignedSheet
from curriculum.review.proposal import Proposal
from tests.factories import agree
from users.signing import set_pin


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))


@pytest.fixture
def meeting(submission, cast):
    meeting = open_meeting(committee=Committee.objects.get(), by=cast["coordinator"])
    note_present(meeting=meeting, by=cast["coordinator"], people=[cast["labor2"].person, cast["management1"].person])
    return meeting


def with_pin(user, pin="7319"):
    """Somebody of the cast as on a real installation: asked for a PIN."""
    user.is_demo = False
    user.save()
    set_pin(user, pin, pin)
    return user


def answer(meeting, submission, user, **said):
    fields = {"person": user.pk, "position": "support", "digest": submission.digest, "words": "", "pin": "7319"}
    return f"/review/table/{meeting.pk}/{submission.pk}/sign/", fields | said


def test_each_signs_with_their_own_pin_and_the_second_key_ends_it(client, meeting, submission, cast):
    client.force_login(cast["coordinator"])
    for name in ("labor2", "management1"):
        url, fields = answer(meeting, submission, with_pin(cast[name]))
        assert client.post(url, fields).status_code == 302
    entries = submission.entries.filter(kind="position")
    assert {entry.person for entry in entries} == {cast["labor2"].person, cast["management1"].person}
    assert {entry.detail["meeting"] for entry in entries} == {str(meeting.pk)}
    assert submission.decisions.exists()


@pytest.mark.parametrize("pin", ["", "7318", "73190"])
def test_without_the_pin_nothing_is_signed(client, meeting, submission, cast, pin):
    client.force_login(cast["coordinator"])
    url, fields = answer(meeting, submission, with_pin(cast["labor2"]), pin=pin)
    assert client.post(url, fields).status_code == 422
    assert not submission.entries.exists()


def test_who_has_no_pin_answers_elsewhere(client, meeting, submission, cast):
    user = cast["labor2"]
    user.is_demo = False
    user.save()
    client.force_login(cast["coordinator"])
    url, fields = answer(meeting, submission, user, pin="")
    assert client.post(url, fields).status_code == 422 and not submission.entries.exists()


def test_who_is_not_there_does_not_sign_on_this_screen(client, meeting, submission, cast):
    client.force_login(cast["coordinator"])
    url, fields = answer(meeting, submission, with_pin(cast["labor1"]))
    assert client.post(url, fields).status_code == 422
    with pytest.raises(Refused):
        sign_at_table(
            meeting=meeting, submission=submission, by=cast["labor1"], position="support", digest=submission.digest
        )
    assert not submission.entries.exists()


def test_a_request_for_a_change_needs_its_sentence_at_the_table_too(client, meeting, submission, cast):
    client.force_login(cast["coordinator"])
    url, fields = answer(meeting, submission, with_pin(cast["labor2"]), position="request_changes")
    page = client.post(url, fields)
    assert page.status_code == 422 and "Say in a sentence what should change" in page.content.decode()
    assert client.post(url, fields | {"words": "Say which gloves."}).status_code == 302
    assert submission.entries.get().words == "Say which gloves."


def photo(name="sheet.jpg"):
    data = BytesIO()
    Image.new("RGB", (20, 20), "white").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def test_a_signed_sheet_agrees_to_nothing_until_each_confirms(client, meeting, submission, cast):
    client.force_login(cast["coordinator"])
    url = f"/review/table/{meeting.pk}/{submission.pk}/sheet/"
    people = [cast["labor2"].person_id, cast["management1"].person_id]
    assert client.post(url, {"photo": photo(), "people": people}).status_code == 302
    assert not submission.entries.exists()
    client.force_login(cast["labor2"])
    sheet = SignedSheet.objects.get()
    assert f"/review/{submission.pk}/sheet/{sheet.pk}/" in client.get(f"/review/{submission.pk}/").content.decode()
    seen = client.get(f"/review/{submission.pk}/sheet/{sheet.pk}/")
    assert seen["Content-Type"] == "image/jpeg" and b"".join(seen.streaming_content).startswith(b"\xff\xd8")
    agree(submission, cast["labor2"])
    assert submission.entries.get().detail["sheet"] == sheet.scan


@pytest.mark.parametrize(
    ("file", "names"),
    [
        (SimpleUploadedFile("sheet.jpg", b"<script>alert(1)</script>", "image/jpeg"), ["labor2"]),
        (photo("sheet.pdf"), ["labor2"]),
        (photo(), ["outsider"]),
        (photo(), []),
    ],
)
def test_what_is_no_signed_sheet_is_not_filed(client, meeting, submission, cast, file, names):
    client.force_login(cast["coordinator"])
    people = [cast[name].person_id for name in names]
    url = f"/review/table/{meeting.pk}/{submission.pk}/sheet/"
    assert client.post(url, {"photo": file, "people": people}).status_code == 422
    assert not SignedSheet.objects.exists()


@pytest.mark.parametrize("name", ["outsider", "learner1", "instructor1", "designer", "auditor"])
def test_nobody_else_signs_or_files_there(client, meeting, submission, cast, name):
    client.force_login(cast[name])
    for last in ("sign/", "sheet/"):
        url = f"/review/table/{meeting.pk}/{submission.pk}/{last}"
        assert client.get(url).status_code == 404 and client.post(url).status_code == 404
