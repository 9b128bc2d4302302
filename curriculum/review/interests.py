"""The interest record of an answer that stopped a text, as two people at one table read it. Uses prefetched entries."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.review import queries, workdays
from curriculum.review.enums import EntryKind, Ground, InterestPart, Position, Side
from curriculum.review.models import Entry, Submission

#: Where a record can stand.
OPEN, SETTLED, APART, NOTHING_LEFT, ENDED = "open", "settled", "apart", "nothing left", "ended"

SENTENCES = {
    OPEN: _("Both sides still work on it. Until both confirm one wording, nothing changes for learners."),
    SETTLED: _("Both sides confirmed what they agree to do. This no longer stops the text."),
    APART: _("Both sides agreed to disagree. What was agreed before stays."),
    NOTHING_LEFT: _("The person who stopped the text changed their answer, so nothing is left to settle."),
    ENDED: _("This review has ended. What was written stays in the record."),
}

#: What both sides confirm, and what they write together.
PROPOSED = (InterestPart.AGREEMENT, InterestPart.DISAGREEMENT)
TOGETHER = (InterestPart.SHARED, InterestPart.OPTIONS)


@dataclass(frozen=True)
class InterestRecord:
    """What was written about one answer that stopped a text. `entries` are its parts and confirmations, in order."""

    submission: Submission
    block: Entry
    entries: tuple[Entry, ...]
    state: str

    @property
    def sentence(self):
        """Where it stands, in words."""
        return SENTENCES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def ground(self):
        """What the answer names: safety, law, the contract, harm."""
        return Ground(self.block.detail["ground"]).label

    @property
    def due_on(self) -> date:
        """The working day by which both sides meant to settle it."""
        opened = timezone.localdate(self.block.at)
        committee = self.submission.committee
        return workdays.add(opened, self.submission.charter.days_interest, queries.holidays_of(committee))

    def written(self, part: str) -> list[Entry]:
        """Every wording of one part, the newest first."""
        return [entry for entry in reversed(self.entries) if entry.detail["part"] == part]

    @property
    def proposal(self) -> Entry | None:
        """The newest wording that waits for both sides, or has them."""
        return next((entry for entry in reversed(self.entries) if entry.detail["part"] in PROPOSED), None)

    @property
    def earlier_proposals(self) -> list[Entry]:
        found = [entry for entry in reversed(self.entries) if entry.detail["part"] in PROPOSED]
        return found[1:]

    @property
    def until(self) -> date | None:
        """The day up to which both would leave it, when the newest wording is to disagree."""
        said = self.proposal.detail.get("until") if self.proposal else None
        return date.fromisoformat(said) if said else None

    @property
    def confirmed(self) -> set[str]:
        """The sides that confirmed the newest wording."""
        return queries.confirmed_by(self.submission, self.proposal.digest) if self.proposal else set()

    @property
    def sides(self) -> list[dict]:
        """What components/sides.html takes: who has confirmed the newest wording, and when."""
        at = {
            entry.side: entry.at
            for entry in self.entries
            if self.proposal and entry.detail.get("confirms") == self.proposal.digest
        }
        return [
            {
                "side": side.value,
                "name": self.submission.committee.party(side),
                "state": "agreed" if side in at else "waiting",
                "label": _("confirmed") if side in at else "",
                "on": at.get(side),
            }
            for side in Side
        ]


def interest_records(submission: Submission) -> list[InterestRecord]:
    """One for each answer that stops it or that something was written about, oldest first."""
    blocks = [
        entry
        for entry in submission.entries.all()
        if entry.kind == EntryKind.POSITION and entry.position == Position.BLOCK
    ]
    standing = {entry.digest for entry in queries.blocks_of(submission)}
    found = [_record(submission, entry, entry.digest in standing) for entry in blocks]
    return [record for record in found if record.entries or record.state != NOTHING_LEFT]


def interest_record(submission: Submission, block: str) -> InterestRecord | None:
    """The record of the answer with this digest, whatever became of it. None where no such answer stopped it."""
    for entry in submission.entries.all():
        if entry.digest == block and entry.position == Position.BLOCK:
            standing = {one.digest for one in queries.blocks_of(submission)}
            return _record(submission, entry, block in standing)
    return None


def _record(submission: Submission, block: Entry, stands: bool) -> InterestRecord:
    entries = tuple(
        entry
        for entry in submission.entries.all()
        if entry.kind == EntryKind.INTEREST and entry.detail["block"] == block.digest
    )
    return InterestRecord(submission, block, entries, _state(submission, block, stands))


def _state(submission: Submission, block: Entry, stands: bool) -> str:
    if not stands:
        return NOTHING_LEFT
    if block.digest in queries.settled_blocks(submission):
        return SETTLED
    newest = queries.proposal_of(submission, block.digest)
    apart = newest is not None and newest.detail["part"] == InterestPart.DISAGREEMENT
    if apart and queries.confirmed_by(submission, newest.digest) == set(Side.values):
        return APART
    return OPEN if submission.outcome is None else ENDED
