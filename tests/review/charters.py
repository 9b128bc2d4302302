"""The committee of the cast under another charter, with checkers, co-chairs and stand-ins."""

from datetime import timedelta

from django.utils import timezone

from curriculum.review.actions import delegate, sign
from curriculum.review.models import Checker, Committee


def charter(**changes) -> Committee:
    """Write what the charter says from now on; what is open already keeps its own."""
    Committee.objects.update(**changes)
    return Committee.objects.get()


def gate(kind, *classes) -> dict:
    """A check that both sides wait for, as the committee keeps it."""
    return {"kind": kind, "classes": list(classes or ("2", "3"))}


def checker(user, kind, language="", credential="", until=None) -> Checker:
    """Name somebody for a check."""
    return Checker.objects.create(
        committee=Committee.objects.get(),
        person=user.person,
        kind=kind,
        language=language,
        credential=credential,
        credential_until=until,
    )


def seat_of(user, **changes):
    """A person's seat, with changes written."""
    seats = user.person.representative.seats
    seats.update(**changes)
    return seats.get()


def stands_in(user, *, instead_of, days=5):
    """`user` answers in somebody's place from today on."""
    today = timezone.localdate()
    return delegate(
        seat=seat_of(instead_of),
        to=seat_of(user),
        since=today,
        until=today + timedelta(days=days),
        by=instead_of,
    )


def block(submission, by, words="Nobody could see the label.", **more):
    """Stop a text for safety."""
    said = {"ground": "safety", "alternative": "Show the label first.", **more}
    return sign(submission=submission, by=by, position="block", digest=submission.digest, words=words, **said)
