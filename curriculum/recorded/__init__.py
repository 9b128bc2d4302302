"""Sound and film as phones and browsers write them: what a file holds, and taking out what it says beyond that. Pure.

Phones write the place, the device and the time of day into their files. A file is taken only in a form that we can look
through. What is known to be needed for playing stays; everything else is overwritten where it stands, so that the sound
and the pictures are not touched. Not looked at: the coded sound and pictures themselves.

Each cleaner raises `Odd` for what is malformed. Those of webm, mp4 and ogg work in place, on a bytearray or a mapped
file, and answer which tracks there are; those of wav and mp3 give new bytes.
"""

from collections.abc import Callable
from enum import StrEnum


class Odd(Exception):
    """The file does not hold what its first bytes say."""


class Track(StrEnum):
    SOUND = "sound"
    FILM = "film"


#: Which container the first bytes of a file announce, by the ending such files get. The first that fits counts.
ANNOUNCED: dict[str, Callable[[bytes], bool]] = {
    "webm": lambda head: head[:4] == b"\x1a\x45\xdf\xa3",
    "mp4": lambda head: head[4:8] == b"ftyp",
    "ogg": lambda head: head[:4] == b"OggS",
    "wav": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE",
    "mp3": lambda head: head[:3] == b"ID3" or is_mp3_sound(head),
}


def is_mp3_sound(data: bytes) -> bool:
    """A frame of MPEG layer 3 begins with eleven ones."""
    return len(data) > 4 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2


def announced(head: bytes) -> str:
    """The container a file claims to be by its first bytes, or ""."""
    return next((ending for ending, is_it in ANNOUNCED.items() if is_it(head)), "")
