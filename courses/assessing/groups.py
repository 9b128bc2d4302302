"""A course as the floor of assessments may know it: an opaque group."""

from uuid import UUID

from assessments.groups import Group, Pinned
from assessments.methods import of as method_of
from courses.cohorts.enums import Hat
from courses.cohorts.models import Course, Teammate
from courses.cohorts.permissions import ASSESSING, ASSESSORS
from courses.cohorts.text import Contents, Text, contents_of
from curriculum.review.models import Decision


def group_of(uid: UUID) -> Group | None:
    """The group that a course is. Four queries."""
    course = Course.objects.select_related("release").filter(pk=uid).first()
    return course and as_group(course)


def as_group(course: Course) -> Group:
    """The same for a course at hand. Three queries."""
    here, former = set(), set()
    for learner, left_on in course.enrollments.values_list("learner_id", "left_on"):
        (former if left_on else here).add(learner)
    text, assessors = Text(course), assessors_of(course)
    return Group(
        uid=course.pk,
        title=course.title,
        assessors=frozenset(assessors),
        leads=frozenset(person for person, hats in assessors.items() if Hat.INSTRUCTOR in hats),
        learners=frozenset(here),
        former=frozenset(former),
        pages=pinned(text.contents, text.decision.frozen_id, course),
        older=lambda digest: _older(course, digest),
    )


def assessors_of(course: Course) -> dict[UUID, set[str]]:
    """{person: hats} of those whose sheets count in this course; one query."""
    names = [role.group_name for role in ASSESSORS]
    rows = Teammate.objects.filter(course=course, hat__in=ASSESSING, person__user__is_active=True)
    found: dict[UUID, set[str]] = {}
    for person, hat in rows.filter(person__user__groups__name__in=names).values_list("person_id", "hat"):
        found.setdefault(person, set()).add(hat)
    return found


def pinned(contents: Contents, release: str, course: Course) -> dict[str, Pinned]:
    """Every assessment of a course text that somebody judges. No query for a text a process knows."""
    only = course.module_uid
    return {
        page.uid: Pinned(page.uid, page.method, page.titles, page.digests, module.uid, module.edition, release)
        for module in contents.modules
        for page in module.pages
        if (only is None or module.uid == str(only)) and page.method and method_of(page.method).sheet_kind
    }


def _older(course: Course, digest: str) -> Pinned | None:
    """One that the course read before it moved, or before a safety correction came."""
    line = set(course.moves.values_list("before_id", "after_id"))
    known = {pk for pair in line for pk in pair} | {course.release_id}
    for text in Decision.objects.filter(pk__in=known):
        found = pinned(contents_of(text.frozen_id), text.frozen_id, course)
        if page := next((page for page in found.values() if digest in page.digests.values()), None):
            return page
    return None
