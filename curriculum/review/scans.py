"""Paper that was photographed or scanned: looked at, kept by digest, never shown to the public.

What a file is called and what it says it is count for nothing; what it holds does. It is kept byte for byte, because
its digest is signed.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

#: As large as a phone's photograph or a dozen scanned pages.
MOST_BYTES = 20 * 1024 * 1024
#: Endings people use for each kind that is taken.
ENDINGS = {"pdf": {"pdf"}, "jpg": {"jpg", "jpeg"}, "png": {"png"}}
_PICTURES = {"JPEG": "jpg", "PNG": "png"}


class NotAScan(ValueError):
    """The file is not taken. Its text says why and what to do; nothing was kept."""


@dataclass(frozen=True)
class Scan:
    """A file in private storage: the SHA-256 of its bytes, and its kind."""

    digest: str
    ext: str

    @property
    def name(self) -> str:
        """Apart from pictures of lessons, which more people may read."""
        return f"papers/{self.digest[:2]}/{self.digest}.{self.ext}"

    @property
    def content_type(self) -> str:
        return mimetypes.types_map[f".{self.ext}"]

    def open(self):
        """Raises FileNotFoundError where it is gone."""
        return storages["frozen"].open(self.name, "rb")


def take(file) -> Scan:
    """Look at an uploaded file and keep it. Raises NotAScan."""
    if file.size > MOST_BYTES:
        raise NotAScan(_("This file is larger than 20 MB. Nothing was kept. Scan it in fewer dots, or as gray."))
    data = file.read()
    ext = _kind(data)
    called = PurePath(file.name or "").suffix.lower().lstrip(".")
    if called not in ENDINGS[ext]:
        raise NotAScan(
            _("This file is called .%(called)s and holds something else. Nothing was kept. Scan the paper again.")
            % {"called": called or "?"}
        )
    scan = Scan(hashlib.sha256(data).hexdigest(), ext)
    if not storages["frozen"].exists(scan.name):
        storages["frozen"].save(scan.name, ContentFile(data))
    return scan


def _kind(data: bytes) -> str:
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return "pdf"
    try:
        with Image.open(BytesIO(data), formats=list(_PICTURES)) as picture:
            kind = _PICTURES[picture.format]
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise NotAScan(_("A scan is a PDF, a JPEG or a PNG. Nothing was kept. Scan the paper again.")) from None
    return kind
