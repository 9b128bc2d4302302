"""Drafts beside what was agreed: which have moved on, and how each module of the library stands.

By time stamps, never by reading pages: a save that changes nothing counts as moved on, and the screen that shows
the change says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max
from wagtail.models import Locale, Page

from curriculum.enums import FrozenKind, Kind
from curriculum.models import Contribution, CurriculumPage, Frozen, LibraryPage, ModulePage
from curriculum.review import queries
from curriculum.review.enums import Purpose
from curriculum.review.models import Submission
from curriculum.review.standing import Standing, standing


def last_touched(uids: Iterable) -> dict[str, datetime]:
    """When somebody last had a hand in each module or curriculum: {uid: time}, one query."""
    rows = Contribution.objects.filter(owner_uid__in=[str(uid) for uid in uids])
    latest = rows.values("owner_uid").annotate(last=Max("at")).order_by()
    return {str(row["owner_uid"]): row["last"] for row in latest}


def draft_of(submission: Submission):
    """The source-language page a submission was made from, or None when it was deleted since."""
    page = Page.objects.filter(translation_key=submission.subject_uid, locale=Locale.get_default()).first()
    return page.specific if page else None


def has_moved_on(submission: Submission) -> bool:
    """Whether anything put forward was touched since. One query."""
    touched = last_touched(item.subject_uid for item in submission.items.all())
    return any(at > submission.opened_at for at in touched.values())


@dataclass(frozen=True)
class Child:
    """A lesson or assessment on the designer's desk: {language: page id} to write in."""

    uid: str
    kind: str
    title: str
    pages: dict[str, int]


@dataclass
class Row:
    """A module or curriculum on the designer's desk, with where it stands."""

    page: Page
    kind: str
    number: int | None = None
    label: str = ""
    carried_by: list[dict] = field(default_factory=list)
    review: Standing | None = None
    moved_on: bool = False
    children: list[Child] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return str(self.page.translation_key)

    @property
    def is_agreed(self) -> bool:
        return bool(self.number or self.label)


@dataclass
class Shelf:
    """One shelf of the library with its curricula and modules."""

    pk: int
    title: str
    path: str
    rows: list[Row] = field(default_factory=list)


def shelves() -> list[Shelf]:
    """The whole library as a designer sees it, source language first. A constant number of queries."""
    source = Locale.get_default()
    pages = LibraryPage.objects.filter(locale=source).order_by("path")
    shelves_ = [Shelf(page.pk, page.title, page.path) for page in pages]
    rows = [Row(page, Kind.CURRICULUM) for page in _bare(CurriculumPage).filter(locale=source)]
    rows += [Row(page, Kind.MODULE) for page in _bare(ModulePage).filter(locale=source)]
    _add_agreed(rows)
    _add_open(rows)
    _add_children(rows)
    by_path = {shelf.path: shelf for shelf in shelves_}
    for row in sorted(rows, key=lambda row: (row.kind != Kind.CURRICULUM, row.page.path)):
        by_path[row.page.path[: -Page.steplen]].rows.append(row)
    return [shelf for shelf in shelves_ if shelf.rows]


def _bare(model):
    return model.objects.defer_streamfields().order_by("path")


def _add_agreed(rows: list[Row]) -> None:
    """Version numbers, labels, and the course texts that carry each module now."""
    uids = [row.uid for row in rows]
    decisions = queries.approved(FrozenKind.EDITION) | queries.approved(FrozenKind.RELEASE)
    latest = {
        str(row.subject_uid): row
        for row in decisions.filter(subject_uid__in=uids).select_related("submission").order_by("at", "pk")
    }
    touched = last_touched(uids)
    for row in rows:
        decision = latest.get(row.uid)
        if decision is None:
            continue
        row.number, row.label = decision.number, decision.label
        row.moved_on = touched.get(row.uid, decision.submission.opened_at) > decision.submission.opened_at
    carriers = _carriers([row for row in latest.values() if row.kind == FrozenKind.RELEASE])
    for row in rows:
        row.carried_by = carriers.get(row.uid, [])


def _carriers(releases) -> dict[str, list[dict]]:
    """{module uid: [{"title", "label"}]} of the current course texts."""
    content = Frozen.objects.read(release.frozen_id for release in releases)
    found: dict[str, list[dict]] = {}
    for release in releases:
        for item in content[release.frozen_id].get("modules", []):
            found.setdefault(item["module"], []).append({"title": release.title, "label": release.label})
    return found


def _add_open(rows: list[Row]) -> None:
    open_rows = {}
    for submission in Submission.objects.open().filter(purpose=Purpose.CHANGE).with_record():
        for item in submission.items.all():
            if item.kind == FrozenKind.EDITION or str(item.subject_uid) == str(submission.subject_uid):
                open_rows[str(item.subject_uid)] = submission
    touched = last_touched(open_rows)
    for row in rows:
        submission = open_rows.get(row.uid)
        if submission is not None:
            row.review = standing(submission)
            row.moved_on = touched.get(row.uid, submission.opened_at) > submission.opened_at


def _add_children(rows: list[Row]) -> None:
    """Lessons and assessments in order, with the page of each language: one query for all of them."""
    modules = {row.page.path: row for row in rows if row.kind == Kind.MODULE}
    keys = {}
    fields = ("pk", "path", "translation_key", "title", "locale__language_code", "content_type__model")
    pages = Page.objects.exclude(content_type__model__in=_ABOVE).order_by("path")
    translations: dict[str, dict[str, int]] = {}
    for pk, path, key, title, language, model in pages.values_list(*fields):
        translations.setdefault(str(key), {})[language] = pk
        module = modules.get(path[: -Page.steplen])
        if module is not None:
            keys.setdefault(str(key), (module, title, model.removesuffix("page")))
    for key, (module, title, kind) in keys.items():
        module.children.append(Child(key, kind, title, translations[key]))


_ABOVE = ("librarypage", "curriculumpage", "modulepage", "page")
