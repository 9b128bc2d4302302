"""Library pages are never scheduled: one scheduled draft would make `publish_scheduled` stop for everybody."""

from curriculum.models.library import DraftForEver
from curriculum.permissions import NeverLive


def refuse(sender, instance, **kwargs):
    """Receiver of pre_save on Revision. Raises NeverLive for a go-live date on a library page."""
    if instance.approved_go_live_at is None:
        return
    model = instance.content_type.model_class()
    if model is not None and issubclass(model, DraftForEver):
        raise NeverLive
