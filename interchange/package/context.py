"""What readers of single items share: where things are, and what of the package is known already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from interchange.package.entry import Entry
from interchange.package.markdown_in import Place
from interchange.package.media import MediaReader, resolve
from interchange.package.model import Framework, Term
from interchange.package.outline import CurriculumHead
from interchange.package.problems import FileReport, Report
from interchange.package.problems import sentence as _
from interchange.package.source import Source

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.I)
_UID = re.compile(r"^uid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
_WEB = frozenset({"http", "https", "mailto", "tel"})


@dataclass
class Context:
    """One curriculum of a package being read.

    `pages` maps the files of the package to uids, `modules` maps (slug of a curriculum, module code) to the
    module's uid, `credits` maps files of this curriculum to who made them.
    """

    source: Source
    report: Report
    head: CurriculumHead
    media: MediaReader
    terms: dict[str, Term]
    frameworks: dict[str, Framework]
    pages: dict[str, str]
    modules: Mapping[tuple[str, str], str]
    credits: dict[str, str] = field(default_factory=dict)

    @property
    def beside(self) -> str:
        """The folder the curriculum lies in, where glossary and standards are."""
        parent = self.head.folder.rpartition("/")[0]
        return f"{parent}/" if parent else ""

    def place(self, file: str, where: FileReport) -> Place:
        """How Markdown in `file` finds what it names."""
        folder = str(PurePosixPath(file).parent)

        def link(address: str, line: int):
            return self._link(address, folder, where, line)

        def media(path: str, line: int, kind: str):
            return self.media.find(path, kind, file, self.head.folder, where, line, self.credits)

        return Place(where, link, media)

    def _link(self, address, folder, where, line):
        scheme = _SCHEME.match(address)
        if match := _UID.match(address):
            return ("uid", match[1])
        if scheme and scheme[1].lower() in _WEB and not re.search(r"[\s\x00-\x1f]", address):
            return ("href", address)
        name = None if scheme or address.startswith(("/", "#")) else resolve(folder, address)
        if name in self.pages:
            return ("uid", self.pages[name])
        if name and self.report.names(name):
            return None
        where.add(
            line,
            _(
                "The link to “%(address)s” leads nowhere. Write a web address with https://, "
                "or the path of a lesson file of this package."
            ),
            address=address,
        )
        return None

    def alignments(self, entry: Entry) -> list[dict]:
        """The standards an item answers to, sorted; each must be in standards/."""
        found = []
        for group in entry.groups("alignments", ("framework", "item", "note")):
            key, code, note = (group.text(name, required=name != "note") for name in ("framework", "item", "note"))
            framework = self.frameworks.get(key)
            if framework is None and self.report.names(f"{self.beside}standards/{key}.json"):
                continue
            if key and framework is None:
                group.report.add(
                    group.line("framework"),
                    _("There is no standards/%(key)s.json. Add it, or correct the name."),
                    key=key,
                )
            elif key and code and code not in framework.by_code():
                group.report.add(
                    group.line("item"),
                    _("standards/%(key)s.json has no item with the code “%(code)s”. Correct the code."),
                    key=key,
                    code=code,
                )
            elif key and code:
                found.append({"framework": key, "item": code, **({"note": note} if note else {})})
        return sorted(found, key=lambda one: (one["framework"], one["item"], one.get("note", "")))

    def glossary(self, entry: Entry) -> list[str]:
        """The English headwords of a lesson, sorted; each must be in glossary.yaml."""
        for word, line in entry.texts("glossary"):
            if word not in self.terms and not self.report.names(f"{self.beside}glossary.yaml"):
                entry.report.add(
                    line,
                    _("“%(word)s” is not in glossary.yaml. Add it there, or write it exactly as it stands there."),
                    word=word,
                )
        return sorted({word for word, _line in entry.texts("glossary")})


def kept(data: dict) -> dict:
    """A snapshot without what is empty, as in its canonical form."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def hours(entry: Entry) -> dict:
    """Hours by kind as decimal text; kinds without hours are left out."""
    group = entry.group("hours", ("classroom", "hands_on", "field"))
    return kept({name: group.decimal(name) for name in ("classroom", "hands_on", "field")}) if group else {}
