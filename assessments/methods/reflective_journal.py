"""Something a learner writes, draws or says for themselves. Nobody reads it, and it is kept nowhere."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Method
from assessments.methods.base import WORDS, Slice

SLICE = Slice(
    method=Method.REFLECTIVE_JOURNAL,
    sheet_kind=None,
    help=_(
        "The learner thinks back, for themselves. Write one question in each line. Nobody reads or scores the answers."
    ),
    privacy=_("Only you see this. It is not sent to anybody and is stored nowhere but on your own phone or paper."),
    fields=WORDS,
)
