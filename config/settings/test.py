"""The test suite: quick, in a folder of its own, on SQLite files or the PostgreSQL of DATABASE_URL."""

import atexit
import os
import shutil
import tempfile

if "HIGHROAD_VAR" not in os.environ:
    # Not handed on to child processes: each has a folder of its own.
    _folder = tempfile.mkdtemp(prefix="highroad-test-")
    os.environ["HIGHROAD_VAR"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)

from config.settings.base import *

SECRET_KEY = "only-for-tests-" + "0" * 50
ALLOWED_HOSTS = ["*"]
HIGHROAD_DEMO = True
# Pages as Wagtail has them: tests show what happens to one where ours holds.
INSTALLED_APPS += ["tests.stock"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HIGHROAD_LETTERS_FROM = 0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Nothing outlives a test, so nothing waits for the disk.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
