import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from tests.factories import release


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind; the next test starts in ours."""
    with translation.override("en"):
        yield


@pytest.fixture
def released(curriculum, cast, django_capture_on_commit_callbacks):
    """The curriculum of tests/conftest.py with its first course text, rendered."""
    with django_capture_on_commit_callbacks(execute=True):
        return release(curriculum, cast)


@pytest.fixture
def real(settings):
    """An installation that is no demo."""
    settings.HIGHROAD_DEMO = False


@pytest.fixture
def read(client):
    """read(url) is the page there, parsed."""

    def page(url, status=200):
        response = client.get(url)
        assert response.status_code == status, (url, response.status_code)
        return BeautifulSoup(response.content, "html.parser")

    return page
