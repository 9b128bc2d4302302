"""A situation that is played or talked through. It may be paused and begun again, and nobody has to play it."""

from django.utils.translation import gettext_lazy as _

from assessments.enums import Method, SheetKind
from assessments.methods import authoring
from assessments.methods.base import GRADED, Slice

SLICE = Slice(
    method=Method.SCENARIO,
    sheet_kind=SheetKind.TRY,
    help=_(
        "The learner meets a situation and acts or says what to do. Write the cards and roles under what the assessor "
        "prepares, and another way for whoever does not want to play it."
    ),
    privacy=_(
        "You, the people who assess you and the coordinator see this. You may pause or stop at any time, and that is "
        "not written down as a result."
    ),
    fields=GRADED | {"rubric", "criteria.limit"},
    can_pause=True,
    looks=(authoring.asks_for_something_critical,),
)
