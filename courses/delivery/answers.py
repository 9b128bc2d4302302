"""From bytes to responses: encodings, ETags, "not modified", ranges. Knows nothing of what is sent."""

import hashlib
import re
from functools import lru_cache

from django.http import FileResponse, HttpResponse, HttpResponseNotModified

from courses.delivery.memory import Body

POLICY = "Content-Security-Policy"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def body(data: bytes, headers: dict[str, str], encoding: str = "") -> Body:
    """Bytes with everything that is said of them; the ETag is that of this very form."""
    etag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    about = {**headers, "ETag": etag, "Content-Length": str(len(data))}
    return Body(data, about | ({"Content-Encoding": encoding} if encoding else {}), etag)


@lru_cache(maxsize=512)
def encoding_for(accepted: str) -> str:
    """The best of our forms that an Accept-Encoding header allows: "br", "gzip" or ""."""
    allowed = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameters = part.strip().partition(";")
        allowed[name.strip()] = not re.match(r"\s*q=0(\.0*)?\s*$", parameters)
    return next((name for name in ("br", "gzip") if allowed.get(name, allowed.get("*", False))), "")


def answer(request, found: Body, common: dict[str, str], status: int = 200) -> HttpResponse:
    """The response to a GET or HEAD, or "not modified" where the browser has these bytes."""
    if status == 200 and (known := request.META.get("HTTP_IF_NONE_MATCH")) and has_these(known, found.etag):
        # A browser may take these for what it has: the policy of a page goes with it.
        told = found.headers.items()
        kept = {name: value for name, value in told if not name.startswith("Content-") or name == POLICY}
        return HttpResponseNotModified(headers=common | kept)
    data = b"" if request.method == "HEAD" else found.data
    return HttpResponse(data, status=status, headers=common | found.headers)


def has_these(known: str, etag: str) -> bool:
    """Whether an If-None-Match header names `etag`; a proxy may have marked it as weak."""
    return known.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in known.split(","))


def stream(request, file, size: int, headers: dict[str, str]) -> HttpResponse:
    """A large file as it is read, or the part of it that a player asks for: some play nothing without."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    span = _span(request.META.get("HTTP_RANGE", ""), size)
    if span is None:
        return _sent(request, file, size, headers)
    first, last = span
    if first >= size or first > last:
        file.close()
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    file.seek(first)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _sent(request, _Part(file, last - first + 1), last - first + 1, headers, status=206)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """(first, last) of a request for one range; several at once are answered with the whole."""
    match = _RANGE.match(asked.strip())
    if not match or match[1] == match[2] == "":
        return None
    if not match[1]:
        return (max(0, size - int(match[2])), size - 1) if int(match[2]) else (size, size)
    return int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)


def _sent(request, file, length: int, headers: dict[str, str], status: int = 200) -> HttpResponse:
    if request.method == "HEAD":
        file.close()
        return HttpResponse(status=status, headers={**headers, "Content-Length": str(length)})
    response = FileResponse(file, status=status, headers=headers)
    response.headers["Content-Length"] = str(length)
    return response


class _Part:
    """The next `left` bytes of a file."""

    def __init__(self, file, left: int):
        self.file, self.left = file, left

    def read(self, size: int) -> bytes:
        data = self.file.read(min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()
