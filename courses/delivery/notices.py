"""What stands over released pages: warnings, corrections, pages that are not shown. Furniture, never part of the text.

A release that any notice or credit touches is rendered into a folder of its own, named by them, so that laying one and
taking it away is a switch like any other.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from courses.delivery import credits, furniture, stored
from courses.delivery.credits import Credit
from curriculum.editions.read import SOURCE
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import queries, safety
from curriculum.review.enums import NoticeKind
from curriculum.review.models import Decision, PageNotice


@dataclass(frozen=True, eq=False)
class Over:
    """What touches one release: {module uid: notices}, oldest first, and whom it thanks. `key` is "" without either."""

    by_module: dict[str, tuple[PageNotice, ...]] = field(default_factory=dict)
    key: str = ""
    credits: tuple[Credit, ...] = ()

    def __eq__(self, other):
        return isinstance(other, Over) and self.key == other.key

    def __hash__(self):
        return hash(self.key)

    def of(self, module_uid: str, page_uid: str, language: str) -> list[PageNotice]:
        """Those over one page in one language."""
        return [
            notice
            for notice in self.by_module.get(module_uid, ())
            if notice.language in ("", language) and (notice.page_uid is None or str(notice.page_uid) == page_uid)
        ]


NOTHING = Over()


def over(decision: Decision) -> Over:
    """What touches one release, as it is now."""
    return over_all([decision])[decision.pk]


def over_all(decisions: Iterable[Decision]) -> dict[int, Over]:
    """{pk: what touches that release}: two more queries where anything stands or is thanked anywhere."""
    decisions = list(decisions)
    by_module = defaultdict(list)
    for notice in safety.notices_over():
        by_module[str(notice.module_uid)].append(notice)
    thanks = credits.by_module()
    if not by_module and not thanks:
        return {decision.pk: NOTHING for decision in decisions}
    content = Frozen.objects.read(decision.frozen_id for decision in decisions)
    numbers = _numbers({*by_module, *thanks})
    return {
        decision.pk: _over(content[decision.frozen_id].get("modules", []), decision, by_module, thanks, numbers)
        for decision in decisions
    }


def folder_of(decision: Decision, standing: Over) -> str:
    """Where the pages of a release lie, made with today's furniture and what stands over it."""
    key = furniture.key()
    return stored.folder(decision.frozen_id, decision.label, f"{key}-{standing.key}" if standing.key else key)


def told(notices: Iterable[PageNotice], language: str) -> list[dict]:
    """Notices as `delivery/notice.html` takes them."""
    return [
        {
            "kind": notice.kind,
            "is_loud": NoticeKind(notice.kind).is_loud and notice.cause != "confirmed",
            "on": _day(notice, language),
            "block": notice.block_id,
            **_words(notice, language),
        }
        for notice in notices
    ]


def hides(notices: Iterable[PageNotice]) -> PageNotice | None:
    """The newest of these that takes the page away, if one does."""
    return next((one for one in reversed(list(notices)) if one.kind == NoticeKind.WITHDRAWN), None)


def _words(notice: PageNotice, language: str) -> dict:
    return notice.texts.get(language) or notice.texts.get(SOURCE) or next(iter(notice.texts.values()), {})


def _day(notice: PageNotice, language: str):
    """The day it is about: a confirmed correction keeps the day of the correction."""
    first = _words(notice, language).get("since")
    return timezone.localdate(datetime.fromisoformat(first) if first else notice.since)


def _numbers(modules: Iterable[str]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """{(module, digest): [(entry, number)]} of every agreed version of these modules, one query."""
    rows = queries.approved(FrozenKind.EDITION).filter(subject_uid__in=list(modules))
    found = defaultdict(list)
    for uid, digest, entry, number in rows.order_by("pk").values_list("subject_uid", "frozen_id", "entry_id", "number"):
        found[str(uid), digest].append((entry, number))
    return found


def _over(pinned: list[dict], decision: Decision, by_module, thanks, numbers) -> Over:
    """The same text may have been agreed on twice: what counts is its number when this release was agreed."""
    touching, thanked = {}, []
    for item in pinned:
        module = item["module"]
        known = [number for entry, number in numbers.get((module, item["edition"]), []) if entry <= decision.entry_id]
        number = known[-1] if known else 0
        thanked += [credit for credit in thanks.get(module, ()) if credit.number <= number]
        own = [notice for notice in by_module.get(module, ()) if _stands(notice, number)]
        if own:
            touching[module] = tuple(own)
    if not touching and not thanked:
        return NOTHING
    uids = sorted(str(notice.uid) for own in touching.values() for notice in own)
    key = hashlib.sha256(" ".join([*uids, *(repr(credit) for credit in thanked)]).encode()).hexdigest()[:12]
    return Over(touching, key, tuple(thanked))


def _stands(notice: PageNotice, number: int) -> bool:
    lifted = getattr(notice, "lifted", None)
    return lifted is None or number < lifted.number
