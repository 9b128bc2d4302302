"""Whom released pages thank for a change: *Changed because workers told us*. Furniture, never part of the text.

Delivery does not know who is thanked or why: whoever does registers a function that tells all there is, and is asked
once for any number of releases. A credit belongs to one version of a module; it stands in that version and later ones
for as long as the paragraph says what it said there.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from curriculum.editions import portable
from curriculum.editions.read import FrozenPage
from curriculum.review.passages import passages_of


@dataclass(frozen=True)
class Credit:
    """One thing that version `number` of a module carries. `words` is the fingerprint of what the page says there.

    `block` is "" for the page as a whole; `language` that in which it was read; `key` tells it from all others.
    """

    key: str
    module: str
    number: int
    page: str
    block: str
    language: str
    words: str


Source = Callable[[], Iterable[Credit]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Have `source()` tell its credits, in a constant number of queries. Called in AppConfig.ready()."""
    _sources[name] = source


def by_module() -> dict[str, list[Credit]]:
    """{module uid: every credit of its versions}, in a stable order."""
    found: dict[str, list[Credit]] = {}
    for credit in sorted((one for source in _sources.values() for one in source()), key=lambda one: one.key):
        found.setdefault(credit.module, []).append(credit)
    return found


def words_at(page: FrozenPage | None, block: str, language: str) -> str:
    """The fingerprint of what a page says at `block` to readers of `language`; that of nothing where it is gone."""
    if page is None:
        return _fingerprint({})
    snapshot, _translated = page.in_language(language)
    if not block:
        return page.digests[snapshot["language"]]
    passage = passages_of(snapshot).get(block)
    return _fingerprint({"type": passage.type, "value": passage.value} if passage else {})


def blocks_of(snapshot: dict) -> set[str]:
    """The ids of all that a page says, at any depth."""
    return set(passages_of(snapshot))


def still_hold(credits: Iterable[Credit], pages: dict[str, FrozenPage]) -> list[Credit]:
    """Those whose paragraph says in `pages`, {uid: page}, what it said when it was changed."""
    return [one for one in credits if words_at(pages.get(one.page), one.block, one.language) == one.words]


def _fingerprint(said: dict) -> str:
    return hashlib.sha256(portable.canonical(said)).hexdigest()
