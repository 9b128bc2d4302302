"""What several tests about danger do: a lesson with an unsafe sentence, its report, its correction."""

from curriculum.models import LessonPage
from curriculum.review import safety
from curriculum.review.actions.correcting import correct_danger
from curriculum.review.actions.hurting import report_danger
from curriculum.review.corrections import Fix
from curriculum.review.enums import Purpose, Repair
from curriculum.review.models import Submission
from tests.factories import agree

#: The first block of the first lesson (see tests/factories): the words that turn out to be dangerous.
BLOCK = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"
UNSAFE = {"en": "Wear gloves.", "es": "Use guantes."}
SAFE = {"en": "Wear gloves that reach the elbow.", "es": "Use guantes hasta el codo."}
WRONG = {"en": "The gloves named here are too short.", "es": "Los guantes que se nombraban son muy cortos."}
RIGHT = {"en": "Use long ones.", "es": "Use unos largos."}


def lesson_of(module) -> LessonPage:
    return LessonPage.objects.child_of(type(module).objects.get(pk=module.pk)).first()


def reported(module, by, blocks=(BLOCK,), reason="Acid runs into short gloves."):
    return report_danger(place=safety.taught_at(lesson_of(module).uid), by=by, reason=reason, blocks=blocks)


def rewrite(block=BLOCK, words=SAFE) -> list[Fix]:
    return [Fix(block, language, Repair.WRITE, text) for language, text in words.items()]


def corrected(report, by, fixes=None, **said) -> Submission:
    """The correction of a report, before both sides."""
    return correct_danger(report=report, by=by, fixes=fixes or rewrite(), wrong=WRONG, right=RIGHT, **said)


def agreed(report, cast, fixes=None) -> Submission:
    """The correction, agreed to by one person a side."""
    submission = corrected(report, cast["designer2"], fixes)
    agree(submission, cast["labor1"], cast["management1"])
    return Submission.objects.with_record().get(pk=submission.pk)


def confirmation(module) -> Submission:
    """The open confirmation of a correction."""
    return Submission.objects.open().with_record().get(purpose=Purpose.RATIFY, subject_uid=module.uid)
