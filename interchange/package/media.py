"""Pictures and files that lessons use: found, checked by what they are, and named by their digest."""

import io
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from PIL import Image

from curriculum import svg
from interchange.package.problems import FileReport, Report
from interchange.package.problems import sentence as _
from interchange.package.source import Source, Unreadable

KINDS = {
    "image": frozenset({"avif", "gif", "jpeg", "jpg", "png", "svg", "webp"}),
    "video": frozenset({"mp4", "webm"}),
    "audio": frozenset({"mp3", "mp4", "webm"}),
    "captions": frozenset({"vtt"}),
    "document": frozenset({"csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"}),
}
_FORMATS = {"avif": "AVIF", "gif": "GIF", "jpeg": "JPEG", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_FIRST_BYTES = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK",),
    "odt": (b"PK",),
    "pptx": (b"PK",),
    "xlsx": (b"PK",),
    "zip": (b"PK",),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
    "webm": (b"\x1a\x45\xdf\xa3",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
}
_IMAGE_LIMIT = 10 * 1024 * 1024
_MOST_PIXELS = 60_000_000
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*:|//|/)", re.I)


def resolve(folder: str, path: str) -> str | None:
    """The name inside the package of a path relative to `folder`; None when it climbs out of the package."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


class MediaReader:
    """Media values of one package; each file is read and checked once."""

    def __init__(self, source: Source, report: Report):
        self.source, self.report = source, report
        self.known: dict[tuple[str, str], dict | None] = {}

    def find(self, path: str, kind: str, lesson: str, curriculum: str, where: FileReport, line: int, credits):
        """The media value of `path` as written in the file `lesson` of the folder `curriculum`; None if refused."""
        if not path or _SCHEME.match(path):
            where.add(
                line,
                _("A picture or file is named by its path in the package, such as ../../../images/name.svg."),
            )
            return None
        name = self._name(unquote(path), kind, str(PurePosixPath(lesson).parent), curriculum)
        if name is None or (curriculum and not name.startswith(f"{curriculum}/")):
            where.add(line, _("“%(path)s” leaves the folder of the curriculum. Put a copy into it."), path=path)
            return None
        try:
            if not self.source.is_file(name):
                where.add(line, _("There is no file “%(path)s”. Add it, or correct the path."), path=path)
                return None
        except Unreadable as error:
            where.add(line, error.template, **error.values)
            return None
        if (name, kind) not in self.known:
            self.known[name, kind] = self._read(name, kind)
        media = self.known[name, kind]
        credit = credits.get(name.removeprefix(f"{curriculum}/"), "")
        return media and ({**media, "credit": credit} if credit else dict(media))

    def _name(self, path, kind, folder, curriculum):
        """Pictures are named from the lesson; other files also by their name in media/."""
        name = resolve(folder, path)
        if kind == "image" or (name and self.source.is_file(name)):
            return name
        by_name = resolve(f"{curriculum}/media" if curriculum else "media", path)
        return by_name if by_name and self.source.is_file(by_name) else name

    def _read(self, name, kind) -> dict | None:
        where = self.report.at(name)
        ext = PurePosixPath(name).suffix.lower().removeprefix(".")
        if ext not in KINDS[kind]:
            where.add(
                1,
                _("A file of this kind cannot stand here. Allowed: %(known)s."),
                known=", ".join(sorted(KINDS[kind])),
            )
            return None
        try:
            return self._svg(name, where) if ext == "svg" else self._other(name, ext, kind, where)
        except Unreadable as error:
            where.add(1, error.template, **error.values)
            return None

    def _value(self, name, ext, **size) -> dict:
        digest, length = self.source.digest(name)
        return {"file": self.source.location(name), "sha256": digest, "ext": ext, "size": length, **size}

    def _svg(self, name, where):
        content = self.source.bytes(name, _IMAGE_LIMIT)
        drawing = svg.inspect(content)
        for fault in drawing.faults:
            where.add(fault.line, fault.template, **fault.values)
        return None if drawing.faults else self._value(name, "svg", width=drawing.width, height=drawing.height)

    def _other(self, name, ext, kind, where):
        if kind == "image":
            size = _raster_size(self.source.bytes(name, _IMAGE_LIMIT), _FORMATS[ext])
            if size is None:
                where.add(
                    1,
                    _("This is not a %(ext)s picture, or it is too large to show. Export it again."),
                    ext=ext,
                )
                return None
            return self._value(name, ext, width=size[0], height=size[1])
        start = next(iter(self.source.chunks(name, 500 * 1024 * 1024)), b"")
        if (ext in _FIRST_BYTES and not start.startswith(_FIRST_BYTES[ext])) or (
            ext == "mp4" and start[4:8] != b"ftyp"
        ):
            where.add(1, _("What is in this file is not %(ext)s, whatever its name says. Export it again."), ext=ext)
            return None
        return self._value(name, ext)


def _raster_size(content: bytes, form: str) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as image:
            width, height = image.size
            if width * height > _MOST_PIXELS:
                return None
            image.verify()
            return width, height
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
