"""Search, verify, two languages side by side. The language is the address's, like that of every released page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from courses.delivery import addresses, answers, both, front, headers, paths, search, stories
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


@require_safe
def both_languages(request, slug, page, label="", language=settings.LANGUAGE_CODE):
    """A lesson in two languages, the one that the address names first. Where it has only one, the lesson itself."""
    now = paths.current.now()
    found = both.find(now, slug, label, language, f"{page}/")
    if found is None:
        missing = front.missing_page(now, language, f"/curricula/{slug}/{page}/")
        return HttpResponse(missing, status=404, headers={"Content-Language": language, "Cache-Control": "no-cache"})
    encoding = answers.encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    data = both.read(now, found, encoding, label=label)
    if data is None:
        base = addresses.release(slug, label, language) if label else addresses.curriculum(slug, language)
        return redirect(f"{base}{page}/")
    about = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": language,
        "Cache-Control": headers.PAGE_CACHE,
        "Vary": "Accept-Encoding",
        "X-Robots-Tag": "noindex",
        "Link": f'<{both.canonical(now, found)}>; rel="canonical"',
    }
    return answers.answer(request, answers.body(data, about, encoding), {})


def _page(template, language, address, context, status=200):
    """Rendered without a request: nothing on these pages depends on who reads."""
    with translation.override(language):
        html = render_to_string(template, shared(language, address) | context)
    return HttpResponse(
        html,
        status=status,
        headers={"Content-Language": language, "Cache-Control": "no-cache", "X-Robots-Tag": "noindex"},
    )
