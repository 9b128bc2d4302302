"""Two languages of one page side by side: the same block on the same row, for whoever reads both."""

from dataclasses import replace

from django.conf import settings
from django.utils import translation

from curriculum.editions.read import SOURCE
from curriculum.editions.render import render, render_block
from curriculum.enums import Kind
from curriculum.review.presenting import Shower
from curriculum.review.reading import PageSheet
from curriculum.review.redlines import kept_apart


def languages_of(sheet: PageSheet) -> list[str]:
    """The languages a page is put forward in, the source's first."""
    found = [language for language, diff in sheet.diffs.items() if diff.new]
    return sorted(found, key=lambda language: (language != SOURCE, language))


def beside(shower: Shower, sheet: PageSheet) -> dict | None:
    """{"columns": [{"language", "name", "title", "objective"}], "rows": [[html, ...]]}; None for one language.

    Rows follow the source's blocks, then blocks that only a translation has. What has no blocks is one row. Ids carry
    the language, so that both can stand on one screen.
    """
    languages = languages_of(sheet)
    if len(languages) < 2:
        return None
    pair = [SOURCE if SOURCE in languages else languages[0]]
    wanted = shower.language if shower.language != pair[0] else next(code for code in languages if code != pair[0])
    pair.append(wanted)
    snapshots = [sheet.diffs[language].new for language in pair]
    names = dict(settings.LANGUAGES)
    return {
        "columns": [
            {
                "language": language,
                "name": names.get(language, language),
                "title": snapshot["title"],
                "objective": snapshot.get("objective", ""),
            }
            for language, snapshot in zip(pair, snapshots, strict=True)
        ],
        "rows": _rows(shower, pair, snapshots),
    }


def _rows(shower: Shower, pair: list[str], snapshots: list[dict]) -> list[list[dict]]:
    if snapshots[0]["kind"] != Kind.LESSON:
        both = zip(pair, snapshots, strict=True)
        return [[_cell(language, _whole(shower, language, snapshot)) for language, snapshot in both]]
    blocks = [{block["id"]: block for block in snapshot.get("body", [])} for snapshot in snapshots]
    order = dict.fromkeys([*blocks[0], *blocks[1]])
    return [
        [
            _cell(language, _block(shower, language, found.get(id_)))
            for language, found in zip(pair, blocks, strict=True)
        ]
        for id_ in order
    ]


def _cell(language: str, html: str) -> dict:
    return {"language": language, "html": html}


def _whole(shower: Shower, language: str, snapshot: dict) -> str:
    with translation.override(language):
        return kept_apart(render(snapshot, replace(shower.reading, language=language)), language)


def _block(shower: Shower, language: str, block: dict | None) -> str:
    if block is None:
        return ""
    with translation.override(language):
        return kept_apart(render_block(block, replace(shower.reading, language=language)), language)
