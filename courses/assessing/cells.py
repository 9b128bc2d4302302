"""Where one learner stands with one assessment, in a word: what a table of a cohort shows. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.enums import ENOUGH, Outcome
from assessments.policy import scoring


class State(models.TextChoices):
    NONE = "none", _("Not tried")
    WAITS = "waits", _("Waits for somebody")
    DIFFERENT = "different", _("Seen differently")
    NOT_YET = "not-yet", _("Not yet")
    ONE_MORE = "one-more", _("Met once, one more")
    COMPETENT = "competent", _("Competent")
    RECOGNIZED = "recognized", _("Recognized")
    RAN_OUT = "ran-out", _("Ran out")


@dataclass(frozen=True)
class Decided:
    """The result of a try that counts now."""

    outcome: str
    met: bool
    raters: frozenset[str] = frozenset()
    yardstick: str = ""
    valid_until: date | None = None


@dataclass(frozen=True)
class Tried:
    """One try. Of one that is open, `differs` says that those who saw it do not agree."""

    uid: str
    decided: Decided | None = None
    differs: bool = False


@dataclass(frozen=True)
class Cell:
    """A word and the try to open for it. `still` is how many more tries it takes where one was met."""

    state: State
    uid: str = ""
    still: int = 0

    @property
    def word(self) -> str:
        if self.state == State.ONE_MORE and self.still > 1:
            return ngettext("Met, %(count)d more", "Met, %(count)d more", self.still) % {"count": self.still}
        return str(self.state.label)


def cell(tries: Sequence[Tried], consecutive: int, on: date, yardstick: str = "") -> Cell:
    """Of a learner's tries at one assessment, oldest first; `yardstick` is that of the assessment as it is read now.

    What was shown once stays shown until it is out of date, whatever came after it; then what is open says more than
    what was decided before it.
    """
    if not tries:
        return Cell(State.NONE)
    shown = [one for one in tries if one.decided and one.decided.outcome in ENOUGH]
    good = [one for one in shown if one.decided.valid_until is None or one.decided.valid_until >= on]
    if good:
        return Cell(State(good[-1].decided.outcome), good[-1].uid)
    if open_ := _open(tries):
        return open_
    if shown:
        return Cell(State.RAN_OUT, shown[-1].uid)
    return _undecided_skill([one for one in tries if one.decided], consecutive, yardstick)


def _open(tries: Iterable[Tried]) -> Cell | None:
    open_ = [one for one in tries if one.decided is None]
    if not open_:
        return None
    differs = next((one for one in open_ if one.differs), None)
    return Cell(State.DIFFERENT, differs.uid) if differs else Cell(State.WAITS, open_[-1].uid)


def _undecided_skill(tries: Sequence[Tried], consecutive: int, yardstick: str) -> Cell:
    counting = [one for one in tries if one.decided.outcome != Outcome.VOID]
    if not counting:
        return Cell(State.NONE, tries[-1].uid if tries else "")
    row = [scoring.Try(one.decided.met, one.decided.raters, one.decided.yardstick) for one in counting]
    if yardstick and row[-1].yardstick != yardstick:
        row = []
    stands = scoring.standing(row, consecutive)
    return after(stands, counting[-1].decided.met, counting[-1].uid)


def after(stands: scoring.Standing, met: bool, uid: str = "") -> Cell:
    """Where the newest try leaves a skill that is not shown yet."""
    if stands.in_a_row and met:
        return Cell(State.ONE_MORE, uid, max(stands.still, 1))
    return Cell(State.NOT_YET, uid)
