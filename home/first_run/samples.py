"""The sample curricula a new installation may start from."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import get_language

FOLDER = Path(settings.BASE_DIR) / "samples"


@dataclass(frozen=True)
class Sample:
    """One package of samples/, by the name of its folder."""

    name: str
    slug: str
    title: str
    summary: str

    @property
    def path(self) -> Path:
        return FOLDER / self.name


def samples() -> list[Sample]:
    """Those that have lessons, by title, in the language on screen where they have it."""
    found = [_read(path) for path in FOLDER.glob("*/curriculum.yaml")]
    return sorted((sample for sample in found if sample), key=lambda sample: sample.title)


def _read(path: Path) -> Sample | None:
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    if said.get("status") == "outline":
        return None
    return Sample(
        path.parent.name,
        said["slug"],
        _in_language(said.get("title")),
        _in_language(said.get("summary")),
    )


def _in_language(said) -> str:
    """A text of a package: plain, or one in each language."""
    if not isinstance(said, dict):
        return said or ""
    return said.get(get_language()) or said.get(settings.LANGUAGE_CODE) or ""
