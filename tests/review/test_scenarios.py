"""The acceptance scenarios of the partnership's review rules, by their names.

1 and 8 stand in test_answers, 4, 5 and 9 in test_expiry, 7 in test_emergency: each beside what it needs.
"""

import json

import pytest

from curriculum.models import LessonPage
from curriculum.review import queries
from curriculum.review.actions import sign, submit
from curriculum.review.actions.caucus import keep_note
from curriculum.review.actions.interests import write_part
from curriculum.review.enums import ChangeClass, InterestPart, Outcome
from curriculum.review.founding import seat
from curriculum.review.models import Submission
from curriculum.review.proposal import Proposal
from tests.factories import agree, change
from tests.review.charters import block, charter
from tests.review.screens import client_of
from users.models import User


def send(page, cast, note="Gloves.", **more):
    return submit(page=page, by=cast["designer"], proposal=Proposal(note=note, **more))


def test_scenario_2_labor_sends_five_yes_votes_and_management_one_request_for_changes_not_approved(module, cast):
    submission = send(module, cast)
    people = [cast["labor1"], cast["labor2"]]
    for number in range(3):
        user = User.objects.create_user(f"labor-more-{number}", name=f"Worker {number}", is_demo=True)
        seat(person=user.person, committee=submission.committee, side="labor")
        people.append(user)
    agree(submission, *people)
    sign(
        submission=submission,
        by=cast["management1"],
        position="request_changes",
        digest=submission.digest,
        words="Say which gloves.",
    )
    submission = Submission.objects.with_record().get()
    assert submission.outcome is None and queries.tally_of(submission).keys == 1
    agree(submission, cast["management2"])
    assert Submission.objects.with_record().get().outcome is None


def test_scenario_3_designer_edits_one_word_after_approval_status_returns_to_draft_and_the_light_path(
    curriculum, module, cast
):
    first = send(curriculum, cast)
    agree(first, cast["labor1"], cast["management1"])
    change(LessonPage.objects.child_of(module).first(), "Wear the gloves.", cast["designer"])
    assert queries.open_submission_of(module.uid) is None
    second = send(module, cast, "One word.", releases=(curriculum.uid,))
    assert queries.class_of(second) == ChangeClass.TYPO
    assert queries.tally_of(Submission.objects.with_record().get(pk=second.pk)).keys == 0
    assert queries.current_edition(module.uid).submission == first


def test_scenario_6_reviewer_blocks_citing_safety_the_record_opens_and_minutes_show_both_interests(module, cast):
    charter(more_answers=True)
    submission = send(module, cast)
    stopped = block(submission, cast["labor1"])
    client = client_of(cast["management1"])
    assert client.get(f"/review/{submission.pk}/interests/{stopped.digest}/").status_code == 200
    for name, part in (("labor1", InterestPart.LABOR), ("management1", InterestPart.MANAGEMENT)):
        words = f"What {part} needs."
        write_part(submission=submission, block=stopped.digest, by=cast[name], part=part, words=words)
    record = client_of(cast["auditor"]).get(f"/review/{submission.pk}/record/").content.decode()
    assert "What labor needs." in record and "What management needs." in record
    agree(submission, cast["labor2"], cast["management1"])
    assert Submission.objects.with_record().get().outcome is None


def test_scenario_10_auditor_exports_the_decision_packet_without_caucus_notes(curriculum, cast):
    charter(caucus_notes=True)
    submission = send(curriculum, cast)
    keep_note(submission=submission, by=cast["labor1"], words="We will ask for more on gloves next year.")
    agree(submission, cast["labor1"], cast["management1"])
    assert Submission.objects.with_record().get().outcome == Outcome.APPROVED
    client = client_of(cast["auditor"])
    packet = client.get(f"/review/{submission.pk}/record.json").content.decode()
    page = client.get(f"/review/{submission.pk}/record/").content.decode()
    assert json.loads(packet)["digest"] == submission.digest
    assert "next year" not in packet and "next year" not in page
    assert client.get(f"/review/{submission.pk}/record.pdf").content.startswith(b"%PDF-")
    assert client.get(f"/review/{submission.pk}/notes/").status_code == 404


@pytest.mark.parametrize("name", ["coordinator", "admin", "designer2", "auditor"])
def test_whoever_convenes_keeps_or_reads_the_record_never_holds_a_key(module, cast, name):
    submission = send(module, cast)
    url = f"/review/{submission.pk}/answer/"
    data = {"position": "support", "digest": submission.digest, "words": ""}
    assert client_of(cast[name]).post(url, data).status_code in (404, 409)
    assert not submission.entries.exists()
