"""What a recording is, by its content, and taking out what its file says besides the sound. Pure."""

import struct

from django.utils.translation import gettext as _

from curriculum.recorded import Odd, Track, announced, mp4, ogg, plain, webm

#: By the ending its file gets.
TYPES = {"webm": "audio/webm", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav", "mp3": "audio/mpeg"}

_IN_PLACE = {"webm": webm.clean, "mp4": mp4.clean, "ogg": ogg.clean}
_ANEW = {"wav": plain.wav, "mp3": plain.mp3}


class NotASound(ValueError):
    """No recording of a kind we can look through; the message says what to do."""


def cleaned(data: bytes) -> tuple[str, bytes]:
    """(ending, bytes without anything but the sound). Raises NotASound."""
    container = announced(data)
    ending = "m4a" if container == "mp4" else container
    try:
        if container in _ANEW:
            return ending, _ANEW[container](data)
        if container in _IN_PLACE:
            out = bytearray(data)
            if set(_IN_PLACE[container](out)) == {Track.SOUND}:
                return ending, bytes(out)
    except (IndexError, ValueError, struct.error, Odd):
        pass
    raise NotASound(_("This file is no sound recording that can be played here. Record again, or type instead."))
