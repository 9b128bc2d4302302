"""What a move to a newer course text means for tries and results: told in the dry run, without names."""

from collections import Counter

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments import instrument, queries
from assessments.enums import Outcome
from assessments.models import Attempt
from courses.assessing.groups import pinned
from courses.cohorts import queries as courses
from courses.cohorts.models import Course
from courses.cohorts.text import contents_of
from curriculum.editions.read import SOURCE


def affected(course: Course, pages: frozenset[str]) -> list[str]:
    """Sentences about results and open tries of a course whose assessments change or go. Four queries."""
    rows = Attempt.objects.filter(group=course.pk, assessment_uid__in=list(pages)).prefetch_related("results")
    by_assessment: dict[str, list[Attempt]] = {}
    for attempt in rows:
        by_assessment.setdefault(str(attempt.assessment_uid), []).append(attempt)
    if not by_assessment:
        return []
    before, after = courses.text_of(course), courses.newer_text(course)
    was = pinned(contents_of(before.frozen_id), before.frozen_id, course)
    will = pinned(contents_of(after.frozen_id), after.frozen_id, course) if after else {}
    found = []
    for uid, attempts in by_assessment.items():
        page = was.get(uid) or will.get(uid)
        title = page and (page.titles.get(get_language()) or page.titles.get(SOURCE))
        found += _sentences(title or uid, attempts, will.get(uid))
    return found


def _sentences(title: str, attempts: list[Attempt], after) -> list[str]:
    results = {attempt.pk: queries.result_of(attempt) for attempt in attempts}
    decided = sum(row is not None for row in results.values())
    waiting = len(attempts) - decided
    said = []
    if decided:
        said.append(
            ngettext(
                "%(count)d result of “%(title)s” stays as it is: it names the text it was judged with.",
                "%(count)d results of “%(title)s” stay as they are: they name the text they were judged with.",
                decided,
            )
            % {"count": decided, "title": title}
        )
    if waiting:
        said.append(
            ngettext(
                "%(count)d try at “%(title)s” is open. It is decided with the assessment it began with.",
                "%(count)d tries at “%(title)s” are open. They are decided with the assessment they began with.",
                waiting,
            )
            % {"count": waiting, "title": title}
        )
    if after and (started := _start_anew(attempts, results, after)):
        said.append(
            ngettext(
                "%(count)d person met “%(title)s” once and starts anew, because what is asked for changes.",
                "%(count)d people met “%(title)s” once and start anew, because what is asked for changes.",
                started,
            )
            % {"count": started, "title": title}
        )
    if after is None and attempts:
        said.append(_("“%(title)s” is not part of the newer text: nobody tries it there any more.") % {"title": title})
    return said


def _start_anew(attempts: list[Attempt], results: dict, after) -> int:
    """How many learners met it, not often enough yet, by another yardstick than the newer text has."""
    yardstick = instrument.read(after.digest(SOURCE)).yardstick
    last = {attempt.learner_id: attempt for attempt in sorted(attempts, key=lambda one: one.number)}
    met = Counter(
        attempt.yardstick != yardstick
        for attempt in last.values()
        if (row := results[attempt.pk]) and row.met and row.outcome == Outcome.NOT_YET
    )
    return met[True]
