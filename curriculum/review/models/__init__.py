"""Everything review stores."""

from .committees import Checker, Committee, Delegation, Holiday, Representative, Seat
from .record import Decision, Entry, Sealing, Submission, SubmissionItem
from .tasks import JointReviewTask, OnlyInTheRoom, ReviewTaskState

__all__ = [
    "Checker",
    "Committee",
    "Decision",
    "Delegation",
    "Entry",
    "Holiday",
    "JointReviewTask",
    "OnlyInTheRoom",
    "Representative",
    "ReviewTaskState",
    "Sealing",
    "Seat",
    "Submission",
    "SubmissionItem",
]
