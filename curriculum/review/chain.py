"""The hash chain of a submission: appending a link, and checking that nothing was changed."""

import json
import secrets

from django.utils import timezone

from curriculum.editions import portable
from curriculum.review import signals
from curriculum.review.models import Entry, Submission
from curriculum.review.models.record import digest_of_words


def append(submission: Submission, *, kind, person, sample: bool, details=None, texts=None, **said) -> Entry:
    """Add one link at the end. The caller holds the submission's lock; `unique(previous)` refuses a second writer.

    `details` are in portable form. `texts` are {name: what the person typed}: the chain covers their salted digest, so
    that they can be sealed.
    """
    typed = {name: text.strip() for name, text in (texts or {}).items() if text and text.strip()}
    if typed:
        said["said"], said["salt"] = portable.canonical(typed).decode(), secrets.token_hex(16)
        said["said_digest"] = digest_of_words(said["salt"], said["said"])
    last = Entry.objects.filter(submission=submission).order_by("pk").last()
    entry = Entry(
        submission=submission,
        kind=kind,
        person=person,
        sample=sample,
        details=portable.canonical(details or {}).decode(),
        at=timezone.now(),
        previous=last.digest if last else submission.digest,
        **said,
    )
    entry.digest = portable.digest(entry.statement)
    entry.save(force_insert=True)
    signals.said.send(sender=Entry, submission=submission, entry=entry)
    return entry


def problems(submission: Submission) -> list[str]:
    """What is wrong with a submission's record, a sentence each; empty when everything agrees."""
    found = []
    if not submission.frozen.is_intact:
        found.append(f"submission {submission.pk}: the manifest does not hash to its name")
    previous = submission.digest
    for entry in submission.entries.all():
        if entry.previous != previous:
            found.append(f"entry {entry.pk}: does not follow the link before it")
        try:
            statement = portable.digest(entry.statement)
        except (json.JSONDecodeError, TypeError):
            statement = ""
        if statement != entry.digest:
            found.append(f"entry {entry.pk}: does not hash to its name")
        found += _word_problems(entry)
        previous = entry.digest
    return found + _decision_problems(submission)


def _word_problems(entry: Entry) -> list[str]:
    """Words must be those that were said; where they are gone, a sealing must say why."""
    if entry.said:
        agree = digest_of_words(entry.salt, entry.said) == entry.said_digest
        return [] if agree else [f"entry {entry.pk}: the words are not those that were said"]
    if entry.is_sealed and not hasattr(entry, "sealing"):
        return [f"entry {entry.pk}: its words are gone and no sealing says why"]
    return []


def _decision_problems(submission: Submission) -> list[str]:
    """Decisions are also told inside the chain; the two must say the same."""
    found = []
    for decision in submission.decisions.all():
        told = json.loads(decision.entry.details).get("items", [])
        if portable.normal(item_told(decision)) not in told or decision.entry.outcome != decision.outcome:
            found.append(f"decision {decision.pk}: the chain tells it differently")
    return found


def item_told(decision) -> dict:
    """A decision as the chain tells it."""
    return {
        "kind": decision.kind,
        "subject": str(decision.subject_uid),
        "digest": decision.frozen_id,
        "number": decision.number,
        "label": decision.label,
    }
