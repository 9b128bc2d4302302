"""What somebody says at work, for tests; and the smallest recordings there are."""

import struct

from courses.delivery import paths
from courses.voice import passages, queries, saying
from courses.voice.models import VoiceItem
from curriculum.models import LessonPage

FIRST = "00000000-0000-4000-8000-000000000001"
SECOND = "00000000-0000-4000-8000-000000000002"
WORDS = "We have no gloves on nights at Harbor Clinic, Ms. Ortega says."


def lesson_uid(module, number=0):
    return str(LessonPage.objects.child_of(module)[number].uid)


def address(module, language="", block=FIRST, **more):
    asked = {"page": lesson_uid(module), "text": label(), **({"block": block} if block else {}), **more}
    return f"{language}/voice/?" + "&".join(f"{name}={value}" for name, value in asked.items())


def label():
    return next("/".join(key) for key in paths.current.now().releases)


def posted(**more):
    """What the form sends."""
    return {"secret": "of this form", "block": FIRST, "words": WORDS, "language": "English", "agreed": "on", **more}


def said(module, words=WORDS, block=FIRST, language="en", secret="s", **more) -> VoiceItem:
    about = passages.find(lesson_uid(module), "", language)
    code = saying.say(about=about, words=words, block=block, language="English", agreed=True, secret=secret, **more)
    return queries.find(code)


def element(name: bytes, content: bytes) -> bytes:
    """One element of EBML."""
    return name + (0x4000 | len(content)).to_bytes(2) + content


def webm(track=b"\x02", more=b"") -> bytes:
    """A recording as a browser makes it: of unknown length, with the program's name and the microphone's."""
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    info = element(b"\x15\x49\xa9\x66", element(b"\x57\x41", b"Phone of Rosa") + element(b"\x44\x61", b"at 07:31"))
    tracks = element(
        b"\x16\x54\xae\x6b", element(b"\xae", element(b"\x83", track) + element(b"\x53\x6e", b"Rosa's mic"))
    )
    sound = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + element(b"\xa3", b"sound" * 40)
    tags = element(b"\x12\x54\xc3\x67", b"in the Harbor Clinic")
    return head + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + info + tracks + sound + more + tags


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def m4a(kind=b"soun") -> bytes:
    """A phone's own recorder: the place it was at, the hour, the name of the phone."""
    hdlr = box(b"hdlr", bytes(8) + kind + bytes(12) + b"Rosa's phone\0")
    sound = b"sound" * 40

    def moov(start):
        words = (b"stsc", (1, 1, 1, 1)), (b"stsz", (len(sound), 1)), (b"stco", (1, start))
        table = box(b"stbl", b"".join(box(name, struct.pack(f">{len(of) + 1}I", 0, *of)) for name, of in words))
        mdia = box(b"mdia", box(b"mdhd", b"\0" * 4 + b"ATIMATIM" + bytes(12)) + hdlr + box(b"minf", table))
        head = box(b"mvhd", b"\0" * 4 + b"ATIMATIM" + bytes(80))
        return box(b"moov", head + box(b"trak", mdia) + box(b"udta", b"\xa9xyz+34.05-118.24/"))

    head = box(b"ftyp", b"M4A \0\0\0\0")
    return head + moov(len(head + moov(0)) + 8) + box(b"mdat", sound + b"at the Harbor Clinic")


def ogg() -> bytes:
    """A voice message: three packets, the second of which tells."""
    tags = b"OpusTags" + struct.pack("<I", 7) + b"Rosapho" + struct.pack("<I", 1) + struct.pack("<I", 9) + b"AT=HARBOR"
    pages = []
    for number, packet in enumerate((b"OpusHead" + bytes(11), tags, b"sound" * 40)):
        head = b"OggS\0" + bytes([2 if number == 0 else 0]) + bytes(8) + b"abcd" + struct.pack("<I", number)
        pages.append(head + bytes(4) + bytes([1, len(packet)]) + packet)
    return b"".join(pages)


def wav() -> bytes:
    chunks = struct.pack("<4sI", b"fmt ", 16) + bytes(16) + struct.pack("<4sI", b"LIST", 12) + b"INFOIARTRosa"
    chunks += struct.pack("<4sI", b"data", 5) + b"sound" + b"\0"
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def mp3() -> bytes:
    told = b"TPE1 Rosa"
    return (
        b"ID3\x04\0\0\0\0\0"
        + bytes([len(told)])
        + told
        + b"\xff\xfb\x90\0"
        + b"sound" * 40
        + b"TAG"
        + b"Rosa"
        + bytes(121)
    )
