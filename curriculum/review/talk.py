"""What was said about a text, as threads: by page and block, in this round and those before it.

Built from entries that were read already, without a query. A thread begins with a comment, or with an answer for a side
that says what should change; replies, following notes, translations and what became of it hang on it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from curriculum.review import queries
from curriculum.review.actions.talking import begins_thread, root_of
from curriculum.review.enums import Disposition, EntryKind, Position
from curriculum.review.models import Entry, Submission


@dataclass(frozen=True)
class Said:
    """One entry as somebody said it. `why_sealed` is the entry that says why its words were taken away."""

    entry: Entry
    why_sealed: Entry | None = None
    notes: tuple["Said", ...] = ()
    translations: tuple["Said", ...] = ()

    @property
    def words(self) -> str:
        return self.entry.words

    @property
    def suggestion(self) -> str:
        return self.entry.texts.get("suggestion", "")

    @property
    def wording(self) -> str:
        return self.entry.texts.get("wording", "")

    @property
    def disposition(self) -> Disposition | None:
        """What a designer said becomes of it, for an answer."""
        return Disposition(self.entry.detail["disposition"]) if self.entry.kind == EntryKind.DISPOSITION else None

    @property
    def is_guest(self) -> bool:
        return self.entry.detail.get("guest", False)

    def is_by(self, person_id) -> bool:
        return self.entry.person_id == person_id


@dataclass(frozen=True)
class Thread:
    """What began it and all that followed, oldest first. `is_now` in the round that is looked at."""

    root: Said
    round: int
    is_now: bool
    replies: tuple[Said, ...] = ()
    answers: tuple[Said, ...] = ()
    referral: Said | None = None

    @cached_property
    def _detail(self) -> dict:
        return self.root.entry.detail

    @property
    def digest(self) -> str:
        return self.root.entry.digest

    @property
    def page(self) -> str:
        return self._detail.get("page", "")

    @property
    def block(self) -> str:
        return self._detail.get("block", "")

    @property
    def reading(self) -> str:
        """The language of the text it is about."""
        return self._detail.get("in", "")

    @property
    def is_request(self) -> bool:
        """Whether it is an answer for a side, which has its own place in the room."""
        return self.root.entry.kind == EntryKind.POSITION

    @property
    def answer(self) -> Said | None:
        """What became of it, as said last."""
        return self.answers[-1] if self.answers else None

    @property
    def is_closed(self) -> bool:
        """Whether nobody talks about it here any more."""
        return self.referral is not None

    @property
    def waits(self) -> bool:
        """Whether a designer has not said yet what becomes of it."""
        return self.answer is None and not self.is_closed


@dataclass(frozen=True)
class Conversation:
    """Every thread of a text, oldest first, with those of earlier rounds."""

    submission: Submission
    threads: tuple[Thread, ...]
    referrals: tuple[Said, ...] = field(default=())

    @cached_property
    def _by_page(self) -> dict[str, list[Thread]]:
        found = defaultdict(list)
        for thread in self.threads:
            found[thread.page].append(thread)
        return dict(found)

    def on_page(self, page: str) -> list[Thread]:
        """Those about a page or a block of it, in any language."""
        return self._by_page.get(str(page), []) if page else []

    def at(self, page: str, blocks: Iterable[str]) -> list[Thread]:
        """Those about one of these blocks of a page."""
        wanted = set(blocks)
        return [thread for thread in self.on_page(page) if thread.block in wanted]

    def beside(self, page: str, known: Iterable[str]) -> list[Thread]:
        """Those about the page as a whole, or about a block it no longer has. `known` are its blocks now."""
        known = set(known)
        return [thread for thread in self.on_page(page) if thread.block not in known]

    @property
    def placed(self) -> list[Thread]:
        """Those about some page."""
        return [thread for thread in self.threads if thread.page]

    @property
    def about_all(self) -> list[Thread]:
        """Comments on the whole text, and talk about an answer for a side that no longer stands as it was given."""
        return [thread for thread in self.threads if not thread.page and not self._has_its_place(thread)]

    def _has_its_place(self, thread: Thread) -> bool:
        """Whether an answer for a side is shown in the room anyway: it stands, or is told of as an earlier round's."""
        if not thread.is_request:
            return False
        hangs = thread.replies or thread.answers or thread.referral
        return not thread.is_now or not hangs or thread.digest in self._standing

    @cached_property
    def _standing(self) -> set[str]:
        """Requests for a change that are each person's last answer in this round."""
        last = {entry.person_id: entry for entry in self.submission.entries.all() if entry.position}
        return {entry.digest for entry in last.values() if entry.position == Position.REQUEST_CHANGES}

    def became(self, person_id) -> list[Thread]:
        """What was asked for in earlier rounds, by anybody for a side or by this person, to say what became of it."""
        earlier = [thread for thread in self.threads if not thread.is_now]
        return [thread for thread in earlier if thread.is_request or thread.root.is_by(person_id)]

    def of(self, digest: str) -> Thread | None:
        """The thread that began with this entry."""
        return next((thread for thread in self.threads if thread.digest == digest), None)

    def only_of(self, person_id) -> "Conversation":
        """The same with the threads that one person began: what a guest sees."""
        mine = tuple(thread for thread in self.threads if thread.root.is_by(person_id))
        return Conversation(self.submission, mine)


def conversation(submission: Submission, *, with_earlier: bool = True) -> Conversation:
    """Read what was said about `submission` (fetched with its entries and their people), and in the rounds before it.

    One query for all earlier rounds together, none for a first round.
    """
    now = list(submission.entries.all())
    earlier = queries.earlier_entries(submission) if with_earlier else []
    rounds = {entry.digest: entry.submission.round for entry in earlier}
    entries = [*earlier, *now]
    known = {entry.digest: entry for entry in entries}
    following = _following(entries, known)
    threads = tuple(
        _thread(entry, following, rounds.get(entry.digest, submission.round), entry.digest not in rounds)
        for entry in entries
        if begins_thread(entry) and root_of(entry, known) is entry
    )
    alone = [entry for entry in now if entry.kind == EntryKind.REFERRAL and not entry.detail.get("comment")]
    return Conversation(submission, threads, tuple(_said(entry, following) for entry in alone))


def _following(entries: list[Entry], known: dict[str, Entry]) -> dict[str, dict[str, list[Entry]]]:
    """{digest: {what it is to it: entries}}: replies, answers and referrals of roots; notes, translations and sealings
    of whatever they follow."""
    found: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.kind not in _FOLLOWS:
            continue
        detail = entry.detail
        for name in _FOLLOWS[entry.kind]:
            if detail.get(name) in known:
                above = known[detail[name]]
                target = root_of(above, known) if name in ("to", "comment") else above
                found[target.digest]["referral" if entry.kind == EntryKind.REFERRAL else name].append(entry)
    return found


#: By which detail an entry hangs on another.
_FOLLOWS = {
    EntryKind.COMMENT: ("to", "corrects"),
    EntryKind.DISPOSITION: ("comment",),
    EntryKind.REFERRAL: ("comment",),
    EntryKind.TRANSLATION: ("of",),
    EntryKind.SEALED: ("entry",),
}


def _thread(entry: Entry, following, number: int, is_now: bool) -> Thread:
    hangs = following.get(entry.digest, {})
    referral = next(iter(hangs.get("referral", ())), None)
    return Thread(
        _said(entry, following),
        number,
        is_now,
        tuple(_said(one, following) for one in hangs.get("to", ())),
        tuple(_said(one, following) for one in hangs.get("comment", ())),
        _said(referral, following) if referral else None,
    )


def _said(entry: Entry, following) -> Said:
    hangs = following.get(entry.digest, {})
    return Said(
        entry,
        next(iter(hangs.get("entry", ())), None),
        tuple(_said(one, following) for one in hangs.get("corrects", ())),
        tuple(_said(one, following) for one in hangs.get("of", ())),
    )
