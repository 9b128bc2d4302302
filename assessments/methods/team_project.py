"""Work of a team. What it shows together is marked once; what each must show, for each, so nobody rides free."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import EvidenceKind, Method, SheetKind
from assessments.methods.base import GRADED, Slice

SLICE = Slice(
    method=Method.TEAM_PROJECT,
    sheet_kind=SheetKind.TRY,
    help=_(
        "A team does the work together. Tick “Each person on the team shows this” where everybody must show it. The "
        "rest is marked once for the team."
    ),
    privacy=_(
        "Your team, the people who assess it and the coordinator see what the team did. What is marked for you alone "
        "only you and they see. No photo shows a co-worker, and none is named."
    ),
    fields=GRADED | {"rubric", "criteria.individual"},
    is_team=True,
    optional_evidence=frozenset({EvidenceKind.TEXT, EvidenceKind.PHOTO, EvidenceKind.FILE}),
)
