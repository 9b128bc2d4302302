"""Recordings in the storage "voices": private, under names that say nothing, with nothing in them but the sound."""

import os
from contextlib import suppress
from datetime import date, datetime, time
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.voice import sounds
from courses.voice.models import VoiceItem

MOST_BYTES = 10 * 1024 * 1024
MOST_SECONDS = 180


def storage() -> Storage:
    return storages["voices"]


def cleaned(data: bytes) -> tuple[str, bytes]:
    """(ending, bytes that say nothing but the sound). Raises ValueError with a sentence."""
    if len(data) > MOST_BYTES:
        raise ValueError(_("This recording is larger than 10 MB. Record a shorter one, or type instead."))
    return sounds.cleaned(data)


def keep(ending: str, data: bytes, day: date) -> str:
    """Store a recording; its name. The file says the day it came in, and no time."""
    store = storage()
    name = store.save(f"{uuid4()}.{ending}", ContentFile(data))
    if isinstance(store, FileSystemStorage):
        seconds = timezone.make_aware(datetime.combine(day, time())).timestamp()
        os.utime(store.path(name), (seconds, seconds))
    return name


def type_of(name: str) -> str:
    return sounds.TYPES[name.rpartition(".")[2]]


def forget(name: str) -> None:
    """Delete a recording. One that is gone already is no mistake; what could not be deleted the next tick deletes."""
    if name:
        with suppress(OSError):
            storage().delete(name)


def forget_others(today: date) -> int:
    """Delete recordings that no item names. Those of today may belong to an item that is being written."""
    store = storage()
    try:
        _folders, files = store.listdir("")
    except FileNotFoundError:
        return 0
    named = set(VoiceItem.objects.exclude(recording="").values_list("recording", flat=True))
    left = [name for name in files if name not in named]
    old = [name for name in left if timezone.localdate(store.get_modified_time(name)) < today]
    for name in old:
        forget(name)
    return len(old)
