"""Since when and until when, in plain words. Late is said as calmly as early: a date asks, it does not scold."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.review import queries, workdays
from curriculum.review.standing import Standing


@dataclass(frozen=True)
class Deadline:
    """The day by which answers are asked for, and how many working days away it is (negative: past)."""

    on: date
    today: date
    days: int

    @property
    def asks(self) -> str:
        """For somebody whose answer is awaited."""
        return _("Please answer by %(day)s") % {"day": plain_day(self.on, self.today)}

    @property
    def says(self) -> str:
        """For everybody else."""
        words = _("answers were due %(day)s") if self.on < self.today else _("answers are due %(day)s")
        return words % {"day": plain_day(self.on, self.today)}

    @property
    def left(self) -> str:
        if self.days > 0:
            return ngettext("%(n)d working day left", "%(n)d working days left", self.days) % {"n": self.days}
        if self.days < 0:
            return ngettext("%(n)d working day late", "%(n)d working days late", -self.days) % {"n": -self.days}
        return _("due today") if self.on == self.today else _("the day has just passed")


def deadline_of(standing: Standing, today: date | None = None) -> Deadline | None:
    """While it is open and an answer or a check is missing; None otherwise (uses prefetched rows)."""
    if not (standing.waiting_for or standing.open_gates):
        return None
    on, today = standing.due_on, today or timezone.localdate()
    return Deadline(on, today, workdays.between(today, on, queries.holidays_of(standing.submission.committee)))


def plain_day(day: date, today: date | None = None) -> str:
    """A day as people say it: "December 3", with its year when that is another."""
    today = today or timezone.localdate()
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")
