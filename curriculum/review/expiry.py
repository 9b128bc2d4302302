"""How long an agreement holds. Counted from the day both sides agreed, or said again that it is still right.

Source: the partnership's review rules: 24 months, 12 where safety is concerned, unless the module says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from curriculum.enums import FrozenKind, LessonFlag, ReviewClass
from curriculum.models import Frozen
from curriculum.review import queries
from curriculum.review.enums import Outcome
from curriculum.review.models import Decision
from curriculum.review.workdays import later

MONTHS, MONTHS_SAFETY = 24, 12
#: Days before the end on which people are told.
TOLD = (90, 60, 30)
#: Days after the end in which the text is read with a line above it.
GRACE = 30


@dataclass(frozen=True)
class Validity:
    """An agreed module and until when its agreement holds. `safety_pages` are uids of its safety-critical lessons."""

    decision: Decision
    title: str
    agreed_on: date
    until: date
    safety_pages: tuple[str, ...]

    @property
    def uid(self) -> str:
        return str(self.decision.subject_uid)

    def days_left(self, today: date) -> int:
        return (self.until - today).days

    def is_over(self, today: date) -> bool:
        return today > self.until

    def grace_is_over(self, today: date) -> bool:
        return today > self.until + timedelta(days=GRACE)


def validities(modules: Iterable | None = None) -> list[Validity]:
    """Every agreed module, the one that runs out first on top: four queries, however many there are."""
    current = queries.current(FrozenKind.EDITION, modules)
    renewed = _renewed(current)
    editions = Frozen.objects.read(row.frozen_id for row in current.values())
    pages = Frozen.objects.read(
        reference["digest"]
        for edition in editions.values()
        for reference in edition["snapshots"]
        if reference["kind"] in ("module", "lesson")
    )
    found = [_validity(row, editions[row.frozen_id], pages, renewed) for row in current.values()]
    return sorted(found, key=lambda one: (one.until, one.title))


def months_of(module: dict) -> int:
    """How many months the agreement on a module holds; `module` is its own page."""
    review = module.get("review", {})
    usual = MONTHS_SAFETY if review.get("class") == ReviewClass.SAFETY else MONTHS
    return review.get("valid_months") or usual


def _renewed(current: dict[str, Decision]) -> dict[tuple[str, str], Decision]:
    """{(module, digest): the newest day both sides said that it is still right}, one query."""
    rows = Decision.objects.filter(outcome=Outcome.REAFFIRMED, subject_uid__in=list(current))
    return {(str(row.subject_uid), row.frozen_id): row for row in rows}


def _validity(decision: Decision, edition: dict, pages: dict, renewed: dict) -> Validity:
    module = pages[edition["snapshots"][0]["digest"]]
    newest = renewed.get((str(decision.subject_uid), decision.frozen_id), decision)
    agreed_on = timezone.localdate(newest.at)
    safety = {
        reference["uid"]
        for reference in edition["snapshots"]
        if LessonFlag.SAFETY_CRITICAL in pages.get(reference["digest"], {}).get("flags", [])
    }
    return Validity(decision, decision.title, agreed_on, later(agreed_on, months_of(module)), tuple(sorted(safety)))
