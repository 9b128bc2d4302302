"""The margin of a text under review: threads beside the blocks they are about, and the way to add one.

Works on a conversation and a sheet that were read already: no query, however many threads there are. Where they go in a
rendered page is found by the ids of its blocks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from curriculum.review.enums import Side
from curriculum.review.passages import Passage, passages_of
from curriculum.review.placing import put_beside
from curriculum.review.reading import Sheet
from curriculum.review.redlines import marked
from curriculum.review.talk import Conversation, Said, Thread

_EXCERPT = 60


@dataclass(frozen=True)
class Way:
    """Something a reader can do with what was said."""

    label: str
    url: str


@dataclass(frozen=True)
class ShownSaid:
    """One entry as this reader sees it. `who` is a name where names may be read, else a side."""

    said: Said
    who: str
    party: str
    notes: tuple["ShownSaid", ...]
    translations: tuple["ShownSaid", ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class ShownThread:
    """One thread as this reader sees it. `suggestion` is a redline against the text it is about."""

    thread: Thread
    anchor: str
    root: ShownSaid
    replies: tuple[ShownSaid, ...]
    answer: ShownSaid | None
    referral: ShownSaid | None
    suggestion: str
    ways: tuple[Way, ...]
    place: str
    first_words: str
    url: str
    about_language: str


@dataclass(frozen=True)
class Margin:
    """What one reader sees and may do beside one text.

    `comment(page, block, reading)` and `act(digest, act)` give addresses, `page(uid, reading)` that of a page. `acts`
    are those this reader has; without `names` a side stands for everybody else.
    """

    conversation: Conversation
    sheet: Sheet
    person_id: object
    may_talk: bool
    acts: frozenset[str]
    comment: Callable[[str, str, str], str]
    act: Callable[[str, str], str]
    page: Callable[[str, str], str]
    names: bool = True

    def at(self, page: str, block: str, reading: str) -> str:
        """What stands beside one block, those inside it included, as HTML; empty where there is nothing to show."""
        found = self._passages(page, reading)
        inside = [one.id for one in found.values() if one.top == block or one.id == block] or [block]
        return self._html(page, block, reading, self.conversation.at(page, inside), found.get(block))

    def beside_page(self, page: str, reading: str) -> str:
        """The same for the page as a whole, and for blocks that it no longer has."""
        threads = self.conversation.beside(page, self._blocks_now(page, reading))
        return self._html(page, "", reading, threads, None)

    def along(self, html: str, page: str, reading: str) -> str:
        """A rendered page with its margin put in, beside each block."""
        known = self._passages(page, reading)
        talked_about = {thread.block for thread in self.conversation.on_page(page)}
        if not self.may_talk and not talked_about & known.keys():
            return html

        def beside(block: str) -> str:
            if block not in known or not (self.may_talk or block in talked_about):
                return ""
            return self._html(page, block, reading, self.conversation.at(page, [block]), known[block])

        return mark_safe(put_beside(html, beside))

    def about(self, digest: str) -> ShownThread | None:
        """The thread that an answer for a side began."""
        thread = self.conversation.of(digest)
        return self.shown(thread) if thread else None

    @cached_property
    def about_all(self) -> list[ShownThread]:
        return [self.shown(thread) for thread in self.conversation.about_all]

    @cached_property
    def placed(self) -> list[ShownThread]:
        """Threads about some page that is still there, in the order of the pages."""
        order = {page.uid: number for number, page in enumerate(self.sheet.pages)}
        found = sorted(self.conversation.placed, key=lambda thread: order.get(thread.page, len(order)))
        return [self.shown(thread) for thread in found]

    @cached_property
    def became(self) -> list[ShownThread]:
        return [self.shown(thread) for thread in self.conversation.became(self.person_id)]

    @cached_property
    def referrals(self) -> list[ShownSaid]:
        return [self._said(said) for said in self.conversation.referrals]

    @property
    def comment_url(self) -> str:
        """To say something about the whole text."""
        return self.comment("", "", "") if self.may_talk else ""

    @property
    def refer_url(self) -> str:
        return self.act("", "refer") if self.may_talk and "refer" in self.acts else ""

    def shown(self, thread: Thread, reading: str = "") -> ShownThread:
        """`reading` is the language on screen: a thread about another language's text says so."""
        passage = self._passages(thread.page, thread.reading).get(thread.block)
        said = thread.root.suggestion
        anchor = anchor_of_thread(thread)
        return ShownThread(
            thread,
            anchor,
            self._said(thread.root, thread),
            tuple(self._said(one, thread) for one in thread.replies),
            self._said(thread.answer) if thread.answer else None,
            self._said(thread.referral) if thread.referral else None,
            compared(passage.words, said) if said and passage and thread.is_now else "",
            self._ways(thread),
            self._place(thread, passage),
            shorter(thread.root.words),
            f"{self.page(thread.page, thread.reading)}#{anchor}" if self._sheet_of(thread.page) else "",
            dict(settings.LANGUAGES).get(thread.reading, "") if reading and thread.reading != reading else "",
        )

    def _html(self, page, block, reading, threads, passage: Passage | None) -> str:
        url = self.comment(page, block, reading) if self.may_talk else ""
        if not threads and not url:
            return ""
        shown = [self.shown(thread, reading) for thread in threads]
        said = mark_safe("".join(render_to_string("review/thread.html", _drawn(one)) for one in shown))
        label = pgettext("what one does", "Comment") if block else _("Comment on this page")
        way = self._way(url, passage, label) if url else ""
        return format_html(_MARGIN, anchor_of(page, block), get_language(), said, way)

    def _way(self, url: str, passage: Passage | None, label: str) -> str:
        """The link to comment. Without a template: a long lesson has a hundred of them."""
        about = _(" on: %(excerpt)s") % {"excerpt": shorter(passage.words)} if passage and passage.words else ""
        return format_html(_WAY, url, self._icon, label, format_html(_ONLY_READ, about) if about else "")

    @cached_property
    def _icon(self) -> str:
        return mark_safe(render_to_string("components/icons/talk.svg"))

    def _ways(self, thread: Thread) -> tuple[Way, ...]:
        if thread.is_closed or not self.may_talk and "answer" not in self.acts:
            return ()
        named = [
            ("answer", _("Answer again") if thread.answer else pgettext("what one does", "Answer")),
            ("reply", _("Reply")),
            ("refer", _("Refer to the parties")),
        ]
        return tuple(Way(label, self.act(thread.digest, act)) for act, label in named if act in self.acts)

    def _said(self, said: Said, thread: Thread | None = None) -> ShownSaid:
        return ShownSaid(
            said,
            self._who(said),
            str(_FOR[said.entry.side]()) if said.entry.side and self.names else "",
            tuple(self._said(one) for one in said.notes),
            tuple(self._said(one) for one in said.translations),
            self._ways_of(said) if thread is not None and not thread.is_closed else (),
        )

    def _ways_of(self, said: Said) -> tuple[Way, ...]:
        """What one may do with words: follow one's own with a note, translate those in another language."""
        if not self.may_talk or not said.words:
            return ()
        entry, on_screen = said.entry, (get_language() or "").split("-")[0]
        ways = []
        if said.is_by(self.person_id) and not entry.position and "correct" in self.acts:
            ways.append(Way(_("Add a note that puts it right"), self.act(entry.digest, "correct")))
        there = {entry.language, *(one.entry.language for one in said.translations)}
        if entry.language and on_screen not in there and "translate" in self.acts:
            ways.append(Way(_("Translate these words"), self.act(entry.digest, "translate")))
        return tuple(ways)

    def _who(self, said: Said) -> str:
        entry = said.entry
        if said.is_guest:
            return _("guest: %(name)s") % {"name": entry.person}
        if self.names or said.is_by(self.person_id):
            return str(entry.person)
        committee = self.conversation.submission.committee
        return committee.party(entry.side) if entry.side else _("somebody who works on this text")

    def _place(self, thread: Thread, passage: Passage | None) -> str:
        sheet = self._sheet_of(thread.page)
        title = sheet.title(thread.reading) if sheet else _("a page that is no longer in this text")
        return f"{title}: {shorter(passage.words)}" if passage and passage.words else title

    def _sheet_of(self, page: str):
        return self.sheet.page(page) if page else None

    def _blocks_now(self, page: str, reading: str) -> frozenset[str]:
        """Ids of the blocks that the page shows now: those that were taken out stand in no page any more."""
        sheet = self._sheet_of(page)
        return frozenset(passages_of(sheet.snapshot(reading))) if sheet else frozenset()

    def _passages(self, page: str, reading: str) -> dict[str, Passage]:
        """The page's blocks in one language, with those that were taken out; walked once."""
        if (page, reading) not in self._walked:
            sheet = self._sheet_of(page)
            diff = sheet and sheet.diffs.get(reading)
            versions = [diff.old, diff.new] if diff else [sheet.snapshot(reading)] if sheet else []
            found = {id_: one for version in versions if version for id_, one in passages_of(version).items()}
            self._walked[page, reading] = found
        return self._walked[page, reading]

    @cached_property
    def _walked(self) -> dict:
        return {}


_MARGIN = '<div class="margin" id="{}" lang="{}">{}{}</div>'
_WAY = '<p class="talk-here"><a data-talk-form href="{}">{}<span>{}</span>{}</a></p>'
_ONLY_READ = '<span class="only-read">{}</span>'


def _drawn(shown: ShownThread) -> dict:
    return {"shown": shown, "screen_language": get_language()}


_FOR = {
    Side.LABOR: lambda: pgettext("who speaks", "for labor"),
    Side.MANAGEMENT: lambda: pgettext("who speaks", "for management"),
}


def compared(old: str, new: str) -> str:
    """A redline of two plain texts, or one before the other where hardly a word is the same. Line breaks are kept."""
    return mark_safe(marked(escape(old), escape(new)).replace("\n", "<br>"))


def anchor_of(page: str, block: str) -> str:
    """Where the margin of a block stands on a screen. Copied pages may share ids of blocks."""
    return f"t-{page[:8]}-{block or 'page'}"


def anchor_of_thread(thread: Thread) -> str:
    """The same for a thread; one about the whole text has a place of its own."""
    return anchor_of(thread.page, thread.block) if thread.page else f"t-{thread.digest[:12]}"


def shorter(words: str) -> str:
    """The first words of a passage, to name it by."""
    line = " ".join(words.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rsplit(' ', 1)[0].rstrip('.,;: ')}…"
