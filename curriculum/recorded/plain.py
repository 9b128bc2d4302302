"""WAV and MP3: only their sound is taken over."""

import struct

from curriculum.recorded import Odd, is_mp3_sound


def wav(data: bytes) -> bytes:
    """The chunks that are sound, and no other. Raises Odd."""
    place, kept = 12, []
    while place + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, place)
        if name in (b"fmt ", b"fact", b"data"):
            chunk = data[place + 8 : place + 8 + size]
            kept.append(struct.pack("<4sI", name, len(chunk)) + chunk + b"\0" * (len(chunk) % 2))
        place += 8 + size + size % 2
    if len(kept) < 2:
        raise Odd
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(data: bytes) -> bytes:
    """What lies between the tags before and behind the sound. Raises Odd."""
    while data[:3] == b"ID3":
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    for mark in (b"APETAGEX", b"LYRICSBEGIN"):
        if mark in data:
            data = data[: data.index(mark)]
    if not is_mp3_sound(data):
        raise Odd
    return data
