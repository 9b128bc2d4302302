"""Addresses of released pages. The source language has no prefix; every other language is named first.

An address never depends on a cookie or on what a browser asks for, so a link shows everybody the same page.
"""

from django.conf import settings
from django.utils.translation import get_language_info

from curriculum.editions.read import SOURCE

MEDIA = "/media/released/"


def prefix(language: str) -> str:
    return "" if language == SOURCE else f"/{language}"


def home(language: str) -> str:
    return f"{prefix(language)}/"


def curriculum(slug: str, language: str) -> str:
    """The current course text of a curriculum; its pages lie below."""
    return f"{prefix(language)}/curricula/{slug}/"


def release(slug: str, label: str, language: str) -> str:
    """One course text by its label, for ever; its pages lie below."""
    return f"{curriculum(slug, language)}releases/{label}/"


def both(slug: str, language: str, label: str = "") -> str:
    """Lessons in two languages side by side, this one first; of the current course text where no label is named."""
    base = f"{prefix(language)}/both/{slug}/"
    return f"{base}releases/{label}/" if label else base


def voice(language: str) -> str:
    """Where somebody says how it is at work."""
    return f"{prefix(language)}/voice/"


def printed(slug: str, path: str, language: str, label: str = "") -> str:
    """A module on paper (`courses.paper`): of the current course text, or of the one that `label` names."""
    within = f"releases/{label}/" if label else ""
    return f"{prefix(language)}/print/{slug}/{within}{path}"


def saved(language: str) -> str:
    """What is saved on this phone (`courses.offline`)."""
    return f"{prefix(language)}/saved/"


def saved_list(slug: str, path: str, language: str, label: str = "") -> str:
    """What a saved copy of a module holds: of the current course text, or of the one that `label` names."""
    within = f"releases/{label}/" if label else ""
    return f"{saved(language)}{slug}/{within}{path}list.json"


def search(language: str) -> str:
    return f"{prefix(language)}/search/"


def verify(digest: str, language: str) -> str:
    return f"{prefix(language)}/verify/{digest}/" if digest else f"{prefix(language)}/verify/"


def language_name(code: str) -> str:
    """A language named in itself: English, Español."""
    named = dict(settings.LANGUAGES)
    if code in named:
        return str(named[code])
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


def languages_of(address, current: str, available=None, codes=None) -> list[dict]:
    """The language switch of a page: `address(code)` is the page in it, `available` are those it is translated to."""
    return [
        {
            "code": code,
            "name": language_name(code),
            "url": address(code),
            "current": code == current,
            "available": available is None or code in available,
        }
        for code in (codes or [code for code, _name in settings.LANGUAGES])
    ]
