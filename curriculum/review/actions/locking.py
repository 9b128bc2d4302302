"""What every act on a submission starts with."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from curriculum.review import queries
from curriculum.review.models import Committee, Submission
from curriculum.review.models.tasks import ReviewTaskState


class Refused(PermissionDenied):
    """Something may not be done as things are. `findings` say what to put right; nothing was written."""

    def __init__(self, sentence, findings=()):
        super().__init__(sentence)
        self.findings = list(findings)


def locked(submission: Submission) -> Submission:
    """The submission as it is now, with every committee's row locked until the transaction ends.

    Every one, because two committees may have the same curriculum's next course text before them.
    """
    list(Committee.objects.select_for_update().order_by("pk"))
    return Submission.objects.with_record().get(pk=submission.pk)


def still_open(submission: Submission) -> Submission:
    """`locked`, for acts that need it open. Raises Refused when it has ended."""
    submission = locked(submission)
    if submission.outcome is not None:
        raise Refused(_("This review has ended already. Nothing was changed."))
    return submission


def still_current(submission: Submission) -> Submission:
    """`still_open`, for acts that may end it. Raises Refused when it was made from what is no longer agreed."""
    submission = still_open(submission)
    if queries.is_stale(submission):
        raise Refused(
            _(
                "A newer course text was agreed while this one was being read. Nothing was changed. The designer puts "
                "this change forward again on top of the newer text."
            )
        )
    return submission


def task_of(submission: Submission) -> ReviewTaskState | None:
    """Wagtail's task behind it. None for what needs no workflow: corrections, renewals, what was agreed on paper."""
    return ReviewTaskState.objects.filter(submission=submission).first()
