"""An assessment as HTML, for learners and reviewers alike."""

from django.template.loader import render_to_string

from assessments.enums import EvidenceKind, Method


def render_assessment(snapshot: dict, reading) -> str:
    """`assessments/snapshot.html` with the words of the enums beside the data."""
    return render_to_string(
        "assessments/snapshot.html",
        {
            "snapshot": snapshot,
            "method": Method(snapshot["method"]).label,
            "evidence": [EvidenceKind(kind).label for kind in snapshot.get("evidence", [])],
            "language": reading.language,
            "audience": reading.audience,
            "sample": reading.sample,
        },
    )
