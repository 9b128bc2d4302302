"""What each released page shows: the context of its template, from frozen data and the record alone.

Works for one release at a time and knows nothing of requests, readers or what is current.
"""

from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.utils import translation

from courses.delivery import addresses, center, credits, hours, notices, pairing
from courses.delivery.agreements import Agreement
from courses.delivery.layout import Layout, Place
from courses.delivery.notices import NOTHING, Over
from curriculum.editions.read import SOURCE, FrozenPage
from curriculum.editions.render import Reading, render
from curriculum.enums import Kind, LessonFlag
from curriculum.review.enums import NoticeKind


class Contexts:
    """Every page of one agreed release, as its template takes it."""

    def __init__(self, layout: Layout, agreement: Agreement, slug: str, over: Over = NOTHING):
        self.over = over
        self.layout = layout
        self.agreement = agreement
        self.slug = slug
        self._pages_of = lru_cache(maxsize=None)(self._pages_told)

    @property
    def sample(self) -> bool:
        return self.agreement.decision.sample

    def url(self, path: str, language: str) -> str:
        return addresses.curriculum(self.slug, language) + path

    def of(self, place: Place, language: str) -> dict:
        """The whole context of one page in one language. The caller has activated that language."""
        if hidden := notices.hides(self.over_place(place, language)):
            return self._common(place, language) | self._hidden(place, language, hidden)
        of_kind = {Kind.CURRICULUM: self._curriculum, Kind.MODULE: self._module}.get(place.page.kind, self._page)
        return self._common(place, language) | of_kind(place, language)

    def template(self, place: Place, language: str) -> str:
        """The template of one page: that of its kind, or the warning alone."""
        hidden = notices.hides(self.over_place(place, language))
        return "delivery/withdrawn.html" if hidden else f"delivery/{place.page.kind}.html"

    def over_place(self, place: Place, language: str) -> list:
        """What stands over one page in one language."""
        return self.over.of(place.edition.module.uid, place.page.uid, language) if place.edition else []

    def _hidden(self, place: Place, language: str, notice) -> dict:
        """Of a page that is not shown: its title, why, and the way on. Not one of its words."""
        snapshot, _translated = place.page.in_language(language)
        module = self.layout.module_of(place)
        above = [self.layout.curriculum] + ([module] if module.path != place.path else [])
        return {
            "snapshot": {"title": snapshot["title"], "language": snapshot["language"]},
            "notices": notices.told([notice], language),
            "crumbs": [self._crumb(one, language) for one in above],
            "upward": self._crumb(above[-1], language),
            **self._neighbours(place, language),
        }

    def _common(self, place: Place, language: str) -> dict:
        decision = self.agreement.decision
        standing = self.over_place(place, language)
        snapshot, translated = place.page.in_language(language)
        title, _translated = self.layout.curriculum.page.in_language(language)
        return {
            "language": language,
            "languages": addresses.languages_of(
                lambda code: self.url(place.path, code), language, set(place.page.versions), self.layout.languages
            ),
            "sample": self.sample,
            "center_name": center.name(),
            "home_url": addresses.home(language),
            "search_url": addresses.search(language),
            "snapshot": snapshot,
            "translated": translated,
            "notices": notices.told(standing, language),
            "prints": all(notice.kind != NoticeKind.OLDER for notice in standing),
            "source_url": self.url(place.path, SOURCE),
            "print_url": self._printed(place, language),
            "saved_list": self._saved_list(place, language),
            "saved_url": addresses.saved(language),
            "page_uid": place.page.uid,
            "curriculum": {
                "title": title["title"],
                "code": title.get("code", ""),
                "url": self.url("", language),
            },
            "release": {
                "label": decision.label,
                "digest": decision.frozen_id,
                "url": addresses.release(self.slug, decision.label, language),
                "verify_url": addresses.verify(decision.frozen_id, language),
                "agreed_on": self.agreement.agreed_on,
                "agreed": list(self.agreement.sides),
                "current": True,
            },
            "details": {
                "label": decision.label,
                "version": self.agreement.numbers[place.edition.digest] if place.edition else None,
                "fingerprint": self._digest(place, language),
                "verify_url": addresses.verify(self._digest(place, language), language),
            },
        }

    def _curriculum(self, place: Place, language: str) -> dict:
        snapshot, _translated = place.page.in_language(language)
        release = self.layout.release
        every = [page for edition in release.editions for page in edition.lessons]
        return {
            "crumbs": [],
            "hours": hours.told(hours.together(hours.of_edition(edition) for edition in release.editions)),
            "modules": [self._module_told(module, language) for module in self.layout.modules],
            "counts": {"lessons": len(every), "translated": sum(language in page.versions for page in every)},
            "how_to_start": snapshot.get("how_to_start", {}),
            "leads_to": snapshot.get("leads_to", ""),
            "provenance": snapshot.get("provenance", ""),
            "credits": self._credits(language),
            "as_source": as_source(place.page, snapshot, ("job_classification", "provenance")),
        }

    def _module_told(self, module: Place, language: str) -> dict:
        snapshot, translated = module.page.in_language(language)
        pages = self._pages_of(module.path, language)
        return {
            "code": snapshot.get("code", ""),
            "title": snapshot["title"],
            "summary": snapshot.get("summary", ""),
            "translated": translated,
            "url": self.url(module.path, language),
            "elective": module.page.uid in self.layout.release.electives,
            "hours": hours.told(hours.of_edition(module.edition)),
            "lessons": [page for page in pages if page["kind"] == Kind.LESSON],
            "assessments": [page for page in pages if page["kind"] == Kind.ASSESSMENT],
        }

    def _module(self, place: Place, language: str) -> dict:
        return {
            "crumbs": [self._crumb(self.layout.curriculum, language)],
            "pages": list(self._pages_of(place.path, language)),
            **self._neighbours(place, language),
        }

    def _page(self, place: Place, language: str) -> dict:
        snapshot, _translated = place.page.in_language(language)
        module = self.layout.module_of(place)
        told, _translated = module.page.in_language(language)
        return {
            "crumbs": [self._crumb(self.layout.curriculum, language), self._crumb(module, language)],
            "module": {
                "code": told.get("code", ""),
                "title": told["title"],
                "url": self.url(module.path, language),
                "version": self.agreement.numbers[place.edition.digest],
            },
            "pages": [
                {**page, "current": True} if page["url"] == self.url(place.path, language) else page
                for page in self._pages_of(module.path, language)
            ],
            "body": self._body(snapshot, language),
            "words": words_of(place.page, snapshot),
            "standards": snapshot.get("alignments", []),
            "both_url": self.both(place, language),
            "as_source": as_source(place.page, snapshot, ("alignments",)),
            "voice_url": self._voice(place, language),
            "credits": self._credits_on(place.page.uid, snapshot),
            **self._neighbours(place, language),
        }

    def _voice(self, place: Place, language: str) -> str:
        """Where somebody says that this page is not how it is at work. It names the very course text they read."""
        asked = {"page": place.page.uid, "text": f"{self.slug}/{self.agreement.decision.label}"}
        return f"{addresses.voice(language)}?{urlencode(asked, safe='/')}"

    @cached_property
    def _held(self) -> list[credits.Credit]:
        """Whom this release still thanks."""
        return credits.still_hold(self.over.credits, {place.page.uid: place.page for place in self.layout.places})

    def _credits_on(self, uid: str, snapshot: dict) -> list[str]:
        """One for each place on a page that was changed: its block, "" for the page itself and for what is gone."""
        here = credits.blocks_of(snapshot)
        return sorted({one.block if one.block in here else "" for one in self._held if one.page == uid})

    def _credits(self, language: str) -> dict:
        """How much was changed so in the whole course text, and on which pages; empty where nothing was."""
        changed = {one.page for one in self._held}
        pages = [self._crumb(place, language) for place in self.layout.places if place.page.uid in changed]
        return {"count": len(self._held), "pages": pages} if changed else {}

    def _body(self, snapshot: dict, language: str) -> str:
        """The text as learners read it; where it is not translated, its labels speak its own language too."""

        own = snapshot["language"]
        with translation.override(own):
            return render(snapshot, self.reading(own, language))

    def reading(self, own: str, language: str) -> Reading:
        """How text in its `own` language is rendered on a page whose links stay in `language`."""

        def link(uid):
            path = self.layout.path_of.get(uid)
            return None if path is None else self.url(path, language)

        return Reading(language=own, media=addresses.MEDIA, sample=self.sample, link=link)

    def both(self, place: Place, language: str) -> str:
        """Where a lesson is read in two languages side by side, "" where it is not."""
        is_both = place.page.kind == Kind.LESSON and pairing.beside(place.page, language)
        return addresses.both(self.slug, language) + place.path if is_both else ""

    def _pages_told(self, module_path: str, language: str) -> tuple[dict, ...]:
        told = []
        for place in self.layout.pages[module_path]:
            snapshot, translated = place.page.in_language(language)
            told.append(
                {
                    "kind": place.page.kind,
                    "code": snapshot.get("code", ""),
                    "title": snapshot["title"],
                    "url": self.url(place.path, language),
                    "minutes": snapshot.get("minutes"),
                    "translated": translated,
                    "safety": LessonFlag.SAFETY_CRITICAL in snapshot.get("flags", []),
                    "objective": snapshot.get("objective", ""),
                    "current": False,
                }
            )
        return tuple(told)

    def _neighbours(self, place: Place, language: str) -> dict:
        previous, following = self.layout.beside(place)
        return {
            "previous": previous and self._crumb(previous, language),
            "next": following and self._crumb(following, language),
        }

    def _printed(self, place: Place, language: str) -> str:
        """Where the module that a page belongs to is printed, "" where no lesson of it is written yet."""
        if place.edition is None or not place.edition.pages:
            return ""
        return addresses.printed(self.slug, self.layout.module_of(place).path, language)

    def _saved_list(self, place: Place, language: str) -> str:
        """Where it is told what a saved copy of the module holds, "" where no lesson of it is written yet."""
        if place.edition is None or not place.edition.pages:
            return ""
        return addresses.saved_list(self.slug, self.layout.module_of(place).path, language)

    def _crumb(self, place: Place, language: str) -> dict:
        snapshot, _translated = place.page.in_language(language)
        return {"title": snapshot["title"], "url": self.url(place.path, language)}

    @staticmethod
    def _digest(place: Place, language: str) -> str:
        """The fingerprint of the words on the page: those of the language it is really in."""
        snapshot, _translated = place.page.in_language(language)
        return place.page.digests[snapshot["language"]]


def as_source(page: FrozenPage, snapshot: dict, names) -> list[str]:
    """Those fields of a translation that still say what the source says, so that they are read out in its language."""
    if snapshot["language"] == page.source["language"]:
        return []
    return [name for name in names if snapshot.get(name) and snapshot[name] == page.source.get(name)]


def words_of(page: FrozenPage, snapshot: dict) -> list[dict]:
    """The glossary with meanings; one that is not translated says in which language it is."""
    told = [entry for entry in snapshot.get("glossary", []) if entry.get("meaning")]
    if snapshot["language"] == page.source["language"]:
        return told
    untold = {entry["term"]: entry.get("meaning") for entry in page.source.get("glossary", [])}
    spoken = {"meaning_language": page.source["language"]}
    return [{**entry, **spoken} if entry["meaning"] == untold.get(entry["term"]) else entry for entry in told]
