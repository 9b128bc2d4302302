"""What the room shows about deciding beside the two answers: checks, how much it weighs, what was stopped or noted.

Nothing of it is there until the charter or an event calls for it.
"""

from django.urls import reverse

from curriculum.review import checking, checklists, permissions, queries
from curriculum.review.enums import ChangeClass, EntryKind
from curriculum.review.interests import interest_records


def deciding(request, submission) -> dict:
    """The context of templates/review/deciding.html. Uses prefetched entries; two queries, however much was said."""
    weighs = queries.class_of(submission)
    return {
        "challenges": _challenges(submission),
        "sent_as": ChangeClass(submission.change_class),
        "may_challenge": permissions.can_challenge(request.user, submission),
        "weighs": weighs,
        "checks": _checks(submission),
        "my_checks": _my_checks(request.user, submission),
        "records": interest_records(submission),
    }


def _challenges(submission) -> list[dict]:
    """Who said that it weighs more, why, and as what."""
    return [
        {"entry": entry, "as": ChangeClass(entry.detail["class"]).label}
        for entry in submission.entries.all()
        if entry.kind == EntryKind.CHALLENGE
    ]


def _checks(submission) -> list[dict]:
    """The checks that count, each with what was found: only those that both sides wait for or that somebody gave."""
    return [
        {
            "name": checklists.name_of(one.kind, one.language),
            "met": one.met,
            "entry": one.entry,
            "unmet": checklists.labels(one.kind, one.entry.detail.get("unmet", [])) if one.entry else [],
        }
        for one in checking.asked_of(submission)
        if one.gate or one.entry
    ]


def _my_checks(user, submission) -> list[dict]:
    """The checks this person is named for, as links: to give one, or to give it anew."""
    if submission.outcome is not None or str(user.person_id) in submission.authors:
        return []
    asked = {one.key: one for one in checking.asked_of(submission)}
    places = queries.checks_as(user.person).filter(committee=submission.committee_id)
    mine = [asked[place.kind, place.language] for place in places if (place.kind, place.language) in asked]
    return [
        {
            "name": checklists.name_of(one.kind, one.language),
            "given": one.entry is not None,
            "url": check_address(submission, one),
        }
        for one in mine
    ]


def check_address(submission, asked) -> str:
    """Where one check is given."""
    if asked.language:
        return reverse("review_check_language", args=[submission.pk, asked.kind, asked.language])
    return reverse("review_check", args=[submission.pk, asked.kind])
