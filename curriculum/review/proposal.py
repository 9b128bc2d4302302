"""What a designer says when sending: handed past Wagtail's `workflow.start`, which has no room for it."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_current: ContextVar["Proposal | None"] = ContextVar("proposal", default=None)


@dataclass(frozen=True)
class Proposal:
    """`releases` are curriculum uids that shall carry the text; `left_out` are (uid, language) pairs not sent.

    `change_class` None takes the class proposed from the diff; `replaces` is the submission this one follows.
    """

    note: str = ""
    change_class: str | None = None
    releases: tuple[str, ...] = ()
    left_out: frozenset = field(default_factory=frozenset)
    modules: tuple[str, ...] = ()
    replaces: object | None = None


@contextmanager
def proposing(proposal: Proposal):
    """Make `proposal` the one that the review task picks up when it starts."""
    token = _current.set(proposal)
    try:
        yield
    finally:
        _current.reset(token)


def current_proposal() -> Proposal:
    """The proposal under way, or an empty one when Wagtail started the workflow by itself."""
    return _current.get() or Proposal()
