"""Named reads of what workers said. Every list costs the same however long it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from courses.voice import codes, passages, policy
from courses.voice.enums import State
from courses.voice.models import VoiceItem, VoiceStep
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import queries as agreements
from curriculum.review.models import Decision


@dataclass(frozen=True)
class Shown:
    """An item with what a screen says around it: the page it is about, and when it is due."""

    item: VoiceItem
    page: str
    module: str
    passage: str
    due_on: date | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.today


def find(code: str) -> VoiceItem | None:
    """The item behind a code, with its steps."""
    return VoiceItem.objects.filter(code_hash=codes.hash_of(code)).prefetch_related("steps").first()


def waiting():
    """Nobody has answered these for good."""
    return VoiceItem.objects.filter(state__in=policy.OPEN)


def to_carry():
    """Accepted, and in no version yet."""
    return VoiceItem.objects.filter(state__in=policy.CARRIED, tied_number=None)


def open_on_page(page_uid) -> int:
    """How many things said about a page ask for something: an answer, or a change of the text."""
    unsettled = Q(state__in=policy.OPEN) | Q(state__in=policy.CARRIED, tied_number=None)
    return VoiceItem.objects.filter(unsettled, page_uid=page_uid).count()


def shown(items: Iterable[VoiceItem], today: date | None = None) -> list[Shown]:
    """Those items, the ones that are due first: six queries."""
    items, today = list(items), today or timezone.localdate()
    pages = Frozen.objects.read(item.digest for item in items) if items else {}
    modules = _modules({item.module_uid for item in items})
    told = [_shown(item, pages.get(item.digest, {}), modules.get(str(item.module_uid)), today) for item in items]
    return sorted(told, key=lambda one: (one.due_on or date.max, str(one.item.pk)))


def due(today: date | None = None) -> list[Shown]:
    """Everything that waits for an answer."""
    return shown(waiting(), today)


def how_many_due(today: date | None = None) -> dict[str, int]:
    """{"open": how many wait for an answer, "late": how many of them past their day}."""
    rows = list(waiting().only("state", "came_on", "put_off_until", "module_uid"))
    today = today or timezone.localdate()
    holidays = _holidays({row.module_uid for row in rows})
    days = [_due_on(row, holidays.get(str(row.module_uid), set())) for row in rows]
    return {"open": len(rows), "late": sum(day is not None and day < today for day in days)}


def versions_of(module_uid) -> list[Decision]:
    """Every agreed version of a module, the newest first."""
    return list(agreements.approved(FrozenKind.EDITION).filter(subject_uid=module_uid).order_by("-number"))


def version(module_uid, number: int | None) -> Decision | None:
    """One agreed version of a module."""
    if number is None:
        return None
    return agreements.approved(FrozenKind.EDITION).filter(subject_uid=module_uid, number=number).first()


def curriculum_of(module_uid) -> set[str]:
    """The modules of every current course text that holds this one, itself among them."""
    uid, found = str(module_uid), {str(module_uid)}
    for decision in agreements.releases_using(uid):
        found |= {item["module"] for item in decision.frozen.content["modules"]}
    return found


def heard() -> list[Shown]:
    """What was cleared and let out, by module, page and paragraph; in no order of time."""
    rows = VoiceItem.objects.filter(heard=True).exclude(state=State.TAKEN_BACK).prefetch_related("steps")
    return sorted(shown(rows), key=lambda one: (one.module, one.page, one.item.block_id, str(one.item.pk)))


def last_answer(item: VoiceItem) -> VoiceStep | None:
    """What was answered last (uses prefetched steps)."""
    return next((step for step in reversed(item.steps.all()) if step.answer), None)


def _shown(item: VoiceItem, snapshot: dict, module: Decision | None, today: date) -> Shown:
    words = passages.first_words(passages.words_of(snapshot, item.block_id)) if item.block_id else ""
    holidays = agreements.holidays_of(module.submission.committee) if module else set()
    title = module.title if module else ""
    return Shown(item, snapshot.get("title", ""), title, words, _due_on(item, holidays), today)


def _due_on(item: VoiceItem, holidays) -> date | None:
    return policy.due_on(item.state, item.came_on, item.put_off_until, holidays)


def _modules(uids: set) -> dict[str, Decision]:
    """{module uid: its latest approval, with committee and holidays}: three queries."""
    if not uids:
        return {}
    rows = agreements.approved(FrozenKind.EDITION).filter(subject_uid__in=uids).select_related("submission__committee")
    return {str(row.subject_uid): row for row in rows.prefetch_related("submission__committee__holidays")}


def _holidays(uids: set) -> dict[str, set[date]]:
    return {uid: agreements.holidays_of(row.submission.committee) for uid, row in _modules(uids).items()}
