"""How sure a learner feels, for themselves. It stays on their phone or paper."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Method
from assessments.methods.base import WORDS, Slice

SLICE = Slice(
    method=Method.SELF_ASSESSMENT,
    sheet_kind=None,
    help=_(
        "The learner says how sure they feel, at the start, in the middle and at the end. Write one thing in each "
        "line. Nobody reads or scores it."
    ),
    privacy=_("Only you see this. It is not sent to anybody and is stored nowhere but on your own phone or paper."),
    fields=WORDS | {"rubric"},
)
