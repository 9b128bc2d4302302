"""The joint review as a task of Wagtail's workflow engine: it is configured there and decided elsewhere.

Wagtail's screens can start it (through *Send for agreement*) and show it. They can never answer for a side: there
are no actions, every action is refused, and finishing without both keys is refused (see `finish`).
"""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from curriculum.review.models.committees import Committee
from curriculum.review.models.record import Submission


class OnlyInTheRoom(PermissionDenied):
    """Somebody tried to answer outside the review room."""

    sentence = _("Answers are given in the review room, by the people who sit for a side. Nothing was changed.")

    def __init__(self):
        super().__init__(self.sentence)


class ReviewTaskState(TaskState):
    """A joint review under way. It knows its submission; the submission does not know it."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("review by both sides")
        verbose_name_plural = _("reviews by both sides")

    def reject(self, *args, **kwargs):
        """A request for changes is an answer in the room; it does not end the round."""
        raise OnlyInTheRoom


class JointReviewTask(Task):
    """Put frozen content before both sides of a committee at once. Nothing about drafts is locked meanwhile."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, verbose_name=_("committee"))

    task_state_class = ReviewTaskState
    admin_form_fields = Task.admin_form_fields + ["committee"]

    class Meta:
        verbose_name = _("review by labor and management")
        verbose_name_plural = _("reviews by labor and management")

    @classmethod
    def get_description(cls):
        return _("Labor and management read the same text in the review room, and both agree or ask for a change.")

    def start(self, workflow_state, user=None):
        """Freeze and open a submission. Raises review.actions.Refused where the content may not be sent."""
        from curriculum.review.actions import open_submission  # actions stand above models

        task_state = super().start(workflow_state, user)
        page = workflow_state.content_object.specific
        task_state.submission = open_submission(page=page, committee=self.committee, by=user)
        task_state.save(update_fields=["submission"])
        return task_state

    def get_actions(self, obj, user):
        """None: the room is elsewhere."""
        return []

    def on_action(self, task_state, user, action_name, **kwargs):
        """Refuses whatever a crafted request asks for, through whichever page's address."""
        raise OnlyInTheRoom
