"""Taking away what a file says besides what it shows: place, time, device, names.

- Pictures are decoded and written anew, at most 2400 pixels a side, turned as they were held, with nothing attached.
  Colors of a wide gamut look a little paler for that.
- MP4, QuickTime and WebM: what playing does not need is overwritten where it stands, with tracks that are neither sound
  nor film and bytes that belong to no track (curriculum.recorded). Ogg: only Opus is taken, and its comments are
  emptied. WAV and MP3: only the sound is taken over.
- A PDF keeps its own properties, such as its author and program, and whatever its pictures carry: to change it without
  breaking it takes a program that knows all of PDF. Screens that take one must say so.
- Plain text is what it says.

What is seen, said or coded in the sound and the pictures themselves is not looked at.
"""

import mmap
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

# Wagtail's picture library brings it; importing it teaches Pillow the photos of iPhones.
from pillow_heif import HeifImagePlugin  # noqa: F401

from assessments.enums import EvidenceKind
from assessments.evidence.content import Form, NotTaken
from curriculum.recorded import Track
from curriculum.recorded.cleaning import ANEW, DAMAGED, IN_PLACE

MOST_SIDE = 2400
#: More than any phone takes in one photo of 12 MB; a small file may claim far more.
MOST_PIXELS = 52_000_000


def strip(path: Path, form: Form, kind: EvidenceKind) -> None:
    """Change the file at `path` so that it shows the same and tells nothing else. Raises NotTaken."""
    if kind is EvidenceKind.PHOTO:
        _draw_anew(path, "PNG" if form.name == "png" else "JPEG")
    elif form.name in IN_PLACE or form.name in ANEW:
        _take_out(path, form, kind)


def _take_out(path: Path, form: Form, kind: EvidenceKind) -> None:
    try:
        if form.name in ANEW:
            path.write_bytes(ANEW[form.name](path.read_bytes()))
            return
        with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as bytes_of_file:
            tracks = set(IN_PLACE[form.name](bytes_of_file))
    except DAMAGED as error:
        raise NotTaken(_("This recording is damaged or cut off. Nothing was kept. Record it again.")) from error
    if kind is EvidenceKind.AUDIO and tracks != {Track.SOUND}:
        raise NotTaken(_("This recording holds more than sound. Nothing was kept. Add it as a video, or record sound."))
    if kind is EvidenceKind.VIDEO and Track.FILM not in tracks:
        raise NotTaken(_("This recording holds no picture. Nothing was kept. Add it as a sound recording."))


def _draw_anew(path: Path, form: str) -> None:
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP", "HEIF")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotTaken(_("This photo has too many dots. Nothing was kept. Take it again, smaller."))
            opened.draft("RGB", (MOST_SIDE, MOST_SIDE))
            opened.thumbnail((MOST_SIDE, MOST_SIDE))
            drawn = _bare(ImageOps.exif_transpose(opened), keep_clear=form == "PNG")
    except NotTaken:
        raise
    # Decoders stumble over damaged files in many ways; whichever it is, there is no picture.
    except Exception as error:
        raise NotTaken(_("This photo is damaged or cut off. Nothing was kept. Take it again.")) from error
    drawn.save(path, form, **({"optimize": True} if form == "PNG" else {"quality": 85, "optimize": True}))


def _bare(picture: Image.Image, *, keep_clear: bool) -> Image.Image:
    """The dots of a picture and nothing else: Pillow hands on comments and the like with the picture it was given."""
    clear = picture.has_transparency_data
    dots = picture.convert("RGBA" if clear else "RGB")
    if clear and keep_clear:
        bare = Image.new("RGBA", dots.size)
        bare.paste(dots)
        return bare
    bare = Image.new("RGB", dots.size, "white")
    bare.paste(dots, mask=dots if clear else None)
    return bare
