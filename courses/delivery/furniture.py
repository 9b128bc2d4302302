"""The fingerprint of everything around the words: rendered bytes made with other furniture are not used."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from courses.delivery import center
from curriculum.editions.render import RENDERER

#: What released pages are made of, below the project's template folders.
TEMPLATES = ("delivery", "components", "curriculum/blocks", "assessments")
COMFORTS = (
    "css/reading.css",
    "css/both.css",
    *(f"js/reading/{name}.js" for name in ("aloud", "checks", "notes", "settings")),
)
STATIC = (
    "css/house.css",
    "css/lesson.css",
    "css/voice.css",
    "js/reading.js",
    *COMFORTS,
    "js/voice.js",
    "js/offline.js",
    "icons/highroad.svg",
)


def key() -> str:
    """16 hexadecimal digits over renderer number, templates, translations, addresses of static files, and settings.

    Worked out once a process; in development whenever it is asked for, so that an edited template shows.
    """
    return _key() if settings.DEBUG else _kept_key(center.name())


@lru_cache(maxsize=8)
def _kept_key(_center_name: str) -> str:
    return _key()


def _key() -> str:
    told = hashlib.sha256(repr([RENDERER, center.name(), settings.LANGUAGES]).encode())
    for name in STATIC:
        told.update(static(name).encode())
    for path in _files():
        told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _files() -> list[Path]:
    folders = [Path(folder) for setting in settings.TEMPLATES for folder in setting["DIRS"]]
    templates = [path for folder in folders for name in TEMPLATES for path in (folder / name).rglob("*.*")]
    catalogues = [path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.mo")]
    return sorted(path for path in [*templates, *catalogues] if path.suffix in (".html", ".svg", ".mo"))
