"""Filling a demo: sample curricula through real sending and real answers by the cast. Idempotent, with progress."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review import queries
from curriculum.review.actions import sign, submit
from curriculum.review.models import Submission
from curriculum.review.proposal import Proposal
from home.demo import cohort, full_charter, how_to_start, skills
from home.demo.cast import make_cast
from home.demo.new_looks import file_new_looks
from interchange.package.importing import import_path

SAMPLES = Path(settings.BASE_DIR) / "samples"
FIRST = "green-custodial"
WRITTEN = ("green-custodial", "grounds-measure-w", "clerical", "emt")
OUTLINES = ("community-health-worker", "crafts-pre-apprenticeship", "fire-fighter-trainee")


@dataclass(frozen=True)
class OpenReview:
    """A module the demo leaves in the middle of an agreement, each in another curriculum than the story's."""

    curriculum: str
    module: str
    note: str
    added: str
    labor: bool = False
    request: str = ""
    moves_on: str = ""


OPEN_REVIEWS = (
    OpenReview(
        "grounds-measure-w",
        "W4",
        "A crew asked us to say who checks the controller first.",
        "Before you change a controller, ask the lead who else is working on that line today.",
        labor=True,
    ),
    OpenReview(
        "clerical",
        "K2",
        "Front desks asked for a line about waiting times.",
        "If the wait is long, say how long, and say what the person can do meanwhile.",
        request="Please say where the office posts its waiting times, so that a clerk is not blamed for guessing.",
    ),
)


def load(*, only_first: bool = False, progress: Callable[[str], None] = print) -> None:
    """Make the cast and bring in the sample curricula, then everything agreed and open that the demo shows.

    Raises ImproperlyConfigured unless the demo setting is on.
    """
    if not settings.HIGHROAD_DEMO:
        raise ImproperlyConfigured("the demo is off here: nothing was loaded")
    cast = make_cast()
    for slug in (FIRST,) if only_first else WRITTEN:
        bring_in(slug, cast, progress)
        agree_on(slug, cast, progress)
    cohort.make(cast, progress)
    skills.make(cast, progress)
    if only_first:
        return
    for slug in OUTLINES:
        bring_in(slug, cast, progress)
    for review in OPEN_REVIEWS:
        leave_open(review, cast, progress)
    full_charter.found(cast)
    full_charter.leave_stopped(cast, append_sentence, progress)
    file_new_looks(cast, progress)


def bring_in(slug: str, cast: dict, progress) -> None:
    """Import one sample curriculum as the designer's drafts."""
    report = import_path(SAMPLES / slug, by=cast["designer"], progress=progress)
    if report.changed:
        how_to_start.fill(slug, by=cast["designer"])
    progress(f"{slug}: {len(report.created)} pages made, {report.unchanged} as they were")


@transaction.atomic
def agree_on(slug: str, cast: dict, progress) -> None:
    """Send a curriculum with all its modules, and let both sides agree: version 1 of each, and its course text."""
    page = source_page(CurriculumPage, slug=slug)
    if queries.current_release(page.uid):
        return
    note = "First course text of the sample."
    submission = submit(page=page, by=cast["designer"], proposal=Proposal(note=note))
    for person in ("labor1", "management1"):
        sign(submission=submission, by=cast[person], position="support", digest=submission.digest)
        progress(f"{slug}: {cast[person].person} agreed")
    progress(f"{slug}: course text {queries.current_release(page.uid).label}")


@transaction.atomic
def leave_open(review: OpenReview, cast: dict, progress) -> None:
    """Change a lesson of one module, send it, and stop where the demo wants it to stand."""
    module = source_page(ModulePage, code=review.module)
    curriculum = source_page(CurriculumPage, slug=review.curriculum)
    if Submission.objects.filter(subject_uid=module.uid).exists():
        return
    lesson = LessonPage.objects.child_of(module).first()
    append_sentence(lesson, review.added, by=cast["designer2"])
    submission = submit(
        page=ModulePage.objects.get(pk=module.pk),
        by=cast["designer2"],
        proposal=Proposal(note=review.note, change_class="2", releases=(curriculum.uid,)),
    )
    if review.labor:
        sign(submission=submission, by=cast["labor1"], position="support", digest=submission.digest)
    if review.request:
        sign(
            submission=submission,
            by=cast["management2"],
            position="request_changes",
            digest=submission.digest,
            words=review.request,
        )
    if review.moves_on:
        append_sentence(lesson, review.moves_on, by=cast["designer2"], instead_of=review.added)
    progress(f"{review.curriculum}: {module.title} is under review")


def append_sentence(lesson: LessonPage, sentence: str, *, by, instead_of: str = "") -> None:
    """Add a sentence to the first text of a lesson's draft, or put it in the place of another."""
    lesson = LessonPage.objects.get(pk=lesson.pk)
    raw = lesson.body.get_prep_value()
    block = next(block for block in raw if block["type"] == "text")
    if instead_of:
        block["value"] = block["value"].replace(instead_of, sentence)
    else:
        head, _close, tail = block["value"].rpartition("</p>")
        block["value"] = f"{head} {sentence}</p>{tail}"
    lesson.body = lesson.body.stream_block.to_python(raw)
    lesson.save()
    lesson.save_revision(user=by, log_action=True)


def source_page(model, **which):
    """The source-language page of that slug or code. Raises DoesNotExist."""
    return next(page for page in model.objects.filter(**which).select_related("locale") if page.is_source)
