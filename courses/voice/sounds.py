"""What a recording is, by its content, and taking out what its file says besides the sound. Pure.

Phones write the place, the device and the time of day into sound files. A file is taken only in a form that we can look
through; what it says beyond the sound is overwritten where it stands, so that the sound itself is not touched.
"""

import struct
from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import gettext as _

#: By the ending its file gets.
TYPES = {"webm": "audio/webm", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav", "mp3": "audio/mpeg"}


class NotASound(ValueError):
    """No recording of a kind we can look through; the message says what to do."""


def cleaned(data: bytes) -> tuple[str, bytes]:
    """(ending, bytes without anything but the sound). Raises NotASound."""
    for ending, is_it, clean in _KINDS:
        if is_it(data):
            try:
                return ending, clean(data)
            except (IndexError, struct.error, _Odd):
                break
    raise NotASound(_("This file is no sound recording that can be played here. Record again, or type instead."))


class _Odd(Exception):
    """The file does not hold what its first bytes say."""


# WebM: what Chrome, Edge and Firefox record.

_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK = 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE
_TRACK_TYPE, _SOUND, _BLOCKS = 0x83, 2, (0xA3, 0xA0)
#: Opened rather than passed over, because of what they hold. A live recording does not say how long they are.
_OPENED = {_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK}
#: Tags, attached files, chapters; title, date, names of programs, names of files, the name of the microphone; what was
#: left empty, and checksums that no longer fit.
_TELLING = {0x1254C367, 0x1941A469, 0x1043A770, 0x7BA9, 0x4461, 0x4D80, 0x5741, 0x7384, 0x73A4, 0x536E, 0xEC, 0xBF}


def _clean_webm(data: bytes) -> bytes:
    out, place, sounds = bytearray(data), 0, 0
    while place < len(data):
        start = place
        name, place = _name(data, place)
        size, place = _size(data, place)
        if name in _OPENED:
            continue
        if size is None or place + size > len(data):
            if name in _BLOCKS and size is not None:
                break  # the last sound of a recording that was cut off
            raise _Odd
        if name == _TRACK_TYPE:
            if int.from_bytes(data[place : place + size]) != _SOUND:
                raise _Odd
            sounds += 1
        place += size
        if name in _TELLING:
            out[start:place] = _nothing(place - start)
    if not sounds:
        raise _Odd
    return bytes(out)


def _name(data: bytes, place: int) -> tuple[int, int]:
    """(the number that names an element, the place behind it)."""
    length = _length(data, place)
    return int.from_bytes(data[place : place + length]), place + length


def _size(data: bytes, place: int) -> tuple[int | None, int]:
    """(how long an element is, the place behind that); None where it goes on until something else begins."""
    length = _length(data, place)
    most = (1 << 7 * length) - 1
    size = int.from_bytes(data[place : place + length]) & most
    return (None if size == most else size), place + length


def _length(data: bytes, place: int) -> int:
    length = 9 - data[place].bit_length()
    if length > 8:
        raise _Odd
    return length


def _nothing(length: int) -> bytes:
    """An element that says nothing, as long as the one it stands for."""
    if length < 2:
        raise _Odd
    inside = length - 2
    if inside < 127:
        return bytes([0xEC, 0x80 | inside]) + bytes(inside)
    return b"\xec\x01" + (length - 9).to_bytes(7) + bytes(length - 9)


# MP4: what Safari and the recorders of phones write.

_HOLDERS = {b"moov", b"trak", b"mdia", b"moof", b"traf", b"edts", b"minf"}
#: Everything people and programs write about it; the clock of a live recording.
_TOLD = {b"udta", b"meta", b"uuid", b"free", b"skip", b"prft", b"emsg"}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
#: Boxes lie in boxes; no recorder goes deeper.
_DEEPEST = 8


def _clean_mp4(data: bytes) -> bytes:
    out = bytearray(data)
    if _clean_boxes(out, 0, len(out)) != 1:
        raise _Odd
    return bytes(out)


def _clean_boxes(out: bytearray, place: int, end: int, depth: int = 0) -> int:
    """How many tracks of sound lie between two places, cleaned where they are. Raises _Odd for any other track."""
    if depth > _DEEPEST:
        raise _Odd
    sounds = 0
    while place < end:
        size, name = struct.unpack_from(">I4s", out, place)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", out, place + 8)[0], 16
        size = size or end - place
        if size < head or place + size > end:
            raise _Odd
        inside = place + head
        if name in _TOLD:
            out[place + 4 : place + 8] = b"free"
            out[inside : place + size] = bytes(place + size - inside)
        elif name in _DATED:
            length = 16 if out[inside] == 1 else 8
            out[inside + 4 : inside + 4 + length] = bytes(length)
        elif name == b"hdlr":
            if out[inside + 8 : inside + 12] == b"soun":
                sounds += 1
            elif out[inside + 8 : inside + 12] not in (b"mdir", b"url ", b"alis"):
                raise _Odd
            out[inside + 24 : place + size] = bytes(place + size - inside - 24)
        elif name in _HOLDERS:
            sounds += _clean_boxes(out, inside, place + size, depth + 1)
        place += size
    return sounds


# Ogg: voice messages of phones, older Firefox. Only Opus, whose tags are a packet of their own.


def _clean_ogg(data: bytes) -> bytes:
    out, place, packet, begun = bytearray(data), 0, 0, False
    while place < len(out):
        laces = out[place + 27 : place + 27 + out[place + 26]]
        body = place + 27 + len(laces)
        end = body + sum(laces)
        if out[place : place + 4] != b"OggS" or out[place + 14 : place + 18] != out[14:18] or end > len(out):
            raise _Odd
        if packet == 0 and out[body : body + 8] != b"OpusHead":
            raise _Odd
        tells = False
        for lace in laces:
            if packet == 1:
                tells = True
                out[body : body + lace] = bytes(lace) if begun else _no_tags(lace)
                begun = True
            body += lace
            packet += lace < 255
        if tells:
            out[place + 22 : place + 26] = bytes(4)
            out[place + 22 : place + 26] = struct.pack("<I", _checksum(bytes(out[place:end])))
        place = end
    if packet < 3:
        raise _Odd
    return bytes(out)


def _no_tags(length: int) -> bytes:
    """The beginning of the packet of tags, naming no program and no tags."""
    if length < 16:
        raise _Odd
    return b"OpusTags" + bytes(length - 8)


@lru_cache(maxsize=1)
def _table() -> list[int]:
    table = []
    for byte in range(256):
        rest = byte << 24
        for _bit in range(8):
            rest = (rest << 1) ^ (0x04C11DB7 if rest & 0x80000000 else 0)
        table.append(rest & 0xFFFFFFFF)
    return table


def _checksum(page: bytes) -> int:
    table, rest = _table(), 0
    for byte in page:
        rest = (rest << 8) & 0xFFFFFFFF ^ table[rest >> 24 ^ byte]
    return rest


# WAV and MP3: only their sound is taken over.


def _clean_wav(data: bytes) -> bytes:
    place, kept = 12, []
    while place + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, place)
        if name in (b"fmt ", b"fact", b"data"):
            chunk = data[place + 8 : place + 8 + size]
            kept.append(struct.pack("<4sI", name, len(chunk)) + chunk + b"\0" * (len(chunk) % 2))
        place += 8 + size + size % 2
    if len(kept) < 2:
        raise _Odd
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _clean_mp3(data: bytes) -> bytes:
    while data[:3] == b"ID3":
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    if b"APETAGEX" in data:
        data = data[: data.index(b"APETAGEX")]
    if not _is_mp3_sound(data):
        raise _Odd
    return data


def _is_mp3_sound(data: bytes) -> bool:
    """A frame of MPEG layer 3 begins with eleven ones."""
    return len(data) > 4 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2


_KINDS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    ("webm", lambda data: data[:4] == b"\x1a\x45\xdf\xa3", _clean_webm),
    ("m4a", lambda data: data[4:8] == b"ftyp", _clean_mp4),
    ("ogg", lambda data: data[:4] == b"OggS", _clean_ogg),
    ("wav", lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE", _clean_wav),
    ("mp3", lambda data: data[:3] == b"ID3" or _is_mp3_sound(data), _clean_mp3),
)
