"""Where the bytes lie: in the storage "evidence", which has no address, under names that say nothing.

Pieces of a file on its way in are stored each by itself, so it does not matter which machine a piece reaches.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

ARRIVING = "arriving"


def storage() -> Storage:
    return storages["evidence"]


def keep(path: Path, name: str) -> str:
    """Store a file under a random name; the name it has there."""
    with path.open("rb") as file:
        return storage().save(name, File(file))


def open_kept(name: str) -> File:
    """Raises FileNotFoundError where it is gone."""
    return storage().open(name, "rb")


def forget(name: str) -> None:
    """Delete what is kept. What is gone already is no mistake; what could not be deleted the next tick deletes."""
    if name:
        with suppress(OSError):
            storage().delete(name)


def forget_others(named: set[str], before: datetime) -> int:
    """Delete what nobody names and is older: the transaction that stored it did not hold. How many."""
    store = storage()
    old = [name for name in _files("") if name not in named and store.get_modified_time(name) < before]
    for name in old:
        forget(name)
    return len(old)


def keep_piece(uid: UUID, offset: int, data: bytes) -> None:
    """A second try at the same piece takes the place of the first."""
    name = _piece(uid, offset)
    storage().delete(name)
    storage().save(name, ContentFile(data))


def put_together(uid: UUID, size: int, path: Path) -> None:
    """Write the pieces of a file in their order to `path`. Raises FileNotFoundError where one is missing."""
    with path.open("wb") as whole:
        for data in _pieces(uid, size):
            whole.write(data)


def forget_pieces(uid: UUID) -> None:
    folder = f"{ARRIVING}/{uid}"
    for name in _files(folder):
        forget(f"{folder}/{name}")
    # A folder is a file's too where files lie on disk.
    forget(folder)


def arriving() -> set[str]:
    """Uids of what has pieces here."""
    try:
        return set(storage().listdir(ARRIVING)[0])
    except FileNotFoundError:
        return set()


def _pieces(uid: UUID, size: int) -> Iterator[bytes]:
    place = 0
    while place < size:
        with storage().open(_piece(uid, place), "rb") as file:
            data = file.read()
        if not data:
            raise FileNotFoundError(_piece(uid, place))
        place += len(data)
        yield data


def _piece(uid: UUID, offset: int) -> str:
    return f"{ARRIVING}/{uid}/{offset:012d}"


def _files(folder: str) -> list[str]:
    try:
        return storage().listdir(folder)[1]
    except FileNotFoundError:
        return []
