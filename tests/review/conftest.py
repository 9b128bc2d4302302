"""Every test of review starts in English; a request made as somebody who reads Spanish leaves Spanish behind."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
