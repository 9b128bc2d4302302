"""Pictures for paper: inside the document, because the printer fetches nothing, and gray, because copiers are.

Gray is decided here rather than by the copier, so that whoever looks a packet over sees what learners will get. What
would make a packet too large to send over a thin line is left out; the words about the picture stay.
"""

import re
from base64 import b64encode
from io import BytesIO

from django.core.files.storage import storages
from PIL import Image, ImageColor, ImageOps

from curriculum.editions.media import released_name

#: The longer side in pixels: 180 mm at 170 dots an inch.
LARGEST = 1200
QUALITY = 72
#: What all pictures of one paper may weigh together, in bytes as they are embedded.
BUDGET = 4 * 1024 * 1024

_COLOR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", re.I)
_NAMED = re.compile(r'((?:fill|stroke|stop-color)\s*[=:]\s*"?\s*)([a-z]+)', re.I)


class Pictures:
    """The pictures of one paper as they are asked for, each embedded once it fits."""

    def __init__(self, budget: int = BUDGET):
        self.left = budget
        self.used = 0

    def source(self, media: dict) -> str:
        """A `data:` address for a picture of agreed text, or "" where it cannot be shown on paper."""
        try:
            with storages["released"].open(released_name(media["sha256"], media["ext"]), "rb") as file:
                data = file.read()
            kind, data = ("svg+xml", gray_drawing(data)) if media["ext"] == "svg" else ("jpeg", gray_photo(data))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return ""
        told = f"data:image/{kind};base64,{b64encode(data).decode()}"
        if len(told) > self.left:
            return ""
        self.left -= len(told)
        self.used += len(told)
        return told


def gray_photo(data: bytes) -> bytes:
    """A photo in shades of gray, no larger than paper needs, on white where it was transparent."""
    with Image.open(BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened)
        if picture.has_transparency_data:
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture.convert("RGBA"))
        gray = picture.convert("L")
    gray.thumbnail((LARGEST, LARGEST))
    made = BytesIO()
    gray.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def gray_drawing(data: bytes) -> bytes:
    """A drawing with each of its colors as light as it was."""
    text = _COLOR.sub(lambda match: _gray(match[0]), data.decode("utf-8"))
    return _NAMED.sub(lambda match: match[1] + _named(match[2]), text).encode()


def _gray(color: str) -> str:
    red, green, blue = ImageColor.getrgb(color)[:3]
    light = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{light:02x}{light:02x}{light:02x}"


def _named(word: str) -> str:
    """`red` and the like; `none`, `currentColor` and `url` are no colors of their own."""
    return _gray(word.lower()) if word.lower() in ImageColor.colormap else word
