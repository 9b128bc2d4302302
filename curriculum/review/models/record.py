"""Submissions, the chain of what was answered, and decisions.

Everything here is append-only by trigger and points at digests, uids and people, never at a page, a revision or a
task: deleting those deletes no agreement.
"""

import hashlib
import json
import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.editions import portable
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review.charter import Charter
from curriculum.review.enums import ChangeClass, EntryKind, Outcome, Position, Purpose, Side
from curriculum.review.models.committees import Committee


class SubmissionQuerySet(models.QuerySet):
    def open(self):
        """Those that have not ended."""
        return self.filter(decisions=None)

    def with_record(self):
        """With everything the desk and the room show: a constant number of queries."""
        return self.select_related("committee", "opened_by", "frozen").prefetch_related(
            "items", "entries__person", "decisions", "committee__holidays"
        )


class Submission(models.Model):
    """A putting-forward of frozen content to a committee.

    `frozen` holds the manifest: items, round, note, class, authors, checks. A sign-off names its digest, which covers
    everything; a new round is a new submission with an empty chain, so an old key never revives.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frozen = models.OneToOneField(Frozen, on_delete=models.PROTECT, related_name="submission")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="submissions")
    subject_uid = models.UUIDField(db_index=True)
    subject_kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    round = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    note = models.TextField(blank=True)
    change_class = models.CharField(max_length=1, choices=ChangeClass)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.CHANGE)
    opened_by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    sample = models.BooleanField(default=False)

    objects = SubmissionQuerySet.as_manager()
    append_only = True

    class Meta:
        ordering = ("-opened_at",)
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self):
        return f"{self.title} ({self.round})"

    @property
    def digest(self) -> str:
        """What a sign-off names."""
        return self.frozen_id

    @property
    def authors(self) -> frozenset[str]:
        """Pseudonyms of everybody who may not sign it."""
        return frozenset(self.frozen.content.get("authors", []))

    @property
    def charter(self) -> Charter:
        """The charter it was sent under."""
        return Charter.from_data(self.frozen.content["charter"])

    @property
    def languages(self) -> list[str]:
        """The languages whose text it changes, the source's first."""
        return self.frozen.content.get("languages", [])

    @property
    def about(self) -> dict:
        """What its purpose needs to say, in portable form, as signed."""
        return self.frozen.content.get("about", {})

    @property
    def agreed_on_paper(self) -> date | None:
        """The day both sides agreed on it on paper, before it came here; None for what they agree on here."""
        return date.fromisoformat(self.about["date"]) if self.purpose == Purpose.PAPER else None

    @property
    def outcome(self) -> str | None:
        """How it ended, or None while it is open."""
        return next((decision.outcome for decision in self.decisions.all()), None)


class SubmissionItem(models.Model):
    """One thing put forward: a changed edition, or the release that will carry it.

    `based_on` is the approved edition or release it was made from, empty for the first.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20, choices=FrozenKind)
    subject_uid = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    frozen = models.ForeignKey(Frozen, on_delete=models.PROTECT, related_name="+")
    based_on = models.CharField(max_length=64, blank=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("submission", "subject_uid"), name="one_item_a_subject")]

    def __str__(self):
        return self.title

    @property
    def digest(self) -> str:
        return self.frozen_id


class Entry(models.Model):
    """One link of a submission's chain: an answer, a comment, a check, the outcome.

    `previous` is the digest of the link before, of the submission for the first; being unique, it lets a chain grow
    only at its end. `digest` covers every field that says something (see `statement`). Words that people typed are in
    `said`, {name: text} as canonical JSON, and the chain covers only their salted digest: so words that hold
    personal data can be sealed (see `Sealing`) and the chain still holds.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=EntryKind)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side, blank=True)
    position = models.CharField(max_length=30, choices=Position, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    language = models.CharField(max_length=10, blank=True)
    said = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    said_digest = models.CharField(max_length=64, blank=True)
    details = models.TextField(default="{}")
    sample = models.BooleanField(default=False)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    append_only = True
    #: What may be emptied once a `Sealing` of the row exists (see curriculum.triggers).
    sealable = ("said", "salt")
    sealed_by = ("review_sealing", "entry_id")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("entry of the record")
        verbose_name_plural = _("entries of the record")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=EntryKind.POSITION, outcome="") & ~models.Q(side="") & ~models.Q(position="")
                | models.Q(kind=EntryKind.DECISION, position="") & ~models.Q(outcome="")
                | ~models.Q(kind__in=(EntryKind.POSITION, EntryKind.DECISION)) & models.Q(position="", outcome=""),
                name="entry_says_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(said="", salt="")
                | ~models.Q(said="") & ~models.Q(salt="") & ~models.Q(said_digest=""),
                name="entry_salts_what_was_said",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.digest[:12]}"

    @property
    def statement(self) -> dict:
        """What the digest covers, in portable form. A sample says so inside what is signed."""
        return {
            "format": portable.FORMAT,
            "signs": self.submission.frozen_id,
            "previous": self.previous,
            "kind": self.kind,
            "person": str(self.person_id),
            "side": self.side,
            "position": self.position,
            "outcome": self.outcome,
            "language": self.language,
            "said": self.said_digest,
            "details": self.detail,
            "sample": self.sample,
            "at": self.at.isoformat(timespec="microseconds"),
        }

    @property
    def detail(self) -> dict:
        """What the entry says besides words, in portable form."""
        return json.loads(self.details)

    @property
    def texts(self) -> dict[str, str]:
        """{name: text} of what the person typed; empty once sealed."""
        return json.loads(self.said) if self.said else {}

    @property
    def words(self) -> str:
        """The person's own words: the reason, the comment, the note."""
        return self.texts.get("words", "")

    @property
    def is_sealed(self) -> bool:
        """Whether its words were taken away."""
        return bool(self.said_digest and not self.said)


def digest_of_words(salt: str, said: str) -> str:
    """The digest that a chain keeps of words: SHA-256 of the salt, a line break and the canonical JSON."""
    return hashlib.sha256(f"{salt}\n{said}".encode()).hexdigest()


class Sealing(models.Model):
    """Words of an entry were taken away because they held personal data. Row, author, time and digest stay."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sealing")
    by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    append_only = True

    class Meta:
        verbose_name = _("words taken away")
        verbose_name_plural = _("words taken away")

    def __str__(self):
        return f"{self.entry} {self.at:%Y-%m-%d}"


class Decision(models.Model):
    """What became of one item of a submission. Approved ones carry the edition's number or the release's label."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=FrozenKind)
    subject_uid = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    frozen = models.ForeignKey(Frozen, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome)
    number = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=20, blank=True)
    sample = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    append_only = True

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=("submission", "subject_uid"), name="one_decision_an_item"),
            models.UniqueConstraint(fields=("subject_uid", "number"), name="edition_number_once"),
            models.UniqueConstraint(
                fields=("subject_uid", "label"), condition=~models.Q(label=""), name="release_label_once"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.APPROVED, kind=FrozenKind.EDITION, number__isnull=False, label="")
                | models.Q(outcome=Outcome.APPROVED, kind=FrozenKind.RELEASE, number__isnull=True) & ~models.Q(label="")
                | ~models.Q(outcome=Outcome.APPROVED) & models.Q(number__isnull=True, label=""),
                name="decision_named_when_approved",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.number or self.label or self.outcome}"

    @property
    def digest(self) -> str:
        return self.frozen_id
