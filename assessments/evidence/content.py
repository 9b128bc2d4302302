"""What a file is, by its content and never by its name, and which kinds of evidence it may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from assessments.enums import EvidenceKind
from curriculum.recorded import announced


class NotTaken(ValueError):
    """The file or text is not taken. Its text says why and what to do; nothing of it was kept."""


@dataclass(frozen=True)
class Form:
    """A form that files have: what it is called inside, and how browsers are told of it, by kind of evidence."""

    name: str
    types: dict[EvidenceKind, str]


PHOTO, AUDIO, VIDEO, FILE = EvidenceKind.PHOTO, EvidenceKind.AUDIO, EvidenceKind.VIDEO, EvidenceKind.FILE

#: Pictures are written anew: what is stored is a JPEG or PNG, whatever came.
FORMS = {
    "jpeg": Form("jpeg", {PHOTO: "image/jpeg"}),
    "png": Form("png", {PHOTO: "image/png"}),
    "webp": Form("webp", {PHOTO: "image/jpeg"}),
    "heic": Form("heic", {PHOTO: "image/jpeg"}),
    "webm": Form("webm", {AUDIO: "audio/webm", VIDEO: "video/webm"}),
    "mp4": Form("mp4", {AUDIO: "audio/mp4", VIDEO: "video/mp4"}),
    "ogg": Form("ogg", {AUDIO: "audio/ogg"}),
    "wav": Form("wav", {AUDIO: "audio/wav"}),
    "mp3": Form("mp3", {AUDIO: "audio/mpeg"}),
    "pdf": Form("pdf", {FILE: "application/pdf"}),
    "text": Form("text", {FILE: "text/plain; charset=utf-8"}),
}

#: The names by which HEIC says at its beginning what it is; it shares its containers with MP4.
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc", b"msf1"}
_HEAD, _TAIL = 64, 2048
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def form_of(path: Path, kind: EvidenceKind) -> Form:
    """The form of a file that is to be evidence of this kind. Raises NotTaken."""
    name = _name(path, kind)
    form = FORMS.get(name)
    if form is None or kind not in form.types:
        raise NotTaken(_refusals()[kind])
    return form


def _name(path: Path, kind: EvidenceKind) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    for name, is_it in _PICTURES.items():
        if is_it(head):
            return name
    if head[:5] == b"%PDF-":
        return "pdf" if b"%%EOF" in tail else ""
    return announced(head) or ("text" if kind is FILE and _is_text(path) else "")


_PICTURES: dict[str, Callable[[bytes], bool]] = {
    "jpeg": lambda head: head[:3] == b"\xff\xd8\xff",
    "png": lambda head: head[:8] == b"\x89PNG\r\n\x1a\n",
    "webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "heic": lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIC,
}


def _is_text(path: Path) -> bool:
    """Words in UTF-8 with line breaks and tabs, and no other control characters."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for piece in iter(partial(file.read, 1 << 16), ""):
                if _CONTROLS.search(piece):
                    return False
    except UnicodeDecodeError:
        return False
    return True


def _refusals() -> dict[EvidenceKind, str]:
    return {
        PHOTO: _("This file is no photo that can be shown here. Nothing was kept. Take it again, as JPEG or PNG."),
        AUDIO: _("This file is no sound recording that can be played here. Nothing was kept. Record it again here."),
        VIDEO: _("This file is no video that can be played here. Nothing was kept. Record it again here, or use MP4."),
        FILE: _(
            "Only PDF and plain text are taken as files. Nothing was kept. Save it as PDF, or add a picture as a photo."
        ),
    }
