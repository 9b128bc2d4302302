"""The page that somebody speaks about, and its paragraphs, as the learner read them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import translation
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe

from courses.delivery import addresses, notices, paths
from courses.delivery.models import ReleasedText
from curriculum.editions.read import FrozenPage
from curriculum.editions.render import Reading, render_block
from curriculum.enums import Kind
from curriculum.models import Frozen
from curriculum.review import corrections
from curriculum.review.margin import shorter
from curriculum.review.passages import passages_of

#: What learners do not read, and what says nothing by itself.
_NOT_SPOKEN_OF = frozenset({"facilitator", "heading"})


@dataclass(frozen=True)
class Spoken:
    """One page of a course text that anybody may read, in the language it was read in."""

    module_uid: str
    page: FrozenPage
    language: str

    @property
    def snapshot(self) -> dict:
        return self.page.in_language(self.language)[0]

    @property
    def digest(self) -> str:
        return self.page.digests[self.snapshot["language"]]

    @cached_property
    def paragraphs(self) -> dict[str, str]:
        """{block id: its first words}, in reading order."""
        words = {id_: words_of(self.snapshot, id_) for id_ in spoken_of(self.snapshot)}
        return {id_: first_words(said) for id_, said in words.items() if said}

    @property
    def url(self) -> str:
        """Where these words are read now, "" where no current course text has them."""
        rows = ReleasedText.objects.filter(digest=self.digest, language=self.language)
        return rows.values_list("path", flat=True).first() or ""


def find(page_uid: str, text: str, language: str) -> Spoken | None:
    """A page that stands in the course text `text` ("slug/label"), or in a current one where that is empty.

    None for what nobody may read: unknown, never agreed on, taken away. Three queries.
    """
    now = paths.current.now()
    slug, _slash, label = text.partition("/")
    named = now.releases.get((slug, label))
    decisions = [named] if named else [] if text else [course.decision for course in now.courses.values()]
    contents = Frozen.objects.read(decision.frozen_id for decision in decisions)
    pinned = {
        item["edition"]: (item["module"], decision)
        for decision in reversed(decisions)
        for item in contents[decision.frozen_id].get("modules", [])
    }
    for digest, edition in (Frozen.objects.read(pinned) if pinned else {}).items():
        references = [one for one in edition["snapshots"] if one["uid"] == page_uid]
        if references and references[0]["kind"] in (Kind.LESSON, Kind.ASSESSMENT):
            module, decision = pinned[digest]
            standing = now.over[decision.pk].of(module, page_uid, language)
            return None if notices.hides(standing) else Spoken(module, _page(references), language)
    return None


def spoken_of(snapshot: dict) -> list[str]:
    """Blocks of a page that somebody can speak about."""
    entries = corrections.entries_of(snapshot)
    return [id_ for id_, entry in entries.items() if entry.get("type") not in _NOT_SPOKEN_OF]


def words_of(snapshot: dict, block: str) -> str:
    """The words of one paragraph, "" where it has none or is not there."""
    passage = passages_of(snapshot).get(block)
    return " ".join(passage.words.split()) if passage else ""


def first_words(words: str) -> str:
    return shorter(words)


def html_of(snapshot: dict, block: str) -> str:
    """One paragraph as a learner read it, "" where there is no such paragraph."""
    entry = corrections.entries_of(snapshot).get(block)
    if entry is None:
        return ""
    language = snapshot["language"]
    if "type" not in entry:
        return mark_safe(linebreaks(corrections.typed(entry), autoescape=True))
    with translation.override(language):
        return render_block(entry, Reading(language=language, media=addresses.MEDIA))


def _page(references: list[dict]) -> FrozenPage:
    snapshots = Frozen.objects.read(one["digest"] for one in references)
    return FrozenPage(
        references[0]["uid"],
        references[0]["kind"],
        {one["language"]: snapshots[one["digest"]] for one in references},
        {one["language"]: one["digest"] for one in references},
    )
