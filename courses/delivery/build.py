"""Rendering agreed releases: every page once in each language, navigation included, into storage.

Runs inside the transaction that approves, so that nothing is approved that cannot be shown; what is shown switches
when the transaction has committed. Rendered again at any time (`manage.py render`, or a page that is not there).
"""

from functools import lru_cache

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from courses.delivery import agreements, generation, notices, outlines, published, search, stored
from courses.delivery.contexts import Contexts
from courses.delivery.layout import Layout, Place
from courses.delivery.models import ReleasedText
from courses.delivery.notices import Over
from curriculum.editions import media
from curriculum.editions.read import read_release
from curriculum.enums import FrozenKind
from curriculum.review.models import Decision


def on_agreed(sender, submission, decisions, **kwargs) -> None:
    """Receiver of `review.signals.agreed`, in its transaction. Raises where a page cannot be rendered."""
    outlines.keep_parts(decisions)
    releases = [row for row in decisions if row.kind == FrozenKind.RELEASE and agreements.is_readable(row)]
    for decision in releases:
        rendering = Rendering(decision)
        rendering.run(anew=True)
        rendering.index()
    if releases:
        transaction.on_commit(switch, robust=True)


def switch() -> None:
    """Let every process know that something else is current, and point the file tree at it."""
    published.mirror()
    generation.raise_it()


class Rendering:
    """One approved release, opened and written down, on its way to storage."""

    def __init__(self, decision: Decision):
        self.decision = decision
        self.layout = Layout(read_release(decision.frozen_id))
        self.outline = outlines.keep_outline(decision, self.layout)
        self.over = notices.over(decision)
        self.contexts = contexts_of(decision, self.layout, self.outline.slug, self.over)

    def run(self, *, anew: bool = False) -> int:
        """Copy its files and render what is missing, or all `anew`. Returns the number of pages rendered."""
        media.release(outlines.media_of(self.layout))
        within, made = folder_of(self.decision, self.over), 0
        for language in self.layout.languages:
            for place in self.layout.places:
                page = stored.name(within, language, place.path)
                if anew or not stored.has(page):
                    stored.keep(page, render_page(self.contexts, place, language))
                    made += 1
        return made

    def adopt(self, folder: str, before: Over) -> None:
        """Take pages that say the same as in `folder`, made with what stood over the release `before`."""
        within = folder_of(self.decision, self.over)
        for language in self.layout.languages:
            for place in self.layout.places:
                if _around(before, place, language) == _around(self.over, place, language):
                    stored.link(stored.name(folder, language, place.path), stored.name(within, language, place.path))

    def index(self) -> None:
        """Make its pages the ones that searching finds of its curriculum; of a page not shown, its title alone."""
        rows = []
        for language in self.layout.languages:
            course = self.layout.curriculum.page.in_language(language)[0]["title"]
            for place in self.layout.places:
                snapshot, _translated = place.page.in_language(language)
                hidden = notices.hides(_over_place(self.over, place, language))
                rows.append(
                    ReleasedText(
                        curriculum_uid=self.decision.subject_uid,
                        language=language,
                        text_language=snapshot["language"],
                        path=self.contexts.url(place.path, language),
                        digest=place.page.digests[snapshot["language"]],
                        course=course,
                        title=snapshot["title"],
                        text="" if hidden else search.words.text_of(snapshot),
                    )
                )
        search.rewrite(self.decision.subject_uid, rows)


def render_page(contexts: Contexts, place: Place, language: str) -> bytes:
    """The bytes of one page: its template with its context."""
    with translation.override(language):
        return render_to_string(contexts.template(place, language), contexts.of(place, language)).encode()


def render_missing(decision: Decision, slug: str, language: str, path: str, over: Over) -> bytes | None:
    """Render and store one page that is not there; None where the release has no such page."""
    contexts = contexts_open(decision, slug, over)
    place = contexts.layout.by_path.get(path)
    if place is None:
        return None
    data = render_page(contexts, place, language)
    stored.keep(stored.name(folder_of(decision, over), language, path), data)
    return data


def folder_of(decision: Decision, over: Over | None = None) -> str:
    """Where its pages lie; `over` is what stands over it, looked up where it is not given."""
    return notices.folder_of(decision, notices.over(decision) if over is None else over)


def contexts_open(decision: Decision, slug: str, over: Over) -> Contexts:
    """Of a release whose pages are asked for one by one."""
    return contexts_of(decision, _last_layout(decision.frozen_id), slug, over)


def contexts_of(decision: Decision, layout: Layout, slug: str, over: Over) -> Contexts:
    editions = [edition.digest for edition in layout.release.editions]
    return Contexts(layout, agreements.agreement_of(decision, editions), slug, over)


def _around(over: Over, place: Place, language: str) -> list:
    """All that stands over one page and thanks there; a curriculum's own page thanks for every module."""
    thanked = [one for one in over.credits if place.edition is None or one.page == place.page.uid]
    return [*_over_place(over, place, language), *thanked]


def _over_place(over: Over, place: Place, language: str) -> list:
    return over.of(place.edition.module.uid, place.page.uid, language) if place.edition else []


@lru_cache(maxsize=1)
def _last_layout(digest: str) -> Layout:
    """Frozen content never changes, so it stays open while its missing pages are asked for one by one."""
    return Layout(read_release(digest))
