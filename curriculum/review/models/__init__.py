"""Everything review stores."""

from .committees import Checker, Committee, Delegation, Holiday, Representative, Seat
from .division import Reading, ReadingShare
from .exports import RecordExport
from .guests import GuestLink
from .meetings import AgendaItem, Attendance, Meeting, SignedSheet
from .notices import Letter, Notification
from .private import CaucusNote, NoteSealing
from .record import Decision, Entry, Sealing, Submission, SubmissionItem
from .release_time import ReleaseTime
from .safety import PageNotice, PageNoticeLifted, ReportClosed, SafetyReport, Trigger, TriggerSettled
from .tasks import JointReviewTask, OnlyInTheRoom, ReviewTaskState

__all__ = [
    "AgendaItem",
    "Attendance",
    "Meeting",
    "SignedSheet",
    "CaucusNote",
    "GuestLink",
    "NoteSealing",
    "Checker",
    "Committee",
    "Decision",
    "Delegation",
    "Entry",
    "Holiday",
    "JointReviewTask",
    "Letter",
    "Notification",
    "OnlyInTheRoom",
    "PageNotice",
    "PageNoticeLifted",
    "Reading",
    "ReadingShare",
    "RecordExport",
    "ReleaseTime",
    "ReportClosed",
    "Representative",
    "ReviewTaskState",
    "SafetyReport",
    "Sealing",
    "Seat",
    "Submission",
    "SubmissionItem",
    "Trigger",
    "TriggerSettled",
]
