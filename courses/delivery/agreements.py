"""What a released page says about its agreement: which parties, when, and the numbers of the versions in it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.enums import EntryKind, Side
from curriculum.review.models import Decision, Submission


class NotAgreed(Exception):
    """A release holds an edition that no decision approved. It is not rendered, and so not approved either."""


@dataclass(frozen=True)
class Agreement:
    """An approved release as its readers are told of it. `numbers` are {edition digest: version number}."""

    decision: Decision
    sides: tuple[dict, ...]
    numbers: dict[str, int]

    @property
    def agreed_on(self) -> date:
        return timezone.localdate(self.decision.at)


def readable_releases() -> QuerySet[Decision]:
    """Every approved release that may be served here, oldest first: a real installation serves no sample."""
    releases = queries.approved(FrozenKind.RELEASE)
    return releases.filter(sample=False) if settings.HIGHROAD_PRODUCTION else releases


def is_readable(decision: Decision) -> bool:
    """Whether an approved release may be served here."""
    return not (decision.sample and settings.HIGHROAD_PRODUCTION)


def agreement_of(decision: Decision, editions: list[str]) -> Agreement:
    """Who agreed to an approved release, and the version numbers its editions had by then. Raises NotAgreed."""
    submission = Submission.objects.with_record().get(pk=decision.submission_id)
    return Agreement(decision, tuple(sides_of(submission)), version_numbers(decision, editions))


def version_numbers(decision: Decision, editions: list[str]) -> dict[str, int]:
    """{edition digest: number} as they stood when `decision` was made, one query. Raises NotAgreed."""
    rows = queries.approved(FrozenKind.EDITION).filter(frozen_id__in=editions, entry_id__lte=decision.entry_id)
    numbers = dict(rows.order_by("pk").values_list("frozen_id", "number"))
    if missing := [digest for digest in editions if digest not in numbers]:
        raise NotAgreed(f"release {decision.frozen_id[:12]} holds editions nobody agreed on: {', '.join(missing)}")
    return numbers


def sides_of(submission: Submission) -> list[dict]:
    """Both parties as they stand on a submission, for `components/sides.html`: never a person.

    The names are those in the manifest that was signed, not what the committee is called today.
    """
    parties = submission.frozen.content["committee"]
    last = {str(entry.person_id): entry for entry in submission.entries.all() if entry.kind == EntryKind.POSITION}
    told = []
    for tally in queries.tally_of(submission).sides:
        state = "change" if tally.asking else "agreed" if tally.holds else "waiting"
        dates = [last[person].at for person in (tally.asking or tally.agreed)] if state != "waiting" else []
        told.append(
            {
                "side": tally.side,
                "name": parties.get(tally.side) or Side(tally.side).label,
                "state": state,
                "on": timezone.localdate(max(dates)) if dates else None,
            }
        )
    return told
