"""What a process keeps of bytes it has read: bounded, and what was asked for longest ago goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple


class Body(NamedTuple):
    """Bytes ready to be sent: with the headers that belong to them and their ETag."""

    data: bytes
    headers: dict[str, str]
    etag: str


class ByteCache:
    """Bodies by key, together at most `limit` bytes. Safe to share between threads."""

    #: Headers and the place in the table, roughly.
    OVERHEAD = 1000

    def __init__(self, limit: int):
        self.limit = limit
        self.size = 0
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._lock = Lock()

    def __len__(self):
        return len(self._bodies)

    def get(self, key: Hashable, load: Callable[[], Body | None]) -> Body | None:
        """The body of `key`, from `load` where it is not here. What is not found, or too large to keep, is not kept."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
                return body
        body = load()
        if body is not None and self._weight(body) * 4 <= self.limit:
            self._put(key, body)
        return body

    def clear(self) -> None:
        with self._lock:
            self._bodies.clear()
            self.size = 0

    def _put(self, key: Hashable, body: Body) -> None:
        with self._lock:
            if key not in self._bodies:
                self._bodies[key] = body
                self.size += self._weight(body)
            while self.size > self.limit:
                _key, gone = self._bodies.popitem(last=False)
                self.size -= self._weight(gone)

    def _weight(self, body: Body) -> int:
        return len(body.data) + self.OVERHEAD
