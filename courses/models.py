"""Everything courses store."""

from courses.cohorts.models import (
    Attendance,
    Course,
    Enrollment,
    Mark,
    Move,
    Session,
    Support,
    SupportCircle,
    Teammate,
)
from courses.delivery.models import AgreedPart, ReleasedText, ReleaseOutline
from courses.voice.models import VoiceItem, VoiceStep

__all__ = [
    "AgreedPart",
    "Attendance",
    "Course",
    "Enrollment",
    "Mark",
    "Move",
    "ReleaseOutline",
    "ReleasedText",
    "Session",
    "Support",
    "SupportCircle",
    "Teammate",
    "VoiceItem",
    "VoiceStep",
]
