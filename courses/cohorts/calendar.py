"""A course as a calendar that phones subscribe to (iCalendar, RFC 5545). Whoever has its address reads it.

Calendars lie open on shared phones and on screens at work, so a support circle is a plain *Class* here: no purpose,
no rules, nothing that tells it from another class. Nobody's name is in it.
"""

from datetime import UTC, datetime
from unicodedata import category

from django.utils.translation import gettext as _

from courses.cohorts.enums import SessionKind
from courses.cohorts.models import Course, Session, SupportCircle

OCTETS = 75
CALENDAR_TYPE = "text/calendar; charset=utf-8"


def calendar(course: Course, meetings: list[Session | SupportCircle], host: str) -> bytes:
    """The whole feed. `host` makes its identifiers this installation's own.

    The same plan gives the same bytes: every time in it is the plan's, none that of asking.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Highroad//Courses//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(course.title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *(line for meeting in meetings for line in _event(meeting, host)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) + b"\r\n" for line in lines)


def escaped(text: str) -> str:
    """Text as a value of a line (3.3.11). Signs that would end or hide a line are not let through."""
    text = "\n".join(text.splitlines())
    text = "".join(sign for sign in text if sign in "\n\t" or category(sign) != "Cc")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, never within a letter (3.1)."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])


def _event(meeting: Session | SupportCircle, host: str) -> list[str]:
    changed = meeting.changed_at
    lines = [
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}@{host}",
        f"DTSTAMP:{_utc(changed)}",
        # Every change is a later moment, so its number is higher.
        f"SEQUENCE:{int(changed.timestamp()) // 60}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(meeting.ends_at)}",
        f"SUMMARY:{escaped(_summary(meeting))}",
        f"STATUS:{'CANCELLED' if getattr(meeting, 'is_called_off', False) else 'CONFIRMED'}",
    ]
    if meeting.place:
        lines.append(f"LOCATION:{escaped(meeting.place)}")
    if told := _told(meeting):
        lines.append(f"DESCRIPTION:{escaped(told)}")
    return [*lines, "END:VEVENT"]


def _summary(meeting: Session | SupportCircle) -> str:
    if isinstance(meeting, SupportCircle):
        return str(SessionKind.CLASS.label)
    named = f"{meeting.get_kind_display()}: {meeting.title}"
    return _("Called off: %(session)s") % {"session": named} if meeting.is_called_off else named


def _told(meeting: Session | SupportCircle) -> str:
    """What else there is to know before one goes."""
    if isinstance(meeting, SupportCircle):
        return ""
    return "\n".join(line for line in (meeting.guest, meeting.prepare) if line)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
