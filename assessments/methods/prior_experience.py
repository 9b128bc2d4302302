"""What somebody could do before they came. Two people confirm it, and one sample of it is shown.

It never shortens hours that a law asks for, and nobody asks about convictions or immigration.
"""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Capacity, EvidenceKind, EvidenceRule, Method, Outcome, SheetKind
from assessments.methods import authoring
from assessments.methods.base import GRADED, Slice

CURRENCY_MONTHS = 36

SLICE = Slice(
    method=Method.PRIOR_EXPERIENCE,
    sheet_kind=SheetKind.TRY,
    help=_(
        "The learner shows what they could do before. Write what counts as experience, and mark as critical what they "
        "show again today. It never shortens hours that a law asks for."
    ),
    privacy=_(
        "You, the people who assess you and the coordinator see your claim and what you add. You can take it back. "
        "Nobody asks about convictions, immigration or health."
    ),
    fields=(GRADED | {"rubric"}) - {"critical_failures"},
    when_met=Outcome.RECOGNIZED,
    rules=frozenset(EvidenceRule),
    confirmations=(frozenset({Capacity.SUPERVISOR}), frozenset({Capacity.PEER, Capacity.STEWARD})),
    instead_of_papers=frozenset({Capacity.COMMUNITY}),
    currency_months=CURRENCY_MONTHS,
    optional_evidence=frozenset({EvidenceKind.TEXT, EvidenceKind.AUDIO, EvidenceKind.PHOTO, EvidenceKind.FILE}),
    looks=(authoring.asks_for_something_critical,),
)
