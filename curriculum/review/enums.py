"""The closed vocabularies of review. What people read is the label; the value is the field's term."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from users.roles import Role


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


#: Which role speaks for which side.
SIDE_OF = {Role.LABOR_REVIEWER: Side.LABOR, Role.MANAGEMENT_REVIEWER: Side.MANAGEMENT}


class SeatRole(models.TextChoices):
    """What a seat lets a person do. Under the light charter every member answers."""

    MEMBER = "member", _("Member")
    CO_CHAIR = "co_chair", _("Co-chair")
    ALTERNATE = "alternate", _("Alternate: answers only in somebody's place")


class Position(models.TextChoices):
    """What a person in a seat answers. Two are always there; the others when the charter says so."""

    SUPPORT = "support", _("I agree")
    RESERVATION = "support_with_reservation", _("Agree, with a note")
    STAND_ASIDE = "stand_aside", _("Stand aside")
    REQUEST_CHANGES = "request_changes", _("Please change")
    BLOCK = "block", _("Stop this")
    RECUSE = "recuse", _("I take no part")

    @property
    def sentence(self):
        """What choosing it does, for the person choosing."""
        return {
            "support": _("You agree to exactly this text."),
            "support_with_reservation": _("You agree, and your note goes with the text for good."),
            "stand_aside": _("You do not agree, and you do not stop it. Somebody else on your side answers."),
            "request_changes": _("You say what should change. Nothing changes for learners until it is made."),
            "block": _("You stop it because of safety, law, contract or harm, and you say what would do instead."),
            "recuse": _("You have an interest of your own here, so somebody else on your side answers."),
        }[self.value]

    @property
    def agrees(self) -> bool:
        """Whether it counts towards a side's key."""
        return self in (Position.SUPPORT, Position.RESERVATION)

    @property
    def stops(self) -> bool:
        """Whether nothing is agreed while it stands."""
        return self in (Position.REQUEST_CHANGES, Position.BLOCK)

    @property
    def needs_words(self) -> bool:
        """Whether it says nothing without a reason."""
        return self in (Position.RESERVATION, Position.REQUEST_CHANGES, Position.BLOCK)

    @property
    def missing(self):
        """What a person is told who left the reason out."""
        return {
            "request_changes": _("Say in a sentence what should change. Nothing was sent yet."),
            "support_with_reservation": _("Write the note that goes with your answer. Nothing was sent yet."),
            "block": _("Say in a sentence why it must not go out. Nothing was sent yet."),
        }[self.value]


#: The two answers that every charter knows.
PLAIN_POSITIONS = (Position.SUPPORT, Position.REQUEST_CHANGES)


class Ground(models.TextChoices):
    """What a block must name."""

    SAFETY = "safety", _("Safety")
    LAW = "law", _("Law")
    CONTRACT = "contract", _("The contract")
    HARM = "harm", _("Harm to people")


class Purpose(models.TextChoices):
    """What a submission asks both sides for."""

    CHANGE = "change", _("New or changed text")
    EMERGENCY = "emergency", _("Safety correction")
    RATIFY = "ratify", _("Confirm a safety correction")
    REAFFIRM = "reaffirm", _("Still right, renew")
    PAPER = "paper", _("Agreed on paper")


class EntryKind(models.TextChoices):
    """What a link of a submission's chain records."""

    POSITION = "position", _("Answer")
    DECISION = "decision", _("Outcome")
    COMMENT = "comment", _("Comment")
    DISPOSITION = "disposition", _("Answer to a comment")
    TRANSLATION = "translation", _("Translation of somebody's words")
    CHECK = "check", _("Check")
    CHALLENGE = "challenge", _("This weighs more")
    INTEREST = "interest", _("What each side needs")
    REFERRAL = "referral", _("Referred to the parties")
    CONTACT = "contact", _("Tried to reach a side")
    AUTHORIZATION = "authorization", _("Stood in for a side that could not be reached")
    SEALED = "sealed", _("Words taken away")
    MEETING = "meeting", _("Meeting")


class Disposition(models.TextChoices):
    """What becomes of a comment."""

    ACCEPTED = "accepted", _("Taken as it is")
    ADAPTED = "adapted", _("Taken in other words")
    DECLINED = "declined", _("Not taken")
    DEFERRED = "deferred", _("Later")

    @property
    def verb(self):
        """What a designer presses."""
        return {
            "accepted": _("Take it"),
            "adapted": _("Take it in other words"),
            "declined": _("Not this time"),
            "deferred": _("Later"),
        }[self.value]

    @property
    def needs_words(self) -> bool:
        """Everything but a plain yes comes with a reason."""
        return self != Disposition.ACCEPTED


class CheckKind(models.TextChoices):
    """Who looks before both sides can agree: by checklist, without a vote."""

    EXPERT = "expert", _("Subject expert")
    CLINICAL = "clinical", _("Clinical coordinator")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    LANGUAGE = "language", _("Language")


class InterestPart(models.TextChoices):
    """What an interest record holds, in the order it is worked through."""

    ISSUE = "issue", _("What it is about")
    LABOR = "labor", _("What labor needs")
    MANAGEMENT = "management", _("What management needs")
    SHARED = "shared", _("What both need")
    OPTIONS = "options", _("What could be done")
    AGREEMENT = "agreement", _("What both agree to do")
    DISAGREEMENT = "disagreement", _("Agree to disagree until a date")
    CONFIRMED = "confirmed", _("Confirmed for a side")


class Outcome(models.TextChoices):
    """How a submission ended."""

    APPROVED = "approved", _("Both sides agreed")
    SUPERSEDED = "superseded", _("Newer text took its place")
    WITHDRAWN = "withdrawn", _("Taken back")
    DEADLOCKED = "deadlocked", _("No agreement; what was agreed before stays")
    RATIFIED = "ratified", _("Both sides confirmed the safety correction")
    LAPSED = "lapsed", _("Not confirmed in time; taken away with a warning")
    REAFFIRMED = "reaffirmed", _("Both sides said it is still right")


class ReleaseState(models.TextChoices):
    """Where time at work to read a text stands."""

    ASKED = "asked", _("asked for")
    AGREED = "agreed", _("agreed to")
    NOT_NEEDED = "not_needed", _("not needed")


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

    @property
    def weight(self) -> int:
        """Its place from light to heavy."""
        return list(ChangeClass).index(self)


class NoticeKind(models.TextChoices):
    """What stands over a page that learners read. It is laid at once and is no part of what is agreed."""

    BANNER = "banner", _("Warning until it is corrected")
    CORRECTION = "correction", _("Safety correction")
    WITHDRAWN = "withdrawn", _("Not shown")
    UNDER_REVIEW = "under_review", _("Being checked again")
    OLDER = "older", _("Older than the English text")

    @property
    def is_loud(self) -> bool:
        """Whether it is about safety."""
        return self in (NoticeKind.BANNER, NoticeKind.CORRECTION, NoticeKind.WITHDRAWN)


class TriggerKind(models.TextChoices):
    """Why agreed text needs a new look."""

    STANDARD = "standard", _("A standard changed")
    INCIDENT = "incident", _("Something happened at work")
    LEARNERS = "learners", _("Several people reported the same thing")
    TRANSLATION = "translation", _("A translation is behind")
    CONTRACT = "contract", _("The contract changed")
    PEOPLE = "people", _("People or places changed")
    POLICY = "policy", _("An employer changed a rule")


class Repair(models.TextChoices):
    """What a safety correction does to one part of a page. Nothing else."""

    REMOVE = "remove", _("Take it out")
    WARN = "warn", _("Put a warning before it")
    WRITE = "write", _("Write it right")
