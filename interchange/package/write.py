"""Writing a package: `write_package` gives the files that `read_package` reads back as the same package."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from interchange.package import standards, yaml_out
from interchange.package.compare import differences
from interchange.package.curriculum_files import CurriculumFiles
from interchange.package.model import Curriculum, Package, Term
from interchange.package.problems import PackageRefused, Problem
from interchange.package.problems import sentence as _
from interchange.package.read import read_package
from interchange.package.yaml_out import Inline, InlineList


def write_package(package: Package, folder: str | Path) -> Path:
    """Write the curricula, and of the glossary and standards what they use, into a new or empty folder.

    What was written is read back before it is put in place. Raises PackageRefused, leaving nothing behind,
    when something could not be read back as it was: the problems then name the files as they would have been.
    Raises FileExistsError when the folder holds anything, because files that are no longer part of a
    curriculum would stay and look like part of it.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    used = in_use(package)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as place:
        written = Path(place) / "package"
        for name, content in files_of(used):
            path = written / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        problems = [
            Problem(
                item.file,
                1,
                _("“%(path)s” would not be read back as it is. Look at it in the editor and save it."),
                {"path": item.path},
            )
            for item in differences(used, read_package(written))
        ]
        if problems:
            raise PackageRefused(problems)
        if folder.exists():
            folder.rmdir()
        shutil.move(written, folder)
    return folder


def in_use(package: Package) -> Package:
    """The package with the terms and the items of standards that its curricula use, and no others."""
    words = {word for item in package.items() for word in item.data.get("glossary", [])}
    codes: dict[str, set[str]] = {}
    for item in package.items():
        for alignment in item.data.get("alignments", []):
            codes.setdefault(alignment["framework"], set()).add(alignment["item"])
    return replace(
        package,
        glossary={word: term for word, term in package.glossary.items() if word in words},
        frameworks={
            key: standards.in_use(framework, codes[key])
            for key, framework in package.frameworks.items()
            if key in codes
        },
    )


def files_of(package: Package) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every file of the package, for a folder or a zip."""
    codes = {curriculum.uid: curriculum.items[0].data.get("slug", "") for curriculum in package.curricula}
    modules = {
        item.uid: (codes[curriculum.uid], item.data["code"])
        for curriculum in package.curricula
        for item in curriculum.of_kind("module")
    }
    for curriculum in package.curricula:
        yield from CurriculumFiles(curriculum, modules, package.read_media).files()
    if package.glossary:
        yield (
            "glossary.yaml",
            yaml_out.dump({"terms": [_term(t, package) for t in package.glossary.values()]}).encode(),
        )
    for key, framework in package.frameworks.items():
        yield (
            f"standards/{key}.json",
            (json.dumps(framework.source, ensure_ascii=False, indent=1) + "\n").encode(),
        )


def _term(term: Term, package: Package) -> dict:
    used_in = [c.items[0].data["code"] for c in package.curricula if _uses(c, term.term)]
    words = dict(sorted(term.words.items()))
    return {
        "en": term.term,
        **words,
        **({"meaning": Inline(term.meanings)} if term.meanings else {}),
        "curricula": InlineList(sorted(used_in)),
    }


def _uses(curriculum: Curriculum, word: str) -> bool:
    return any(word in item.data.get("glossary", []) for item in curriculum.items)
