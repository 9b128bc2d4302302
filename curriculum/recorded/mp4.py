"""MP4 and QuickTime: what Safari, iPhones, Android phones and their recorders write, sound or film.

What tells where somebody was may stand in boxes beside the sound and in a track of its own among it: phones write their
place every second. So only tracks of sound and film stay, and of the bytes that belong to no such track none is left.
"""

import struct

from curriculum.recorded import Odd, Track
from curriculum.recorded.samples import spans

_KINDS = {b"soun": Track.SOUND, b"vide": Track.FILM}
#: What may stand in what, and stays. Everything else becomes a box of nothing, as long as it was.
_INSIDE = {
    b"": {b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"sidx", b"mfra", b"wide"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"mdia", b"edts"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"minf": {b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": set(b"stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp sbgp sgpd".split()),
    b"mvex": {b"mehd", b"trex"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"saiz", b"saio"},
    b"mfra": {b"tfra", b"mfro"},
}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_MOST_BOXES = 200_000


def clean(out) -> list[Track]:
    """Take out what tells, in place; the tracks that stay. Raises Odd."""
    file = _File(out)
    file.walk(b"", 0, len(out))
    file.keep_only_samples()
    return file.tracks


class _File:
    """One pass over the boxes of a file."""

    def __init__(self, out):
        self.out, self.tracks, self.data, self.kept = out, [], [], []
        self.boxes, self.live, self.dropped = 0, False, False

    def walk(self, parent: bytes, place: int, end: int) -> None:
        for name, start, inside, stop in self.within(place, end):
            if name not in _INSIDE[parent]:
                self.blank(start, inside, stop)
            elif name == b"trak":
                self.track(start, inside, stop)
            elif name == b"mdat":
                self.data.append((inside, stop))
            else:
                self.live = self.live or name == b"moof"
                self.inside(name, inside, stop)

    def inside(self, name: bytes, inside: int, stop: int) -> None:
        if name in _DATED:
            length = 16 if self.out[inside] == 1 else 8
            self.zero(inside + 4, inside + 4 + length, stop)
        elif name == b"hdlr":
            self.zero(inside + 12, stop, stop)
        elif name == b"dref":
            self.references(inside, stop)
        elif name == b"stsd":
            self.descriptions(inside, stop)
        elif name in _INSIDE:
            self.walk(name, inside, stop)

    def track(self, start: int, inside: int, stop: int) -> None:
        """Keep a track of sound or film; of any other nothing."""
        kind = _KINDS.get(self.handler(inside, stop))
        if kind is None:
            self.dropped = True
            self.blank(start, inside, stop)
            return
        self.tracks.append(kind)
        self.walk(b"trak", inside, stop)
        table = self.find(inside, stop, b"mdia", b"minf", b"stbl")
        if table:
            boxes = {name: (begin, after) for name, _start, begin, after in self.within(*table)}
            self.kept += spans(self.out, boxes, is_sound=kind is Track.SOUND)

    def handler(self, inside: int, stop: int) -> bytes:
        found = self.find(inside, stop, b"mdia", b"hdlr")
        return bytes(self.out[found[0] + 8 : found[0] + 12]) if found else b""

    def find(self, place: int, end: int, *path: bytes) -> tuple[int, int] | None:
        """Where the content of the first box of this path lies."""
        for name in path:
            hit = next(((begin, after) for one, _start, begin, after in self.within(place, end) if one == name), None)
            if hit is None:
                return None
            place, end = hit
        return place, end

    def references(self, inside: int, stop: int) -> None:
        """Where the samples lie: always in this file, whatever path was written there."""
        for _name, _start, begin, after in self.within(inside + 8, stop):
            self.zero(begin + 4, after, stop)
            self.out[begin : begin + 4] = b"\0\0\0\1"

    def descriptions(self, inside: int, stop: int) -> None:
        """A description of film names the program that coded it."""
        for _name, _start, begin, after in self.within(inside + 8, stop):
            if after - begin >= 78 and self.tracks[-1:] == [Track.FILM]:
                self.zero(begin + 42, begin + 74, after)

    def within(self, place: int, end: int):
        """(name, start, start of its content, end) of each box between two places."""
        while place < end:
            self.boxes += 1
            size, name = struct.unpack_from(">I4s", self.out, place)
            head = 8
            if size == 1:
                size, head = struct.unpack_from(">Q", self.out, place + 8)[0], 16
            size = size or end - place
            if size < head or place + size > end or self.boxes > _MOST_BOXES:
                raise Odd
            yield name, place, place + head, place + size
            place += size

    def blank(self, start: int, inside: int, stop: int) -> None:
        """A box of nothing, as long as the one it stands for."""
        self.out[start + 4 : start + 8] = b"free"
        self.out[inside:stop] = bytes(stop - inside)

    def zero(self, start: int, stop: int, end: int) -> None:
        if stop > end:
            raise Odd
        if start < stop:
            self.out[start:stop] = bytes(stop - start)

    def keep_only_samples(self) -> None:
        """Take away bytes that no track of sound or film holds. A live recording says in its pieces what belongs
        where, and must have no other tracks."""
        if self.live:
            if self.dropped:
                raise Odd
            return
        self.kept.sort()
        number = 0
        for begin, end in sorted(self.data):
            place = begin
            while number < len(self.kept) and self.kept[number][0] < end:
                start, stop = self.kept[number]
                if start < begin or stop > end:
                    raise Odd
                self.zero(place, start, end)
                place, number = max(place, stop), number + 1
            self.zero(place, end, end)
        if number < len(self.kept):
            raise Odd
