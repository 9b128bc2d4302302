"""How many people were found competent, by course text and module: for whoever agreed on the text, without a course
and without a name. Counted at the end of each quarter, so that nobody reads one result off the next day's number."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from assessments import queries
from assessments.enums import ENOUGH, Outcome
from assessments.models import Result
from courses.assessing import suppressing
from courses.cohorts.text import contents_of
from curriculum.enums import FrozenKind
from curriculum.review.models import Decision

#: In the order of the columns. Whoever has anything that is not yet shown counts there.
COLUMNS = (Outcome.COMPETENT, Outcome.RECOGNIZED, Outcome.NOT_YET)


@dataclass(frozen=True)
class Row:
    title: str
    shown: suppressing.Shown


@dataclass(frozen=True)
class Counts:
    """One course text, in all its versions."""

    title: str
    rows: tuple[Row, ...]


def quarter_began(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def counts(before: date, language: str) -> list[Counts]:
    """Results from before a day. Two queries, and none for a text a process knows."""
    end = timezone.make_aware(datetime.combine(before, time.min))
    rows = Result.objects.filter(at__lt=end).select_related("attempt").defer("basis", "raters", "rules")
    latest = queries.newest(rows).values()
    texts = {
        row.frozen_id: row for row in Decision.objects.filter(kind=FrozenKind.RELEASE).exclude(label="").order_by("pk")
    }
    found: dict[UUID, dict[str, dict]] = defaultdict(lambda: defaultdict(dict))
    for row in sorted(latest, key=lambda one: one.at):
        text = texts.get(row.attempt.release)
        if text and row.outcome in COLUMNS:
            # One place a learner and assessment: what was shown once stays shown.
            place = found[text.subject_uid][str(row.attempt.module_uid)]
            key = row.attempt.learner_id, row.attempt.assessment_uid
            if place.get(key) not in ENOUGH or row.outcome in ENOUGH:
                place[key] = row.outcome
    newest = {row.subject_uid: row for row in texts.values()}
    told = [_counts(newest[uid], modules, language) for uid, modules in found.items()]
    return sorted(told, key=lambda one: one.title)


def _counts(text: Decision, modules: dict[str, dict], language: str) -> Counts:
    titles = {
        module.uid: f"{module.code} {module.title(language)}".strip() for module in contents_of(text.frozen_id).modules
    }
    rows = [
        Row(titles[uid], suppressing.shown([people[outcome] for outcome in COLUMNS]))
        for uid in titles
        if (people := by_person(modules.get(uid, {}).items()))
    ]
    return Counts(text.title, tuple(rows))


def by_person(outcomes: Iterable[tuple[tuple, str]]) -> Counter:
    """{outcome: how many people} of {(learner, assessment): outcome}: each person once."""
    own = defaultdict(set)
    for (learner, _assessment), outcome in outcomes:
        own[learner].add(outcome)
    return Counter(_one(found) for found in own.values())


def _one(outcomes: set[str]) -> str:
    for one in (Outcome.NOT_YET, Outcome.RECOGNIZED):
        if one in outcomes:
            return one
    return Outcome.COMPETENT
