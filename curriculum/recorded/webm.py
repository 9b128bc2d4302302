"""WebM: what Chrome, Edge and Firefox record, sound or film."""

from curriculum.recorded import Odd, Track

_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _VIDEO, _AUDIO = (
    0x18538067,
    0x1F43B675,
    0x1549A966,
    0x1654AE6B,
    0xAE,
    0xE0,
    0xE1,
)
_TRACK_TYPE, _BLOCKS = 0x83, (0xA3, 0xA0)
_KINDS = {1: Track.FILM, 2: Track.SOUND}
#: Opened rather than passed over, because of what they hold. A live recording does not say how long they are.
_OPENED = {_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _VIDEO, _AUDIO}
#: What playing needs. All else tells: tags, attached files, chapters, titles, dates, names of programs and microphones.
_NEEDED = {
    # the head of the file; where things are
    *(0x1A45DFA3, 0x114D9B74, 0x1C53BB6B),
    # the clock and the length
    *(0x2AD7B1, 0x4489),
    # a track: number, uid, kind, flags, language, codec and its settings, delays
    *(0xD7, 0x73C5, _TRACK_TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x22B59C, 0x23E383, 0x86, 0x63A2, 0x56AA, 0x56BB, 0x55EE),
    # a picture: width, height, how it is shown, cropped, colored, whether see-through
    *(0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x55B0, 0x53C0, 0x9A),
    # sound: how fast, how many channels, how fine
    *(0xB5, 0x78B5, 0x9F, 0x6264),
    # a cluster: when it begins, where it is, how long the one before was, and what is seen and heard
    *(0xE7, 0xA7, 0xAB, *_BLOCKS),
}
#: Elements: nine hours of film.
_MOST = 2_000_000


def clean(out) -> list[Track]:
    """Take out what tells, in place; the tracks. Raises Odd."""
    place, tracks, seen = 0, [], 0
    while place < len(out):
        start, seen = place, seen + 1
        if seen > _MOST:
            raise Odd
        name, place = _name(out, place)
        size, place = _size(out, place)
        if name in _OPENED:
            continue
        if size is None or place + size > len(out):
            if name in _BLOCKS and size is not None:
                break  # the last piece of a recording that was cut off
            raise Odd
        if name == _TRACK_TYPE:
            kind = _KINDS.get(int.from_bytes(out[place : place + size]))
            if kind is None:
                raise Odd
            tracks.append(kind)
        place += size
        if name not in _NEEDED:
            out[start:place] = _nothing(place - start)
    return tracks


def _name(data, place: int) -> tuple[int, int]:
    """(the number that names an element, the place behind it)."""
    length = _length(data, place)
    return int.from_bytes(data[place : place + length]), place + length


def _size(data, place: int) -> tuple[int | None, int]:
    """(how long an element is, the place behind that); None where it goes on until something else begins."""
    length = _length(data, place)
    most = (1 << 7 * length) - 1
    size = int.from_bytes(data[place : place + length]) & most
    return (None if size == most else size), place + length


def _length(data, place: int) -> int:
    length = 9 - data[place].bit_length()
    if length > 8:
        raise Odd
    return length


def _nothing(length: int) -> bytes:
    """An element that says nothing, as long as the one it stands for."""
    if length < 2:
        raise Odd
    inside = length - 2
    if inside < 127:
        return bytes([0xEC, 0x80 | inside]) + bytes(inside)
    return b"\xec\x01" + (length - 9).to_bytes(7) + bytes(length - 9)
