"""Questions asked aloud, in the learner's language. A neutral prompt helps twice; nothing is recorded by itself."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Method, SheetKind
from assessments.methods.base import GRADED, Slice

#: "Tell me more." "What else?" Never a hint.
PROMPTS = 2

SLICE = Slice(
    method=Method.ORAL_RESPONSE,
    sheet_kind=SheetKind.TRY,
    help=_(
        "The learner answers aloud, in any language. Write what to listen for. The assessor may ask “What else?” twice "
        "for each line, and gives no hints."
    ),
    privacy=_(
        "You, the people who assess you and the coordinator see the result. Nothing is recorded unless this "
        "assessment asks for sound and you agree."
    ),
    fields=GRADED | {"rubric"},
    prompts=PROMPTS,
)
