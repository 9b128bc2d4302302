"""Doing it while somebody watches, step by step. Video only where whoever is seen agreed."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import EvidenceKind, Method, SheetKind
from assessments.methods import authoring
from assessments.methods.base import GRADED, Slice

SLICE = Slice(
    method=Method.SKILLS_DEMONSTRATION,
    sheet_kind=SheetKind.TRY,
    help=_(
        "The learner does the work and somebody watches. Write one thing to see in each line, and mark what must be "
        "right."
    ),
    privacy=_(
        "You, the people who assess you and the coordinator see this. A video is taken away 30 days after it was added."
    ),
    fields=GRADED | {"criteria.limit"},
    optional_evidence=frozenset({EvidenceKind.PHOTO, EvidenceKind.VIDEO}),
    looks=(authoring.asks_for_something_critical,),
)
