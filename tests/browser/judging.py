"""A course on the demo's green custodial text where an answer and a lift may be recorded. A process of its own.

Each of its three learners did once what it takes to do twice; Mina then did it a second time, and that was not enough.
"""

import json
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessments import groups, instrument
from assessments.actions import trying
from assessments.actions.trying import Said
from assessments.enums import EvidenceKind
from assessments.models import AssessmentPage
from courses.cohorts.enums import Hat
from courses.cohorts.founding import add_teammate, make_course
from courses.cohorts.models import Course
from courses.cohorts.text import Text
from curriculum.models import CurriculumPage, ModulePage
from curriculum.review.actions import sign, submit
from curriculum.review.proposal import Proposal
from home.demo import cohort
from home.demo.load import source_page
from tests.browser.busy import PLACES
from users.models import User

SPOKEN, WATCHED, HEARD_AGAIN = "read-a-label-aloud", "lift-and-sign", "dilute-and-label"
#: What may be recorded of an assessment, beside what it asks for already.
RECORDED = {SPOKEN: EvidenceKind.AUDIO, WATCHED: EvidenceKind.VIDEO}
#: How long the first point of each of them that need not be right may take.
SECONDS = 60
#: Who learns, in which language, and at what they are judged.
LEARNERS = (("Luisa", "es", SPOKEN), ("Devon", "en", WATCHED), ("Mina", "en", HEARD_AGAIN))
NOTE = "Did not read the dilution on the label."


def make() -> None:
    """Write {"course", "join", "pin", assessment: its uid} to PLACES, everything made."""
    cast = {user.username: user for user in User.objects.all()}
    _ask_for_recordings(cast)
    course = _course(cast)
    uids = {page.path.rstrip("/").rpartition("/")[2]: page.uid for page in Text(course).pages}
    for name, language, slug in LEARNERS:
        _see(course, name, uids[slug], language, by=cast["assessor1"])
    _see(course, "Mina", uids[HEARD_AGAIN], "en", by=cast["assessor2"], missed=NOTE)
    places = {"course": course.code, "join": course.join_code, "pin": cohort.PIN}
    (Path(settings.VAR) / PLACES).write_text(json.dumps(places | {slug: uids[slug] for _n, _l, slug in LEARNERS}))


def _ask_for_recordings(cast: dict) -> None:
    """Put newer texts of the modules into the course text: a spoken answer may be recorded, and a lift filmed."""
    for slug, kind in RECORDED.items():
        for page in AssessmentPage.objects.filter(slug=slug):
            page.evidence = [*page.evidence, kind]
            next(one for one in page.criteria if not one.value["critical"]).value["limit"] = SECONDS
            page.save()
            page.save_revision(user=cast["designer"], log_action=True)
    shelf = source_page(CurriculumPage, slug=cohort.SLUG)
    pages = AssessmentPage.objects.filter(slug__in=RECORDED)
    modules = {page.get_parent().pk for page in pages if page.is_source}
    for module in ModulePage.objects.filter(pk__in=modules):
        proposal = Proposal(note="Some show it better at home.", change_class="2", releases=(shelf.uid,))
        submission = submit(page=module, by=cast["designer"], proposal=proposal)
        for side in ("labor1", "management1"):
            sign(submission=submission, by=cast[side], position="support", digest=submission.digest)


def _course(cast: dict) -> Course:
    by, today = cast["instructor1"], timezone.localdate()
    course = make_course(
        by=by,
        title="Green custodial, Thursday group",
        release=cohort.text_of(cohort.SLUG),
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=60),
        languages=["en", "es"],
        place="Training center, room 3",
    )
    for name in ("assessor1", "assessor2"):
        add_teammate(course=course, by=by, user=cast[name], hat=Hat.ASSESSOR)
    for name, language, _slug in LEARNERS:
        cohort.enroll(course, name, None, language)
    return Course.objects.get(pk=course.pk)


def _see(course: Course, called: str, uid: str, language: str, *, by: User, missed: str = "") -> None:
    """One person saw one try; `missed` are the facts about its first point that must be right, which was not."""
    read = instrument.read(groups.find(course.pk).pages[uid].digest(language))
    learner = course.enrollments.get(called=called).learner_id
    point = next(one.id for one in read.criteria if one.critical)
    marks = {one.id: not (missed and one.id == point) for one in read.criteria}
    notes = {point: missed} if missed else {}
    said = Said(uuid.uuid4(), learner, read.digest, 1, marks, notes=notes)
    trying.take(group_uid=course.pk, by=by, said=said)
