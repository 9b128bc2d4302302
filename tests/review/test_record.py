"""The record: complete, in order, and checkable with the recipe of docs/verifying.md and nothing of ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum import printing
from curriculum.review import telling
from curriculum.review.actions import sign, submit
from curriculum.review.enums import EntryKind
from curriculum.review.models import RecordExport
from curriculum.review.proposal import Proposal
from curriculum.review.record import fingerprints
from tests.factories import agree, release


@pytest.fixture
def recipe(tmp_path):
    """The program printed in docs/verifying.md, as a file."""
    text = (Path(settings.BASE_DIR) / "docs" / "verifying.md").read_text()
    program = re.search(r"    import hashlib, json, sys\n(?:    .*\n|\n)+", text)[0]
    path = tmp_path / "check.py"
    path.write_text(re.sub(r"(?m)^    ", "", program))
    return path


def check(recipe, path):
    return subprocess.run([sys.executable, recipe, path], capture_output=True, text=True, timeout=60)


def test_the_recipe_agrees_with_a_record_and_notices_one_changed_word(client, curriculum, cast, recipe, tmp_path):
    submission = release(curriculum, cast)
    client.force_login(cast["auditor"])
    data = client.get(f"/review/{submission.pk}/record.json").content
    path = tmp_path / "record.json"
    path.write_bytes(data)
    found = check(recipe, path)
    assert found.returncode == 0, found.stderr
    assert re.fullmatch(r"\d+ fingerprints agree\n", found.stdout)
    for old, new in ((b"Wear gloves", b"Wear cloves"), (b'"position": "support"', b'"position": "request_changes"')):
        assert old in data
        path.write_bytes(data.replace(old, new, 1))
        assert check(recipe, path).returncode != 0


def test_the_file_names_no_person(client, curriculum, cast):
    submission = release(curriculum, cast)
    client.force_login(cast["auditor"])
    text = client.get(f"/review/{submission.pk}/record.json").content.decode()
    assert not [user.person.name for user in cast.values() if user.person.name in text]


def test_what_was_said_stands_in_order_and_names_are_for_those_who_keep_the_record(client, module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    words = "Say which gloves."
    sign(
        submission=submission,
        by=cast["management1"],
        position="request_changes",
        digest=submission.digest,
        words=words,
    )
    agree(submission, cast["labor2"])
    client.force_login(cast["coordinator"])
    page = client.get(f"/review/{submission.pk}/record/").content.decode()
    assert page.index(words) < page.index(cast["labor2"].person.name)
    client.force_login(cast["labor1"])
    page = client.get(f"/review/{submission.pk}/record/").content.decode()
    assert words in page and cast["management1"].person.name not in page


@pytest.mark.parametrize("name", ["outsider", "learner1", "instructor1"])
def test_nobody_else_learns_that_there_is_a_record(client, module, cast, name):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    client.force_login(cast[name])
    for last in ("record/", "record.json"):
        assert client.get(f"/review/{submission.pk}/{last}").status_code == 404


def test_query_count_does_not_grow_with_answers(client, module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    client.force_login(cast["auditor"])
    counts = []
    for people in ([cast["labor1"]], [cast["labor2"], cast["labor1"]]):
        agree(submission, *people)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/review/{submission.pk}/record/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_record_can_be_filed_as_paper_and_keeps_who_took_it(client, curriculum, cast):
    submission = release(curriculum, cast)
    client.force_login(cast["auditor"])
    answer = client.get(f"/review/{submission.pk}/record.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    client.get(f"/review/{submission.pk}/record.json")
    taken = RecordExport.objects.values_list("person", "form")
    assert list(taken) == [(cast["auditor"].person_id, "pdf"), (cast["auditor"].person_id, "json")]
    page = client.get(f"/review/{submission.pk}/record/").content.decode()
    assert page.count(cast["auditor"].person.name) == 2
    client.force_login(cast["labor1"])
    assert cast["auditor"].person.name not in client.get(f"/review/{submission.pk}/record/").content.decode()


def test_paper_is_not_offered_where_it_cannot_be_made(client, curriculum, cast, monkeypatch):
    monkeypatch.setattr("curriculum.printing.available", lambda: False)
    submission = release(curriculum, cast)
    client.force_login(cast["auditor"])
    assert b"record.pdf" not in client.get(f"/review/{submission.pk}/record/").content
    assert client.get(f"/review/{submission.pk}/record.pdf").status_code == 404


def test_a_document_reads_nothing_from_outside():
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("urllib.request.urlopen", asked.append)
        made = printing.pdf('<img src="http://example.org/a.png"><img src="file:///etc/passwd"><p>Text</p>')
    assert made.startswith(b"%PDF-") and asked == []


def test_every_kind_of_entry_is_told():
    assert set(telling.TELLING) == set(EntryKind.values)


def test_each_language_has_a_fingerprint_of_its_own(curriculum, cast):
    submission = release(curriculum, cast)
    module = next(item for item in fingerprints(submission) if item["title"] == "Module T1")
    assert [(one["language"], one["pages"]) for one in module["languages"]] == [("en", 4), ("es", 2)]
    assert len({one["digest"] for one in module["languages"]}) == 2
