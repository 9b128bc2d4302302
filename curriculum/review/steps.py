"""What people are told of: each step has a stable code, one sentence for every way of telling it, and a weight.

A new step is a line here and a call of `actions.noticing.tell`. Steps are no choices of a model: a new one needs no
migration.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Step(StrEnum):
    """In the order in which a letter names them: what cannot wait first, what is only good to know last."""

    URGENT = "urgent"
    STOOD_IN = "stood-in"
    PRINCIPALS = "principals"
    DUE = "due"
    INTEREST_LATE = "interest-late"
    STOPPED = "stopped"
    CHANGES_LATE = "changes-late"
    SOON = "reminder-soon"
    HALF = "reminder-half"
    CHECK = "check"
    NEWER = "newer"
    SENT = "sent"
    CHANGE_ASKED = "change-asked"
    EXPIRED = "expired"
    EXPIRES_30 = "expires-30"
    EXPIRES_60 = "expires-60"
    EXPIRES_90 = "expires-90"
    TRIGGERED = "triggered"
    COMMENT_ANSWERED = "comment-answered"
    COMMENTED = "commented"
    SEALED = "sealed"
    AGREED = "agreed"
    ENDED = "ended"

    @property
    def rank(self) -> int:
        """Its place from urgent to good to know."""
        return list(Step).index(self)

    @property
    def is_urgent(self) -> bool:
        """Whether its mail goes out at once: only what could hurt someone."""
        return self == Step.URGENT

    @property
    def same(self) -> frozenset["Step"]:
        """The steps that ask for the same thing: telling one of them tells all."""
        return ANSWER if self in ANSWER else frozenset({self})

    @property
    def lasts(self) -> bool:
        """Whether it is good to know whatever happened since; the others ask for something that can be done."""
        return self in LASTING

    @property
    def sentence(self):
        """What it says and asks, with %(title)s and, in some, %(day)s (a date) and %(state)s (who is waited for)."""
        return SENTENCES[self]


#: Asked of somebody until they answer; the most pressing stands for the others.
ANSWER = frozenset({Step.SENT, Step.NEWER, Step.HALF, Step.SOON})
LASTING = frozenset(
    {Step.AGREED, Step.ENDED, Step.COMMENT_ANSWERED, Step.SEALED, Step.TRIGGERED, Step.EXPIRED}
    | {Step.EXPIRES_90, Step.EXPIRES_60, Step.EXPIRES_30, Step.STOOD_IN, Step.URGENT}
)

_EXPIRES = _("“%(title)s” is good until %(day)s. Please say whether it is still right.")

SENTENCES = {
    Step.URGENT: _("This could hurt someone: “%(title)s”. Please open it now."),
    Step.STOOD_IN: _("Somebody stood in for a side on “%(title)s”. Please read it today."),
    Step.PRINCIPALS: _(
        "“%(title)s” was due on %(day)s: %(state)s. Please help both sides find the time. What was agreed before stays."
    ),
    Step.DUE: _("“%(title)s” was due on %(day)s: %(state)s. Please bring both sides together."),
    Step.INTEREST_LATE: _("“%(title)s” was stopped and is not settled. Please offer both sides somebody neutral."),
    Step.STOPPED: _("“%(title)s” is stopped. Please read why, and what would do instead."),
    Step.CHANGES_LATE: _("A change asked for in “%(title)s” still waits for you. Please answer it."),
    Step.SOON: _("“%(title)s” waits for your answer. Please answer by %(day)s."),
    Step.HALF: _("“%(title)s” waits for your answer. Please answer by %(day)s."),
    Step.CHECK: _("“%(title)s” waits for your check. Please look at it by %(day)s."),
    Step.NEWER: _("Newer text of “%(title)s” waits for you. Please read what changed and answer by %(day)s."),
    Step.SENT: _("Please read “%(title)s” and answer by %(day)s."),
    Step.CHANGE_ASKED: _("Somebody asks for a change in “%(title)s”. Please read why."),
    Step.EXPIRED: _("“%(title)s” has run out. Please renew it or change it."),
    Step.EXPIRES_30: _EXPIRES,
    Step.EXPIRES_60: _EXPIRES,
    Step.EXPIRES_90: _EXPIRES,
    Step.TRIGGERED: _("Something “%(title)s” rests on has changed. Please look whether it is still right."),
    Step.COMMENT_ANSWERED: _("What you wrote about “%(title)s” has an answer. Please see whether it is right."),
    Step.COMMENTED: _("Somebody wrote about “%(title)s”. Please answer."),
    Step.SEALED: _("Words in the record of “%(title)s” were taken away because they held personal data."),
    Step.AGREED: _("Both sides agreed on “%(title)s”."),
    Step.ENDED: _("“%(title)s” ended: %(state)s."),
}
