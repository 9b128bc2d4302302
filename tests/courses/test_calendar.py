"""The calendar of a course: a phone can read it, nobody guesses its address, and a circle is just a class."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from courses.cohorts import sessions
from courses.cohorts.calendar import escaped, folded
from tests.courses.cohorts import a_course, met

HARD = "Señora; Núñez, 手袋手袋手袋手袋手袋手袋手袋手袋手袋手袋 \\ and\r\nBEGIN:VEVENT\x00 \x85more"


@pytest.fixture
def course(released, cast):
    return a_course(cast["instructor1"], "Gloves, fall; 2026")


def fetch(client, course):
    answer = client.get(f"/learn/{course.code}/calendar/{course.calendar_key}.ics")
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def read(data):
    """[{name: value}] of every event, by the letter of RFC 5545: lines end in CRLF, none has more than 75 octets."""
    assert (
        data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    )
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 and line.decode() for line in lines)
    whole = data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    assert whole[0] == "BEGIN:VCALENDAR" and whole[-1] == "END:VCALENDAR" and "VERSION:2.0" in whole
    events, current = [], None
    for line in whole[1:-1]:
        name, colon, value = line.partition(":")
        assert colon and name.replace("-", "").replace(";", "").replace("=", "").isalnum(), line
        if line == "BEGIN:VEVENT":
            assert current is None
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
            current = None
        elif current is not None:
            assert name not in current, line
            current[name] = value
    assert current is None
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS"} <= set(event)
    return events


def plain(value):
    """A text value as a reader shows it."""
    out, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            follows = next(signs)
            assert follows in "\\;,nN", value
            out += "\n" if follows in "nN" else follows
        else:
            assert sign not in ";,", value
            out += sign
    return out


def test_a_phone_reads_what_is_planned(client, course, cast):
    starts_at = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
    session = met(
        course,
        cast["instructor1"],
        title=HARD,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Room 2, upstairs",
        guest="Ana Luz, Local 100",
        prepare="Gloves;\nwater",
    )
    (event,) = read(fetch(client, course))
    assert (event["DTSTART"], event["DTEND"]) == ("20261102T013000Z", "20261102T033000Z")
    told = HARD.replace("\r\n", "\n").replace("\x00", "").replace("\x85", "\n")
    assert plain(event["SUMMARY"]) == f"Class: {told}"
    assert plain(event["LOCATION"]) == "Room 2, upstairs"
    assert plain(event["DESCRIPTION"]) == "Ana Luz, Local 100\nGloves;\nwater"
    assert event["UID"].startswith(str(session.pk)) and event["STATUS"] == "CONFIRMED"
    assert fetch(client, course) == fetch(client, course)


def test_what_was_called_off_is_crossed_out_under_the_same_name(client, course, cast):
    by = cast["instructor1"]
    session = met(course, by, days=3)
    type(session).objects.update(changed_at=timezone.now() - timedelta(days=1))
    (before,) = read(fetch(client, course))
    sessions.call_off(session=session, by=by)
    (off,) = read(fetch(client, course))
    assert off["UID"] == before["UID"] and int(off["SEQUENCE"]) > int(before["SEQUENCE"])
    assert off["STATUS"] == "CANCELLED" and plain(off["SUMMARY"]) == "Called off: Class: Gloves on"
    assert off["DTSTAMP"] > before["DTSTAMP"]


def test_a_support_circle_is_a_class_like_any_other(client, course, cast):
    starts_at = timezone.now()
    sessions.write_circle(
        course=course,
        by=cast["instructor1"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        purpose="After hard nights",
        ground_rules="What is said here stays here.",
        place="Room 5",
    )
    met(course, cast["instructor1"])
    data = fetch(client, course)
    circle, session = sorted(read(data), key=lambda event: "Gloves" in event["SUMMARY"])
    assert circle["SUMMARY"] == "Class" and "DESCRIPTION" not in circle and set(circle) <= {*session, "LOCATION"}
    assert not [word for word in (b"hard", b"stays", b"ircle", b"upport") if word in data]


def test_its_address_is_a_secret(client, course, cast):
    other = a_course(cast["instructor1"], "Another")
    for code, key in ((course.code, other.calendar_key), (course.code, "x"), (course.code, "ñ"), ("none", "x")):
        assert client.get(f"/learn/{code}/calendar/{key}.ics").status_code == 404
    assert client.post(f"/learn/{course.code}/calendar/{course.calendar_key}.ics").status_code == 405
    assert "Set-Cookie" not in client.get(f"/learn/{course.code}/calendar/{course.calendar_key}.ics").headers


def test_lines_fold_between_letters_and_values_end_no_line():
    for width in range(70, 80):
        line = "X:" + "a" * width + "ñ手" * 40
        pieces = folded(line).split(b"\r\n")
        assert all(len(piece) <= 75 for piece in pieces) and b"".join(pieces[1:]).decode()
        assert folded(line).replace(b"\r\n ", b"").decode() == line
    assert escaped("a;b,c\\d\re\nf\x00") == "a\\;b\\,c\\\\d\\ne\\nf"
