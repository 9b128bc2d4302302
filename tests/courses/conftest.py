"""A released course text as the outside world reads it."""

import pytest

FIRST = "courses.delivery.middleware.ReleasedPages"


@pytest.fixture(autouse=True)
def _released_pages_first(settings):
    """Whatever the settings hold, these tests are about this middleware in the first place."""
    settings.MIDDLEWARE = [FIRST, *(name for name in settings.MIDDLEWARE if name != FIRST)]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run a block as a request that commits: with what waits for the commit."""

    def run(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return run


@pytest.fixture
def released(agreed, scene):
    """The curriculum of tests/conftest.py with its first course text, open to readers. Returns the submission."""
    scene.commit()
    return agreed
