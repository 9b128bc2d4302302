"""Every test of review starts in English; a request made as somebody who reads Spanish leaves Spanish behind."""

import pytest
from django.utils import timezone, translation

from curriculum.review import workdays
from users.models import User


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def later(monkeypatch):
    """`later(3)` makes it three working days after the test began. Rows are append-only: the clock moves, not they."""
    real, began = timezone.now, timezone.localdate()

    def move(days):
        gone = workdays.add(began, days) - began
        monkeypatch.setattr(timezone, "now", lambda: real() + gone)

    return move


@pytest.fixture
def screens_in_english(cast):
    """Everybody reads English on screen, for tests that look for English words whoever is signed in."""
    User.objects.update(preferred_language="en")
