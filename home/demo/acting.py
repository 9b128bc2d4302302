"""The moves of the story, played by the cast through the same actions that the screens use."""

from django.db import transaction

from curriculum.editions.read import SOURCE
from curriculum.review.actions import sign, submit, withdraw
from curriculum.review.enums import Position, Side
from curriculum.review.models import Submission
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from home.demo.story import NEXT, NOTE, Scene
from users.models import User

WRITER = "designer"


class OutOfTurn(Exception):
    """Somebody else went on with the story meanwhile; nothing was done."""


def play(scene: Scene, move: str, digest: str = "") -> Submission | None:
    """Make a move; `digest` is what the screen showed to a side. Returns the submission it was made on.

    Raises OutOfTurn, and PermissionDenied (Refused, CannotSign) with a sentence where the house says no.
    """
    if move != "change" and move != NEXT[scene.stage]:
        raise OutOfTurn
    if move == "change":
        return change(scene)
    if move == "send":
        return send(scene)
    return agree(scene, Side(move), digest)


@transaction.atomic
def change(scene: Scene) -> None:
    """Give the sentence its next wording in both languages. What is under review is taken back first."""
    writer = person(WRITER)
    if scene.submission:
        withdraw(submission=scene.submission, by=writer, words="The story starts again.")
    wording = scene.plot.after(scene.released[SOURCE], SOURCE)
    for language, page in scene.drafts.items():
        blocks = page.body.get_prep_value()
        for block in blocks:
            if block["id"] == scene.block:
                block["value"] = scene.plot.put_into(block["value"], wording, language)
        page.body = page.body.stream_block.to_python(blocks)
        page.save(clean=False)
        page.save_revision(user=writer, log_action=True, clean=False)


def send(scene: Scene) -> Submission:
    proposal = Proposal(note=NOTE, releases=(str(scene.release.subject_uid),))
    return submit(page=scene.module, by=person(WRITER), proposal=proposal)


def agree(scene: Scene, side: Side, digest: str) -> Submission:
    """The first of the cast on that side who did not write it agrees."""
    authors = scene.submission.authors
    people = [person(part.username) for part in CAST if part.side == side]
    signer = next((one for one in people if str(one.person_id) not in authors), people[0])
    sign(submission=scene.submission, by=signer, position=Position.SUPPORT, digest=digest)
    return Submission.objects.with_record().get(pk=scene.submission.pk)


def person(username: str) -> User:
    return User.objects.get(username=username, is_demo=True)
