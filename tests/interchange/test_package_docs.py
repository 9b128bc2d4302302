"""docs/packages.md names everything a package may hold, so that nobody needs the code to write one."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from assessments.enums import EvidenceKind, Method
from curriculum.enums import LessonFlag, Mode, ReviewClass, Rights
from interchange.package import front_matter, outline
from interchange.package.directives import DIRECTIVES
from interchange.package.media import KINDS
from interchange.package.phrases import CONFIRM, WHAT_WORKS
from interchange.package.read import read_package
from tests.interchange.small_package import write_files

PAGE = (Path(settings.BASE_DIR) / "docs" / "packages.md").read_text()


@pytest.mark.parametrize(
    "names",
    [
        {*outline.CURRICULUM, *outline.MODULE, *outline.ASSESSMENT, *front_matter.LESSON} - {"criteria"},
        DIRECTIVES,
        Mode.values,
        LessonFlag.values,
        ReviewClass.values,
        Rights.values,
        Method.values,
        EvidenceKind.values,
        KINDS["image"] - {"jpeg"},
        [*CONFIRM.values(), *WHAT_WORKS.values()],
    ],
)
def test_every_name_is_explained(names):
    assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", PAGE)] == []


def test_the_lesson_on_the_page_is_one(tmp_path):
    """The front matter shown is what a lesson may start with."""
    shown = re.search(r"^    ---\n(?:    .*\n)+?    ---\n", PAGE, re.M)[0]
    front = re.sub(r" {10,}.*$", "", re.sub(r"^    ", "", shown, flags=re.M), flags=re.M)
    front = (
        front.replace("G1.1", "A1.2")
        .replace("dwell time", "soap")
        .replace("hazcom", "wash")
        .replace("1910.1200(h)", "R1")
    )
    body = ":::{safety}\nRinse.\n:::\n"
    files = write_files(tmp_path)
    (files / "demo/modules/A1/lessons/A1.2.en.md").write_text(front + body)
    (lesson,) = [item for item in read_package(files).items() if item.path == "DEM/A1/A1.2"]
    assert lesson.data["slug"] == "mix-it-right"
    assert lesson.data["hours"] == {"classroom": "1", "hands_on": "0.5"}
