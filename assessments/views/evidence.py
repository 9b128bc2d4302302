"""A piece of evidence for those who may see it, and for everybody else nothing: not even that there is one."""

import logging
import re

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assessments.enums import EvidenceKind
from assessments.evidence import storing
from assessments.models import Evidence
from assessments.permissions import can_see_evidence

log = logging.getLogger(__name__)

SHOWN = frozenset({EvidenceKind.PHOTO, EvidenceKind.AUDIO, EvidenceKind.VIDEO})
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_BLOCK = 64 * 1024


class Stretch:
    """Some of a file, block by block; the response closes it, however it ends."""

    def __init__(self, file, start: int, length: int):
        self.file, self.start, self.left = file, start, length

    def __iter__(self):
        self.file.seek(self.start)
        while self.left > 0 and (block := self.file.read(min(_BLOCK, self.left))):
            self.left -= len(block)
            yield block

    def close(self):
        self.file.close()


@require_safe
def evidence(request, uid):
    """The bytes, or the part of them that a player asks for."""
    row = get_object_or_404(Evidence.objects.select_related("attempt"), pk=uid, erased_at__isnull=True)
    if not can_see_evidence(request, row):
        raise Http404
    if row.kind == EvidenceKind.TEXT:
        return _dressed(HttpResponse(row.text, content_type="text/plain; charset=utf-8"), row)
    asked = _asked(request, row)
    if asked is None:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{row.size}"})
        return _dressed(refused, row)
    start, end = asked
    told = {"Accept-Ranges": "bytes", "Content-Length": str(end - start), "ETag": _tag(row)}
    is_part = (start, end) != (0, row.size)
    if is_part:
        told["Content-Range"] = f"bytes {start}-{end - 1}/{row.size}"
    answer = {"status": 206 if is_part else 200, "content_type": row.media_type, "headers": told}
    if request.method == "HEAD":
        return _dressed(HttpResponse(**answer), row)
    try:
        file = storing.open_kept(row.name)
    except FileNotFoundError:
        log.error("The file of evidence %s is not there.", row.pk)
        raise Http404 from None
    return _dressed(StreamingHttpResponse(Stretch(file, start, end - start), **answer), row)


def _asked(request, row: Evidence) -> tuple[int, int] | None:
    """From where up to where; the whole file where no part, several, or a part of another file is asked for. None
    where there is no such part."""
    said = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if said is None or said[0] == "bytes=-" or request.headers.get("If-Range", _tag(row)) != _tag(row):
        return 0, row.size
    first, last = said.groups()
    if not first:
        start, end = max(0, row.size - int(last)), row.size
    else:
        start, end = int(first), min(int(last) + 1 if last else row.size, row.size)
        if last and int(last) < int(first):
            return 0, row.size
    return (start, end) if start < end else None


def _tag(row: Evidence) -> str:
    return f'"{row.sha256}"'


def _dressed(response, row: Evidence):
    """Never run, never guessed at, never kept on the way."""
    shown = row.kind in SHOWN
    response.headers["Content-Disposition"] = "inline" if shown else f'attachment; filename="{row.pk}{_ending(row)}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _ending(row: Evidence) -> str:
    return ".pdf" if row.media_type == "application/pdf" else ".txt"
