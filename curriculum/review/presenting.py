"""A sheet as a person reads it in one language: pages by module, redlines for the few, a list for the many."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.editions.diff import ADDED, CHANGED, REMOVED, SAME, PageDiff
from curriculum.editions.render import REVIEWER, Reading, render
from curriculum.enums import Kind
from curriculum.review.division import Division, Mark
from curriculum.review.reading import AGREED, PageSheet, Part, Sheet
from curriculum.review.redlines import WORDS, Drawing, changes_of, kept_apart

#: Up to so many changed pages are shown where they stand; more become a list of links.
INLINE = 6

#: The page a module or curriculum has itself, which would otherwise be listed under its own title.
OWN_PAGE = {Kind.MODULE: gettext_lazy("About this module"), Kind.CURRICULUM: gettext_lazy("About this curriculum")}


@dataclass(frozen=True)
class ShownPage:
    """One page in a list of what changed. `changes` and `body` are there when it is shown in full."""

    uid: str
    kind: str
    title: str
    code: str
    status: str
    word: str
    url: str
    minutes: int | None
    translated: bool
    number: int = 0
    changes: list[dict] = field(default_factory=list)
    body: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class ShownPart:
    """A module, or a curriculum's own page, with what changed in it and what did not."""

    title: str
    kind: str
    first: bool
    changed: list[ShownPage]
    unchanged: list[ShownPage]


@dataclass(frozen=True)
class Shower:
    """How to show a sheet: in which language, with which addresses, whether it is a sample.

    `apart` is put before ids where several sheets or languages share one screen; `everything` shows each change where
    it stands, however many there are. `division` is how the reader's side divided the reading.
    """

    sheet: Sheet
    language: str
    address: Callable[[str], str]
    media: str
    sample: bool = False
    apart: str = ""
    everything: bool = False
    division: Division = Division()

    @property
    def reading(self) -> Reading:
        known = {page.uid for page in self.sheet.pages}
        return Reading(
            language=self.language,
            audience=REVIEWER,
            media=self.media,
            sample=self.sample,
            link=lambda uid: self.address(uid) if uid in known else None,
        )

    @property
    def is_inline(self) -> bool:
        """Whether few enough pages changed to show them where they stand."""
        return self.everything or len(self.sheet.changed_in(self.language)) <= INLINE

    @property
    def parts(self) -> list[ShownPart]:
        return [self._part(part) for part in self.sheet.parts]

    def tabs(self, address: Callable[[str], str]) -> list[dict]:
        """The languages as tabs for components/tabs.html, each with how many pages changed in it."""
        names = dict(settings.LANGUAGES)
        return [
            {
                "label": names.get(language, language),
                "url": address(language),
                "current": language == self.language,
                "count": len(self.sheet.changed_in(language)),
            }
            for language in self.sheet.languages
        ]

    def page(self, sheet: PageSheet, *, full: bool, number: int = 0) -> ShownPage:
        """One page, the `number`th of its module; `full` adds its redlines, or its body when it is new."""
        snapshot = sheet.snapshot(self.language)
        status = sheet.status_in(self.language)
        return ShownPage(
            uid=sheet.uid,
            kind=sheet.kind,
            title=str(OWN_PAGE[sheet.kind]) if sheet.kind in OWN_PAGE else snapshot["title"],
            code=snapshot.get("code", ""),
            status=status,
            word=self._word(sheet, status),
            url=self.address(sheet.uid),
            minutes=snapshot.get("minutes"),
            translated=snapshot["language"] == self.language,
            number=number,
            changes=self.changes(sheet.diffs[self.language]) if full and status == CHANGED else [],
            body=kept_apart(self.body(snapshot), self.apart + sheet.uid[:8]) if full and status == ADDED else "",
            mark=self.division.mark(sheet.uid, snapshot["language"]),
        )

    def changes(self, diff: PageDiff) -> list[dict]:
        kind = (diff.new or diff.old)["kind"]
        return changes_of(diff, Drawing(kind, self.reading, self.sheet.titles, self.apart))

    def body(self, snapshot: dict) -> str:
        """A page as learners will read it, in its own language, with the instructor's parts shown."""
        with translation.override(snapshot["language"]):
            return render(snapshot, self.reading)

    def _part(self, part: Part) -> ShownPart:
        own = part.pages[0]
        full = self.is_inline
        shown = [
            self.page(page, full=full and page.status_in(self.language) != SAME, number=number)
            for number, page in enumerate(part.pages)
        ]
        return ShownPart(
            title=own.title(self.language),
            kind=part.kind,
            first=part.first,
            changed=[page for page in shown if page.status != SAME],
            unchanged=[page for page in shown if page.status == SAME],
        )

    def _word(self, sheet: PageSheet, status: str) -> str:
        others = [diff for language, diff in sheet.diffs.items() if language != self.language]
        if status == ADDED and any(diff.new and diff.status != ADDED for diff in others):
            return _("New translation")
        if status == REMOVED and any(diff.new for diff in others):
            return _("Translation taken out")
        return str(WORDS[status])


def sheet_of(diffs: list[PageDiff], names: dict[str, str]) -> Sheet:
    """A sheet of drafts, from diffs in reading order: each module or curriculum page starts a part."""
    parts: list[dict[str, dict[str, PageDiff]]] = []
    for diff in diffs:
        data = diff.new or diff.old
        if data["kind"] in (Kind.MODULE, Kind.CURRICULUM) and not (parts and data["uid"] in parts[-1]):
            parts.append({})
        parts[-1].setdefault(data["uid"], {})[data["language"]] = diff
    return Sheet(tuple(_part_of(part) for part in parts), (), AGREED, names)


def _part_of(pages: dict[str, dict[str, PageDiff]]) -> Part:
    sheets = tuple(PageSheet(uid, _kind(diffs), diffs) for uid, diffs in pages.items())
    return Part(sheets[0].uid, sheets[0].kind, sheets, sheets[0].status == ADDED)


def _kind(diffs: dict[str, PageDiff]) -> str:
    diff = next(iter(diffs.values()))
    return (diff.new or diff.old)["kind"]
