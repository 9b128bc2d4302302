"""Looking whether the record still holds: every digest, every chain, every promise of the database.

Reads everything and trusts nothing that is only stored beside what it can be worked out from. `manage.py verify` prints
what it finds; a copy of the database and of the stored files is enough to run it anywhere.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.files.storage import storages

from curriculum import triggers
from curriculum.editions import media
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import chain
from curriculum.review.enums import Outcome, Purpose
from curriculum.review.models import Decision, Submission
from curriculum.review.scans import Scan

_CHUNK = 100


@dataclass(frozen=True)
class Problem:
    """One row, file or trigger that disagrees, and how."""

    where: str
    what: str

    def __str__(self):
        return f"{self.where}: {self.what}"


@dataclass
class Verification:
    """What was looked at, counted by kind, and what disagrees."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def run(cls) -> "Verification":
        found = cls()
        for check in (found._frozen, found._submissions, found._decisions, found._media, found._triggers):
            found.problems += check()
        return found

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    def _frozen(self) -> Iterator[Problem]:
        """Bytes hash to their names, and whatever they name is there and of its kind."""
        self._kinds = dict(Frozen.objects.values_list("digest", "kind"))
        self._files: dict[str, str] = {}
        for row in Frozen.objects.iterator(chunk_size=_CHUNK):
            self._count(row.kind)
            where = f"curriculum_frozen {row.digest}"
            if not row.is_intact:
                yield Problem(where, "the bytes do not hash to the name")
                continue
            content = row.content
            if content["kind"] not in FrozenKind.values:
                self._files |= {digest: words["ext"] for digest, words in media.media_in(content).items()}
            for digest, kind in _named_in(content):
                if self._kinds.get(digest) != kind:
                    yield Problem(where, f"names the {kind} {digest}, which is not there")

    def _submissions(self) -> Iterator[Problem]:
        """Chains hold, and rows say what the manifest says that was signed."""
        for submission in Submission.objects.with_record().iterator(chunk_size=_CHUNK):
            self._count("submission")
            where = f"review_submission {submission.pk}"
            for sentence in chain.problems(submission):
                yield Problem(where, sentence)
            if submission.frozen.is_intact:
                yield from (Problem(where, f"the manifest has another {name}") for name in _differences(submission))
                yield from _paper(submission, where)

    def _decisions(self) -> Iterator[Problem]:
        """Each decision stands on the entry that tells it, about what was put forward."""
        rows = Decision.objects.select_related("entry", "submission").prefetch_related("submission__items")
        for decision in rows.iterator(chunk_size=_CHUNK):
            self._count("decision")
            where = f"review_decision {decision.pk}"
            if decision.entry.submission_id != decision.submission_id:
                yield Problem(where, "its entry belongs to another submission")
            if (decision.kind, decision.frozen_id) not in {
                (item.kind, item.frozen_id) for item in decision.submission.items.all()
            }:
                yield Problem(where, "was not put forward in its submission")
            if {decision.sample, decision.entry.sample} != {decision.submission.sample}:
                yield Problem(where, "does not agree with its submission about being a sample")
            if decision.at != decision.entry.at:
                yield Problem(where, "has another date than its entry")
            if decision.outcome == Outcome.APPROVED and decision.kind == FrozenKind.RELEASE:
                yield from _unapproved(decision, where)

    def _media(self) -> Iterator[Problem]:
        """Every file that frozen pages show is kept, and public copies are the same bytes."""
        for digest, ext in sorted(self._files.items()):
            self._count("file")
            for alias, name in (
                ("frozen", media.frozen_name(digest, ext)),
                ("released", media.released_name(digest, ext)),
            ):
                found = _hash_of(alias, name)
                if found is None and alias == "frozen":
                    yield Problem(f"frozen file {name}", "is not there")
                elif found is not None and found != digest:
                    yield Problem(f"{alias} file {name}", "the bytes do not hash to the name")

    def _triggers(self) -> Iterator[Problem]:
        for name in triggers.missing():
            yield Problem(f"trigger {name}", "is missing: run manage.py migrate")
        self.counts["trigger"] = len(triggers.triggers())


def _named_in(content: dict) -> list[tuple[str, str]]:
    """(digest, kind) of everything that an edition, a release or a submission names."""
    named = [(reference["digest"], FrozenKind.SNAPSHOT) for reference in content.get("snapshots", [])]
    if content["kind"] == FrozenKind.RELEASE:
        named += [(item["edition"], FrozenKind.EDITION) for item in content.get("modules", [])]
    if content["kind"] == FrozenKind.SUBMISSION:
        named += [(item["digest"], item["kind"]) for item in content.get("items", [])]
    return named


def _differences(submission: Submission) -> list[str]:
    """Names of what a submission's row or items say otherwise than its manifest."""
    manifest = submission.frozen.content
    told = {
        "submission": str(submission.pk),
        "title": submission.title,
        "round": submission.round,
        "note": submission.note,
        "class": submission.change_class,
        "purpose": submission.purpose,
        "submitted_by": str(submission.opened_by_id),
        "opened": submission.opened_at.isoformat(timespec="microseconds"),
        "sample": submission.sample,
    }
    items = [
        {
            "kind": item.kind,
            "subject": str(item.subject_uid),
            "title": item.title,
            "digest": item.frozen_id,
            "based_on": item.based_on,
        }
        for item in submission.items.all()
    ]
    wrong = [name for name, value in told.items() if (manifest.get(name) or "") != (value or "")]
    signed = [{**item, "based_on": item.get("based_on", "")} for item in manifest.get("items", [])]
    return wrong + (["list of items"] if signed != items else [])


def _paper(submission: Submission, where: str) -> Iterator[Problem]:
    """What was agreed on paper still has the paper."""
    if submission.purpose != Purpose.PAPER:
        return
    scan = Scan(submission.about["scan"], submission.about["ext"])
    found = _hash_of("frozen", scan.name)
    if found is None:
        yield Problem(where, f"the scan {scan.name} is not there")
    elif found != scan.digest:
        yield Problem(where, f"the scan {scan.name} does not hash to its name")


def _unapproved(decision: Decision, where: str) -> Iterator[Problem]:
    """Editions that an approved release pins and nobody agreed on."""
    pinned = {item["edition"] for item in decision.frozen.content.get("modules", [])}
    agreed = Decision.objects.filter(outcome=Outcome.APPROVED, kind=FrozenKind.EDITION, frozen_id__in=pinned)
    for digest in sorted(pinned - set(agreed.values_list("frozen_id", flat=True))):
        yield Problem(where, f"pins the edition {digest}, which nobody agreed on")


def _hash_of(alias: str, name: str) -> str | None:
    """SHA-256 of a stored file, None where it is not there."""
    try:
        with storages[alias].open(name, "rb") as file:
            told = hashlib.sha256()
            for part in file.chunks():
                told.update(part)
            return told.hexdigest()
    except FileNotFoundError:
        return None
