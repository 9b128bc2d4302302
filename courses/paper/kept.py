"""A PDF is made once and kept beside the pages it was made from, until their furniture or their notices change.

Making one takes seconds of a whole processor. So one at a time is made in a process, a second request for the same one
finds it there, and there is an end to how much text goes into one. What holds text for instructors is never kept.
"""

import hashlib
import logging
from collections.abc import Callable
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.contrib.staticfiles import finders

from courses.delivery import stored
from courses.paper.finding import Asked
from courses.paper.options import Kind, Options
from curriculum import printing

logger = logging.getLogger(__name__)

SHEET = "css/print-packet.css"
#: Characters of HTML without its pictures: some hundred lessons of print.
MOST = 2_000_000
#: How long a request waits for its turn.
PATIENCE = 60

_making = Lock()


class Busy(RuntimeError):
    """Other papers are being made. Nothing was made; ask again in a minute, or print the page."""


class TooLarge(RuntimeError):
    """The module is too long for one PDF. Print the page instead."""


class NotMade(RuntimeError):
    """Laying it out went wrong, which the log tells more of. Print the page instead."""


def name(asked: Asked, kind: Kind, options: Options) -> str:
    """Where one paper lies: its folder says which text with which notices, its name the rest."""
    at = "own" if asked.label else "current"
    return f"{asked.folder}/paper/{_look()}/{at}/{asked.language}/{asked.path}{kind}-{options.name}.pdf"


def kept(file: str, make: Callable[[], str]) -> bytes:
    """The PDF called `file`, made from the HTML that `make()` gives where it is not there yet."""
    found = stored.read(file)
    if found is not None:
        return found
    with _one_at_a_time():
        found = stored.read(file)
        if found is None:
            found = _pdf(make())
            stored.keep_whole(file, found)
    return found


def passing(make: Callable[[], str]) -> bytes:
    """A PDF for one reader alone: it is kept nowhere."""
    with _one_at_a_time():
        return _pdf(make())


@contextmanager
def _one_at_a_time():
    if not _making.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _making.release()


def _pdf(html: str) -> bytes:
    if len(html) > MOST + _embedded(html):
        raise TooLarge
    try:
        return printing.pdf(html, SHEET)
    except Exception as wrong:
        # Whoever waits for paper is offered the page, not an error: it holds the same words.
        logger.exception("A PDF could not be made; its page is offered instead.")
        raise NotMade from wrong


def _embedded(html: str) -> int:
    """How much of it is pictures; those have a budget of their own."""
    return sum(len(part.partition('"')[0]) for part in html.split('src="data:')[1:])


def _look() -> str:
    """The fingerprint of what only paper is made of. The folder's name covers what it shares with the screen."""
    return _key() if settings.DEBUG else _kept_key()


@lru_cache(maxsize=1)
def _kept_key() -> str:
    return _key()


def _key() -> str:
    told = hashlib.sha256(settings.WAGTAILADMIN_BASE_URL.encode())
    folders = [Path(folder) for setting in settings.TEMPLATES for folder in setting["DIRS"]]
    files = sorted(path for folder in folders for path in (folder / "paper").rglob("*.html"))
    for path in [*files, Path(finders.find(SHEET)), *sorted(Path(__file__).parent.glob("*.py"))]:
        told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:12]
