"""Pictures and files by digest: kept privately when a page is frozen, made public when a release is agreed."""

from django.core.files.storage import storages
from wagtail.documents import get_document_model
from wagtail.images import get_image_model


class MediaLost(Exception):
    """A file that a page shows is not in storage, or its bytes are not those of its digest."""


def media_in(value) -> dict[str, dict]:
    """Every file that portable content shows: {digest: media words}, in the order first met."""
    found = {}
    if isinstance(value, dict):
        if "sha256" in value:
            return {value["sha256"]: value}
        for item in value.values():
            found |= media_in(item)
    elif isinstance(value, list):
        for item in value:
            found |= media_in(item)
    return found


def frozen_name(digest: str, ext: str) -> str:
    """Where the private copy lies."""
    return f"{digest[:2]}/{digest}.{ext}"


def released_name(digest: str, ext: str) -> str:
    """Where the public copy lies, and the last part of its address."""
    return f"{digest}.{ext}"


def keep(media: dict[str, dict]) -> None:
    """Copy draft files into the private store under their digests; what is there already is left alone.

    Raises MediaLost when a file is gone: content that cannot show its pictures is not frozen.
    """
    frozen = storages["frozen"]
    missing = {digest: words for digest, words in media.items() if not frozen.exists(frozen_name(digest, words["ext"]))}
    if not missing:
        return
    rows = {row.sha256: row for row in get_document_model().objects.filter(sha256__in=missing)}
    rows |= {row.sha256: row for row in get_image_model().objects.filter(sha256__in=missing)}
    for digest, words in missing.items():
        row = rows.get(digest)
        if row is None or not row.file.storage.exists(row.file.name):
            raise MediaLost(digest)
        with row.file.storage.open(row.file.name, "rb") as file:
            frozen.save(frozen_name(digest, words["ext"]), file)


def release(media: dict[str, dict]) -> None:
    """Copy frozen files to where everybody may read them."""
    frozen, released = storages["frozen"], storages["released"]
    for digest, words in media.items():
        name = released_name(digest, words["ext"])
        if not released.exists(name):
            with frozen.open(frozen_name(digest, words["ext"]), "rb") as file:
                released.save(name, file)
