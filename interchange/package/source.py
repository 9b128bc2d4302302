"""Where a package comes from: a folder or a zip, read without leaving it and without filling memory or disk.

Names are paths inside the package with forward slashes. A name that leaves the package, a link that points
out of it and a zip that unpacks to more than it should are refused.
"""

import hashlib
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from interchange.package.problems import FileReport, PackageRefused, Problem
from interchange.package.problems import sentence as _

TEXT_LIMIT = 1024 * 1024
JSON_LIMIT = 50 * 1024 * 1024
MEDIA_LIMIT = 500 * 1024 * 1024
ZIP_LIMIT = 2 * 1024 * 1024 * 1024
ZIP_FILES = 20_000
ZIP_RATIO = 200
_CHUNK = 1 << 20
_IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")
_CONTROL = frozenset(range(32)) - {9, 10} | {127}


class Unreadable(Exception):
    """A file cannot be read; `template` and `values` say why and what to do."""

    def __init__(self, template: str, **values):
        super().__init__(template)
        self.template, self.values = template, values


def ignored(name: str) -> bool:
    """Files that computers leave behind and nobody wrote."""
    return name.startswith(".") or name in _IGNORED


class Source:
    """What folders and zips have in common: bounded bytes, UTF-8 text, digests."""

    def chunks(self, name: str, limit: int):
        raise NotImplementedError

    def location(self, name: str) -> str:
        """What names the file outside the package: an absolute path, or the member of a zip."""
        raise NotImplementedError

    def bytes(self, name: str, limit: int = MEDIA_LIMIT) -> bytes:
        return b"".join(self.chunks(name, limit))

    def digest(self, name: str) -> tuple[str, int]:
        """SHA-256 and size of a media file."""
        digest, size = hashlib.sha256(), 0
        for chunk in self.chunks(name, MEDIA_LIMIT):
            digest.update(chunk)
            size += len(chunk)
        return digest.hexdigest(), size

    def text(self, name: str, report: FileReport, limit: int = TEXT_LIMIT) -> str | None:
        """Text in NFC with plain line ends; None, with a problem reported, when it cannot be read as text."""
        try:
            data = self.bytes(name, limit)
        except Unreadable as error:
            report.add(1, error.template, **error.values)
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            report.add(line, _("This file is not UTF-8 text. Save it again with the encoding UTF-8."))
            return None
        text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.isprintable() and any(ord(letter) in _CONTROL for letter in line):
                report.add(number, _("This line holds an invisible control character. Type the line again."))
                return None
        return text


class FolderSource(Source):
    """A folder. Links may point anywhere inside the part of the folder they stand in, never out of it."""

    def __init__(self, root: Path):
        self.root = root.resolve()

    def _path(self, name: str) -> Path:
        try:
            real = (self.root / name).resolve()
            part = (self.root / PurePosixPath(name).parts[0]).resolve() if name else self.root
        except (OSError, RuntimeError, ValueError) as error:
            raise Unreadable(_("This name cannot be followed: it is a link to itself or not a file name.")) from error
        if not (part.is_relative_to(self.root) and real.is_relative_to(part)):
            raise Unreadable(_("This is a link that leaves the folder. Put the file itself here."))
        return real

    def location(self, name):
        return str(self._path(name))

    def is_file(self, name):
        return self._path(name).is_file()

    def is_folder(self, name):
        return self._path(name).is_dir()

    def children(self, name):
        folder = self._path(name)
        return sorted(entry.name for entry in folder.iterdir() if not ignored(entry.name)) if folder.is_dir() else []

    def chunks(self, name, limit):
        path = self._path(name)
        try:
            size = path.stat().st_size if path.is_file() else None
            if size is None:
                raise Unreadable(_("This file is missing, or it is not a plain file."))
            if size > limit:
                raise _too_large(limit)
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise Unreadable(_("This file cannot be opened. Check that you may read it.")) from error


class ZipSource(Source):
    """A zip file. Everything about its members is checked before the first one is opened."""

    def __init__(self, path: Path):
        try:
            self.zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _refused(path.name, _("This is neither a folder nor a zip file that can be opened.")) from error
        self.members: dict[str, zipfile.ZipInfo] = {}
        self.folders: dict[str, set[str]] = {"": set()}
        infos = self.zip.infolist()
        if len(infos) > ZIP_FILES or sum(info.file_size for info in infos) > ZIP_LIMIT:
            self._refuse(path.name, _("This zip unpacks to more than a package may hold. Take out what is not needed."))
        for info in infos:
            self._take(info)

    def _refuse(self, name, template):
        self.zip.close()
        raise _refused(name, template)

    def _take(self, info):
        name = info.orig_filename
        parts = name.replace("\\", "/").rstrip("/").split("/")
        if "\\" in name or "\0" in name or ":" in parts[0] or any(part in ("", ".", "..") for part in parts):
            self._refuse(name, _("This name leaves the package. Make the zip again from the folder itself."))
        if any(ignored(part) for part in parts):
            return
        if stat.S_ISLNK(info.external_attr >> 16):
            self._refuse(name, _("This is a link. Put the file itself into the zip."))
        if info.flag_bits & 0x1:
            self._refuse(name, _("This file has a password. Make the zip again without one."))
        if info.file_size > ZIP_RATIO * max(info.compress_size, 4096):
            self._refuse(name, _("This file unpacks to far more than it should. Make the zip again."))
        name = unicodedata.normalize("NFC", "/".join(parts))
        if info.is_dir():
            self.folders.setdefault(name, set())
        elif name in self.members:
            self._refuse(name, _("This name is in the zip twice. Keep one of them."))
        else:
            self.members[name] = info
        while "/" in name:
            parent, _slash, child = name.rpartition("/")
            self.folders.setdefault(parent, set()).add(child)
            name = parent
        self.folders[""].add(name)

    def location(self, name):
        return name

    def is_file(self, name):
        return name in self.members

    def is_folder(self, name):
        return name in self.folders

    def children(self, name):
        return sorted(self.folders.get(name, ()))

    def chunks(self, name, limit):
        info = self.members.get(name)
        if info is None:
            raise Unreadable(_("This file is missing, or it is not a plain file."))
        if info.file_size > limit:
            raise _too_large(limit)
        try:
            with self.zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Unreadable(_("This file is damaged in the zip. Make the zip again.")) from error


def _too_large(limit) -> Unreadable:
    return Unreadable(_("This file is too large. The limit is %(limit)s MB."), limit=limit // (1024 * 1024))


def _refused(name, template) -> PackageRefused:
    return PackageRefused([Problem(name, 1, template)])
