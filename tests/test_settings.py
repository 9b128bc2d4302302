"""What holds on every machine, and what production refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from config import databases, environment, security
from config import storages as stores
from tests import signing
from users.models import User
from users.roles import Role

ROOT = Path(settings.BASE_DIR)


def in_a_transaction(request):
    return HttpResponse(headers={"X-Atomic": str(connection.in_atomic_block)})


def breaks_half_way(request):
    User.objects.create_user("half")
    raise RuntimeError


urlpatterns = [path("in-a-transaction/", in_a_transaction), path("breaks-half-way/", breaks_half_way)]


@pytest.fixture
def production(tmp_path):
    """Run Python with production settings, as a server would start it; returns the finished process."""
    base = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "HIGHROAD_VAR": str(tmp_path),
        "HIGHROAD_URL": "https://training.example.org",
        "SECRET_KEY": "for-this-test-only-" + "x7Qp" * 12,
        "CREDENTIAL_KEY": signing.key("ours"),
    }

    def run(*args, **changes):
        environ = {name: value for name, value in {**base, **changes}.items() if value is not None}
        command = [sys.executable, *args]
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)

    return run


def test_check_deploy_is_clean(production):
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_check_deploy_is_clean_with_everything_set(production):
    done = production(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        DATABASE_URL="postgres://highroad@localhost/highroad",
        REDIS_URL="redis://localhost:6379/0",
        S3_BUCKET="highroad",
        S3_ACCESS_KEY="key",
        S3_SECRET_KEY="secret",
        MAIL_HOST="mail.example.org",
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"HIGHROAD_DEMO": "1"}, "never runs in production"),
        ({"SECRET_KEY": None}, "Set the environment variable SECRET_KEY"),
        ({"HIGHROAD_URL": ""}, "Set the environment variable HIGHROAD_URL"),
        ({"MAIL_PORT": "smtp"}, "MAIL_PORT='smtp' is not a whole number"),
        ({"S3_BUCKET": "highroad"}, "Set the environment variable S3_ACCESS_KEY"),
    ],
)
def test_production_refuses_to_start(production, changes, says):
    done = production("-c", "import config.wsgi", **changes)
    assert done.returncode != 0
    assert says in done.stderr


def test_production_refuses_a_database_with_demo_accounts(production):
    """The web server runs no checks by itself, so the entry point does."""
    migrate = production("manage.py", "migrate", "--verbosity", "0")
    assert migrate.returncode == 0, migrate.stderr
    assert production("-c", "import config.wsgi").returncode == 0
    made = production("-c", MAKE_DEMO_ACCOUNT)
    assert made.returncode == 0, made.stderr
    for entry in ("config.wsgi", "config.asgi"):
        done = production("-c", f"import {entry}")
        assert done.returncode != 0
        assert "This database has demo accounts: labor1." in done.stderr
    done = production("manage.py", "check", "--database", "default")
    assert "users.E002" in done.stderr


MAKE_DEMO_ACCOUNT = (
    "import django; django.setup(); from users.models import User;"
    "User.objects.create_user('labor1', is_demo=True); User.objects.create_user('ana')"
)


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_flags(monkeypatch, raw, value):
    monkeypatch.setenv("HIGHROAD_X", raw)
    assert environment.flag("HIGHROAD_X", default=not value) is value


def test_a_flag_nobody_understands(monkeypatch):
    monkeypatch.setenv("HIGHROAD_X", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="HIGHROAD_X='perhaps'"):
        environment.flag("HIGHROAD_X")


def test_words(monkeypatch):
    monkeypatch.setenv("HIGHROAD_X", " a, b ,")
    assert environment.words("HIGHROAD_X") == ["a", "b"]


@pytest.mark.django_db
@pytest.mark.sqlite
def test_sqlite_is_set_up_for_several_writers():
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA mmap_size").fetchone()[0] > 0
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["CONN_MAX_AGE"] > 0


@pytest.mark.parametrize("url", ["sqlite:////tmp/x.sqlite3", "postgres://me@localhost/highroad"])
def test_connections_are_kept(url):
    assert databases.from_url(url)["CONN_MAX_AGE"] > 0


@pytest.mark.parametrize(
    ("method", "atomic"),
    [("get", False), ("head", False), ("options", False), ("post", True), ("delete", True)],
)
def test_a_request_that_writes_is_one_transaction(client, transactional_db, settings, method, atomic):
    settings.ROOT_URLCONF = "tests.test_settings"
    answer = getattr(client, method)("/in-a-transaction/")
    assert answer.headers["X-Atomic"] == str(atomic)


def test_a_refused_write_leaves_nothing(client, transactional_db, settings):
    settings.ROOT_URLCONF = "tests.test_settings"
    client.raise_request_exception = False
    assert client.post("/breaks-half-way/").status_code == 500
    assert not User.objects.filter(username="half").exists()


def test_sqlite_waits_for_the_disk_only_where_it_must():
    assert "PRAGMA synchronous=NORMAL;" in databases.from_url("sqlite:///x")["OPTIONS"]["init_command"]


def test_everything_written_lies_below_one_folder():
    for alias in ("default", "frozen", "released", "rendered", "voices", "evidence"):
        assert Path(settings.STORAGES[alias]["OPTIONS"]["location"]).is_relative_to(settings.VAR)
    assert storages["released"].url("ab.jpg") == "/media/released/ab.jpg"


def test_a_bucket_takes_every_alias(monkeypatch):
    for name in ("S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"):
        monkeypatch.setenv(name, "x")
    laid_over = stores.from_environment()
    assert set(laid_over) == set(stores.ALIASES)
    assert all(store["OPTIONS"]["default_acl"] == "private" for store in laid_over.values())


def test_the_policy_starts_from_nothing(client, db):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said == {name: " ".join(value) for name, value in security.DIRECTIVES.items()}
    assert "unsafe" not in policy
    assert said["default-src"] == "'none'"
    assert said["frame-src"] == said["frame-ancestors"] == "'self'"


def test_only_the_admin_is_left_out_of_the_policy(client, db, django_user_model):
    client.force_login(User.objects.create_superuser("root"))
    assert "Content-Security-Policy" not in client.get("/admin/").headers
    for url in ("/accounts/logout/", "/no/such/page/", "/media/none.jpg"):
        assert "Content-Security-Policy" in client.get(url).headers, url


def test_other_headers(client, db):
    headers = client.get("/accounts/login/").headers
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "camera=(self)" in headers["Permissions-Policy"]


def test_languages():
    assert [code for code, _name in settings.LANGUAGES] == ["en", "es"]
    assert settings.WAGTAIL_I18N_ENABLED
    assert settings.LANGUAGES == settings.WAGTAIL_CONTENT_LANGUAGES


DRAFT = "original_images/mop-bucket.svg"


@pytest.fixture
def draft(db):
    default_storage.save(DRAFT, ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    return f"/media/{DRAFT}"


@pytest.mark.parametrize(
    "who", [None, Role.LEARNER, Role.LABOR_REVIEWER, Role.MANAGEMENT_REVIEWER, Role.INSTRUCTOR, Role.AUDITOR]
)
def test_draft_pictures_are_not_for_everybody(client, draft, who):
    if who:
        user = User.objects.create_user("somebody")
        user.groups.add(*_groups(who))
        client.force_login(user)
    assert client.get(draft).status_code == 404
    assert client.get("/documents/1/plan.pdf").status_code == 404


def test_a_designer_sees_the_picture_as_a_picture(client, draft):
    user = User.objects.create_user("designer")
    user.groups.add(*_groups(Role.DESIGNER))
    client.force_login(user)
    answer = client.get(draft)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.getvalue().startswith(b"<svg")
    assert client.get("/media/../test.sqlite3").status_code == 404
    assert client.get("/media/%2e%2e/test.sqlite3").status_code == 404
    assert client.get("/media/").status_code == 404


def _groups(role):
    return Group.objects.filter(name=role.group_name)
