"""The files of one curriculum folder."""

import re
from collections.abc import Callable, Iterator
from os.path import relpath
from pathlib import PurePosixPath

from interchange.package.blocks_out import BlockWriter
from interchange.package.front_matter import LESSON
from interchange.package.ids import block_ids, list_ids
from interchange.package.lessons import lesson_slug
from interchange.package.markdown_out import CannotWrite
from interchange.package.model import Curriculum, Item, media_of
from interchange.package.outline import ASSESSMENT, CURRICULUM, MODULE, SOURCE_LANGUAGE
from interchange.package.problems import PackageRefused, Problem
from interchange.package.problems import sentence as _
from interchange.package.yaml_out import Inline, InlineList, Number, dump

_IDS_NOTE = "# Written by export: the names of the parts of this text, in order. They stay when the words change.\n"
_LOCALIZED = ("title", "summary", "audience", "leads_to", "purpose", "instructions")
_CURRICULUM_PLAIN = (
    "uid code slug job_classification labor_partner management_partner reading_grade status provenance"
).split()
_LINES = ("set_up", "critical_failures", "alternatives")
_HOURS = ("classroom", "hands_on", "field")
Files = Iterator[tuple[str, bytes]]


class CurriculumFiles:
    """Writes one curriculum. `modules` says for every module of the package which curriculum it is in."""

    def __init__(self, curriculum: Curriculum, modules: dict[str, tuple[str, str]], read_media: Callable):
        self.curriculum, self.modules, self.read_media = curriculum, modules, read_media
        self.folder = curriculum.folder.rpartition("/")[2]
        self.items: dict[str, list[Item]] = {}
        for item in curriculum.items:
            self.items.setdefault(item.uid, []).append(item)
        self.places = {uid: self._place(items[0]) for uid, items in self.items.items()}
        self.media_names: dict[str, str] = {}
        self.media: dict[str, dict] = {}
        self.problems: list[Problem] = []

    def files(self) -> Files:
        """(path, content) of every file. Raises PackageRefused when a block has no place in the form."""
        for items in self.items.values():
            for media in media_of([item.data.get("body", []) for item in items]):
                self._name_media(media)
        for uid, items in self.items.items():
            write = {"lesson": self._lesson, "module": self._module}.get(items[0].kind, self._with_ids)
            yield from write(uid, items)
        for digest, media in self.media.items():
            yield f"{self.folder}/{self.media_names[digest]}", self.read_media(media)
        credits = {self.media_names[d]: media["credit"] for d, media in self.media.items() if media.get("credit")}
        if credits:
            yield f"{self.folder}/credits.yaml", dump(dict(sorted(credits.items()))).encode()
        if self.problems:
            raise PackageRefused(self.problems)

    def _place(self, item: Item) -> str:
        """The file of an item in the source language."""
        _curriculum, *codes = item.path.split("/")
        if item.kind == "curriculum":
            return f"{self.folder}/curriculum.yaml"
        folder = f"{self.folder}/modules/{codes[0]}"
        if item.kind == "module":
            return f"{folder}/module.yaml"
        if item.kind == "lesson":
            return f"{folder}/lessons/{codes[1]}.{SOURCE_LANGUAGE}.md"
        return f"{folder}/assessments/{codes[1]}.yaml"

    def _name_media(self, media: dict) -> None:
        digest = media["sha256"]
        if digest in self.media_names:
            return
        name = re.sub(r"[^\w.-]+", "-", PurePosixPath(media["file"].replace("\\", "/")).name)
        folder = "images" if "width" in media else "media"
        stem, _dot, ext = name.rpartition(".")
        taken, number = set(self.media_names.values()), 1
        path = f"{folder}/{name}"
        while path in taken:
            number += 1
            path = f"{folder}/{stem}-{number}.{ext}"
        self.media_names[digest], self.media[digest] = path, media

    def _lesson(self, uid, items: list[Item]) -> Files:
        for item in items:
            file = self.places[uid].replace(f".{SOURCE_LANGUAGE}.md", f".{item.language}.md")
            writer = BlockWriter(item.language, self._linker(file), self._pather(file))
            try:
                body = writer.body(item.data.get("body", []))
            except CannotWrite as error:
                problem = _("This lesson holds something a package cannot: %(what)s.")
                self.problems.append(Problem(file, 1, problem, {"what": str(error)}))
                continue
            yield file, f"---\n{dump(_front(item.data))}---\n{body}\n".encode()
        if ids := block_ids(items[0].data.get("body", [])):
            rows = [Inline({**row, **({"items": InlineList(row["items"])} if "items" in row else {})}) for row in ids]
            yield self.places[uid].replace(f".{SOURCE_LANGUAGE}.md", ".ids.yaml"), _ids_text({"blocks": rows})

    def _linker(self, file):
        def link(target):
            kind, name = target
            if kind == "href":
                return name
            return _relative(self.places[name], file) if name in self.places else f"uid:{name}"

        return link

    def _pather(self, file):
        return lambda media: _relative(f"{self.folder}/{self.media_names[media['sha256']]}", file)

    def _module(self, uid, items: list[Item]) -> Files:
        data = items[0].data
        codes = {kind: [] for kind in ("lesson", "assessment")}
        for child in data.get("children", []):
            item = self.items[child][0]
            codes[item.kind].append(item.path.split("/")[-1])
        found = _localized(items) | {
            **{name: data[name] for name in ("uid", "code", "slug", "status") if name in data},
            "hours": _hours(data.get("hours", {})) if data.get("status") else None,
            "prerequisites": InlineList(self._module_name(other) for other in data.get("prerequisites", [])),
            "alignments": [Inline(one) for one in data.get("alignments", [])],
            "lessons": InlineList(codes["lesson"]),
            "assessments": InlineList(codes["assessment"]),
            "tags": InlineList(data.get("tags", [])),
            "review": Inline(data["review"]) if data.get("review") else None,
            "rights": data.get("rights"),
        }
        yield self.places[uid], dump(_ordered(found, MODULE)).encode()

    def _module_name(self, uid, elective=False):
        """A code, or where the module comes from when it is another curriculum's."""
        if uid in self.items:
            code = self.items[uid][0].data["code"]
            return Inline({"code": code, "elective": True}) if elective else code
        reused = self.curriculum.reused.get(uid)
        slug, code = self.modules.get(uid) or ((reused or {}).get("from", ""), (reused or {}).get("code", ""))
        return Inline({"from": slug, "code": code, "uid": uid, **({"elective": True} if elective else {})})

    def _with_ids(self, uid, items: list[Item]) -> Files:
        data = items[0].data
        kind = items[0].kind
        found = self._curriculum(items) if kind == "curriculum" else _assessment(items)
        yield (
            self.places[uid],
            dump(_ordered(found, CURRICULUM if kind == "curriculum" else ASSESSMENT)).encode(),
        )
        if ids := list_ids(data):
            yield self.places[uid].removesuffix(".yaml") + ".ids.yaml", _ids_text(ids)

    def _curriculum(self, items: list[Item]) -> dict:
        data = items[0].data
        starts = {name for item in items for name in item.data.get("how_to_start", {})}
        chosen = [entry["value"] for entry in data.get("modules", []) if entry.get("value")]
        return _localized(items) | {
            **{name: data[name] for name in _CURRICULUM_PLAIN if name in data},
            "modules": InlineList(self._module_name(one["module"], one.get("elective")) for one in chosen),
            "how_to_start": {
                name: {i.language: text for i in items if (text := i.data.get("how_to_start", {}).get(name))}
                for name in ("cost", "next_start", "bring", "contact", "help")
                if name in starts
            },
        }


def _relative(target: str, file: str) -> str:
    return relpath(target, str(PurePosixPath(file).parent)).replace("\\", "/")


def _ids_text(data) -> bytes:
    return (_IDS_NOTE + dump(data)).encode()


def _ordered(data: dict, names) -> dict:
    return {name: data[name] for name in names if data.get(name) not in (None, "", [], {})}


def _localized(items: list[Item]) -> dict:
    return {
        name: words
        for name in _LOCALIZED
        if (words := {item.language: item.data[name] for item in items if item.data.get(name)})
    }


def _hours(hours: dict) -> Inline:
    return Inline({name: Number(hours.get(name) or "0") for name in _HOURS})


def _front(data: dict) -> dict:
    """The front matter of a lesson; a slug that follows from the title is left out."""
    own_slug = data.get("slug") if data.get("slug") != lesson_slug(data["title"], data["code"]) else None
    found = {
        **{name: data.get(name) for name in ("uid", "code", "title", "objective", "mode", "minutes")},
        "slug": own_slug,
        "hours": _hours(data.get("hours", {})),
        "flags": InlineList(data.get("flags", [])),
        "tags": InlineList(data.get("tags", [])),
        "glossary": InlineList(data.get("glossary", [])),
        "alignments": [Inline(one) for one in data.get("alignments", [])],
    }
    return _ordered(found, LESSON)


def _assessment(items: list[Item]) -> dict:
    data = items[0].data
    passing = data.get("passing")
    found = _localized(items) | {
        **{name: data.get(name) for name in ("uid", "slug", "method", "valid_months")},
        **{name: [row["text"] for row in _rows(items, name)] for name in _LINES},
        "criteria": [
            {
                "code": row.get("code", ""),
                "text": row.get("text", {}),
                "critical": bool(row.get("critical")),
                **{name: row[name] for name in ("limit", "individual") if row.get(name)},
            }
            for row in _rows(items, "criteria")
        ],
        "passing": Inline({**passing, **({"others": Number(passing["others"])} if "others" in passing else {})})
        if passing
        else None,
        "evidence": InlineList(data.get("evidence", [])),
        "graded": bool(data.get("graded")),
        "objectives": InlineList(data.get("objectives", [])),
    }
    levels = [
        {
            name: row.get(name)
            for name in ("level", "label", "descriptor", "enough")
            if name != "enough" or row.get(name)
        }
        for row in _rows(items, "rubric")
    ]
    return found | ({"rubric": {"levels": levels}} if levels else {})


def _rows(items: list[Item], name: str) -> list[dict]:
    """The entries of a list, with the words of every language side by side."""
    found = []
    for position, entry in enumerate(items[0].data.get(name, [])):
        said = {item.language: _value(item, name, position) for item in items}
        if name in _LINES:
            found.append({"text": {language: text for language, text in said.items() if text}})
            continue
        row = dict(entry.get("value") or {})
        for word in ("text", "label", "descriptor"):
            if any(value and word in value for value in said.values()):
                row[word] = {language: value[word] for language, value in said.items() if value and word in value}
        found.append(row)
    return found


def _value(item: Item, name: str, position: int):
    entries = item.data.get(name, [])
    return entries[position].get("value") if position < len(entries) else None
