from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from courses.delivery import addresses, agreements
from home.demo.cast import CAST
from home.demo.doors import doors, entry
from home.demo.switch import demo_only
from home.desks import COURSES, desks_of
from users.models import User
from users.views.welcome import BACKEND


@demo_only
@never_cache
def demo(request):
    """The doors, the story, and everybody else one may be."""
    cast = [
        {"username": part.username, "name": part.name, "role": part.role, "url": entry(part.username)} for part in CAST
    ]
    context = {"doors": doors(), "cast": cast, "password": settings.DEMO_PASSWORD}
    return render(request, "demo/index.html", context)


@demo_only
@csrf_exempt
@require_POST
@never_cache
def enter(request, username):
    """Sign in as somebody of the cast, without a password: theirs is printed on the page before.

    The home page is rendered once for everybody and cannot carry a token, so the browser is asked where the form
    came from. Raises PermissionDenied for a form of another site.
    """
    check_same_origin(request)
    user = User.objects.filter(username=username, is_demo=True, is_active=True).first()
    if user is None:
        raise Http404
    # Whoever tries the demo goes on in the language they read in.
    user.preferred_language = get_language() or settings.LANGUAGE_CODE
    user.save(update_fields=["preferred_language"])
    login(request, user, backend=BACKEND)
    then = request.GET.get("next", "")
    if then.startswith("/") and url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        return redirect(then)
    # The list of courses shows the doors again: whoever came to learn gets something to read.
    course = first_course(user.preferred_language) if desks_of(user) == [COURSES] else None
    return redirect(course or "desk")


def check_same_origin(request) -> None:
    """Refuse a form that another site posted. Every current browser sends one of the two headers with a form."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if site == "same-origin" or (site is None and origin == f"{request.scheme}://{request.get_host()}"):
        return
    raise PermissionDenied(_("This came from another site. Nobody was signed in. Open the demo here and try again."))


def first_course(language) -> str | None:
    """The address of the course that was agreed on first, None before there is one."""
    decision = agreements.readable_releases().filter(outline__isnull=False).select_related("outline").first()
    if decision is None:
        return None
    spoken = language if language in decision.outline.languages else settings.LANGUAGE_CODE
    return addresses.curriculum(decision.outline.slug, spoken)
