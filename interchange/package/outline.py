"""The outline of a package: which files make which items, with their uids, before any of them is read in full.

Links between lessons, reused modules and prerequisites can name anything in the package, so every uid must be
known first. What the outline reports: missing and unlisted files, codes and uids used twice.
"""

import re
from dataclasses import dataclass, field

from interchange.package.entry import CODE, SLUG, Entry
from interchange.package.front_matter import LessonFile, read_lesson_file
from interchange.package.identity import item_uid
from interchange.package.problems import Report
from interchange.package.problems import sentence as _
from interchange.package.source import Source, Unreadable
from interchange.package.yaml_lines import Node, load

SOURCE_LANGUAGE = "en"
CURRICULUM = (
    "uid code slug title summary audience job_classification labor_partner management_partner reading_grade"
    " status modules how_to_start leads_to provenance"
).split()
MODULE = (
    "uid code slug title summary status hours prerequisites alignments lessons assessments tags review rights"
).split()
ASSESSMENT = (
    "uid slug method title purpose instructions set_up criteria critical_failures rubric passing valid_months"
    " evidence alternatives graded objectives"
).split()

_LESSON_FILE = re.compile(r"^(?P<code>.+)\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md$")
_IDS = ".ids.yaml"


@dataclass
class Head:
    """What the outline knows of one item. A lesson has `files` by language, every other kind one `entry`."""

    kind: str
    code: str
    path: str
    uid: str
    file: str
    entry: Entry | None = None
    files: dict[str, LessonFile] = field(default_factory=dict)


@dataclass
class ModuleHead(Head):
    lessons: list[Head] = field(default_factory=list)
    assessments: list[Head] = field(default_factory=list)


@dataclass
class CurriculumHead(Head):
    folder: str = ""
    slug: str = ""
    modules: list[ModuleHead] = field(default_factory=list)


def join(*parts: str) -> str:
    return "/".join(part for part in parts if part)


class Outliner:
    """Reads the outlines of one package, and sees what is used twice across it."""

    def __init__(self, source: Source, report: Report):
        self.source, self.report = source, report
        self.files_by_uid: dict[str, str] = {}

    def read_yaml(self, name: str, names) -> Entry | None:
        where = self.report.at(name)
        text = self.source.text(name, where)
        before = len(self.report.found)
        node = load(text, where) if text is not None else None
        if text is not None and node is None and len(self.report.found) == before:
            where.add(1, _("This file is empty."))
        return Entry(node, where, names) if node else None

    def curriculum(self, folder: str) -> CurriculumHead | None:
        file = join(folder, "curriculum.yaml")
        entry = self.read_yaml(file, CURRICULUM)
        if entry is None:
            return None
        code = entry.text("code", required=True, form=CODE)
        head = CurriculumHead("curriculum", code, code, self._uid(entry, code, file), file, entry, folder=folder)
        head.slug = entry.text("slug", required=True, form=SLUG)
        listed = [named for node in entry.items("modules") if (named := own_module(node))]
        for module_code, line in self._once(listed, file):
            name = join(folder, "modules", module_code, "module.yaml")
            if self._is_there(name, file, line) and (module := self._module(head, module_code, name)):
                head.modules.append(module)
        for name in self._children(join(folder, "modules")):
            if name not in dict(listed):
                self._unlisted(join(folder, "modules", name, "module.yaml"), "modules", file)
        return head

    def _module(self, curriculum, code, file) -> ModuleHead | None:
        entry = self.read_yaml(file, MODULE)
        if entry is None:
            return None
        self._same(entry, "code", code, file)
        path = f"{curriculum.path}/{code}"
        head = ModuleHead("module", code, path, self._uid(entry, path, file), file, entry)
        folder = file.removesuffix("/module.yaml")
        self._lessons(head, join(folder, "lessons"))
        self._assessments(head, join(folder, "assessments"))
        return head

    def _lessons(self, module, folder):
        listed = self._once(module.entry.texts("lessons"), module.file)
        there: dict[str, dict[str, str]] = {code: {} for code, _line in listed}
        for name in self._children(folder):
            file, match = join(folder, name), _LESSON_FILE.match(name)
            if name.endswith(_IDS) and name.removesuffix(_IDS) in there:
                continue
            if not match:
                self.report.at(file).add(
                    1,
                    _(
                        "A lesson file is named by its code and language, such as G1.1.en.md. "
                        "Rename or remove this file."
                    ),
                )
            elif match["code"] not in there:
                self._unlisted(file, "lessons", module.file)
            else:
                there[match["code"]][match["language"]] = file
        for code, line in listed:
            if SOURCE_LANGUAGE not in there[code]:
                self.report.at(module.file).add(
                    line,
                    _("Lesson “%(code)s” is listed, but %(file)s is missing. Add the file, or take it off the list."),
                    code=code,
                    file=join(folder, f"{code}.{SOURCE_LANGUAGE}.md"),
                )
            elif head := self._lesson(module, code, there[code]):
                module.lessons.append(head)

    def _lesson(self, module, code, files) -> Head | None:
        languages = sorted(files, key=lambda language: (language != SOURCE_LANGUAGE, language))
        found = {
            language: f for language in languages if (f := read_lesson_file(self.source, files[language], self.report))
        }
        if SOURCE_LANGUAGE not in found:
            return None
        path, source = f"{module.path}/{code}", found[SOURCE_LANGUAGE]
        uid = self._uid(source.front, path, source.name)
        for file in found.values():
            self._same(file.front, "code", code, file.name)
            if file is not source and file.front.has("uid") and file.front.uid() != uid:
                file.front.report.add(
                    file.front.line("uid"),
                    _("A translation has the uid of the English file. Take this line out."),
                )
        return Head("lesson", code, path, uid, source.name, files=found)

    def _assessments(self, module, folder):
        listed = self._once(module.entry.texts("assessments"), module.file)
        slugs = {slug for slug, _line in listed}
        for name in self._children(folder):
            if name.endswith(_IDS) and name.removesuffix(_IDS) in slugs:
                continue
            if not name.endswith(".yaml"):
                self.report.at(join(folder, name)).add(
                    1, _("Only assessments (.yaml) lie in this folder. Move this file.")
                )
            elif name.removesuffix(".yaml") not in slugs:
                self._unlisted(join(folder, name), "assessments", module.file)
        for slug, line in listed:
            file = join(folder, f"{slug}.yaml")
            if self._is_there(file, module.file, line) and (entry := self.read_yaml(file, ASSESSMENT)):
                self._same(entry, "slug", slug, file)
                path = f"{module.path}/{slug}"
                module.assessments.append(Head("assessment", slug, path, self._uid(entry, path, file), file, entry))

    def _uid(self, entry, path, file) -> str:
        uid = entry.uid() or item_uid(path)
        first = self.files_by_uid.setdefault(uid, file)
        if first != file:
            entry.report.add(
                entry.line("uid"),
                _("%(file)s has the same uid. Two items cannot share one: take the line out where it was copied to."),
                file=first,
            )
        return uid

    def _same(self, entry, name, expected, file):
        """The code inside a file is the one in its name."""
        written = entry.text(name, required=True)
        if written and written != expected:
            entry.report.add(
                entry.line(name),
                _("“%(written)s” here and “%(expected)s” in the name of the file or folder. Make them the same."),
                written=written,
                expected=expected,
            )

    def _once(self, listed, file) -> list[tuple[str, int]]:
        """The names of a list without those that stand in it twice or cannot be file names."""
        found: dict[str, int] = {}
        for name, line in listed:
            if name in found:
                self.report.at(file).add(line, _("“%(name)s” stands in this list twice."), name=name)
            elif not CODE.match(name):
                self.report.at(file).add(
                    line,
                    _("“%(name)s” cannot be the name of a file: letters, digits, points and hyphens only."),
                    name=name,
                )
            else:
                found[name] = line
        return list(found.items())

    def _is_there(self, name, listed_in, line) -> bool:
        try:
            if self.source.is_file(name):
                return True
            self.report.at(listed_in).add(
                line,
                _("%(file)s is listed here and missing. Add the file, or take it off the list."),
                file=name,
            )
        except Unreadable as error:
            self.report.at(name).add(1, error.template, **error.values)
        return False

    def _children(self, folder) -> list[str]:
        try:
            return self.source.children(folder)
        except Unreadable as error:
            self.report.at(folder).add(1, error.template, **error.values)
            return []

    def _unlisted(self, file, name, listed_in):
        self.report.at(file).add(
            1,
            _("This is not in the list of %(name)s in %(listed_in)s. Add it there, or remove the file."),
            name=name,
            listed_in=listed_in,
        )


def own_module(node: Node) -> tuple[str, int] | None:
    """(code, line) of an entry in a curriculum's list of modules; None where it is another curriculum's module."""
    value = node.value
    if isinstance(value, dict) and "from" not in value and "code" in value:
        value = value["code"].value
    return (value.strip(), node.line) if isinstance(value, str) and value.strip() else None
