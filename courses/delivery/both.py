"""One lesson in two languages side by side, block beside block, made from the same frozen words as the lesson itself.

Rendered when it is first asked for and kept beside the pages of its release, in a folder named by what stands over
them: a notice shows at once, and a page that is not shown is not shown here either.
"""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from courses.delivery import addresses, build, notices, older, pairing, paths, stored
from courses.delivery.contexts import Contexts
from courses.delivery.layout import Place
from courses.delivery.paths import Map, Page
from curriculum.editions import words
from curriculum.editions.render import render_block
from curriculum.enums import Kind


def find(now: Map, slug: str, label: str, language: str, path: str) -> Page | None:
    """The page whose `language` comes first; of the current course text where no `label` is named."""
    if not label:
        return now.pages.get(addresses.curriculum(slug, language) + path)
    decision = now.releases.get((slug, label))
    pages = paths.pages_at_release(decision, now.over[decision.pk]) if decision else {}
    return pages.get(addresses.release(slug, label, language) + path)


def read(now: Map, page: Page, encoding: str, *, label: str = "") -> bytes | None:
    """The bytes of a page in both languages; None where it has only one, is no lesson, or is not shown now.

    With a `label`, its links stay inside that course text and a line leads to the current one.
    """
    name = stored.name(f"{page.folder}/both", page.language, page.path)
    data = stored.read(name, "" if label else encoding)
    if data is None:
        whole = _render(page)
        if whole is None:
            return None
        stored.keep(name, whole)
        data = whole if label else stored.compressed(whole, encoding)
    return stored.compressed(_at_own_address(now, page, label, data), encoding) if label else data


def canonical(now: Map, page: Page) -> str:
    """The address of the lesson itself, in the current course text where that has it."""
    course = now.course_of(page.decision)
    return older.current_address(now.pages, course.outline.slug, page.language, page.path, course.outline.languages)


def _at_own_address(now: Map, page: Page, label: str, data: bytes) -> bytes:
    is_current = now.course_of(page.decision).decision.pk == page.decision.pk
    newer = None if is_current else canonical(now, page)
    return older.at_own_address(data, slug=page.slug, label=label, language=page.language, newer=newer)


def _render(page: Page) -> bytes | None:
    """The whole page; None where these words are not to be read side by side."""
    contexts = build.contexts_open(page.decision, page.slug, page.over)
    place = contexts.layout.by_path.get(page.path)
    if place is None or place.page.kind != Kind.LESSON:
        return None
    first, second = page.language, pairing.beside(place.page, page.language)
    if not second or any(notices.hides(contexts.over_place(place, code)) for code in (first, second)):
        return None
    with translation.override(first):
        context = contexts.of(place, first) | _side_by_side(contexts, place, first, second)
        return render_to_string("delivery/both.html", context).encode()


def _side_by_side(contexts: Contexts, place: Place, first: str, second: str) -> dict:
    snapshot, beside = place.page.versions[first], place.page.versions[second]
    return {
        "languages": addresses.languages_of(
            lambda code: addresses.both(contexts.slug, code) + place.path, first, codes=[first, second]
        ),
        "lesson_url": contexts.url(place.path, first),
        "second": {"language": second, "title": beside["title"], "objective": beside.get("objective", "")},
        "pairs": _pairs(contexts, snapshot, beside),
        "notices_beside": _notices_beside(contexts, place, first, second),
        **{name: _neighbour(contexts, one, first) for name, one in _beside(contexts, place)},
    }


def _pairs(contexts: Contexts, snapshot: dict, beside: dict) -> list[dict]:
    """[{"first", "second", "once"}]: HTML of each language, "" where it has nothing there."""
    told = []
    for here, there in pairing.pairs(snapshot.get("body", []), beside.get("body", [])):
        first = _block(contexts, here, snapshot["language"])
        second = _block(contexts, there and pairing.apart(there, beside["language"]), beside["language"])
        if first.strip() or second.strip():
            once = there["value"].get("caption", "") if pairing.same_picture(here, there) else None
            told.append({"first": first, "second": second, "caption": once, "once": once is not None})
    return _explained(told, snapshot.get("glossary", []))


def _block(contexts: Contexts, block: dict | None, language: str) -> str:
    if block is None:
        return ""
    with translation.override(language):
        return render_block(block, contexts.reading(language, language))


#: Between the blocks of one language while words are explained, so that each is explained where it first stands.
_SEAM = "<!--seam-->"


def _explained(told: list[dict], glossary: list[dict]) -> list[dict]:
    """The words of the glossary, explained in the language that comes first."""
    whole = words.explain(_SEAM.join(pair["first"] for pair in told), glossary)
    return [{**pair, "first": mark_safe(html)} for pair, html in zip(told, whole.split(_SEAM), strict=True)]


def _notices_beside(contexts: Contexts, place: Place, first: str, second: str) -> list[str]:
    """What stands over the second language alone, in its words."""
    known = {notice.pk for notice in contexts.over_place(place, first)}
    alone = [notice for notice in contexts.over_place(place, second) if notice.pk not in known]
    with translation.override(second):
        return [
            render_to_string("delivery/notice.html", {"one": one, "source_url": contexts.url(place.path, first)})
            for one in notices.told(alone, second)
        ]


def _beside(contexts: Contexts, place: Place) -> list[tuple[str, Place | None]]:
    return list(zip(("previous", "next"), contexts.layout.beside(place), strict=True))


def _neighbour(contexts: Contexts, place: Place | None, language: str) -> dict | None:
    """The page before or after: side by side too, where it can be."""
    if place is None:
        return None
    snapshot, _translated = place.page.in_language(language)
    return {"title": snapshot["title"], "url": contexts.both(place, language) or contexts.url(place.path, language)}
