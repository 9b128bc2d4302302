"""Who stands beside the learners of a group. What a group is, is told by whoever registers: a course, above here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Pinned:
    """An assessment as a course text has it: snapshots by language, and what pins them."""

    uid: str
    method: str
    titles: dict[str, str]
    digests: dict[str, str]
    module: str
    edition: str
    release: str

    def digest(self, language: str) -> str:
        """The snapshot to read in `language`, else in the first there is."""
        return self.digests.get(language) or next(iter(self.digests.values()))


@dataclass(frozen=True)
class Group:
    """What this floor may know of a cohort: who learns in it, who assesses there, what it reads now.

    `assessors`, `leads` (those of them who teach), `learners` and `former` are uids of people; `pages` are
    assessments by uid; `older` finds one that the group read before, by the fingerprint of its snapshot.
    """

    uid: UUID
    title: str
    assessors: frozenset[UUID]
    learners: frozenset[UUID]
    pages: dict[str, Pinned]
    former: frozenset[UUID] = frozenset()
    leads: frozenset[UUID] = frozenset()
    older: Callable[[str], Pinned | None] = field(default=lambda digest: None, compare=False)

    def pinned(self, digest: str) -> Pinned | None:
        """The assessment of this group that has the snapshot `digest`, now or before."""
        now = next((page for page in self.pages.values() if digest in page.digests.values()), None)
        return now or self.older(digest)


#: Asked with the uid of a group; answers None where it is not theirs.
Ask = Callable[[UUID], Group | None]
_asked: dict[str, Ask] = {}


def register(name: str, ask: Ask) -> None:
    """Let `ask` answer for groups."""
    _asked[name] = ask


def find(uid: UUID) -> Group | None:
    """The group, or None where nobody knows it any more: its results stay, and coordinators see them."""
    return next((group for ask in _asked.values() if (group := ask(uid))), None)


def forget(name: str) -> None:
    _asked.pop(name, None)
