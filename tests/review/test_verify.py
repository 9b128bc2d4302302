"""`manage.py verify` finds what was changed behind the record's back."""

import hashlib
import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from curriculum import triggers
from curriculum.editions import media
from curriculum.models import Frozen
from curriculum.review.models import Decision, Entry, Submission
from tests.factories import release


def verify():
    """(exit code, lines printed)"""
    out = io.StringIO()
    try:
        call_command("verify", stdout=out)
    except CommandError as refused:
        return refused.returncode, out.getvalue() + str(refused)
    return 0, out.getvalue()


@pytest.fixture
def unguarded(db):
    """Somebody with the database's own password has taken the triggers away, and puts them back afterwards."""
    triggers.remove()
    yield
    triggers.install()


def change(model, pk, **values):
    """Change a row by SQL, with the triggers back before anybody looks."""
    names = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {names} WHERE {model._meta.pk.column} = %s",
            [*values.values(), model._meta.pk.get_db_prep_value(pk, connection)],
        )
        assert cursor.rowcount == 1
    triggers.install()


def test_everything_agrees(curriculum, cast):
    release(curriculum, cast)
    code, said = verify()
    assert code == 0 and said.startswith("Everything agrees: ")


def test_nothing_at_all_agrees_too(db):
    assert verify()[0] == 0


def test_frozen_bytes_that_were_changed(curriculum, cast, unguarded):
    release(curriculum, cast)
    row = Frozen.objects.filter(kind="snapshot").first()
    change(Frozen, row.pk, data=bytes(row.data) + b" ")
    code, said = verify()
    assert code == 1 and f"curriculum_frozen {row.digest}: the bytes do not hash" in said


def test_a_snapshot_that_is_gone(curriculum, cast, unguarded):
    release(curriculum, cast)
    row = Frozen.objects.filter(kind="snapshot").first()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM curriculum_frozen WHERE digest = %s", [row.digest])
    triggers.install()
    assert f"names the snapshot {row.digest}, which is not there" in verify()[1]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"said": '{"words":"I never said that"}', "salt": "0", "said_digest": "f" * 64},
            "the words are not those that were said",
        ),
        ({"said_digest": "f" * 64}, "its words are gone and no sealing says why"),
        ({"side": "management"}, "does not hash to its name"),
        ({"previous": "0" * 64}, "does not follow the link before it"),
    ],
)
def test_an_answer_that_was_changed(curriculum, cast, unguarded, values, sentence):
    entry = release(curriculum, cast).entries.filter(kind="position").first()
    change(Entry, entry.pk, **values)
    code, said = verify()
    assert code == 1 and f"entry {entry.pk}: {sentence}" in said


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"number": 7}, "the chain tells it differently"),
        ({"sample": False}, "being a sample"),
        ({"at": "2020-01-01 00:00:00+00:00"}, "another date"),
    ],
)
def test_a_decision_that_was_changed(curriculum, cast, unguarded, values, sentence):
    decision = release(curriculum, cast).decisions.get(kind="edition")
    change(Decision, decision.pk, **values)
    code, said = verify()
    assert code == 1 and sentence in said


@pytest.mark.parametrize("values", [{"note": "Something else."}, {"sample": False}, {"change_class": "0"}])
def test_a_submission_that_says_otherwise_than_its_manifest(curriculum, cast, unguarded, values):
    submission = release(curriculum, cast)
    change(Submission, submission.pk, **values)
    code, said = verify()
    assert code == 1 and f"review_submission {submission.pk}: the manifest has another" in said


def test_an_approval_that_was_slipped_in(curriculum, module, cast, unguarded):
    """An edition that was put forward and never agreed on, given a number by SQL."""
    submission = release(curriculum, cast)
    decision = submission.decisions.get(kind="edition")
    change(Decision, decision.pk, frozen_id=submission.decisions.get(kind="release").frozen_id)
    said = verify()[1]
    assert "was not put forward in its submission" in said and "which nobody agreed on" in said


def test_files_against_their_names(curriculum, cast):
    release(curriculum, cast)
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    digest = hashlib.sha256(drawing).hexdigest()
    snapshot = {"kind": "lesson", "body": [{"id": "1", "value": {"image": {"sha256": digest, "ext": "svg"}}}]}
    Frozen.objects.keep("snapshot", json.dumps(snapshot).encode())
    assert f"frozen file {media.frozen_name(digest, 'svg')}: is not there" in verify()[1]
    storages["frozen"].save(media.frozen_name(digest, "svg"), ContentFile(drawing))
    assert verify()[0] == 0
    storages["released"].save(media.released_name(digest, "svg"), ContentFile(drawing + b" "))
    assert f"released file {digest}.svg: the bytes do not hash to the name" in verify()[1]


def test_a_trigger_that_is_missing(db, unguarded):
    code, said = verify()
    assert code == 1 and "trigger highroad_update_curriculum_frozen: is missing" in said
