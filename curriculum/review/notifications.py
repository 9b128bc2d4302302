"""What people are told by mail. Wagtail's own workflow mails are turned off: they speak of workflows and link to the
admin, where reviewers never go."""

from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted


def silence_wagtail() -> None:
    """Disconnect Wagtail's mails about workflows. Runs after `wagtail.admin` is ready (order of INSTALLED_APPS)."""
    for signal, name in (
        (workflow_submitted, "submitted"),
        (workflow_rejected, "rejected"),
        (workflow_approved, "approved"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
