"""Content that can no longer change: rows of bytes named by their SHA-256."""

import hashlib
import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.enums import FrozenKind


class FrozenQuerySet(models.QuerySet):
    def keep(self, kind: FrozenKind, data: bytes) -> "Frozen":
        """The row of these bytes, made if it is new. The same bytes are one row, however often they are frozen."""
        digest = hashlib.sha256(data).hexdigest()
        row, _made = self.get_or_create(digest=digest, defaults={"kind": kind, "data": data})
        return row

    def read(self, digests) -> dict[str, dict]:
        """The parsed content of several rows: {digest: content}, one query."""
        return {row.digest: row.content for row in self.filter(digest__in=set(digests))}


class Frozen(models.Model):
    """A snapshot, an edition, a release or a submission, as canonical bytes.

    Like a git object: it has no status, no number and no owner; what became of it is told by decisions. Append-only
    by trigger. Bytes are stored, never re-serialised, so that hashing them again always gives the name.
    """

    digest = models.CharField(_("fingerprint"), max_length=64, primary_key=True)
    kind = models.CharField(_("kind"), max_length=20, choices=FrozenKind, db_index=True)
    data = models.BinaryField(_("content"))
    frozen_at = models.DateTimeField(_("kept since"), auto_now_add=True)

    objects = FrozenQuerySet.as_manager()

    append_only = True

    class Meta:
        verbose_name = _("kept content")
        verbose_name_plural = _("kept content")

    def __str__(self):
        return f"{self.kind} {self.digest[:12]}"

    @property
    def content(self) -> dict:
        return json.loads(bytes(self.data))

    @property
    def is_intact(self) -> bool:
        """Whether the bytes still hash to the name."""
        return hashlib.sha256(bytes(self.data)).hexdigest() == self.digest


class Contribution(models.Model):
    """Who had a hand in a module or curriculum: one row per edit, create, move, delete or translate entry.

    Kept apart from Wagtail's log because it must survive the page, and names the item by uid and the person by
    pseudonym. `item_uid` is the page that was touched, `owner_uid` the module or curriculum it belonged to then.
    """

    owner_uid = models.UUIDField(db_index=True)
    item_uid = models.UUIDField()
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80)
    at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=("owner_uid", "at"))]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self):
        return f"{self.action} {self.item_uid}"
