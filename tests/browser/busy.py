"""A demo in the middle of its work: every state a review can be in, each in a module of its own.

`make()` runs in a process of its own, on a copy of the demo, through the same actions that the screens use.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessments.models import AssessmentPage, Attempt
from courses.cohorts.models import Course
from courses.voice import answering, passages, saying
from courses.voice import queries as voices
from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review import queries
from curriculum.review.actions import put_newer_text, sign, submit
from curriculum.review.models import Submission
from curriculum.review.proposal import Proposal
from home.demo import cohort
from home.demo import skills as seen
from home.demo.load import OpenReview, append_sentence, leave_open, source_page
from home.demo.skills import Seen
from tests.browser import every_block
from tests.factories import add
from users.models import User

SHELF = "green-custodial"
ADDED = "Ask before you start when something here is not clear."
#: Where `make` writes what it made, beside the database.
PLACES = "places.json"


def make() -> None:
    """Make everything, and write {"rooms": {state: uid}, "drafts": {kind: page id}, name: address or uid} to PLACES."""
    cast = {user.username: user for user in User.objects.all()}
    course = source_page(CurriculumPage, slug=SHELF)

    def module(code):
        return ModulePage.objects.get(pk=source_page(ModulePage, code=code).pk)

    def send(code, note, **more):
        return submit(page=module(code), by=cast["designer2"], proposal=Proposal(note=note, **more))

    def small_fix(code, wrong, right):
        """One word of a lesson's first text, sent as the small fix it is."""
        lesson = LessonPage.objects.child_of(module(code)).first()
        append_sentence(lesson, right, instead_of=wrong, by=cast["designer2"])
        return send(code, "One word was missing.", releases=(course.uid,))

    whole = module("G8")
    first = add(whole, LessonPage(), every_block.lesson("en", "G8.9"), cast["designer2"])
    spanish = ModulePage.objects.get(translation_key=whole.translation_key, locale__language_code="es")
    translation = LessonPage(translation_key=first.translation_key, slug=first.slug)
    add(spanish, translation, every_block.lesson("es", "G8.9"), cast["designer2"])
    done = send("G8", "A lesson that shows every kind of block.", releases=(course.uid,))
    for name in ("labor1", "management1"):
        sign(submission=done, by=cast[name], position="support", digest=done.digest)

    reviews = {
        "half": OpenReview(SHELF, "G2", "Crews asked for it.", ADDED, labor=True),
        "asked": OpenReview(SHELF, "G3", "Crews asked for it.", ADDED, request="Please say whom to ask."),
        "moved_on": OpenReview(SHELF, "G4", "Crews asked for it.", ADDED, moves_on="Ask before you start."),
        "again": OpenReview(SHELF, "G5", "Crews asked for it.", ADDED, moves_on="Ask your lead before you start."),
    }
    rooms = {"done": done}
    for state, review in reviews.items():
        leave_open(review, cast, lambda text: None)
        rooms[state] = queries.open_submission_of(module(review.module).uid)
    rooms["ended"] = rooms["again"]
    rooms["again"] = put_newer_text(
        submission=rooms["ended"],
        by=cast["designer2"],
        proposal=Proposal(note="It says whom to ask.", change_class="2", releases=(course.uid,)),
    )
    for code in ("G6", "G7"):
        lesson = LessonPage.objects.child_of(module(code)).first()
        text = next(block["value"] for block in lesson.body.get_prep_value() if block["type"] == "text")
        word = text.removeprefix("<p>").split()[0]
        rooms[f"small_{code}"] = small_fix(code, f"<p>{word} ", f"<p>{word} also ")
    unsent = LessonPage.objects.child_of(module("G1")).last()
    append_sentence(unsent, ADDED, by=cast["designer"])
    read = LessonPage.objects.child_of(module("G5")).first()
    for submission in Submission.objects.open():
        assert not queries.is_stale(submission), submission.title
    base = f"/curricula/{SHELF}/"
    places = {
        "rooms": {state: str(submission.pk) for state, submission in rooms.items()},
        "drafts": {
            "lesson": first.pk,
            "module": whole.pk,
            "curriculum": course.pk,
            "assessment": AssessmentPage.objects.child_of(whole).first().pk,
            "unsent": unsent.pk,
        },
        "page": f"/review/{rooms['again'].pk}/{read.uid}/",
        "every_block": f"{base}county-job/{every_block.SLUG}/",
        "older": f"{base}releases/2026.1/",
        "release": queries.current_release(course.uid).frozen_id,
        "spoken": read.uid,
        "voice": said_by_workers(read.uid, cast["coordinator"]),
    } | skills(cast)
    (Path(settings.VAR) / PLACES).write_text(json.dumps(places))


def skills(cast: dict) -> dict:
    """Where skills of the demo's courses are: a station, a try that is decided, one that wants a third look."""
    group = Course.objects.get(title=cohort.TITLE)
    stained = Seen("discharge-clean", "Kim", "assessor2", "d", "The rail still had a dry stain when the cloth left it.")
    seen.see(group, (Seen("discharge-clean", "Kim", "assessor1"), stained), cast)
    tries = Attempt.objects.order_by("opened_at")
    decided = tries.filter(results__isnull=False, learner__person__name="Rosa").first()
    differ = tries.filter(group=group.pk, results__isnull=True).last()
    team, own = "/teach/green-custodial-evening/skills/", "/learn/green-custodial-evening/skills/"
    return {
        "station": f"{team}station/{decided.assessment_uid}/",
        "try": f"{team}try/{decided.pk}/",
        "skill": f"{own}{decided.assessment_uid}/",
        "third_look": f"{team}try/{differ.pk}/",
    }


def said_by_workers(page_uid: str, coordinator) -> str:
    """Three things about a page for everybody to read, one named and put off. The uid of a fourth, a new one."""
    about = passages.find(page_uid, "", "en")
    block = next(iter(about.paragraphs))
    for number, words in enumerate(("No cup is there.", "The bottle has no label.", "Nobody showed us.", ADDED)):
        who = {"name": "Rosa" if not number else "", "language": "English", "agreed": True}
        code = saying.say(about=about, block=block, words=words, secret=str(number), **who)
        item = voices.find(code)
        if words != ADDED:
            answering.clear(item=item, by=coordinator, words=words)
        if not number:
            answering.acknowledge(item=item, by=coordinator)
            later = timezone.localdate() + timedelta(days=9)
            answering.answer(item=item, by=coordinator, answer="deferred", reason="We look.", until=later)
    return str(item.pk)
