"""What the journeys through the review room start from: a demo under a fuller charter, with texts that wait.

Every function runs in a process of its own, on a copy of the demo, through the same actions that the screens use.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from courses.delivery import addresses
from curriculum.editions.diff import text_of
from curriculum.editions.read import SOURCE
from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review import queries, safety
from curriculum.review.actions import sign, submit
from curriculum.review.actions.confirming import due_on, lapse_unratified
from curriculum.review.actions.correcting import correct_danger
from curriculum.review.actions.hurting import report_danger
from curriculum.review.corrections import Fix, entries_of
from curriculum.review.enums import Purpose, Repair, Side
from curriculum.review.founding import seat
from curriculum.review.models import Committee, Submission
from curriculum.review.proposal import Proposal
from home.demo.cast import COMMITTEE
from home.demo.load import append_sentence, source_page
from tests.browser.busy import PLACES, SHELF
from users.grants import give_role
from users.models import User
from users.roles import Role

#: The modules whose texts wait, by journey, and what is new in them.
SENT = {"note": "G2", "talk": "G3", "stop": "G4"}
ADDED = "Ask before you start when something here is not clear."
#: Nobody of the demo's cast, so asked for a PIN.
STEWARD = "Ruben Ortega"
#: The module whose page is corrected and never confirmed, and what learners are told meanwhile.
NEGLECTED = "G6"
WRONG = {"en": "It did not say to keep your hands out.", "es": "No decía que no meta las manos."}
RIGHT = {
    "en": "Never reach into a bin or a bag. Tip it out, or use the long tongs.",
    "es": "Nunca meta la mano en un bote o una bolsa. Vacíelo, o use las pinzas largas.",
}


def make() -> None:
    """Write {"rooms": {journey: address}, "modules": .., "lessons": {journey: title}} to PLACES, everything made."""
    Committee.objects.filter(slug=COMMITTEE).update(more_answers=True)
    _steward()
    rooms, modules, lessons = {}, {}, {}
    for journey, code in SENT.items():
        lesson = LessonPage.objects.child_of(_module(code)).first()
        append_sentence(lesson, ADDED, by=_person("designer2"))
        proposal = Proposal(note="Crews asked whom to ask.", change_class="2")
        submission = submit(page=_module(code), by=_person("designer2"), proposal=proposal)
        rooms[journey], lessons[journey] = f"/review/{submission.pk}/", lesson.title
        modules[journey] = _module(code).title
    places = {"rooms": rooms, "modules": modules, "lessons": lessons}
    (Path(settings.VAR) / PLACES).write_text(json.dumps(places))


def correct() -> None:
    """A page that could hurt someone, corrected, agreed to by one person a side. Prints where it is and its words."""
    module, course = _module(NEGLECTED), source_page(CurriculumPage, slug=SHELF)
    lesson = LessonPage.objects.child_of(module).first()
    place = safety.taught_at(lesson.uid)
    first = {code: next(_texts(snapshot)) for code, snapshot in place.page.versions.items()}
    block = first[SOURCE][0]
    report = report_danger(place=place, by=_person("labor1"), reason="Hands are cut on what is inside.", blocks=[block])
    correction = correct_danger(
        report=report,
        by=_person("designer"),
        fixes=[Fix(block, code, Repair.WRITE, words) for code, words in RIGHT.items()],
        wrong=WRONG,
        right=RIGHT,
    )
    for name in ("labor1", "management1"):
        sign(submission=correction, by=_person(name), position="support", digest=correction.digest)
    labels = ["2026.1", queries.current_release(course.uid).label]
    below = f"{module.slug}/{lesson.slug}/"
    bases = [addresses.curriculum(SHELF, code) for code in first]
    bases += [addresses.release(SHELF, label, code) for code in first for label in labels]
    old = [words for _id, words in first.values()]
    print(json.dumps({"addresses": [base + below for base in bases], "old": old, "new": list(RIGHT.values())}))


def lapse() -> None:
    """What is done on the day after the last day on which both sides could have confirmed that correction."""
    waiting = Submission.objects.open().with_record().get(purpose=Purpose.RATIFY, subject_uid=_module(NEGLECTED).uid)
    assert lapse_unratified(due_on(waiting) + timedelta(days=1))


def _steward() -> None:
    """A labor reviewer with an account of a real house, who has been through the tour."""
    user = User.objects.create(username="ruben", preferred_language="en", toured_at=timezone.now())
    user.set_unusable_password()
    user.save()
    user.person.name = STEWARD
    user.person.save()
    give_role(user=user, role=Role.LABOR_REVIEWER)
    seat(person=user.person, committee=Committee.objects.get(slug=COMMITTEE), side=Side.LABOR)


def _texts(snapshot):
    """(id, words) of each text block of a page, in its order."""
    for id_, entry in entries_of(snapshot).items():
        if entry["type"] == "text":
            yield id_, text_of(entry["value"])


def _module(code: str) -> ModulePage:
    return ModulePage.objects.get(pk=source_page(ModulePage, code=code).pk)


def _person(username: str) -> User:
    return User.objects.get(username=username)
