"""What became of a text, told by its fingerprint: what was agreed, by which side, when. By whom, where they chose it.

Everybody is told of what both sides agreed on. What is still under review, was taken back or had newer text put in its
place is told to those who may read that review; to everybody else nothing was agreed under it, which is true.
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.delivery import addresses, agreements, dissent
from courses.delivery.models import AgreedPart, ReleasedText
from courses.delivery.paths import Map
from curriculum.editions.read import titles_in
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import queries
from curriculum.review.enums import EntryKind, Outcome, Position, Side
from curriculum.review.models import Decision, Submission
from curriculum.review.permissions import check_can_read

#: As many digits of a fingerprint as make a mistake unlikely.
ENOUGH = 12

COURSE_TEXT, VERSION, UNDER_REVIEW, PAGE = "course text", "version", "copy under review", "page"


@dataclass(frozen=True)
class Story:
    """The context of `delivery/verify.html`."""

    digest: str
    found: bool = False
    what: str = ""
    title: str = ""
    number_or_label: str = ""
    sample: bool = False
    sides: list[dict] = field(default_factory=list)
    named: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)
    entries: list[dict] = field(default_factory=list)
    outcome: dict | None = None
    contents: list[dict] = field(default_factory=list)
    part_of: list[dict] = field(default_factory=list)
    public_url: str = ""


def clean(pasted: str) -> str:
    """A fingerprint as people paste it: spaces, dashes, capitals and a word in front do no harm."""
    return re.sub(r"[^0-9a-f]", "", re.sub(r"^\s*sha-?256\s*:?", "", pasted.strip().lower()))[:64]


def tell(digest: str, language: str, now: Map, user) -> Story:
    """The story of a fingerprint, whole or its first 12 digits or more."""
    if len(digest) < ENOUGH:
        return Story(digest)
    return (
        _agreed_whole(digest, language, now) or _agreed_page(digest, language, now) or _review(digest, language, user)
    )


def _starting(column: str, digest: str) -> dict:
    """A range that an index serves, where LIKE would read the whole table."""
    return {f"{column}__gte": digest, f"{column}__lte": digest.ljust(64, "f")}


def _only(digests) -> str | None:
    """The one digest among rows, None where there is none or where a short fingerprint fits several."""
    found = set(digests)
    return found.pop() if len(found) == 1 else None


def _agreed_whole(asked: str, language: str, now: Map) -> Story | None:
    """An approved version of a module or course text; agreed on twice, the last time is told."""
    rows = Decision.objects.filter(outcome=Outcome.APPROVED, **_starting("frozen_id", asked))
    decisions = list(rows.select_related("frozen"))
    if _only(row.frozen_id for row in decisions) is None:
        return None
    decision = decisions[-1]
    is_release = decision.kind == FrozenKind.RELEASE
    submission = Submission.objects.with_record().get(pk=decision.submission_id)
    return Story(
        decision.frozen_id,
        found=True,
        what=COURSE_TEXT if is_release else VERSION,
        title=titles_in(language, [decision.frozen_id]).get(decision.frozen_id, decision.title),
        number_or_label=decision.label or str(decision.number),
        sample=decision.sample,
        sides=agreements.sides_of(submission),
        named=dissent.named(submission),
        notes=dissent.notes(decision, submission, language),
        outcome=_outcome(decision),
        contents=_contents(decision, language),
        public_url=_release_address(decision, language, now) if is_release else "",
    )


def _outcome(decision: Decision) -> dict:
    """Agreed, and whether newer text was agreed since."""
    last = queries.approved(decision.kind).filter(subject_uid=decision.subject_uid).last()
    on_paper = decision.submission.agreed_on_paper
    if on_paper and last.pk == decision.pk:
        return {"label": _("Agreed on paper, and confirmed here by both sides"), "on": on_paper}
    label = _("Both sides agreed") if last.pk == decision.pk else _("Both sides agreed; there is newer text since")
    return {"label": label, "on": on_paper or timezone.localdate(decision.at)}


def _contents(decision: Decision, language: str) -> list[dict]:
    """The pages of a version; the course page and the versions of a course text."""
    content = decision.frozen.content
    inside = Frozen.objects.read(reference["digest"] for reference in content["snapshots"])
    told = [
        {
            "title": inside[reference["digest"]]["title"],
            "language": reference["language"],
            "language_name": addresses.language_name(reference["language"]),
            "digest": reference["digest"],
            "url": addresses.verify(reference["digest"], language),
        }
        for reference in content["snapshots"]
    ]
    pinned = [item["edition"] for item in content.get("modules", [])]
    rows = queries.approved(FrozenKind.EDITION).filter(frozen_id__in=pinned, entry_id__lte=decision.entry_id)
    versions = {row.frozen_id: row for row in rows}
    return told + _named([versions[digest] for digest in pinned if digest in versions], language)


def _named(decisions: list[Decision], language: str) -> list[dict]:
    """Agreed texts by title and number, each with the address of its own story."""
    titles = titles_in(language, [decision.frozen_id for decision in decisions])
    told = []
    for decision in decisions:
        words = {
            "title": titles.get(decision.frozen_id, decision.title),
            "number": decision.number,
            "label": decision.label,
        }
        is_version = decision.kind == FrozenKind.EDITION
        title = _("%(title)s, version %(number)s") if is_version else _("%(title)s, course text %(label)s")
        digest = decision.frozen_id
        told.append({"title": title % words, "digest": digest, "url": addresses.verify(digest, language)})
    return told


def _agreed_page(asked: str, language: str, now: Map) -> Story | None:
    """One page in one language: told by the last agreed text that holds it."""
    parts = list(
        AgreedPart.objects.filter(**_starting("digest", asked)).select_related("decision").order_by("decision")
    )
    digest = _only(part.digest for part in parts)
    if digest is None:
        return None
    decision = parts[-1].decision
    page = Frozen.objects.get(digest=digest).content
    submission = Submission.objects.with_record().get(pk=decision.submission_id)
    return Story(
        digest,
        found=True,
        what=PAGE,
        title=page["title"],
        number_or_label=addresses.language_name(page["language"]),
        sample=decision.sample,
        sides=agreements.sides_of(submission),
        named=dissent.named(submission),
        notes=dissent.notes(decision, submission, language),
        outcome=_outcome(decision),
        part_of=_named([part.decision for part in reversed(parts)], language),
        public_url=_page_address(digest, page, now),
    )


def _review(asked: str, language: str, user) -> Story:
    """A submission by the fingerprint of its manifest, or of something in it that was not agreed on."""
    rows = Submission.objects.with_record()
    found = list(rows.filter(**_starting("frozen_id", asked))) or list(
        rows.filter(**_starting("items__frozen_id", asked)).order_by("opened_at")
    )
    submission = next((row for row in reversed(found) if _may_be_told(row, user)), None)
    if submission is None:
        return Story(asked)
    return Story(
        submission.digest,
        found=True,
        what=UNDER_REVIEW,
        title=submission.title,
        number_or_label=_("round %(number)s") % {"number": submission.round} if submission.round > 1 else "",
        sample=submission.sample,
        sides=agreements.sides_of(submission),
        entries=_entries(submission) if submission.outcome != Outcome.APPROVED else [],
        outcome=_ending(submission),
        contents=[
            {"title": item.title, "digest": item.frozen_id, "url": addresses.verify(item.frozen_id, language)}
            for item in submission.items.all()
        ],
    )


def _may_be_told(submission: Submission, user) -> bool:
    if submission.outcome == Outcome.APPROVED:
        return True
    try:
        check_can_read(user, submission)
    except PermissionDenied:
        return False
    return True


def _ending(submission: Submission) -> dict | None:
    """How it ended, in words; None while both sides have not answered, which `sides` then shows."""
    decision = next(iter(submission.decisions.all()), None)
    return decision and {"label": Outcome(decision.outcome).label, "on": timezone.localdate(decision.at)}


#: How the mark of a side looks beside an answer. Whoever stands aside or takes no part leaves the place open.
_STATES = {
    Position.REQUEST_CHANGES: "change",
    Position.BLOCK: "change",
    Position.STAND_ASIDE: "waiting",
    Position.RECUSE: "waiting",
}


def _entries(submission: Submission) -> list[dict]:
    return [
        {
            "side": entry.side,
            "side_label": Side(entry.side).label,
            "position_label": Position(entry.position).label,
            "state": _STATES.get(entry.position, "agreed"),
            "on": timezone.localdate(entry.at),
        }
        for entry in submission.entries.all()
        if entry.kind == EntryKind.POSITION
    ]


def _release_address(decision: Decision, language: str, now: Map) -> str:
    """Where a course text is read, or "" where it is not served here."""
    slug = next((slug for (slug, _label), row in now.releases.items() if row.pk == decision.pk), None)
    if slug is None:
        return ""
    course = now.courses.get(slug)
    if course and course.decision.pk == decision.pk:
        return addresses.curriculum(
            slug, language if language in course.outline.languages else course.outline.languages[0]
        )
    return addresses.release(slug, decision.label, language)


def _page_address(digest: str, page: dict, now: Map) -> str:
    """Where exactly these words are read now, or "" where no current course text has them."""
    rows = ReleasedText.objects.filter(digest=digest, curriculum_uid__in=now.curriculum_uids)
    rows = rows.filter(language=page["language"])
    return rows.values_list("path", flat=True).first() or ""
