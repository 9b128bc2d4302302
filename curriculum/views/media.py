"""Draft files by digest: what the page editor's preview points at."""

from django.http import FileResponse, Http404
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from users.permissions import can_see_drafts

#: An SVG is shown by <img> only; opened by itself it may do nothing.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def draft_media(request, name):
    """The file "<sha256>.<ext>" of the library. 404 for everybody who does not write."""
    if not can_see_drafts(request.user):
        raise Http404
    digest = name.split(".")[0]
    row = (
        get_image_model().objects.filter(sha256=digest).first()
        or get_document_model().objects.filter(sha256=digest).first()
    )
    if row is None:
        raise Http404
    return sandboxed(FileResponse(row.file.storage.open(row.file.name, "rb"), filename=name))


def sandboxed(response):
    """Headers for a file that people brought: never guessed at, never run, never kept by a shared cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Security-Policy"] = SANDBOX
    return response
