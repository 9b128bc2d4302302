"""A course of EMTs on the demo with one module, in which two people watch each try. Runs in a process of its own.

Nia has shown everything of the module but how to stop bleeding.
"""

import json
import shutil
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessments import groups, instrument
from assessments.actions import moderating, trying
from assessments.actions.trying import Said
from courses.cohorts.enums import Hat
from courses.cohorts.founding import add_teammate, make_course
from courses.cohorts.text import Text
from curriculum.models import CurriculumPage
from curriculum.review.actions import sign, submit
from curriculum.review.models import Decision
from curriculum.review.proposal import Proposal
from home.demo import cohort
from home.demo.load import SAMPLES, source_page
from interchange.package.importing import import_path
from tests.browser.busy import PLACES
from users.models import User

MODULE, STATION = "E7", "stop-the-bleeding"


def make() -> None:
    """Write {"course", "station", "bleeding", "pin"} to PLACES, everything made."""
    cast = {user.username: user for user in User.objects.all()}
    course = _course(cast, _agreed(cast))
    uids = {page.path.rstrip("/").rpartition("/")[2]: page.uid for page in Text(course).pages}
    nia = course.enrollments.get(called="Nia").learner_id
    for uid in groups.find(course.pk).pages:
        if uid != uids[STATION]:
            _show(course, uid, nia, cast)
    places = {
        "course": course.code,
        "station": f"/teach/{course.code}/skills/station/{uids[STATION]}/",
        "bleeding": f"/learn/{course.code}/skills/{uids[STATION]}/",
        "pin": cohort.PIN,
    }
    (Path(settings.VAR) / PLACES).write_text(json.dumps(places))


def _agreed(cast: dict) -> Decision:
    """The sample's module about trauma as a course text of its own, agreed by both sides."""
    with tempfile.TemporaryDirectory() as folder:
        below = Path(folder)
        shutil.copytree(SAMPLES / "standards", below / "standards")
        shutil.copy(SAMPLES / "glossary.yaml", below)
        shutil.copytree(SAMPLES / "emt" / "images", below / "emt" / "images")
        shutil.copytree(SAMPLES / "emt" / "modules" / MODULE, below / "emt" / "modules" / MODULE)
        lines = (SAMPLES / "emt" / "curriculum.yaml").read_text("utf-8").splitlines()
        told = [f"modules: [{MODULE}]" if line.startswith("modules:") else line for line in lines]
        (below / "emt" / "curriculum.yaml").write_text("\n".join(told), "utf-8")
        module = below / "emt" / "modules" / MODULE / "module.yaml"
        module.write_text(module.read_text("utf-8").replace("prerequisites: [E4]\n", ""), "utf-8")
        import_path(below / "emt", by=cast["designer"], progress=lambda *said: None)
    page = source_page(CurriculumPage, slug="emt")
    submission = submit(page=page, by=cast["designer"], proposal=Proposal(note="First course text of the sample."))
    for side in ("labor1", "management1"):
        sign(submission=submission, by=cast[side], position="support", digest=submission.digest)
    return cohort.text_of("emt")


def _course(cast: dict, text: Decision):
    today = timezone.localdate()
    by = cast["instructor1"]
    course = make_course(
        by=by,
        title="EMT, Tuesday group",
        release=text,
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=60),
        languages=["en", "es"],
        place="Skills room",
    )
    for name in ("assessor1", "assessor2"):
        add_teammate(course=course, by=by, user=cast[name], hat=Hat.ASSESSOR)
    for name in ("Nia", "Joel"):
        cohort.enroll(course, name, None, "en")
    moderating.ask_for_raters(group_uid=course.pk, raters=2, by=by)
    return course


def _show(course, uid: str, learner, cast: dict) -> None:
    """Both assessors saw it all, as often as the assessment asks."""
    read = instrument.read(groups.find(course.pk).pages[uid].digest("en"))
    for _time in range(read.rule.consecutive):
        for name in ("assessor1", "assessor2"):
            marks = {one.id: True for one in read.criteria}
            trying.take(group_uid=course.pk, by=cast[name], said=Said(uuid.uuid4(), learner, read.digest, 1, marks))
