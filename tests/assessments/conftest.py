"""A group on this floor, without a course."""

import pytest

from assessments import groups
from tests.assessments.work import Cohort


@pytest.fixture
def cohort(cast):
    """Three learners and three assessors."""
    found = Cohort(cast)
    groups.register("tests", found.ask)
    yield found
    groups.forget("tests")
