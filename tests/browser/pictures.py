"""Pictures for the guides: what is on screen, made small enough to send around."""

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser.site import ROOT

#: HIGHROAD_SCREENSHOTS=1 takes every picture anew.
TAKE = os.environ.get("HIGHROAD_SCREENSHOTS") == "1"
IMAGES = ROOT / "docs" / "guides" / "images"
#: Paper, inks, the safety yellow, and the steps between: more colors weigh more and show nothing more.
COLORS = 48


def save(page, name: str) -> Path:
    """What the window shows now, as docs/guides/images/<name>.png."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    path = IMAGES / f"{name}.png"
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path
