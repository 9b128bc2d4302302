"""What a notice is about where that is no review: a safety report, an agreement that runs out, a reason for a new look.

Such a notice hangs on the review that agreed to the text, and its `about` names the row: so it is told by the name of
the page or module, and leads to where something can be done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from curriculum.editions.read import titles_in
from curriculum.enums import FrozenKind
from curriculum.review import queries
from curriculum.review.models import Notification, SafetyReport, Trigger
from curriculum.review.steps import Step

EXPIRING = frozenset({Step.EXPIRED, Step.EXPIRES_30, Step.EXPIRES_60, Step.EXPIRES_90})


@dataclass(frozen=True)
class Subject:
    """Its title, and the screen it leads to."""

    title: str
    screen: str
    arguments: tuple = ()


def about_row(row) -> str:
    """What a notice about a report or a reason keeps of it."""
    return row.pk.hex


def about_agreement(module_uid, until: date) -> str:
    """What a notice about an agreement that runs out keeps: told again when it was renewed and runs out again."""
    return f"{UUID(str(module_uid)).hex}{until:%Y%m%d}"


def subjects_of(notices: Iterable[Notification], language: str) -> dict[tuple[str, str], Subject]:
    """{(step, about): its subject} of those that have one, called as in `language`: four queries at most."""
    notices = list(notices)
    reports = SafetyReport.objects.in_bulk(_uids(notices, {Step.URGENT}))
    triggers = Trigger.objects.in_bulk(_uids(notices, {Step.TRIGGERED}))
    expiring = _uids(notices, EXPIRING)
    modules = {*map(str, expiring), *(uid for one in triggers.values() for uid in one.modules)}
    titles = _titles(modules, language) if modules else {}
    found = {}
    for notice in notices:
        subject = _subject(notice, reports, triggers, titles)
        if subject is not None:
            found[notice.step, notice.about] = subject
    return found


def _subject(notice, reports, triggers, titles) -> Subject | None:
    uid = _uid(notice.about)
    if notice.step == Step.URGENT and uid in reports:
        return Subject(reports[uid].title, "hurt_report", (uid,))
    if notice.step == Step.TRIGGERED and uid in triggers:
        named = [titles[module] for module in triggers[uid].modules if module in titles]
        return Subject(", ".join(named), "review_look_again")
    if notice.step in EXPIRING and str(uid) in titles:
        return Subject(titles[str(uid)], "review_renew", (uid,))
    return None


def _uids(notices, steps) -> set[UUID]:
    return {uid for notice in notices if notice.step in steps and (uid := _uid(notice.about))}


def _uid(about: str) -> UUID | None:
    try:
        return UUID(about[:32])
    except ValueError:
        return None


def _titles(modules: set[str], language: str) -> dict[str, str]:
    current = queries.current(FrozenKind.EDITION, modules)
    translated = titles_in(language, [row.frozen_id for row in current.values()])
    return {uid: translated.get(row.frozen_id, row.title) for uid, row in current.items()}
