"""The cast, and the smallest library there is. Everything is real: no mocks of our own code."""

import pytest

from home.demo.cast import make_cast


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
