"""Which bytes of an MP4 file belong to a track, by its own tables."""

import struct
from bisect import bisect_right

from curriculum.recorded import Odd

#: Nine hours of film.
_MOST = 1_000_000


def spans(out, boxes: dict[bytes, tuple[int, int]], *, is_sound: bool) -> list[tuple[int, int]]:
    """(start, end) of each run of bytes that a track holds. `boxes` are those of its sample table. Raises Odd."""
    starts = _starts(out, boxes)
    if not starts:
        return []
    sizes = _sizes(out, boxes, is_sound)
    runs = _rows(out, boxes, b"stsc", 12)
    firsts = [run[0] for run in runs]
    found, sample = [], 0
    for number, start in enumerate(starts, 1):
        at = bisect_right(firsts, number) - 1
        if at < 0:
            raise Odd
        count = runs[at][1]
        length = sizes.of(sample, count)
        sample += count
        found.append((start, start + length))
    return found


class _Sizes:
    """How long samples are: all the same, or each as written."""

    def __init__(self, count: int, same: int = 0, each: tuple[int, ...] = ()):
        self.count, self.same, self.each = count, same, each

    def of(self, first: int, count: int) -> int:
        if count > self.count - first:
            raise Odd
        return self.same * count if self.same else sum(self.each[first : first + count])


def _sizes(out, boxes, is_sound: bool) -> _Sizes:
    if b"stsz" in boxes:
        begin, end = boxes[b"stsz"]
        same, count = struct.unpack_from(">II", out, begin + 4)
        if same:
            # Old recorders say 1 for sound that was not coded, whatever it is: then nobody knows what belongs to it.
            if same == 1 and is_sound:
                raise Odd
            return _Sizes(count, same)
        return _Sizes(count, each=_numbers(out, begin + 12, end, count, "I", 4))
    if b"stz2" in boxes:
        begin, end = boxes[b"stz2"]
        wide, count = struct.unpack_from(">3xBI", out, begin + 4)
        if wide not in (8, 16):
            raise Odd
        return _Sizes(count, each=_numbers(out, begin + 12, end, count, "B" if wide == 8 else "H", wide // 8))
    raise Odd


def _starts(out, boxes) -> tuple[int, ...]:
    for name, letter, width in ((b"stco", "I", 4), (b"co64", "Q", 8)):
        if name in boxes:
            begin, end = boxes[name]
            return _numbers(out, begin + 8, end, struct.unpack_from(">I", out, begin + 4)[0], letter, width)
    raise Odd


def _rows(out, boxes, name: bytes, width: int) -> list[tuple[int, ...]]:
    if name not in boxes:
        raise Odd
    begin, end = boxes[name]
    count = struct.unpack_from(">I", out, begin + 4)[0]
    flat = _numbers(out, begin + 8, end, count * width // 4, "I", 4)
    return [flat[at : at + width // 4] for at in range(0, len(flat), width // 4)]


def _numbers(out, begin: int, end: int, count: int, letter: str, width: int) -> tuple[int, ...]:
    if count > _MOST or begin + count * width > end:
        raise Odd
    return struct.unpack_from(f">{count}{letter}", out, begin)
