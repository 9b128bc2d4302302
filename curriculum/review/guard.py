"""A module or curriculum under review is not deleted, whoever asks and however."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState


class UnderReview(PermissionDenied):
    """The page is before a committee now."""

    sentence = _("This text is under review now, so it was not deleted. Take it back from review first.")

    def __init__(self):
        super().__init__(self.sentence)


def refuse_delete(sender, instance, **kwargs):
    """Receiver of pre_delete. Raises UnderReview."""
    if WorkflowState.objects.active().for_instance(instance).exists():
        raise UnderReview
