"""The yardstick: as little Django as a page can be made of, on the same server with the same settings.

`/hello/` is a view that answers a word behind five of Django's default middlewares; `/session/` shows one template to
somebody signed in, after one query of its own; `/write/` changes a row under a project's first settings. Started by
`bench.servers`, in a folder of its own.
"""

import os
from pathlib import Path

import django
from django.conf import settings

HERE = Path(os.environ.get("BENCH_FOLDER", "."))
COOKIE = HERE / "cookie"

settings.configure(
    SECRET_KEY="only-for-measuring-" + "0" * 40,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HERE / "yardstick.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
        },
        # As `django-admin startproject` writes it, for one who writes.
        "plain": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "plain.sqlite3"},
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"page.html": "<!DOCTYPE html><title>{{ user }}</title><p>{{ groups }}</p>{{ words }}"},
                    )
                ]
            },
        }
    ],
)
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402 - there are no models before setup
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import OperationalError, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

WORDS = "As many words as a lesson has. " * 550


def hello(request):
    return HttpResponse("Hello")


def session(request):
    name = request.user.username
    return render(request, "page.html", {"user": name, "groups": Group.objects.count(), "words": WORDS})


@csrf_exempt
def write(request):
    try:
        with transaction.atomic("plain"):
            row = Group.objects.using("plain").get(name="marks")
            row.name = "marks"
            row.save()
    except OperationalError:
        return HttpResponse("locked", status=503)
    return HttpResponse("written")


urlpatterns = [path("hello/", hello), path("session/", session), path("write/", write)]
application = WSGIHandler()


def prepare():
    """Make the database and somebody who is signed in; leave their cookie beside it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0, database="plain")
    Group.objects.using("plain").create(name="marks")
    reader = User.objects.create_user("reader")
    store = SessionStore()
    store[SESSION_KEY] = str(reader.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = reader.get_session_auth_hash()
    store.save()
    COOKIE.write_text(f"{settings.SESSION_COOKIE_NAME}={store.session_key}")


if __name__ == "__main__":
    prepare()
