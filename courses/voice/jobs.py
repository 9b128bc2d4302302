"""What happens at every tick: recordings that should be gone are. What is due stands on the designers' desk."""

from django.utils import timezone

from courses.voice import queries, recordings
from curriculum.review.ticking import register


def keep_voices() -> str:
    gone, due = recordings.forget_others(timezone.localdate()), queries.how_many_due()
    return f"{gone} recordings left over deleted, {due['open']} things workers said wait, {due['late']} of them late"


def register_jobs() -> None:
    register("voices", keep_voices)
