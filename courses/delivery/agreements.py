"""What a released page says about its agreement: which parties, when, and the numbers of the versions in it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.enums import EntryKind, Outcome, Purpose, Side
from curriculum.review.models import Decision, Submission

#: Put into words when a page is rendered, in the page's language.
ON_PAPER = gettext_lazy("agreed on paper")


class NotAgreed(Exception):
    """A release holds an edition that no decision approved. It is not rendered, and so not approved either."""


@dataclass(frozen=True)
class Agreement:
    """An approved release as its readers are told of it. `numbers` are {edition digest: version number}."""

    decision: Decision
    sides: tuple[dict, ...]
    numbers: dict[str, int]
    on_paper: date | None = None

    @property
    def agreed_on(self) -> date:
        """The day on the paper, for what was agreed before it came here."""
        return self.on_paper or timezone.localdate(self.decision.at)


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
    numbers = version_numbers(decision, editions)
    return Agreement(decision, tuple(sides_of(submission)), numbers, submission.agreed_on_paper)


def version_numbers(decision: Decision, editions: list[str]) -> dict[str, int]:
    """{edition digest: number} as they stood when `decision` was made, one query. Raises NotAgreed."""
    rows = queries.approved(FrozenKind.EDITION).filter(frozen_id__in=editions, entry_id__lte=decision.entry_id)
    numbers = dict(rows.order_by("pk").values_list("frozen_id", "number"))
    if missing := [digest for digest in editions if digest not in numbers]:
        raise NotAgreed(f"release {decision.frozen_id[:12]} holds editions nobody agreed on: {', '.join(missing)}")
    return numbers


def confirmed(submission: Submission) -> Submission | None:
    """What both sides confirmed later, where somebody had stood in for one of them (uses prefetched entries)."""
    if not any(entry.kind == EntryKind.AUTHORIZATION for entry in submission.entries.all()):
        return None
    items = [item.frozen_id for item in submission.items.all() if item.kind == FrozenKind.EDITION]
    rows = Submission.objects.with_record().filter(purpose=Purpose.RATIFY, decisions__outcome=Outcome.RATIFIED)
    return rows.filter(items__frozen_id__in=items).first()


def sides_of(submission: Submission) -> list[dict]:
    """Both parties as they stand on a submission, for `components/sides.html`: never a person.

    The names are those in the manifest that was signed, not what the committee is called today.
    """
    submission = confirmed(submission) or submission
    parties, on_paper = submission.frozen.content["committee"], submission.agreed_on_paper
    last = {str(entry.person_id): entry for entry in submission.entries.all() if entry.kind == EntryKind.POSITION}
    told = []
    for tally in queries.tally_of(submission).sides:
        holds = tally.holds and (tally.agreed or not tally.stood_in)
        state = "change" if tally.stops else "agreed" if holds else "waiting"
        answers = (tally.asking + tally.blocking) or tally.agreed
        dates = [last[person].at for person in answers] if state != "waiting" else []
        told.append(
            {
                "side": tally.side,
                "name": parties.get(tally.side) or Side(tally.side).label,
                "state": state,
                "on": timezone.localdate(max(dates)) if dates else None,
                **({"on": on_paper, "label": ON_PAPER} if on_paper and state == "agreed" else {}),
            }
        )
    return told
