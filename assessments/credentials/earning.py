"""What a learner has shown in full: which modules of a group's course text, and whether all of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessments.enums import ENOUGH, UNGRADED, Method
from assessments.groups import Group, Pinned
from assessments.models import Result
from curriculum.models import Frozen

NOT_ASKED = UNGRADED | {Method.PRIOR_EXPERIENCE}


@dataclass(frozen=True)
class Earned:
    """Results that show all of something. `edition` and `release` are what the last of them was judged by, and
    `valid_until` is the day when the first of them is out of date."""

    results: tuple[Result, ...]
    edition: str
    release: str
    valid_until: date | None


def earned_modules(group: Group, results: Iterable[Result], on: date | None = None) -> dict[str, Earned]:
    """{module: what shows it} of every module all of whose judged assessments are shown on a day (today).

    `results` are a learner's, the one of each try that counts now, read with their try. What was shown once stays
    shown; a later try that was not met takes nothing away.
    """
    return complete(_modules(group.pages), shown(results, on or timezone.localdate()))


def earned_curriculum(group: Group, results: Iterable[Result], on: date | None = None) -> Earned | None:
    """What shows every module of the course text that has anything judged; None while one is missing."""
    wanted = _modules(group.pages)
    whole = {"": frozenset().union(*wanted.values())} if wanted else {}
    return complete(whole, shown(results, on or timezone.localdate())).get("")


def shown(results: Iterable[Result], on: date) -> dict[str, Result]:
    """{assessment: the newest result that says competent or recognized and is not out of date}."""
    good = [row for row in results if row.outcome in ENOUGH and (row.valid_until is None or row.valid_until >= on)]
    return {str(row.attempt.assessment_uid): row for row in sorted(good, key=lambda row: row.at)}


def complete(wanted: Mapping[str, frozenset[str]], found: Mapping[str, Result]) -> dict[str, Earned]:
    """Those of `wanted`, {what: its assessments}, that are all found. Pure."""
    return {
        what: _earned([found[one] for one in sorted(assessments)])
        for what, assessments in wanted.items()
        if assessments and assessments <= found.keys()
    }


def _earned(results: list[Result]) -> Earned:
    last = max(results, key=lambda row: row.at)
    ends = [row.valid_until for row in results if row.valid_until]
    return Earned(tuple(results), last.edition, last.release, min(ends, default=None))


def _modules(pages: Mapping[str, Pinned]) -> dict[str, frozenset[str]]:
    """{module: what has to be shown in it}. Nobody judges a journal, practice leads to no result, and nobody needs
    experience from before. One query."""
    snapshots = {uid: next(iter(page.digests.values())) for uid, page in pages.items() if page.method not in NOT_ASKED}
    contents = Frozen.objects.read(snapshots.values())
    found = defaultdict(set)
    for uid, digest in snapshots.items():
        if contents[digest].get("graded"):
            found[pages[uid].module].add(uid)
    return {module: frozenset(uids) for module, uids in found.items()}
