"""Two strengths and a wish, from classmates. It is said or handed over, and nobody collects it."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Method
from assessments.methods.base import WORDS, Slice

SLICE = Slice(
    method=Method.PEER_FEEDBACK,
    sheet_kind=None,
    help=_(
        "Classmates tell each other what is strong and what they wish for. Write the questions they answer. Nobody "
        "collects or scores it."
    ),
    privacy=_(
        "Only you and the classmate you talk with know what was said. Nobody collects it, and it is stored nowhere."
    ),
    fields=WORDS,
)
