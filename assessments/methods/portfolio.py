"""Work a learner chose to show. Whoever judges it says first that it is valid, enough, the learner's own and recent."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import EvidenceKind, EvidenceRule, Method, SheetKind
from assessments.methods import authoring
from assessments.methods.base import GRADED, Slice

SLICE = Slice(
    method=Method.PORTFOLIO,
    sheet_kind=SheetKind.TRY,
    help=_(
        "The learner chooses work to show. Write what the work must show, and three or four levels with plain words "
        "for each. Never ask for anything about a patient, a client or a neighbor."
    ),
    privacy=_(
        "You, the people who assess you and the coordinator see what you add. You can take it back. A video is taken "
        "away 30 days after it was added."
    ),
    fields=GRADED | {"rubric"},
    rules=frozenset(EvidenceRule),
    optional_evidence=frozenset(EvidenceKind) - {EvidenceKind.OBSERVATION},
    looks=(authoring.has_levels,),
)
