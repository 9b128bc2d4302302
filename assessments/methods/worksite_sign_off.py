"""Tasks of the job, written down each time: how much help they took, and who saw it. Never for discipline."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Method, SheetKind
from assessments.methods.base import GRADED, Slice

#: Stands on every screen and paper of this method.
NOT_FOR_DISCIPLINE = _("For learning only. Not for discipline, scheduling or performance reviews.")

SLICE = Slice(
    method=Method.WORKSITE_SIGN_OFF,
    sheet_kind=SheetKind.TASK,
    help=_(
        "The learner does tasks on the job until they need no help. Write one task in each line and the levels of "
        "help. A critical task counts once two people have signed it."
    ),
    privacy=_(
        "You, the people who sign and the coordinator see this. It is for learning only, not for discipline, "
        "scheduling or performance reviews."
    ),
    fields=GRADED | {"rubric"},
)
