"""Where a submission stands, side by side, for everybody who may read it. Uses prefetched entries: no query."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.review import queries, workdays
from curriculum.review.enums import ChangeClass, EntryKind, Outcome, Position, Purpose, Side
from curriculum.review.models import Entry, Submission
from curriculum.review.policy import SideTally, Tally


@dataclass(frozen=True)
class Standing:
    """A submission with what both sides said. `sides` is what components/sides.html takes."""

    submission: Submission
    tally: Tally

    @property
    def is_open(self) -> bool:
        return self.submission.outcome is None

    @property
    def change_class(self) -> ChangeClass:
        """As it weighs now: a side may have said that it weighs more."""
        return queries.class_of(self.submission)

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.submission.purpose)

    @property
    def due_on(self) -> date:
        """The day by which both sides are asked to have answered."""
        opened = timezone.localdate(self.submission.opened_at)
        days = self.submission.charter.days(self.change_class, self.submission.purpose)
        return workdays.add(opened, days, queries.holidays_of(self.submission.committee))

    @property
    def latest(self) -> dict[str, Entry]:
        """{person: their last answer}."""
        return {str(entry.person_id): entry for entry in self._answers}

    @property
    def sides(self) -> list[dict]:
        return [self._side(tally) for tally in self.tally.sides]

    @property
    def waiting_for(self) -> list[Side]:
        """The sides whose answer is missing, while it is open."""
        if not self.is_open:
            return []
        return [Side(side.side) for side in self.tally.sides if not side.holds and not side.stops]

    @property
    def asking(self) -> list[Entry]:
        """Requests for a change that stand, oldest first."""
        return [entry for entry in self.latest.values() if entry.position == Position.REQUEST_CHANGES]

    @property
    def blocking(self) -> list[Entry]:
        """Answers that stop it, until both sides settle them."""
        stopping = {person for side in self.tally.sides for person in side.blocking}
        return [entry for person, entry in self.latest.items() if person in stopping]

    @property
    def noted(self) -> list[Entry]:
        """What goes with the text for good: notes of those who agree, and of those who stood aside with a reason."""
        kept = (Position.RESERVATION, Position.STAND_ASIDE, Position.BLOCK)
        return [entry for entry in self.latest.values() if entry.position in kept and entry.said_digest]

    @property
    def carried(self) -> list[Entry]:
        """Of `noted`, what does not stop the text any more: what its readers are told for good."""
        stopping = {entry.digest for entry in self.blocking}
        return [entry for entry in self.noted if entry.digest not in stopping]

    @property
    def open_gates(self) -> list[dict]:
        """Checks that are not met yet."""
        return list(self.tally.gates) if self.is_open else []

    @property
    def state(self) -> str:
        """Who holds it, in a few words."""
        outcome = self.submission.outcome
        if outcome:
            return self._ended(outcome)
        if self.blocking:
            sides = dict.fromkeys(Side(entry.side) for entry in self.blocking)
            return " ".join(str(_STOPS[side]) for side in sides)
        if self.asking:
            sides = dict.fromkeys(Side(entry.side) for entry in self.asking)
            return " ".join(str(_ASKS[side]) for side in sides)
        if not self.waiting_for and self.open_gates:
            return _("waiting for a check")
        return ", ".join(str(side.waiting) for side in self.waiting_for)

    def _ended(self, outcome: str) -> str:
        on = self.submission.agreed_on_paper
        if on and outcome == Outcome.APPROVED:
            return _("Agreed on paper on %(day)s") % {"day": date_format(on)}
        return str(Outcome(outcome).label)

    @property
    def ended_at(self) -> datetime | None:
        return next((decision.at for decision in self.submission.decisions.all()), None)

    @property
    def _answers(self) -> list[Entry]:
        authors = self.submission.authors
        found = [entry for entry in self.submission.entries.all() if entry.kind == EntryKind.POSITION]
        return [entry for entry in found if str(entry.person_id) not in authors]

    def answer_of(self, person) -> Entry | None:
        return self.latest.get(str(person.pk))

    def _side(self, side: SideTally) -> dict:
        entries = [entry for entry in self.latest.values() if entry.side == side.side]
        state = "change" if side.stops else "agreed" if side.holds else "waiting"
        label = _("stops it") if side.blocking else ""
        if state == "waiting" and len(side.agreed) < side.needed and side.agreed:
            label = _("%(agreed)d of %(needed)d people agreed") % {"agreed": len(side.agreed), "needed": side.needed}
        elif state == "waiting" and side.unread:
            names = ", ".join(dict(settings.LANGUAGES).get(code, code) for code in side.unread)
            label = _("agreed; nobody has read it in: %(languages)s") % {"languages": names}
        elif state == "waiting" and side.lacks_holder:
            label = _("waiting for the co-chair")
        elif side.stood_in and not side.agreed and not side.stops:
            state, label = "waiting", _("could not be reached; the duty lead stood in")
        return {
            "side": side.side,
            "name": self.submission.committee.party(side.side),
            "state": state,
            "label": label,
            "on": max((entry.at for entry in entries), default=None),
            "entries": entries,
        }


_STOPS = {
    Side.LABOR: gettext_lazy("Labor stops it."),
    Side.MANAGEMENT: gettext_lazy("Management stops it."),
}
_ASKS = {
    Side.LABOR: gettext_lazy("Labor asks for a change."),
    Side.MANAGEMENT: gettext_lazy("Management asks for a change."),
}


def standing(submission: Submission) -> Standing:
    """Where `submission` stands (fetch it `with_record`)."""
    return Standing(submission, queries.tally_of(submission))
