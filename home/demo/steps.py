"""The six steps of the story in words: what was done, what comes now, what comes later."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from curriculum.review.enums import Side
from curriculum.review.models import Submission
from home.demo.doors import PARTS
from home.demo.story import Scene, Stage

#: The step that is next at each stage; looking at the phone is a step of its own and changes nothing.
NOW = {
    Stage.READY: 1,
    Stage.BLOCKED: 1,
    Stage.CHANGED: 2,
    Stage.SENT: 3,
    Stage.HALF: 4,
    Stage.DONE: 6,
}


@dataclass
class Step:
    """One of the six. `move` is posted; without one the step is a look at the phone."""

    title: str
    button: str
    consequence: str
    done: str
    move: str = ""
    side: str = ""
    icon: str = ""
    at: datetime | None = None
    number: int = 0
    state: str = ""


def steps(scene: Scene, stage: Stage, ended: Submission | None, seen: bool) -> list[Step]:
    """All six with their state: "done", "now" or "later". `ended` is the submission both sides agreed to."""
    now = NOW[stage] + (1 if seen and stage in (Stage.HALF, Stage.DONE) else 0)
    found = _words(scene, ended or scene.submission)
    for number, step in enumerate(found, start=1):
        step.number = number
        step.state = "done" if number < now else "now" if number == now else "later"
    return found


def reason(scene: Scene) -> str:
    """Why the story cannot go on with what is under review; starting again takes that back."""
    return {
        "asked": _("One side asks for a change to this text. Starting again takes it back and writes it anew."),
        "stale": _("A newer course text was agreed meanwhile. Starting again takes this one back and sends it anew."),
        "other": _("Another change to this module is under review. Starting again takes it back first."),
    }.get(scene.obstacle, "")


def verdict(stage: Stage) -> str:
    """What a look at the phone shows."""
    return {
        Stage.HALF: _("Still the old sentence. Labor alone changes nothing."),
        Stage.DONE: _("The new sentence. Try the other language too."),
    }.get(stage, "")


def _words(scene: Scene, submission: Submission | None) -> list[Step]:
    writer = PARTS["designer"].name
    answers = {entry.side: entry for entry in (submission.entries.all() if submission else ()) if entry.position}
    labor, management = answers.get(Side.LABOR), answers.get(Side.MANAGEMENT)
    return [
        Step(
            _("Change a sentence"),
            _("Change the sentence"),
            _("It is a draft: nobody learns from it yet."),
            _("%(person)s gave the sentence other words, in English and in Spanish.") % {"person": writer},
            move="change",
            icon="pencil",
            at=scene.lesson.latest_revision_created_at,
        ),
        Step(
            _("Send it"),
            _("Send for agreement"),
            _("Both sides get the same copy, and it cannot change any more."),
            _("%(person)s sent it. Both sides have the same copy.") % {"person": writer},
            move="send",
            icon="file",
            at=submission.opened_at if submission else None,
        ),
        Step(
            _("Labor agrees"),
            _("I agree, for labor"),
            _("One of two. For learners nothing changes yet."),
            _agreed(labor, "labor1"),
            move="labor",
            side=Side.LABOR,
            at=labor.at if labor else None,
        ),
        Step(
            _("Look at the phone"),
            _("Look at the learner’s phone"),
            _("Does the learner read the new sentence?"),
            _("Still the old sentence: one side alone changes nothing for learners."),
            icon="phone",
        ),
        Step(
            _("Management agrees"),
            _("I agree, for management"),
            _("Two of two. Learners read it at once."),
            _agreed(management, "management1"),
            move="management",
            side=Side.MANAGEMENT,
            at=management.at if management else None,
        ),
        Step(
            _("Look again"),
            _("Look at the phone again"),
            _("In English, and in Spanish too."),
            _("The new sentence, in both languages. The course text is now %(label)s.")
            % {"label": scene.release.label},
            icon="phone",
        ),
    ]


def _agreed(entry, username: str) -> str:
    name = str(entry.person) if entry else PARTS[username].name
    return _("%(person)s read it and agreed.") % {"person": name}
