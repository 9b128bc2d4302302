"""Moving a course to a newer course text: first a dry run that says what changes and for whom, then the move.

Nothing else moves a course. A safety correction of the text it is in needs no move (`queries.text_of`).
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.cohorts import queries
from courses.cohorts.models import Course, Mark, Move, Session
from courses.cohorts.permissions import check_can_teach
from courses.cohorts.text import Contents, Page, contents_of
from courses.delivery import agreements
from curriculum.editions.read import SOURCE
from curriculum.models import Frozen
from curriculum.review.models import Decision
from users.models import User

NEW, GONE, CHANGED = "new", "gone", "changed"


class NotMoved(ValueError):
    """The course stays in its text; says why and what to do."""


class Evidence:
    """Who keeps results of a course and can say which of them rest on pages that change."""

    def __init__(self):
        self._asked: dict[str, Callable[[Course, frozenset[str]], Iterable[str]]] = {}

    def register(self, name: str, ask: Callable[[Course, frozenset[str]], Iterable[str]]) -> None:
        """Let `ask(course, page uids)` answer with sentences about what is affected, none where nothing is.

        A sentence names no person: what was told is kept for good.
        """
        self._asked[name] = ask

    def forget(self, name: str) -> None:
        self._asked.pop(name, None)

    def affected(self, course: Course, pages: frozenset[str]) -> list[str]:
        return [str(sentence) for ask in self._asked.values() for sentence in ask(course, pages)]


evidence = Evidence()


@dataclass(frozen=True)
class PageChange:
    """A lesson or assessment that is not the same in both texts; `languages` are {language: new, gone or changed}."""

    uid: str
    kind: str
    change: str
    titles: dict[str, str]
    languages: dict[str, str]

    def title(self, language: str) -> str:
        return _title(self.titles, language)


@dataclass(frozen=True)
class ModuleChange:
    """A module whose version is not the same in both; a number is None where the module is not in that text."""

    uid: str
    code: str
    titles: dict[str, str]
    before: int | None
    after: int | None

    def title(self, language: str) -> str:
        return _title(self.titles, language)


@dataclass(frozen=True)
class DryRun:
    """What moving a course would mean. `people` are (name, pages they marked done that change or go), by name;
    `sessions` are (session, pages of it that are gone)."""

    course: Course
    before: Decision
    after: Decision
    pages: tuple[PageChange, ...]
    modules: tuple[ModuleChange, ...]
    people: tuple[tuple[str, tuple[PageChange, ...]], ...]
    evidence: tuple[str, ...]
    sessions: tuple[tuple[Session, tuple[PageChange, ...]], ...]
    module_is_gone: bool

    @property
    def told(self) -> dict:
        """What is kept of it: no name."""
        return {
            "pages": [
                {"uid": page.uid, "title": page.title(SOURCE), "change": page.change, "languages": page.languages}
                for page in self.pages
            ],
            "modules": [
                {"uid": one.uid, "code": one.code, "before": one.before, "after": one.after} for one in self.modules
            ],
            "people": len(self.people),
            "evidence": list(self.evidence),
            "sessions": [
                {"uid": str(session.uid), "pages": [page.uid for page in pages]} for session, pages in self.sessions
            ],
        }

    @property
    def token(self) -> str:
        """Stands for what was read. It does not change when somebody marks a lesson meanwhile."""
        read = {key: value for key, value in self.told.items() if key not in ("people", "evidence")}
        # Sentences are put in the reader's language; how many there are is not.
        read |= {"evidence": len(self.evidence), "course": str(self.course.pk)}
        read["texts"] = [(one.pk, one.label, one.frozen_id) for one in (self.before, self.after)]
        return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def dry_run(course: Course) -> DryRun | None:
    """What a move to the current course text would change; None where there is no newer one. Changes nothing."""
    after = queries.newer_text(course)
    if after is None:
        return None
    before = queries.text_of(course)
    old, new = contents_of(before.frozen_id), contents_of(after.frozen_id)
    pages = _page_changes(_pages(old, course), _pages(new, course))
    touched = {page.uid: page for page in pages if page.change != NEW}
    gone = {uid: page for uid, page in touched.items() if page.change == GONE}
    return DryRun(
        course=course,
        before=before,
        after=after,
        pages=tuple(pages),
        modules=tuple(_module_changes(course, before, after, old, new)),
        people=tuple(_people(course, touched)),
        evidence=tuple(evidence.affected(course, frozenset(touched))),
        sessions=tuple(_sessions(course, gone)),
        module_is_gone=course.module_uid is not None
        and all(module.uid != str(course.module_uid) for module in new.modules),
    )


@transaction.atomic
def move(*, course: Course, token: str, by: User) -> Move:
    """Move a course to the text whose dry run was read. `token` is that of the dry run.

    Done marks stay: they belong to pages, and `changed_since` says which of those read otherwise now. Raises
    PermissionDenied, or NotMoved where something changed meanwhile.
    """
    check_can_teach(by, course)
    course = Course.objects.select_for_update(of=("self",)).select_related("release").get(pk=course.pk)
    found = dry_run(course)
    if found is None:
        raise NotMoved(_("The course is in the newest course text already. Nothing was changed."))
    if found.module_is_gone:
        raise NotMoved(_("The module of this workshop is not in the newer course text. The workshop stays as it is."))
    if found.token != token:
        raise NotMoved(_("Something changed since you read this. Nothing was moved. Read it again, then decide."))
    course.release = found.after
    course.save(update_fields=["release"])
    return Move.objects.create(course=course, before=found.before, after=found.after, told=found.told, person=by.person)


def changed_since(course: Course, marks: Iterable[Mark], language: str = "") -> set[str]:
    """The uids of marked pages whose words the course has changed since the mark was made.

    With a `language`, only where the words one reads in it changed. No query for texts a process knows.
    """
    now = {page.uid: page for page in contents_of(queries.text_of(course).frozen_id).pages}
    found = set()
    for mark in marks:
        uid = str(mark.page_uid)
        page = now.get(uid)
        was = next((one for one in contents_of(mark.digest).pages if one.uid == uid), None) if page else None
        if page and was and _words(page, language) != _words(was, language):
            found.add(uid)
    return found


def _words(page: Page, language: str):
    if not language:
        return page.digests
    return page.digests.get(language) or page.digests.get(SOURCE) or next(iter(page.digests.values()))


def _title(titles: dict[str, str], language: str) -> str:
    return titles.get(language) or titles.get(SOURCE) or next(iter(titles.values()))


def _pages(contents: Contents, course: Course) -> dict[str, Page]:
    only = course.module_uid
    modules = [module for module in contents.modules if only is None or module.uid == str(only)]
    return {page.uid: page for module in modules for page in module.pages}


def _page_changes(old: dict[str, Page], new: dict[str, Page]) -> list[PageChange]:
    """In the order of the newer text; what is gone comes last."""
    found = []
    for uid, page in new.items():
        before = old[uid].digests if uid in old else {}
        languages = _by_language(before, page.digests)
        if languages:
            found.append(PageChange(uid, page.kind, CHANGED if uid in old else NEW, page.titles, languages))
    for uid, page in old.items():
        if uid not in new:
            found.append(PageChange(uid, page.kind, GONE, page.titles, _by_language(page.digests, {})))
    return found


def _by_language(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    return {
        language: NEW if language not in before else GONE if language not in after else CHANGED
        for language in dict.fromkeys([*after, *before])
        if before.get(language) != after.get(language)
    }


def _module_changes(course, before: Decision, after: Decision, old: Contents, new: Contents) -> list[ModuleChange]:
    rows = Frozen.objects.read([before.frozen_id, after.frozen_id])
    was, will = (_versions(one, rows[one.frozen_id]) for one in (before, after))
    modules = {module.uid: module for module in [*old.modules, *new.modules]}
    return [
        ModuleChange(uid, module.code, module.titles, was.get(uid, (None, ""))[0], will.get(uid, (None, ""))[0])
        for uid, module in modules.items()
        if was.get(uid) != will.get(uid) and (course.module_uid is None or uid == str(course.module_uid))
    ]


def _versions(decision: Decision, release: dict) -> dict[str, tuple[int, str]]:
    """{module: (number, fingerprint)}, one query."""
    pinned = {item["module"]: item["edition"] for item in release.get("modules", [])}
    numbers = agreements.version_numbers(decision, list(pinned.values()))
    return {module: (numbers[edition], edition) for module, edition in pinned.items()}


def _people(course: Course, touched: dict[str, PageChange]) -> list[tuple[str, tuple[PageChange, ...]]]:
    """By name, as instructors read it; one query."""
    rows = Mark.objects.filter(
        enrollment__course=course, enrollment__left_on__isnull=True, is_done=True, page_uid__in=list(touched)
    )
    found: dict[tuple[str, object], set[str]] = {}
    for called, enrollment, uid in rows.values_list("enrollment__called", "enrollment_id", "page_uid"):
        found.setdefault((called.casefold(), called, enrollment), set()).add(str(uid))
    return [
        (called, tuple(page for uid, page in touched.items() if uid in marked))
        for (_key, called, _enrollment), marked in sorted(found.items(), key=lambda one: one[0][:2])
    ]


def _sessions(course: Course, gone: dict[str, PageChange]) -> list[tuple[Session, tuple[PageChange, ...]]]:
    """Sessions to come that name pages which are gone; one query."""
    found = []
    for session in course.sessions.filter(ends_at__gte=timezone.now(), is_called_off=False):
        named = tuple(gone[uid] for uid in dict.fromkeys(map(str, session.pages)) if uid in gone)
        if named:
            found.append((session, named))
    return found
