"""Ogg: voice messages of phones, older Firefox. Only Opus, whose tags are a packet of their own: they are emptied."""

import struct
from functools import lru_cache

from curriculum.recorded import Odd, Track


def clean(out) -> list[Track]:
    """Empty the tags in place; one track of sound. Raises Odd."""
    place, packet, begun = 0, 0, False
    while place < len(out):
        laces = out[place + 27 : place + 27 + out[place + 26]]
        body = place + 27 + len(laces)
        end = body + sum(laces)
        if out[place : place + 4] != b"OggS" or out[place + 14 : place + 18] != out[14:18] or end > len(out):
            raise Odd
        if packet == 0 and out[body : body + 8] != b"OpusHead":
            raise Odd
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
        raise Odd
    return [Track.SOUND]


def _no_tags(length: int) -> bytes:
    """The beginning of the packet of tags, naming no program and no tags."""
    if length < 16:
        raise Odd
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
