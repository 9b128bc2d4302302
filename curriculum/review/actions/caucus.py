"""A side's own notes. Never in the chain."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review.actions.locking import still_open
from curriculum.review.models import CaucusNote, Submission
from curriculum.review.speaking import CannotTalk, caucus_side


@transaction.atomic
def keep_note(*, submission: Submission, by, words: str) -> CaucusNote:
    """Write a note for one's own side. Returns it. Raises CannotTalk where the committee keeps none, or for others."""
    submission = still_open(submission)
    side = caucus_side(by, submission)
    if not side:
        raise CannotTalk(_("There are no such notes here. Nothing was written."))
    if not words.strip():
        raise ValueError(_("Write a sentence first. Nothing was kept yet."))
    return CaucusNote.objects.create(
        submission=submission, person=by.person, side=side, words=words.strip(), at=timezone.now()
    )
