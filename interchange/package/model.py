"""A package in memory: plain data, the same whether it was read from files or taken from the library."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Item:
    """One library item in one language.

    `path` is its path of codes ("GRC/G2/G2.4"), `file` the file it came from, `data` its snapshot in portable form,
    with three differences: pictures and files carry `file` (see `Package.read_media`), the glossary is a list of
    English headwords, and an alignment is {"framework", "item", "note"}. Ids that no file gives are None.
    """

    kind: str
    uid: str
    language: str
    path: str
    file: str
    data: dict


@dataclass
class Curriculum:
    """One curriculum folder. `items` starts with the curriculum, then each module followed by what is in it.

    `reused` names modules of other curricula by uid: {"from": slug of that curriculum, "code": module code}.
    """

    folder: str
    uid: str
    items: list[Item]
    reused: dict[str, dict] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]


@dataclass
class Term:
    """A glossary term: its English headword, the word and the plain meaning by language."""

    term: str
    words: dict[str, str]
    meanings: dict[str, str]
    file: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)


@dataclass
class StandardItem:
    """One part of an outside standard; `parent` and `replaced_by` are uids of items of the same framework."""

    uid: str
    code: str
    statement: str
    starts: str = ""
    ends: str = ""
    parent: str = ""
    replaced_by: list[str] = field(default_factory=list)


@dataclass
class Framework:
    """An outside standard. `source` is the CASE package as it was read, so that writing gives it back."""

    key: str
    uid: str
    title: str
    version: str
    creator: str
    adoption_status: str
    items: list[StandardItem]
    source: dict

    def by_code(self) -> dict[str, StandardItem]:
        return {item.code: item for item in self.items}


def read_from_path(media: dict) -> bytes:
    """The bytes of a media value whose `file` is an absolute path."""
    return Path(media["file"]).read_bytes()


@dataclass
class Package:
    """Curricula with the terms (by headword) and the frameworks (by key) that stand beside them.

    `read_media(media)` gives the bytes of a picture or file of any item.
    """

    curricula: list[Curriculum]
    glossary: dict[str, Term] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    read_media: Callable[[dict], bytes] = field(default=read_from_path, compare=False, repr=False)

    def items(self) -> Iterator[Item]:
        for curriculum in self.curricula:
            yield from curriculum.items


def media_of(value) -> Iterator[dict]:
    """Every picture and file in a snapshot or a part of one."""
    if isinstance(value, dict):
        if "sha256" in value:
            yield value
        else:
            for part in value.values():
                yield from media_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from media_of(part)
