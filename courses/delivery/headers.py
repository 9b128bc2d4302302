"""Headers of what is answered before any other middleware: the same protection as everywhere else.

They come from the settings that those middlewares read; a test compares the two.
"""

from csp.utils import build_policy
from django.conf import settings

#: A browser keeps a page for a second and then asks whether it is still the same.
PAGE_CACHE = "public, max-age=1, must-revalidate"
#: A file is named by its bytes, so it never changes.
MEDIA_CACHE = "public, max-age=31536000, immutable"
#: A drawing from outside is a picture and nothing else, even when somebody opens it by itself.
DRAWING_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def everywhere() -> dict[str, str]:
    """What every answer carries."""
    found = {
        "Content-Security-Policy": build_policy(),
        "Permissions-Policy": settings.PERMISSIONS_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "X-Content-Type-Options": "nosniff",
    }
    return {name: value for name, value in found.items() if value}


def policy(update: dict[str, list[str]]) -> dict[str, str]:
    """The policy of a page that brings something along, by directive."""
    return {"Content-Security-Policy": build_policy(update=update)}


def over_https() -> dict[str, str]:
    """What is said on a secure connection only."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    told = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    told += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    told += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return {"Strict-Transport-Security": "; ".join(told)}
