import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def released(agreed, scene):
    """The curriculum of tests/conftest.py with its first course text, open to readers."""
    scene.commit()
    return agreed


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
