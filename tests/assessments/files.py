"""Files as phones make them, small, with the place they were at in every corner that phones write to."""

import struct
from io import BytesIO
from zlib import crc32

from PIL import Image, PngImagePlugin

from tests.courses.voices import box

#: Where Rosa was. It must never come out.
PLACE = b"+34.0562-118.2110/"


def numbers(name, *of):
    return box(name, struct.pack(f">{len(of) + 1}I", 0, *of))


def photo(form="JPEG", size=(60, 20), turned=6):
    """A photo with the place in its EXIF, XMP and comment, and a film behind it as phones with live photos do."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = PLACE.decode()
    more = {"JPEG": {"comment": PLACE, "xmp": PLACE}, "WEBP": {"xmp": PLACE}}.get(form, {})
    if form == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", PLACE.decode())
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, form, exif=exif.tobytes(), **more)
    return out.getvalue() + (film() if form == "JPEG" else b"")


def claims(width, height):
    """A PNG of a few bytes that claims to be as large as a house."""
    out = BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    head = b"IHDR" + struct.pack(">II", width, height) + b"\x01\0\0\0\0"
    return out.getvalue()[:12] + head + struct.pack(">I", crc32(head)) + out.getvalue()[33:]


def film(chunks=((b"vide", b"moving"), (b"meta", PLACE), (b"soun", b"hearing"), (b"", PLACE)), kinds=None):
    """MP4 as a phone makes it: `chunks` are (kind of track or nothing, bytes) in the order in which they lie."""
    kinds = kinds or sorted({kind for kind, _data in chunks if kind})
    dates = b"\0\0\0\0" + b"DATEDATE"
    told = box(b"udta", box(b"\xa9xyz", PLACE)) + box(b"meta", PLACE) + box(b"uuid", PLACE)

    def track(kind, start):
        at = []
        for one, data in chunks:
            if one == kind:
                at.append((start, len(data)))
            start += len(data)
        table = numbers(b"stsc", 1, 1, 1, 1) + numbers(b"stsz", 0, len(at), *(size for _place, size in at))
        table += numbers(b"stco", len(at), *(place for place, _size in at))
        coder = box(b"avc1", bytes(42) + PLACE.ljust(36)) if kind == b"vide" else b""
        described = box(b"stsd", bytes(8) + coder)
        hdlr = box(b"hdlr", bytes(8) + kind + PLACE + b"Rosa's phone\0")
        refers = box(b"dinf", box(b"dref", struct.pack(">II", 0, 1) + box(b"alis", bytes(4) + PLACE)))
        inside = box(b"mdhd", dates + bytes(12)) + hdlr + box(b"minf", refers + box(b"stbl", described + table))
        return box(b"trak", box(b"tkhd", dates + bytes(72)) + box(b"mdia", inside) + told)

    def moov(start):
        tracks = b"".join(track(kind, start) for kind in kinds)
        return box(b"moov", box(b"mvhd", dates + bytes(88)) + tracks + told)

    head = box(b"ftyp", b"qt  \0\0\0\0") + told
    data = b"".join(data for _kind, data in chunks)
    return head + moov(len(head) + len(moov(0)) + 8) + box(b"mdat", data) + box(b"free", PLACE)
