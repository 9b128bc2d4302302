"""Pictures and files of released pages, at an address that is the name of their bytes."""

from django.core.files.storage import storages
from django.http import HttpResponse

from courses.delivery import addresses, answers, headers, stored
from courses.delivery.memory import Body, ByteCache

#: What is smaller is kept in memory, text in its compressed forms.
SMALL = 512 * 1024

TYPES = {
    "avif": "image/avif",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webm": "video/webm",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_SHOWN = frozenset({"avif", "gif", "jpeg", "jpg", "mp3", "mp4", "pdf", "png", "svg", "txt", "vtt", "webm", "webp"})
_TEXT = frozenset({"csv", "svg", "txt", "vtt"})


def serve(request, path: str, allowed: frozenset[str], memory: ByteCache, common: dict) -> HttpResponse | None:
    """The file at `path`, or None. `allowed` are the names that some agreed release shows: nothing else is public."""
    name = path.removeprefix(addresses.MEDIA)
    if name not in allowed:
        return None
    ext = name.rpartition(".")[2]
    encoding = answers.encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", "")) if ext in _TEXT else ""
    found = memory.get((path, encoding), lambda: _small(name, ext, encoding))
    common = {**common, "Content-Security-Policy": headers.DRAWING_POLICY} if ext == "svg" else common
    if found is not None:
        return answers.answer(request, found, common)
    store = storages["released"]
    try:
        file = store.open(name, "rb")
    except FileNotFoundError:
        return None
    about = common | _about(ext) | {"ETag": f'"{name}"'}
    if answers.has_these(request.META.get("HTTP_IF_NONE_MATCH", ""), about["ETag"]):
        file.close()
        return HttpResponse(status=304, headers=common | {"ETag": about["ETag"], "Cache-Control": headers.MEDIA_CACHE})
    return answers.stream(request, file, file.size, about)


def _small(name: str, ext: str, encoding: str) -> Body | None:
    try:
        if ext in ("mp3", "mp4", "webm") or storages["released"].size(name) > SMALL:
            return None
        with storages["released"].open(name, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return None
    return answers.body(stored.compressed(data, encoding), _about(ext), encoding)


def _about(ext: str) -> dict[str, str]:
    about = {"Content-Type": TYPES.get(ext, "application/octet-stream"), "Cache-Control": headers.MEDIA_CACHE}
    if ext in _TEXT:
        about["Vary"] = "Accept-Encoding"
    return about if ext in _SHOWN else {**about, "Content-Disposition": "attachment"}
