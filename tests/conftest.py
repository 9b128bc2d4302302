"""The cast, and the smallest library there is. Everything is real: no mocks of our own code."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from curriculum import triggers
from home.demo.cast import make_cast

DATABASES = ("sqlite", "postgresql")


def pytest_collection_modifyitems(config, items):
    """A test about one database is collected where that database is, and nowhere else."""
    elsewhere = set(DATABASES) - {connection.vendor}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in elsewhere)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path, request):
    """Files of one test stay in its own folder."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        settings.MEDIA_ROOT = str(tmp_path / "media")
        settings.STORAGES = {
            **settings.STORAGES,
            **{
                name: {**settings.STORAGES[name], "OPTIONS": {"location": str(tmp_path / name)}}
                for name in ("default", "frozen", "released", "rendered")
            },
        }


@pytest.fixture
def transactional_db(transactional_db, django_db_serialized_rollback):
    """A database whose transactions are real, for threads and for live_server; name this fixture, not the marker.

    Afterwards every table is emptied, which append-only tables refuse: their triggers are taken away just before,
    and made again here, with the rows that migrations made, for the next.
    """
    triggers.install()
    yield
    triggers.remove()
    # Rows are put back in any order, and saving some asks for a content type: what is known needs no row.
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def cast(db):
    """{username: user}: the people of home/demo/cast.py, with their committee and seats."""
    return make_cast("test-password")


@pytest.fixture
def module(cast):
    """A module with two lessons in English, the first in Spanish too, and one assessment."""
    from tests.factories import make_module

    return make_module(by=cast["designer"])


@pytest.fixture
def curriculum(cast, module):
    """A curriculum of that one module."""
    from tests.factories import make_curriculum

    return make_curriculum(module, by=cast["designer"])
