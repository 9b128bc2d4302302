"""Rendered pages in storage: identity, gzip and brotli side by side, where a web server can take them too.

A cache: a page that is not there is rendered again. A page is whole as soon as its identity form is there, because
that is written last, and a form is replaced in one step where the storage can.
"""

import gzip
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import brotli
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

#: What a page's name ends with in each encoding.
FORMS = {"br": ".br", "gzip": ".gz", "": ""}
#: 5 gives 9 in 10 of what 11 gives in a thirtieth of its time: a whole course is rendered while somebody signs.
BROTLI, GZIP = 5, 6


def folder(digest: str, label: str, key: str) -> str:
    """Where the pages of one release lie, made with the furniture of `key`."""
    return f"{digest}/{label}-{key}"


def name(within: str, language: str, path: str) -> str:
    return f"{within}/{language}/{path}index.html"


def storage() -> Storage:
    return storages["rendered"]


def disk() -> Path | None:
    """The folder of the pages, where they lie on this machine's disk."""
    store = storage()
    return Path(store.location) if isinstance(store, FileSystemStorage) else None


def keep(page: str, data: bytes) -> None:
    """Store a page in every form, over what was there."""
    for encoding, ending in FORMS.items():
        _write(page + ending, compressed(data, encoding))


def keep_whole(file: str, data: bytes) -> None:
    """Store what is sent as it is, in one form: paper."""
    _write(file, data)


def link(old: str, new: str) -> None:
    """Let `new` be the page that `old` is, in every form, without copying. Only on this machine's disk."""
    within = disk()
    if within is None or has(new) or not has(old):
        return
    (within / new).parent.mkdir(parents=True, exist_ok=True)
    for ending in FORMS.values():
        with suppress(FileExistsError):
            os.link(within / (old + ending), within / (new + ending))


def has(page: str) -> bool:
    return storage().exists(page)


def read(page: str, encoding: str = "") -> bytes | None:
    """The bytes of one form, or None where they are not there."""
    try:
        with storage().open(page + FORMS[encoding], "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def forget_others(folders: list[str]) -> int:
    """Drop what was rendered otherwise than into `folders`. Returns how many were dropped.

    Only on this machine's disk: an object store has rules of its own for what is old.
    """
    within = disk()
    if within is None or not within.is_dir():
        return 0
    kept = {within / folder for folder in folders}
    others = [path for path in within.glob("*/*") if path not in kept]
    for path in others:
        shutil.rmtree(path)
    return len(others)


def compressed(data: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(data, quality=BROTLI, mode=brotli.MODE_TEXT)
    if encoding == "gzip":
        return gzip.compress(data, GZIP, mtime=0)
    return data


def _write(file: str, data: bytes) -> None:
    folder = disk()
    if folder is None:
        # An object store replaces whole objects; saving over a name would make another name.
        storage().delete(file)
        storage().save(file, ContentFile(data))
        return
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    with os.fdopen(handle, "wb") as writing:
        writing.write(data)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)
