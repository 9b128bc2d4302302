"""Ten ways to show, tell or do, a file each. A new one is a file here, a line below and a value of `Method`."""

from assessments.enums import Method
from assessments.methods import (
    oral_response,
    peer_feedback,
    portfolio,
    prior_experience,
    reflective_journal,
    scenario,
    self_assessment,
    skills_demonstration,
    team_project,
    worksite_sign_off,
)
from assessments.methods.base import Slice

SLICES: dict[Method, Slice] = {
    one.SLICE.method: one.SLICE
    for one in (
        skills_demonstration,
        portfolio,
        oral_response,
        reflective_journal,
        scenario,
        team_project,
        peer_feedback,
        self_assessment,
        prior_experience,
        worksite_sign_off,
    )
}


def of(method: str) -> Slice:
    """The slice of a method. Raises ValueError where there is no such method."""
    return SLICES[Method(method)]


__all__ = ["SLICES", "Slice", "of"]
