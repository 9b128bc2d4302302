"""Draft media are behind a staff check.

Wagtail alone would serve every original to anybody who knows its name.
"""

from functools import wraps

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control

from users.permissions import can_see_drafts


def drafts_only(view):
    """Answer "not here" to whoever may not see drafts, so that names of files cannot be tried out."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_see_drafts(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@drafts_only
@cache_control(private=True, max_age=300)
def draft_media(request, path):
    """A picture or its rendition, as an image and nothing else: an SVG that brings script stays a picture."""
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    response = FileResponse(file)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
