"""How processes learn that something else is current: a number that changes with every switch.

On one machine it is a file that each process looks at; several machines share a cache anyway, and then it is a key
there. Which of the two follows from the cache that the settings name.
"""

import os
import secrets
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.dispatch import Signal

from courses.delivery import stored

CACHE_KEY = "delivery.generation"
#: Sent in the process that changed the number, which need not wait to see what it did itself.
raised = Signal()
_OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")


def shared_cache() -> bool:
    """Whether the cache reaches every process, so that the number can live there."""
    return not settings.CACHES["default"]["BACKEND"].endswith(_OF_ONE_PROCESS)


def read():
    """The number as it is now; anything that compares equal only to itself."""
    if shared_cache():
        return cache.get(CACHE_KEY)
    try:
        found = os.stat(_file())
    except FileNotFoundError:
        return None
    return (found.st_ino, found.st_mtime_ns)


def raise_it() -> None:
    """Change the number. Call it once what it announces has committed."""
    if shared_cache():
        cache.set(CACHE_KEY, secrets.token_hex(8), timeout=None)
    else:
        _replace_file()
    raised.send(sender=None)


def _replace_file() -> None:
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".generation-")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(8))
    os.replace(temporary, path)


def _file() -> Path:
    pages = stored.disk()
    return (pages.parent if pages else Path(settings.VAR)) / "generation"
