"""WAGTAIL_FINISH_WORKFLOW_ACTION: what happens when a workflow has no task left.

Wagtail publishes here. Library pages are never published: what ends is a submission, and only with both keys. Named
in settings and imported while Wagtail's models load, so nothing of ours is imported at the top.
"""

from django.core.exceptions import PermissionDenied


def finish(workflow_state, user=None):
    """Append the decision of an agreed submission. Raises PermissionDenied for anything else on a library page.

    Disabling the task, swapping in a workflow without it or cancelling it ends here too, and is refused: the whole
    request is one transaction, so nothing of it stays.
    """
    from wagtail.workflows import publish_workflow_state

    from curriculum.models.library import DraftForEver
    from curriculum.review.actions import approve
    from curriculum.review.models.tasks import ReviewTaskState

    page = getattr(workflow_state.content_object, "specific", workflow_state.content_object)
    if not isinstance(page, DraftForEver):
        publish_workflow_state(workflow_state, user=user)
        return
    task_state = workflow_state.current_task_state and workflow_state.current_task_state.specific
    if not isinstance(task_state, ReviewTaskState) or task_state.submission is None:
        raise PermissionDenied("only a joint review ends an agreement on a library page")
    approve(task_state.submission, by=user)
