"""A server that people rely on.

Everything comes from environment variables: docs/operations.md lists them.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import environment, storages
from config.settings.base import *
from config.settings.base import STORAGES, VAR

HIGHROAD_PRODUCTION = True
if environment.flag("HIGHROAD_DEMO"):
    raise ImproperlyConfigured("HIGHROAD_DEMO is set. The demo has public passwords and never runs in production.")

SECRET_KEY = environment.required("SECRET_KEY")
HIGHROAD_URL = environment.required("HIGHROAD_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = HIGHROAD_URL
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", [urlsplit(HIGHROAD_URL).hostname])
CSRF_TRUSTED_ORIGINS = [HIGHROAD_URL]

# Behind HTTPS

SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SILENCED_SYSTEM_CHECKS = [
    # The lists that browsers ship bind a whole domain for years: a county's decision, not this program's.
    "security.W021",
    # Our own pages show our own pages in frames: previews, and the phone beside a text.
    "security.W019",
]
if environment.flag("BEHIND_PROXY", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# One machine keeps its cache in memory, one a process; several share a Redis-protocol server, and then
# sessions are cached too. A cache that one process cannot clear for another would keep signed-out people
# signed in.

if REDIS_URL := environment.text("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Files

STORAGES = {
    **STORAGES,
    **storages.from_environment(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = environment.text("STATIC_ROOT", str(VAR / "static"))

# Mail. Without it nobody is offered a code by e-mail; people sign in by password and get links by hand.

EMAIL_HOST = environment.text("MAIL_HOST")
EMAIL_PORT = environment.number("MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("MAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("MAIL_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
ACCOUNT_LOGIN_BY_CODE_ENABLED = bool(EMAIL_HOST)
ADMINS = [("", address) for address in environment.words("ADMIN_MAIL")]
