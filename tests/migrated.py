"""An empty database with every migration run, made once and copied by whoever starts tests.

Two hundred migrations take longer than most test files do. What they leave depends on files and versions that seldom
change, so it is kept below `.pytest_cache` (on PostgreSQL as a database beside the tests' own) under a digest of all
of them. Whatever is written *after* migrations (triggers, roles, permissions, the index of search) is left out and
made at every start, by the same signal as on a real installation: nothing in here has to know about it.
"""

import fcntl
import importlib.util
import os
import platform
import re
import shutil
import sqlite3
import sys
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".pytest_cache" / "migrated"
#: Files of earlier migrations that stay, for who goes to and fro between branches.
KEPT = 4

# Settings by which migrations and the fields in them decide: how their names begin.
READ = ("AUTH_USER", "DEFAULT_AUTO", "INSTALLED_APPS", "LANGUAGE", "MIGRATION", "TIME_ZONE", "USE_", "WAGTAIL")

# A migration names fields and defaults of ours, and they decide on columns too.
IMPORTED = re.compile(r"^(?:import|from) +([\w.]+)", re.MULTILINE)


def wanted() -> bool:
    """False where somebody wants the long way: every migration, from nothing."""
    return os.environ.get("HIGHROAD_TEST_FRESH", "0") == "0"


def digest(vendor: str) -> str:
    """Names what the migrations leave: it changes with anything that they read."""
    versions = sorted(f"{one.name} {one.version}" for one in distributions())
    said = [vendor, platform.python_version(), sqlite3.sqlite_version, *versions]
    said += [f"{name} {getattr(settings, name)}" for name in dir(settings) if name.startswith(READ)]
    files = {Path(sys.modules[type(one).__module__].__file__) for one in MigrationLoader(None).disk_migrations.values()}
    files |= {source for file in files if _ours(file) for source in _imported(file.read_text())}
    whole = sha256("\n".join(said).encode())
    for file in sorted(files):
        whole.update(f"\n{file}\n".encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _ours(file: Path) -> bool:
    return file.is_relative_to(ROOT) and "site-packages" not in file.parts


def _imported(text: str) -> set[Path]:
    """Sources in this repository that a migration imports."""
    found = (importlib.util.find_spec(name) for name in IMPORTED.findall(text))
    return {file for spec in found if spec and spec.has_location and _ours(file := Path(spec.origin))}


@contextmanager
def _alone():
    """One process at a time: workers that start side by side share what the first of them makes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def put(connection) -> None:
    """Arrange that Django's `create_test_db` starts where all migrations have run: it finds none left to do."""
    here = {"sqlite": _put_file, "postgresql": _put_template}[connection.vendor]
    with _alone():
        here(connection, digest(connection.vendor))


def _put_file(connection, name: str) -> None:
    kept = FOLDER / f"{name}.sqlite3"
    if kept.exists():
        kept.touch()
    else:
        building = FOLDER / "building.sqlite3"
        _unlink(building)
        _migrate(connection, str(building))
        os.replace(building, kept)
        for file in sorted(FOLDER.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            file.unlink()
    target = Path(connection.settings_dict["TEST"]["NAME"])
    _unlink(target)
    shutil.copyfile(kept, target)


def _unlink(database: Path) -> None:
    """A run that was killed leaves its log beside its database, and SQLite would play it onto the next."""
    for end in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + end).unlink(missing_ok=True)


def _put_template(connection, name: str) -> None:
    """A comment on the template says which migrations it holds: one database stays behind, however often they change.

    It is written last, so a template that was not finished is never taken for one that was.
    """
    template = f"test_{connection.settings_dict['NAME']}_migrated"
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND shobj_description(oid, 'pg_database') = %s",
            [template, name],
        )
        found = cursor.fetchone()
    if not found:
        _migrate(connection, template)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(template)} IS '{name}'")
    connection.settings_dict["TEST"]["TEMPLATE"] = template


def _migrate(connection, name: str) -> None:
    """Make the database `name` anew and run every migration there, without what comes after them."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    tests = test["NAME"]
    test["NAME"] = name
    try:
        with patch.object(post_migrate, "receivers", []):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = tests
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = own
