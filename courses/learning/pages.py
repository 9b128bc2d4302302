"""What every screen for learners shows around its content, and how its bytes are sent."""

import gzip

import brotli
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from courses.cohorts.text import address
from courses.delivery import answers, arriving
from courses.delivery.front import shared
from courses.learning.access import Reader

#: Cheap enough for every request: half a millisecond for a lesson.
BROTLI, GZIP = 2, 3


def shown(request, template: str, language: str, where, context: dict, status: int = 200) -> HttpResponse:
    """A screen in the look of released pages. `where(code)` is its address in another language."""
    response = render(request, template, shared(language, where) | context, status=status)
    if arriving.arrives(request):
        response.content, policy = arriving.dressed(response.content)
        allow(response, policy)
    return response


def allow(response: HttpResponse, policy: dict[str, list[str]]) -> HttpResponse:
    """Let one page do more than the others, by directive of the security policy."""
    known = getattr(response, "_csp_update", {})
    response._csp_update = known | {name: [*known.get(name, ()), *more] for name, more in policy.items()}
    return response


def of_course(request, template: str, reader: Reader, language: str, below: str, context: dict, status: int = 200):
    """A screen of one course."""
    course = reader.course
    around = {
        "course": course,
        "reader": reader,
        "learner": reader.enrollment,
        "course_url": address(course.code, language),
        "sample": reader.text.decision.sample,
    }
    return shown(
        request, template, language, lambda code: address(course.code, code, below), around | context, status=status
    )


def sent(request, data: bytes, language: str, policy: dict[str, list[str]]) -> HttpResponse:
    """A page made of bytes, in the best form the browser takes; `policy` as in `allow`."""
    encoding = answers.encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(squeezed(data, encoding))
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding", arriving.SAYS])
    return allow(response, policy)


def squeezed(data: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(data, quality=BROTLI, mode=brotli.MODE_TEXT)
    return gzip.compress(data, GZIP, mtime=0) if encoding == "gzip" else data


def check_own_page(request) -> None:
    """Raises PermissionDenied where another site sent the form."""
    origin = request.headers.get("Origin", "")
    own = f"{request.scheme}://{request.get_host()}"
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if elsewhere or origin not in ("", own):
        raise PermissionDenied(_("This came from another site. Nothing was changed."))
