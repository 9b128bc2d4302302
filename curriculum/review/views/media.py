"""Frozen pictures and files, for people who read reviews."""

import mimetypes

from django.core.files.storage import storages
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from curriculum.editions.media import frozen_name
from curriculum.review.views.access import only, sits_or_reads

SHOWN = ("image/", "audio/", "video/", "text/vtt")
#: Nothing in a file may run or fetch: an SVG that brings script stays a picture.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def readers_only(view):
    return only(sits_or_reads, view)


@require_safe
@readers_only
@cache_control(private=True, max_age=86400)
def media(request, digest, ext):
    """One file by its digest."""
    return file_response(digest, ext)


def file_response(digest, ext):
    """A frozen file. What a browser cannot safely show is saved instead. Raises Http404 where it is not kept."""
    try:
        file = storages["frozen"].open(frozen_name(digest, ext))
    except OSError:
        raise Http404 from None
    kind = mimetypes.guess_type(f"x.{ext}")[0] or "application/octet-stream"
    response = FileResponse(
        file, content_type=kind, as_attachment=not kind.startswith(SHOWN), filename=f"{digest[:12]}.{ext}"
    )
    response.headers["Content-Security-Policy"] = POLICY
    return response
