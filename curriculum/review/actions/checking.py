"""Giving a check: a named person goes through a list, and what is not met keeps the text from being agreed."""

from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.review import chain, checklists
from curriculum.review.actions.ending import end_if_agreed
from curriculum.review.actions.locking import still_current
from curriculum.review.checking import check_can_check
from curriculum.review.enums import EntryKind
from curriculum.review.models import Entry, Submission
from curriculum.review.permissions import makes_samples


@transaction.atomic
def give_check(*, submission: Submission, by, kind: str, language: str = "", met, words: str = "") -> Entry:
    """Record what a checker found: `met` are codes of the list, the others are not met. Returns the entry.

    A later check replaces an earlier one. It counts for neither side; where both sides had agreed and this was the last
    check that was missing, they have their agreement. Raises CannotCheck for people not named for it or whose
    standing ran out, Refused when the review has ended, ValueError where something is not met and no word says what.
    """
    submission = still_current(submission)
    checker = check_can_check(by, submission, kind, language)
    codes = [item.code for item in checklists.items_of(kind, language)]
    if set(met) - set(codes):
        raise ValueError(_("The list changed while you were reading. Nothing was saved. Go through it again."))
    unmet = [code for code in codes if code not in met]
    if unmet and not words.strip():
        raise ValueError(_("Say in a sentence what is missing. Nothing was saved yet."))
    entry = chain.append(
        submission,
        kind=EntryKind.CHECK,
        person=by.person,
        texts={"words": words},
        details={
            "kind": str(kind),
            "language": language,
            "met": [code for code in codes if code in met],
            "unmet": unmet,
            "credential": checker.credential,
            "credential_until": checker.credential_until,
        },
        sample=makes_samples(by),
    )
    end_if_agreed(submission, by=by)
    return entry
