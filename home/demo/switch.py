"""Whether this installation is a demo. Production refuses to be one, whatever else is set."""

from functools import wraps

from django.conf import settings
from django.http import Http404


def demo_is_on() -> bool:
    return bool(settings.HIGHROAD_DEMO) and not settings.HIGHROAD_PRODUCTION


def demo_only(view):
    """Answer "not here" on a real installation."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not demo_is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
