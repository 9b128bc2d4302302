"""Search and verify. The language is the address's, like that of every released page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation

from courses.delivery import addresses, paths, search, stories
from courses.delivery.front import shared


def search_pages(request, language=settings.LANGUAGE_CODE):
    """Pages of current course texts that answer `?q=`."""
    query = " ".join(request.GET.get("q", "").split())[:200]
    now = paths.current.now()
    results = search.find(query, language, now.curriculum_uids)
    sample = bool(results) and any(course.decision.sample for course in now.courses.values())
    return _page(
        "delivery/search.html", language, addresses.search, {"query": query, "results": results, "sample": sample}
    )


def verify(request, digest="", language=settings.LANGUAGE_CODE):
    """What was agreed under a fingerprint, or a form that takes one as people paste it."""
    pasted = stories.clean(request.GET.get("fingerprint", "") or digest)
    if pasted != digest:
        return redirect(addresses.verify(pasted, language))
    with translation.override(language):
        story = stories.tell(pasted, language, paths.current.now(), request.user)
    context = {**story.__dict__, "form_url": addresses.verify("", language)}
    status = 200 if story.found or not pasted else 404
    return _page("delivery/verify.html", language, lambda code: addresses.verify(pasted, code), context, status)


def _page(template, language, address, context, status=200):
    """Rendered without a request: nothing on these pages depends on who reads."""
    with translation.override(language):
        html = render_to_string(template, shared(language, address) | context)
    return HttpResponse(
        html,
        status=status,
        headers={"Content-Language": language, "Cache-Control": "no-cache", "X-Robots-Tag": "noindex"},
    )
