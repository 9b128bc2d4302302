"""The one query behind a lesson in a course, and before a mark is taken in: who it is, which text, and every mark.

Lessons are opened far more often than anything else, on small servers, so this alone goes around the query compiler:
the statement is the one that Django makes of the same question, made once a process.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID, uuid4

from django.db import connection

from courses.cohorts.models import Enrollment
from courses.cohorts.text import Text
from courses.delivery import paths
from curriculum.review.models import Decision


@dataclass(frozen=True)
class Run:
    """As much of a course as its pages need."""

    code: str
    title: str
    module_uid: str | None
    languages: list[str]
    release: Decision


@dataclass(frozen=True)
class Glance:
    """A learner in front of a lesson; `enrollment` is the uid of theirs in the course."""

    enrollment: UUID
    text: Text
    done: frozenset[str] = field(default_factory=frozenset)

    @property
    def course(self) -> Run:
        return self.text.course


def glance(code: str, phone: tuple[str, str]) -> Glance | None:
    """The learner whose phone asks for the course `code`; None where they are not in it. One query."""
    statement, order = _statement(connection.vendor)
    try:
        given = {"code": code, "learner": _uid(phone[0]), "stamp": phone[1]}
    except ValueError:
        return None
    with connection.cursor() as cursor:
        cursor.execute(statement, [given[name] for name in order])
        rows = cursor.fetchall()
    if not rows:
        return None
    enrollment, title, module_uid, languages, release_id = rows[0][:5]
    now = paths.current.now()
    release = _by_key(now)[release_id]
    languages = json.loads(languages) if isinstance(languages, str) else languages
    run = Run(code, title, module_uid and str(_plain(module_uid)), languages, release)
    done = frozenset(str(_plain(page)) for *_course, page, is_done in rows if is_done)
    return Glance(_plain(enrollment), Text(run, now), done)


@lru_cache(maxsize=4)
def _statement(vendor: str) -> tuple[str, tuple[str, ...]]:
    """The statement of this database, and in which order it takes what is given."""
    asked = {"code": uuid4().hex, "learner": uuid4(), "stamp": uuid4().hex}
    rows = Enrollment.objects.filter(
        course__code=asked["code"],
        learner=asked["learner"],
        learner__stamp=asked["stamp"],
        left_on__isnull=True,
    )
    columns = ("uid", "course__title", "course__module_uid", "course__languages", "course__release_id")
    query = rows.order_by().values_list(*columns, "marks__page_uid", "marks__is_done").query
    statement, given = query.sql_with_params()
    names = {asked["code"]: "code", asked["learner"].hex: "learner", asked["stamp"]: "stamp"}
    return statement, tuple(names[one.hex if isinstance(one, UUID) else one] for one in given)


@lru_cache(maxsize=2)
def _by_key(now: paths.Map) -> dict[int, Decision]:
    return {decision.pk: decision for decision in now.releases.values()}


def _uid(text: str):
    """A key as this database takes it."""
    uid = UUID(text)
    return uid if connection.features.has_native_uuid_field else uid.hex


def _plain(value) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
