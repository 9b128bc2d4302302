"""What a recording is, by its content, and taking out what its file says besides the sound. Pure."""

from django.utils.translation import gettext as _

from curriculum.recorded import Track, announced
from curriculum.recorded.cleaning import ANEW, DAMAGED, IN_PLACE

#: By the ending its file gets.
TYPES = {"webm": "audio/webm", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav", "mp3": "audio/mpeg"}


class NotASound(ValueError):
    """No recording of a kind we can look through; the message says what to do."""


def cleaned(data: bytes) -> tuple[str, bytes]:
    """(ending, bytes without anything but the sound). Raises NotASound."""
    container = announced(data)
    ending = "m4a" if container == "mp4" else container
    try:
        if container in ANEW:
            return ending, ANEW[container](data)
        if container in IN_PLACE:
            out = bytearray(data)
            if set(IN_PLACE[container](out)) == {Track.SOUND}:
                return ending, bytes(out)
    except DAMAGED:
        pass
    raise NotASound(_("This file is no sound recording that can be played here. Record again, or type instead."))
