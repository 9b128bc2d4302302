"""Reading a package into draft pages: whole or not at all, again without change, never over somebody's work."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page

from assessments.models import AssessmentPage
from curriculum.editions.portable import digest, dump, load
from curriculum.models import CurriculumPage, LessonPage, LibraryPage, ModulePage
from curriculum.shelves import shelf
from interchange.package import references
from interchange.package.matching import with_ids, without_ids
from interchange.package.model import Item, Package
from interchange.package.read import read_package

MODELS = {
    "curriculum": CurriculumPage,
    "module": ModulePage,
    "lesson": LessonPage,
    "assessment": AssessmentPage,
}
SOURCE = settings.LANGUAGE_CODE


@dataclass
class Report:
    """What an import did. `kept` are drafts changed here and in the package; `absent` are pages the package lacks."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)


def import_path(path, *, by=None, theirs=False, only=None, progress=lambda text: None) -> Report:
    """Read the folder or zip at `path` and import it. Raises PackageRefused with every problem; writes nothing then."""
    package = read_package(path, known_modules=known_modules())
    return import_package(package, by=by, theirs=theirs, only=only, progress=progress)


def known_modules() -> dict[tuple[str, str], str]:
    """Modules of the library that a package may reuse: {(slug of their shelf, code): uid}, two queries."""
    shelves = dict(LibraryPage.objects.values_list("path", "slug"))
    source = Locale.get_default().pk
    rows = ModulePage.objects.filter(locale=source).values_list("path", "code", "translation_key")
    return {(shelves.get(path[: -Page.steplen]), code): str(uid) for path, code, uid in rows}


@transaction.atomic
def import_package(
    package: Package,
    *,
    by=None,
    theirs: bool = False,
    only=None,
    progress: Callable[[str], None] = lambda text: None,
) -> Report:
    """Bring the drafts in line with `package`.

    `by` is the account whose work this is; `only` a set of curriculum slugs. A page changed here and in the package is
    left alone and named in the report, unless `theirs`. Lessons the package lacks are named, never deleted.
    """
    references.keep(package, theirs=theirs)
    run = _Run(by, theirs, progress)
    chosen = [c for c in package.curricula if only is None or c.items[0].data["slug"] in only]
    for curriculum in chosen:
        run.import_items(curriculum.items)
    for curriculum in chosen:
        run.finish(curriculum.items)
    return run.report


class _Run:
    """One import under way: remembers the pages it has met, by (uid, language)."""

    def __init__(self, by, theirs, progress):
        self.by, self.theirs, self.progress = by, theirs, progress
        self.report = Report()
        self.pages: dict[tuple, object] = {}
        self.sources: dict[str, dict] = {}
        self.touched: set[tuple] = set()

    def import_items(self, items: list[Item]) -> None:
        """Make or update every page. References between modules are set in `finish`, when all of them are there."""
        root = items[0].data
        parents: dict[str, str] = {}
        for item in items:
            for child in item.data.get("children", []) if item.kind == "module" else ():
                parents[child] = item.uid
        self._find(items)
        for item in items:
            if item.kind == "module" and item.language == SOURCE:
                self.progress(f"{root['title']}: {item.data['title']}")
            if item.kind == "curriculum":
                continue
            if item.kind == "module":
                parent = shelf(root["slug"], root["title"], item.language)
            else:
                parent = self.pages[(parents[item.uid], item.language)]
            self._import(item, parent)

    def finish(self, items: list[Item]) -> None:
        """Curricula, prerequisites and the order inside modules: what needs every module to be there."""
        root = items[0].data
        for item in items:
            if item.kind == "curriculum":
                self._import(item, shelf(root["slug"], root["title"], item.language))
            elif item.kind == "module" and (item.uid, item.language) in self.touched:
                self._relate(item)
        for item in items:
            if item.kind == "module" and item.language == SOURCE:
                self._order_and_absent(item)

    def _find(self, items) -> None:
        for kind, model in MODELS.items():
            uids = {item.uid for item in items if item.kind == kind}
            for page in model.objects.filter(translation_key__in=uids).select_related("locale"):
                self.pages[(page.uid, page.language)] = page

    def _import(self, item: Item, parent) -> None:
        said = digest(without_ids(item.data))
        page = self.pages.get((item.uid, item.language))
        if page is not None and page.package_digest == said:
            self.report.unchanged += 1
            return
        current = dump(page) if page is not None else None
        changed_here = page is not None and content_digest(current) != page.imported_digest
        if changed_here and not self.theirs:
            self.report.kept.append(f"{item.path} ({item.language})")
            return
        data = with_ids(item.data, current, self._source_of(item))
        self._write(item, page, data, parent, said)

    def _source_of(self, item: Item) -> dict | None:
        """The source-language item with its ids, for a translation."""
        if item.language == SOURCE:
            return None
        page = self.pages.get((item.uid, SOURCE))
        if page is None:
            return None
        if item.uid not in self.sources:
            self.sources[item.uid] = dump(page)
        return self.sources[item.uid]

    def _write(self, item, page, data, parent, said) -> None:
        new = page is None
        if new:
            page = MODELS[item.kind](translation_key=item.uid, locale=parent.locale)
            page.slug = data.get("slug") or self.pages[(item.uid, SOURCE)].slug
        load(page, data)
        page.package_digest = said
        page.imported_digest = content_digest(dump(page))
        if new:
            parent.add_child(instance=page)
            page.save_revision(user=self.by, log_action="wagtail.create", clean=False)
            self.report.created.append(f"{item.path} ({item.language})")
        else:
            page.save(clean=False)
            page.save_revision(user=self.by, log_action=True, clean=False)
            self.report.updated.append(f"{item.path} ({item.language})")
        self.pages[(item.uid, item.language)] = page
        self.sources.pop(item.uid, None)
        self.touched.add((item.uid, item.language))

    def _relate(self, item: Item) -> None:
        """Set prerequisites again once all modules exist; nothing happens where they were found the first time."""
        page = self.pages[(item.uid, item.language)]
        if not item.data.get("prerequisites") or dump(page).get("prerequisites") == item.data["prerequisites"]:
            return
        load(page, {**dump(page), "prerequisites": item.data["prerequisites"]})
        page.imported_digest = content_digest(dump(page))
        page.save(clean=False)
        page.save_revision(user=self.by, clean=False)

    def _order_and_absent(self, item: Item) -> None:
        for (uid, language), page in list(self.pages.items()):
            if uid != item.uid:
                continue
            children = {str(child.translation_key): child for child in page.get_children()}
            wanted = [uid for uid in item.data.get("children", []) if uid in children]
            if language == SOURCE:
                self.report.absent += [
                    f"{item.path}: {child.title}" for uid, child in children.items() if uid not in wanted
                ]
            if (uid, SOURCE) in self.touched and [key for key in children if key in wanted] != wanted:
                for key in wanted:
                    children[key].refresh_from_db()
                    children[key].move(page, pos="last-child", user=self.by)
                    page.refresh_from_db()


def content_digest(data: dict) -> str:
    """Digest of a page's own content: order and membership of a module are compared apart."""
    return digest({key: value for key, value in data.items() if key != "children"})
