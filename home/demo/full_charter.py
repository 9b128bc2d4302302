"""One part of the demo library agrees under a fuller charter, so that everything a committee can switch on is seen.

The rest of the demo runs on the light charter. Every act here is the one the screens call.
"""

from django.db import transaction

from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review.actions import sign, submit
from curriculum.review.actions.interests import write_part
from curriculum.review.actions.talking import comment
from curriculum.review.enums import CheckKind, Ground, InterestPart, Position, SeatRole, Side
from curriculum.review.founding import found_committee, seat
from curriculum.review.models import Checker, Committee, Submission
from curriculum.review.proposal import Proposal
from home.demo.cast import LABOR_PARTY, MANAGEMENT_PARTY

COMMITTEE = "sample-ems"
SLUG = "emt"
MODULE = "E2"
#: Two people a side for safety, answers with a reason, notes of each side, and checks of safety changes.
CHARTER = {
    "quorum_safety": 2,
    "more_answers": True,
    "caucus_notes": True,
    "gates": [
        {"kind": CheckKind.CLINICAL.value, "classes": ["3"]},
        {"kind": CheckKind.LANGUAGE.value, "classes": ["3"]},
    ],
}
SEATS = (
    ("labor1", Side.LABOR, SeatRole.CO_CHAIR),
    ("labor2", Side.LABOR, SeatRole.MEMBER),
    ("management1", Side.MANAGEMENT, SeatRole.CO_CHAIR),
    ("management2", Side.MANAGEMENT, SeatRole.MEMBER),
)
ADDED = "Use the plain word first, then the medical word."
MOVES_ON = "Use the plain word first. Add the medical word only when it helps."


@transaction.atomic
def found(cast: dict) -> Committee:
    """The committee of the EMT shelf with its co-chairs and checkers. Idempotent."""
    curriculum = CurriculumPage.objects.get(slug=SLUG, locale__language_code="en")
    committee = found_committee(
        shelf=curriculum.get_parent(),
        slug=COMMITTEE,
        name="Sample EMS committee",
        labor_name=LABOR_PARTY,
        management_name=MANAGEMENT_PARTY,
    )
    for name, side, role in SEATS:
        place = seat(person=cast[name].person, committee=committee, side=side)
        if place.role != role:
            place.role = role
            place.save(update_fields=["role"])
    for name, kind, language, credential in (
        ("instructor1", CheckKind.CLINICAL, "", "Sample clinical coordinator"),
        ("mentor1", CheckKind.LANGUAGE, "es", "Sample reader of Spanish"),
        ("mentor1", CheckKind.LANGUAGE, "en", "Sample reader of English"),
    ):
        Checker.objects.get_or_create(
            committee=committee,
            person=cast[name].person,
            kind=kind,
            language=language,
            until=None,
            defaults={"credential": credential},
        )
    Committee.objects.filter(pk=committee.pk).update(**CHARTER)
    return committee


@transaction.atomic
def leave_stopped(cast: dict, append_sentence, progress) -> None:
    """A change that one side stops: a note, a comment with other words, and what each side needs half written."""
    curriculum = CurriculumPage.objects.get(slug=SLUG, locale__language_code="en")
    module = ModulePage.objects.child_of(curriculum.get_parent()).get(code=MODULE)
    if Submission.objects.filter(subject_uid=module.uid).exists():
        return
    lesson = LessonPage.objects.child_of(module).first()
    append_sentence(lesson, ADDED, by=cast["designer2"])
    submission = submit(
        page=ModulePage.objects.get(pk=module.pk),
        by=cast["designer2"],
        proposal=Proposal(
            note="Learners asked for a reminder to use plain words with patients.",
            change_class="2",
            releases=(curriculum.uid,),
        ),
    )
    lesson = LessonPage.objects.get(pk=lesson.pk)
    block = next(block for block in lesson.body if ADDED in str(block.value))
    comment(
        submission=submission,
        by=cast["labor1"],
        page=str(lesson.uid),
        block=str(block.id),
        reading="en",
        language="en",
        words="Say which word is the plain one. New people do not know.",
    )
    sign(
        submission=submission,
        by=cast["labor2"],
        position=Position.RESERVATION,
        digest=submission.digest,
        words="Good. Please add the words in Spanish to the card as well.",
    )
    stop = sign(
        submission=submission,
        by=cast["management2"],
        position=Position.BLOCK,
        digest=submission.digest,
        words="The report form asks for the medical word. Two words for one thing can lead to a wrong entry.",
        ground=Ground.SAFETY,
        alternative="Say both words the first time, and write the medical word on the form.",
    )
    for by, part, words in (
        ("management2", InterestPart.ISSUE, "Which word is used with a patient, and which word on the form."),
        ("management2", InterestPart.MANAGEMENT, "Reports that a hospital reads without a doubt."),
        ("labor1", InterestPart.LABOR, "Patients and new workers who understand what is said."),
    ):
        write_part(submission=submission, block=stop.digest, by=cast[by], part=part, words=words)
    append_sentence(lesson, MOVES_ON, by=cast["designer2"], instead_of=ADDED)
    progress(f"{SLUG}: {module.title} is stopped by one side")
