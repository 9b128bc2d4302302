"""Reading a package: `read_package` takes a folder or zip whole, or refuses it whole."""

import json
from collections.abc import Mapping
from pathlib import Path

from interchange.package.assessments import read_assessment
from interchange.package.context import Context
from interchange.package.entry import Entry
from interchange.package.glossary import disagreements, read_glossary
from interchange.package.lessons import read_lesson
from interchange.package.media import MediaReader
from interchange.package.model import Curriculum, Framework, Item, Package, Term
from interchange.package.modules import read_curriculum, read_module
from interchange.package.outline import CurriculumHead, Outliner, join
from interchange.package.problems import PackageRefused, Problem, Report
from interchange.package.problems import sentence as _
from interchange.package.source import FolderSource, Source, Unreadable, ZipSource
from interchange.package.standards import read_standards
from interchange.package.yaml_lines import load

_DEEPEST = 3


def read_package(path: str | Path, *, known_modules: Mapping[tuple[str, str], str] | None = None) -> Package:
    """Everything in a folder or zip: the curricula, and the glossary and standards beside them.

    `known_modules` are modules of the library by (slug of their curriculum, code), for packages that reuse
    them. Raises PackageRefused with every problem found; nothing has been changed then.
    """
    path = Path(path).resolve()
    report = Report()
    source, folders = _open(path, report)
    outliner = Outliner(source, report)
    heads = [head for folder in folders if (head := outliner.curriculum(folder))]
    _refuse_doubles(heads, report)
    terms, frameworks = _beside(source, folders, report)
    pages = {name: uid for head in heads for name, uid in _pages(head)}
    modules = dict(known_modules or {})
    modules |= {(head.slug, module.code): module.uid for head in heads for module in head.modules}
    media = MediaReader(source, report)
    curricula = []
    for head in heads:
        context = Context(source, report, head, media, terms, frameworks, pages, modules)
        context.credits = _credits(head, outliner)
        curricula.append(_curriculum(head, context))
    report.refuse_if_any()
    return Package(curricula, terms, frameworks, _reader(source))


def _open(path: Path, report: Report) -> tuple[Source, list[str]]:
    """The source and the folders in it that hold a curriculum."""
    if path.is_dir() and (path / "curriculum.yaml").is_file() and path.name:
        return FolderSource(path.parent), [path.name]
    source = FolderSource(path) if path.is_dir() else ZipSource(path)
    folders = _curriculum_folders(source, "", 0, report)
    if not folders and not report.found:
        why = _("There is no curriculum here: no folder holds a file named curriculum.yaml.")
        raise PackageRefused([Problem(path.name, 1, why)])
    return source, folders


def _curriculum_folders(source, folder, depth, report) -> list[str]:
    found = []
    try:
        if source.is_file(join(folder, "curriculum.yaml")):
            return [folder]
        names = source.children(folder)
        if "modules" in names and source.is_folder(join(folder, "modules")):
            report.at(join(folder, "curriculum.yaml")).add(
                1, _("This folder has modules and no curriculum.yaml. Add it.")
            )
            return []
        inner = [join(folder, name) for name in names if name != "standards"]
    except Unreadable as error:
        report.at(folder or ".").add(1, error.template, **error.values)
        return []
    for name in inner if depth < _DEEPEST else ():
        try:
            is_folder = source.is_folder(name)
        except Unreadable as error:
            report.at(name).add(1, error.template, **error.values)
            continue
        found += _curriculum_folders(source, name, depth + 1, report) if is_folder else []
    return found


def _refuse_doubles(heads: list[CurriculumHead], report: Report) -> None:
    """Codes and slugs that stand for two things."""
    for name in ("code", "slug"):
        first: dict[str, CurriculumHead] = {}
        for head in heads:
            other = first.setdefault(getattr(head, name), head)
            if getattr(head, name) and other is not head:
                head.entry.report.add(
                    head.entry.line(name),
                    _("%(file)s has the same %(name)s. Give this one its own."),
                    file=other.file,
                    name=name,
                )
    for head in heads:
        files: dict[str, str] = {}
        for module in head.modules:
            for lesson in module.lessons:
                other = files.setdefault(lesson.code, lesson.file)
                if other != lesson.file:
                    report.at(lesson.file).add(
                        1, _("%(file)s has the same code. Give this lesson its own."), file=other
                    )


def _beside(source, folders, report) -> tuple[dict[str, Term], dict[str, Framework]]:
    """Glossaries and standards that stand beside the curricula; where several do, they must agree."""
    terms: dict[str, Term] = {}
    frameworks: dict[str, Framework] = {}
    for parent in sorted({folder.rpartition("/")[0] for folder in folders}):
        try:
            more = read_glossary(source, join(parent, "glossary.yaml"), report)
            standards = read_standards(source, join(parent, "standards"), report)
        except Unreadable as error:
            report.at(join(parent, "glossary.yaml")).add(1, error.template, **error.values)
            continue
        for problem in disagreements(more, terms):
            report.add(problem)
        terms = more | terms
        for key, framework in standards.items():
            other = frameworks.setdefault(key, framework)
            if json.dumps(other.source, sort_keys=True) != json.dumps(framework.source, sort_keys=True):
                report.at(join(parent, "standards", f"{key}.json")).add(
                    1,
                    _("Two packages hold the standard “%(key)s”, and differently. Keep one of them."),
                    key=key,
                )
    return terms, frameworks


def _pages(head: CurriculumHead):
    """(file, uid) of everything a link can name."""
    yield head.file, head.uid
    for module in head.modules:
        yield module.file, module.uid
        for item in (*module.lessons, *module.assessments):
            yield item.file, item.uid
            yield from ((file.name, item.uid) for file in item.files.values())


def _credits(head: CurriculumHead, outliner: Outliner) -> dict[str, str]:
    """credits.yaml: who made a picture or file, by its path in the curriculum's folder."""
    name = join(head.folder, "credits.yaml")
    if not outliner.source.is_file(name):
        return {}
    where = outliner.report.at(name)
    text = outliner.source.text(name, where)
    node = load(text, where) if text is not None else None
    if node is None:
        return {}
    names = list(node.value) if isinstance(node.value, dict) else []
    entry = Entry(node, where, names)
    return {file: entry.text(file) for file in names}


def _curriculum(head: CurriculumHead, context: Context) -> Curriculum:
    items, reused = read_curriculum(head, context)
    for module in head.modules:
        versions = read_module(module, context)
        children: list[Item] = []
        for lesson in module.lessons:
            children += read_lesson(lesson, context)
        for assessment in module.assessments:
            children += read_assessment(assessment, context)
        _refuse_same_slugs(children, context)
        _refuse_orphans(module, versions, children)
        items += [*versions, *children]
    return Curriculum(head.folder or head.slug, head.uid, items, reused)


def _refuse_orphans(module, versions: list[Item], children: list[Item]) -> None:
    """A lesson or assessment in a language its module does not have."""
    languages = {item.language for item in versions}
    for item in children:
        if item.language not in languages:
            module.entry.report.add(
                module.entry.line("title"),
                _("%(file)s is there in %(language)s and this title is not. Write it in %(language)s too."),
                file=item.file,
                language=item.language,
            )


def _refuse_same_slugs(children: list[Item], context: Context) -> None:
    first: dict[str, Item] = {}
    for item in children:
        slug = item.data.get("slug")
        if slug and first.setdefault(slug, item) is not item:
            context.report.at(item.file).add(
                1,
                _("%(file)s would have the same address (%(slug)s). Write slug: with another word in this file."),
                file=first[slug].file,
                slug=slug,
            )


def _reader(source: Source):
    """Bytes by media value: folders by absolute path, so that a package outlives nothing it needs."""

    def read_media(media: dict) -> bytes:
        return Path(media["file"]).read_bytes() if isinstance(source, FolderSource) else source.bytes(media["file"])

    return read_media
