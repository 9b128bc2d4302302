"""Settings that hold everywhere. dev, test and production each say only what differs."""

import os
import zoneinfo
from pathlib import Path

from config import databases, environment, security

BASE_DIR = Path(__file__).resolve().parents[2]

# Everything written at run time lies below one folder: back it up, or throw it away, as one.
VAR = Path(environment.text("HIGHROAD_VAR", str(BASE_DIR / "var"))).resolve()
os.makedirs(VAR / "static", exist_ok=True)

DEBUG = False
HIGHROAD_PRODUCTION = False
HIGHROAD_DEMO = False
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "highroad-demo")
HIGHROAD_CENTER_NAME = environment.text("HIGHROAD_CENTER_NAME", "Highroad")

INSTALLED_APPS = [
    "home",
    "interchange",
    "courses",
    "assessments",
    "curriculum",
    "users",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.sites",
    "users.apps.AdminUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Last: it turns off mails that wagtail.admin connects when it is ready.
    "curriculum.review",
]

MIDDLEWARE = [
    # First: what everybody may read is answered before a session, a language or a query is thought of.
    "courses.delivery.middleware.ReleasedPages",
    "config.transactions.RequestMethod",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "users.middleware.OnlyBelow",
    "users.middleware.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.navigation.screen",
            ],
        },
    },
]

DATABASES = {"default": databases.from_url(environment.text("DATABASE_URL", f"sqlite:///{VAR / 'highroad.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People and sign-in

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "users.forms.sign_in.SignInForm",
    "request_login_code": "users.forms.sign_in.AskForCodeForm",
    "confirm_login_code": "users.forms.sign_in.CodeForm",
    "add_email": "users.forms.sign_in.NewEmailForm",
    "change_password": "users.forms.sign_in.ChangePasswordForm",
    "set_password": "users.forms.sign_in.SetPasswordForm",
    "reset_password": "users.forms.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "users.forms.sign_in.NewPasswordForm",
    "reauthenticate": "users.forms.sign_in.IsItYouForm",
}
MFA_FORMS = {
    "authenticate": "users.forms.sign_in.AppCodeForm",
    "reauthenticate": "users.forms.sign_in.IsItYouByAppForm",
    "activate_totp": "users.forms.sign_in.UseAppForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "users.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Added to allauth's own. A code of eight letters is read out in break rooms: many people share one address there.
ACCOUNT_RATE_LIMITS = {
    "way_in_code": "20/5m/ip,300/h/key",
    # Counted when wrong alone: a whole class comes in from one address.
    "join_code": "20/5m/ip,300/h/key",
    "voice": "30/h/ip,300/h/key",
    "voice_code": "20/5m/ip,300/h/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_USER_DISPLAY = str
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = HIGHROAD_CENTER_NAME

# Languages

USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("HIGHROAD_TIME_ZONE", "America/Los_Angeles")
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
# The language of a screen is its reader's own; a cookie remembers it for somebody without an account.
LANGUAGE_COOKIE_NAME = "highroad_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

# Wagtail

WAGTAIL_SITE_NAME = HIGHROAD_CENTER_NAME
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = environment.text("HIGHROAD_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
# The system's list holds names that browsers refuse, such as "localtime".
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "curriculum.review.finish.finish"
WAGTAILIMAGES_IMAGE_MODEL = "curriculum.HighroadImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "curriculum.HighroadDocument"
WAGTAILDOCS_EXTENSIONS = "csv docx mp3 mp4 odt pdf pptx txt vtt webm xlsx zip".split()
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# A lesson of a hundred blocks posts thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
TAGGIT_CASE_INSENSITIVE = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"


def folder(path, base_url=None):
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": path, "base_url": base_url},
    }


# "default" holds drafts, "frozen" what was put forward, "voices" what workers recorded, "evidence" what learners sent:
# all private. Only "released" is read by the public.
STORAGES = {
    "default": folder(MEDIA_ROOT, MEDIA_URL),
    "frozen": folder(VAR / "frozen"),
    "released": folder(VAR / "released", "/media/released/"),
    "rendered": folder(VAR / "rendered"),
    "voices": folder(VAR / "voices"),
    "evidence": folder(VAR / "evidence"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A function that looks at each file of evidence before it is kept (assessments/evidence/scanning.py), by dotted path.
HIGHROAD_EVIDENCE_SCAN = environment.text("HIGHROAD_EVIDENCE_SCAN")

# Bytes of released pages and files that one process keeps in memory.
HIGHROAD_PAGE_MEMORY = 64 * 1024 * 1024

# What a browser may do

CONTENT_SECURITY_POLICY = security.CONTENT_SECURITY_POLICY
PERMISSIONS_POLICY = security.PERMISSIONS_POLICY
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# What credentials are signed with. Without a key, a machine that is not in production makes one in HIGHROAD_VAR.
CREDENTIAL_KEY = environment.text("CREDENTIAL_KEY")
CREDENTIAL_FORMER_KEYS = environment.words("CREDENTIAL_FORMER_KEYS")

# Mail and log

# From this hour of the center's clock on, the letter of the day goes out; what could hurt someone goes out at once.
HIGHROAD_LETTERS_FROM = environment.number("HIGHROAD_LETTERS_FROM", 7)

DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "highroad@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Its INFO is one line a request, and the web server writes those already.
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Scanners knock under every name there is.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # Two lines for every draft that is saved, and one for every page of an import.
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "wagtail": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A missing page is the reader's news, not the administrator's.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
