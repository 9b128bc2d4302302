"""Done marks: said on any phone, with or without a line, brought together here without loss and without doubling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from courses.cohorts import policy
from courses.cohorts.models import Enrollment, Mark


@dataclass(frozen=True)
class Word:
    """What a phone says of one page."""

    page: str
    is_done: bool
    at: datetime


@transaction.atomic
def mark(*, enrollment: UUID, words: Iterable[Word], pages: Iterable[str], digest: str) -> dict[str, bool]:
    """Take in what a learner marked. Returns {page uid: done} of the whole course as it is now.

    `enrollment` is its uid. `pages` are the lessons there are: words about others are left aside, because a lesson may
    be gone from the text by the time a phone is back on line. `digest` is the course text that was read. The same
    words in any order, any number of times, come to the same.
    """
    if connection.features.has_select_for_update:
        # Two phones of one learner are heard one after the other. SQLite hears one writer at a time anyway.
        Enrollment.objects.select_for_update().only("pk").get(pk=enrollment)
    rows = Mark.objects.filter(enrollment=enrollment).values_list("page_uid", "is_done", "at")
    known = {str(page): policy.Said(is_done, at) for page, is_done, at in rows}
    there, now, changed = set(pages), timezone.now(), {}
    for word in words:
        if word.page not in there:
            continue
        before = changed.get(word.page) or known.get(word.page)
        said = policy.newest(before, policy.Said(word.is_done, word.at), now)
        if said != before:
            changed[word.page] = said
    if changed:
        Mark.objects.bulk_create(
            [
                Mark(enrollment_id=enrollment, page_uid=page, is_done=said.is_done, at=said.at, digest=digest)
                for page, said in changed.items()
            ],
            update_conflicts=True,
            unique_fields=["enrollment", "page_uid"],
            update_fields=["is_done", "at", "digest"],
        )
    return {page: said.is_done for page, said in (known | changed).items()}
