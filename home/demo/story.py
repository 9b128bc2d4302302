"""Where the story stands, read from the database.

Nothing of it is kept elsewhere, so several people may tell it at once.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db import models

from courses.delivery import addresses
from courses.delivery.layout import Layout
from curriculum.editions.read import SOURCE, read_editions, read_release
from curriculum.enums import FrozenKind
from curriculum.models import Frozen, LessonPage, ModulePage
from curriculum.review import queries
from curriculum.review.enums import EntryKind, Outcome, Side
from curriculum.review.models import Decision, Entry, Submission
from home.demo.wordings import ANYWHERE, PREPARED, PREPARED_LESSON, Plot

#: What the designer says when sending. Submissions that say this are the story's own.
NOTE = "One sentence in plainer words."
OTHER = "es"


class Stage(models.TextChoices):
    """How far the story has come."""

    READY = "ready"
    CHANGED = "changed"
    SENT = "sent"
    HALF = "half"
    BLOCKED = "blocked"
    DONE = "done"


#: The move that comes next. Starting again with `change` is possible at every stage.
NEXT = {
    Stage.READY: "change",
    Stage.CHANGED: "send",
    Stage.SENT: "labor",
    Stage.HALF: "management",
    Stage.BLOCKED: "change",
    Stage.DONE: "change",
}


@dataclass
class Scene:
    """One sentence of one lesson: what learners read, what is drafted or put forward, and who has agreed.

    `released` is the block that holds it, as HTML by language; `drafts` are the pages where it is written.
    """

    plot: Plot
    lesson: LessonPage
    module: ModulePage
    release: Decision
    layout: Layout
    block: str
    released: dict[str, str]
    drafts: dict[str, LessonPage] = field(default_factory=dict)
    submission: Submission | None = None

    @cached_property
    def put_forward(self) -> dict[str, str]:
        """The block as it is under review; empty where nothing is."""
        item = self.submission and next(
            (item for item in self.submission.items.all() if item.kind == FrozenKind.EDITION), None
        )
        if not item:
            return {}
        edition = read_editions([item.frozen_id])[item.frozen_id]
        page = next((page for page in edition.pages if page.uid == self.lesson.uid), None)
        return {code: text_of(data, self.block) for code, data in page.versions.items()} if page else {}

    @cached_property
    def drafted(self) -> dict[str, str]:
        return {code: drafted_text(page, self.block) for code, page in self.drafts.items()}

    @cached_property
    def old(self) -> dict[str, str]:
        """The sentence learners read, empty where it is not in the lesson yet."""
        return self._sentence(self.released)

    @cached_property
    def new(self) -> dict[str, str]:
        """The sentence that is to take its place."""
        return self._sentence(self.put_forward or self.drafted)

    def _sentence(self, blocks: dict[str, str]) -> dict[str, str]:
        return {code: self.plot.found_in(html, code) for code, html in blocks.items()}

    @cached_property
    def tally(self):
        return queries.tally_of(self.submission) if self.submission else None

    @cached_property
    def obstacle(self) -> str:
        """Why what is under review cannot go on as the story: "asked", "stale", "other"; empty where it can."""
        if self.submission is None:
            return ""
        if self.tally.change_requested:
            return "asked"
        if queries.is_stale(self.submission):
            return "stale"
        carried = any(item.kind == FrozenKind.RELEASE for item in self.submission.items.all())
        return "" if carried and self.new.get(SOURCE) != self.old[SOURCE] else "other"

    @property
    def stage(self) -> Stage:
        if self.submission is None:
            return Stage.CHANGED if self.new.get(SOURCE) != self.old[SOURCE] else Stage.READY
        if self.obstacle:
            return Stage.BLOCKED
        return Stage.HALF if self.tally.labor.holds else Stage.SENT

    def entry_of(self, side: Side) -> Entry | None:
        """The answer a side gave on what is under review."""
        entries = self.submission.entries.all() if self.submission else ()
        return next((one for one in entries if one.kind == EntryKind.POSITION and one.side == side), None)

    def address(self, language: str, label: str = "") -> str:
        """The lesson as learners read it now, or in an older course text."""
        slug = self.layout.curriculum.page.source["slug"]
        start = addresses.release(slug, label, language) if label else addresses.curriculum(slug, language)
        return start + self.layout.path_of[self.lesson.uid]


def find_scene() -> Scene | None:
    """The lesson the story plays in, with what is true of it now. None before anything is released."""
    for lesson, module, release, plot in _candidates():
        scene = _scene(lesson, module, release, plot)
        if scene:
            scene.submission = queries.open_submission_of(module.uid)
            return scene
    return None


def told(scene: Scene, uid: str) -> Submission | None:
    """The submission `uid` if it is the one learners read now: the story was told to its end with it."""
    last = queries.current_edition(scene.module.uid)
    if scene.submission is not None or last is None or str(last.submission_id) != uid:
        return None
    submission = Submission.objects.with_record().get(pk=last.submission_id)
    return submission if submission.outcome == Outcome.APPROVED else None


def text_of(snapshot: dict, block: str) -> str:
    return next((one["value"] for one in snapshot.get("body", []) if one["id"] == block), "")


def drafted_text(page: LessonPage, block: str) -> str:
    return next((one["value"] for one in page.body.raw_data if one["id"] == block), "")


def _candidates():
    """(lesson, module, release, plot) in order of preference, each released now."""
    releases = queries.current(FrozenKind.RELEASE)
    contents = Frozen.objects.read(decision.frozen_id for decision in releases.values())
    by_module = {
        item["module"]: decision
        for decision in releases.values()
        for item in contents[decision.frozen_id].get("modules", [])
    }
    prepared = LessonPage.objects.filter(code=PREPARED_LESSON, locale__language_code=SOURCE)
    for lesson in prepared:
        module = lesson.get_parent().specific
        if module.uid in by_module:
            yield lesson, module, by_module[module.uid], PREPARED
    taken = Submission.objects.open().exclude(note=NOTE).values_list("subject_uid", flat=True)
    modules = ModulePage.objects.filter(translation_key__in=by_module, locale__language_code=SOURCE)
    for module in modules.exclude(translation_key__in=list(taken)):
        for lesson in LessonPage.objects.child_of(module):
            yield lesson, module, by_module[module.uid], ANYWHERE


def _scene(lesson, module, release, plot) -> Scene | None:
    """None where the lesson has no block of text that stands in both languages, released and drafted."""
    layout = Layout(read_release(release.frozen_id))
    place = next((place for place in layout.places if place.page.uid == lesson.uid), None)
    versions = place.page.versions if place else {}
    translation = LessonPage.objects.filter(translation_key=lesson.translation_key, locale__language_code=OTHER).first()
    if translation is None or not {SOURCE, OTHER} <= versions.keys():
        return None
    drafts = {SOURCE: lesson, OTHER: translation}
    texts = [
        one["id"]
        for one in versions[SOURCE].get("body", [])
        if one["type"] == "text"
        and text_of(versions[OTHER], one["id"])
        and all(drafted_text(page, one["id"]) for page in drafts.values())
    ]
    if not texts:
        return None
    block = next((id_ for id_ in texts if plot.found_in(text_of(versions[SOURCE], id_), SOURCE)), texts[0])
    released = {code: text_of(versions[code], block) for code in drafts}
    return Scene(plot, lesson, module, release, layout, block, released, drafts)
