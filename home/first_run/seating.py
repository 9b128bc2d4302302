"""Whoever accepts an invitation to speak for a side gets that side's place on the committee, in the same step."""

from django.core.exceptions import PermissionDenied, ValidationError

from curriculum.review.enums import SIDE_OF
from curriculum.review.founding import seat
from curriculum.review.models import Committee


def seat_on_accept(sender, instance, update_fields=None, **kwargs):
    """Receiver of post_save on Invitation. With several committees nobody is seated: a coordinator chooses then.

    Raises PermissionDenied, so that nothing is accepted, when the person speaks for the other side.
    """
    accepted = update_fields and "accepted_at" in update_fields and instance.accepted_by_id
    side = SIDE_OF.get(instance.role)
    if not accepted or side is None:
        return
    committees = list(Committee.objects.all()[:2])
    if len(committees) != 1:
        return
    try:
        seat(person=instance.accepted_by, committee=committees[0], side=side)
    except ValidationError as refused:
        raise PermissionDenied(refused.messages[0]) from None
