"""The closed vocabularies of review. What people read is the label; the value is the field's term."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """The two parties. Neither comes first but on paper somebody must: the order here carries no rank."""

    LABOR = "labor", _("Labor")
    MANAGEMENT = "management", _("Management")

    @property
    def waiting(self):
        """What an open place reads."""
        return {"labor": _("waiting for labor"), "management": _("waiting for management")}[self.value]

    @property
    def other(self):
        return Side.MANAGEMENT if self == Side.LABOR else Side.LABOR


class Position(models.TextChoices):
    """What a person in a seat answers."""

    SUPPORT = "support", _("I agree")
    REQUEST_CHANGES = "request_changes", _("Please change")


class EntryKind(models.TextChoices):
    """What a link of a submission's chain records."""

    POSITION = "position", _("Answer")
    DECISION = "decision", _("Outcome")


class Outcome(models.TextChoices):
    """How a submission ended."""

    APPROVED = "approved", _("Both sides agreed")
    SUPERSEDED = "superseded", _("Newer text took its place")
    WITHDRAWN = "withdrawn", _("Taken back")


class ChangeClass(models.TextChoices):
    """How much a change weighs. It varies effort and clocks, never the need for both keys."""

    TYPO = "0", _("Small fix")
    EDITORIAL = "1", _("Small fix")
    SUBSTANTIVE = "2", _("Changes what is taught")
    SAFETY = "3", _("Safety")
    EMERGENCY = "E", _("This could hurt someone")

    @property
    def is_small(self) -> bool:
        return self in (ChangeClass.TYPO, ChangeClass.EDITORIAL)
