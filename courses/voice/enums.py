"""Where an item stands, and what is done with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an item stands. The words are the sender's: they follow it by a code."""

    WAITING = "waiting", _("Sent. Nobody has read it yet.")
    ACKNOWLEDGED = "acknowledged", _("Read. An answer is being worked on.")
    DEFERRED = "deferred", _("Put off to a later day.")
    ACCEPTED = "accepted", _("Yes. The course will be changed.")
    ADAPTED = "adapted", _("Yes, in part. The course will be changed in another way.")
    DECLINED = "declined", _("No. The course stays as it is.")
    TAKEN_BACK = "taken_back", _("You took it back. Your words are gone.")


class Answer(models.TextChoices):
    """What designers answer. Values are those of `State`."""

    ACCEPTED = "accepted", _("Accept: change the course")
    ADAPTED = "adapted", _("Adapt: change the course in another way")
    DECLINED = "declined", _("Decline: leave the course as it is")
    DEFERRED = "deferred", _("Put off to a later day")


class StepKind(models.TextChoices):
    """One thing that was done with an item."""

    ACKNOWLEDGED = "acknowledged", _("Somebody read it")
    ANSWERED = "answered", _("Answered")
    TIED = "tied", _("Tied")
    UNTIED = "untied", _("Untied")
    TAKEN_BACK = "taken_back", _("Taken back by the sender")
