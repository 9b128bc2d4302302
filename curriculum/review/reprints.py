"""What was printed and holds the words that a correction took away."""

from dataclasses import dataclass

from django.utils import translation

from curriculum.editions.read import titles_in
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import queries
from curriculum.review.models import Submission


@dataclass(frozen=True)
class Reprint:
    """A course text whose prints are to be collected. `instead` is the one to print from, "" where there is none.

    `digest` is the fingerprint of that one and `module` the uid of what is printed: both lead to its paper.
    """

    course: str
    label: str
    instead: str
    digest: str = ""
    module: str = ""


def reprints(submission: Submission) -> list[Reprint]:
    """Every course text that holds the page as it was, the newest first: four queries, however many there are.

    `submission` is a safety correction; before it is agreed, nothing is to be printed instead yet.
    """
    about = submission.frozen.content["about"]
    module = str(submission.subject_uid)
    unsafe = _versions_with_page(module, about)
    releases = list(queries.approved(FrozenKind.RELEASE).order_by("-at", "-pk"))
    content = Frozen.objects.read(row.frozen_id for row in releases)
    language = (translation.get_language() or "").split("-")[0]
    titles = titles_in(language, [row.frozen_id for row in releases])
    newer = {row.subject_uid: row for row in submission.decisions.all() if row.label}
    return [
        _reprint(titles.get(row.frozen_id, row.title), row.label, newer.get(row.subject_uid), module)
        for row in releases
        if any(item["module"] == module and item["edition"] in unsafe for item in content[row.frozen_id]["modules"])
    ]


def _reprint(course: str, label: str, newer, module: str) -> Reprint:
    return Reprint(course, label, newer.label, newer.frozen_id, module) if newer else Reprint(course, label, "")


def _versions_with_page(module: str, about: dict) -> set[str]:
    """Fingerprints of every version, up to the one that was corrected, that holds the page."""
    rows = list(queries.approved(FrozenKind.EDITION).filter(subject_uid=module).order_by("pk"))
    content = Frozen.objects.read(row.frozen_id for row in rows)
    last = max((number for number, row in enumerate(rows) if row.frozen_id == about["base"]), default=-1)
    return {
        row.frozen_id
        for row in rows[: last + 1]
        if any(reference["uid"] == about["page"] for reference in content[row.frozen_id]["snapshots"])
    }
