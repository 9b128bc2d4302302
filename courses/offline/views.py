"""What a phone asks for to keep a module: the list, the service worker, and the page of what is saved."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from courses.delivery import addresses, both, older, paths
from courses.offline import shell
from courses.offline.manifest import read_page, saved_list

SOURCE = settings.LANGUAGE_CODE


@require_safe
def list_of(request, slug, module, label="", language=SOURCE):
    """What a saved copy of one module holds: of the current course text, or of the one that `label` names."""
    now = paths.current.now()
    if label:
        decision = now.releases.get((slug, label))
        pages = paths.pages_at_release(decision, now.over[decision.pk]) if decision else {}
        base, read = addresses.release(slug, label, language), partial(_at_own_address, now, label)
    else:
        pages, base, read = now.pages, addresses.curriculum(slug, language), read_page
    found = pages.get(f"{base}{module}/")
    if found is None:
        raise Http404
    told = saved_list(found, pages, label=label, read=read)
    return JsonResponse(told, headers={"Cache-Control": "no-cache", "Content-Language": language})


@require_safe
def saved(request, language=SOURCE, is_offline=False):
    """What is saved on this phone. The server does not know; the page finds it out where it is opened."""
    html = shell.page(language, is_offline=is_offline)
    about = {"Content-Language": language, "Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}
    return HttpResponse(html, headers=about)


@require_safe
def worker(request):
    """The service worker of the whole site. Browsers look here for a new one, so nothing may keep it."""
    about = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8", headers=about)


def _at_own_address(now, label, address, page) -> bytes:
    """A page as it is served below `releases/<label>/`, with its line about newer text."""
    is_current = now.course_of(page.decision).decision.pk == page.decision.pk
    newer = None if is_current else both.canonical(now, page)
    data = read_page(address, page)
    return older.at_own_address(data, slug=page.slug, label=label, language=page.language, newer=newer)
