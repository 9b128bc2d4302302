"""Everything review stores."""

from .committees import Committee, Representative, Seat
from .record import Decision, Entry, Submission, SubmissionItem
from .tasks import JointReviewTask, OnlyInTheRoom, ReviewTaskState

__all__ = [
    "Committee",
    "Decision",
    "Entry",
    "JointReviewTask",
    "OnlyInTheRoom",
    "Representative",
    "ReviewTaskState",
    "Seat",
    "Submission",
    "SubmissionItem",
]
