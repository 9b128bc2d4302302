"""The cast, and the smallest library there is. Everything is real: no mocks of our own code."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from tests import migrated
from tests.scenes import Scenes, files_below, wanted

DATABASES = ("sqlite", "postgresql")
#: Modules that one worker runs whole: what they set up takes long.
WHOLE = ("tests/browser/", "tests/interchange/test_reading_samples.py")


class Workers(LoadScopeScheduling):
    """A module of journeys keeps to one worker, which starts its site and its browser once; the largest come first.

    Most other tests go to whoever is free.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith(WHOLE) else nodeid


def pytest_xdist_make_scheduler(config, log):
    return Workers(config, log)


def pytest_collection_modifyitems(config, items):
    """A test about one database is collected where that database is, and nowhere else."""
    elsewhere = set(DATABASES) - {connection.vendor}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in elsewhere)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """On SQLite Django finds the copy where it would make its database; the folder it is in goes away afterwards."""
    return django_db_keepdb or (migrated.wanted() and connection.vendor == "sqlite")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_test_environment, django_db_blocker):
    """Migrations have run before Django makes the tests' database. HIGHROAD_TEST_FRESH=1 runs them all."""
    if migrated.wanted():
        with django_db_blocker.unblock():
            migrated.put(connection)


@pytest.fixture(scope="session")
def scenes(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """The databases that the collected tests begin in (tests/scenes.py)."""
    scenes = Scenes(connection, tmp_path_factory.mktemp("scenes"))
    with django_db_blocker.unblock():
        for name in {wanted(getattr(item, "fixturenames", ())) for item in request.session.items}:
            scenes.build(name)
        scenes.leave()
    yield scenes
    with django_db_blocker.unblock():
        scenes.close()


@pytest.fixture
def scene(request, scenes, tmp_path, django_db_blocker, _own_storage):
    """What this test begins with. One whose transactions are real has a database to itself, which nobody empties."""
    alone = "transactional_db" in request.fixturenames
    with django_db_blocker.unblock():
        begun = scenes.open(wanted(request.fixturenames), alone=alone, files=tmp_path)
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda self: None):
        yield begun
    with django_db_blocker.unblock():
        scenes.leave()


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path, request):
    """Files of one test stay in its own folder."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        for name, value in files_below(tmp_path).items():
            setattr(settings, name, value)


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind; the next test starts in ours."""
    with translation.override("en"):
        yield


@pytest.fixture
def db(scene, db):
    """The database as the test's scene has it; what the test does there is rolled back."""


@pytest.fixture
def transactional_db(scene, transactional_db):
    """A database whose transactions are real, for threads and for live_server; name this fixture, not the marker."""


@pytest.fixture
def cast(db, scene):
    """{username: user}: the people of home/demo/cast.py, with their committee and seats."""
    return scene["cast"]


@pytest.fixture
def three_modules(cast, scene):
    """Modules by code, in one curriculum's folder, that nobody put forward."""
    return scene["three_modules"]


@pytest.fixture
def module(cast, scene):
    """A module with two lessons in English, the first in Spanish too, and one assessment."""
    return scene["module"]


@pytest.fixture
def curriculum(module, scene):
    """A curriculum of that one module."""
    return scene["curriculum"]


@pytest.fixture
def agreed(curriculum, scene):
    """The submission by which both sides agreed on its first course text; what waits for the commit was not done."""
    return scene["agreed"]
