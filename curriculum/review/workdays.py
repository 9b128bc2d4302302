"""Counting days: working days, Monday to Friday without the holidays a committee keeps, and months. Pure."""

import calendar
from collections.abc import Collection
from datetime import date, timedelta

_ONE = timedelta(days=1)


def is_workday(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def add(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """The day that lies `days` working days after `start`. 0 gives `start` itself, whatever day that is."""
    day = start
    for _number in range(days):
        day += _ONE
        while not is_workday(day, holidays):
            day += _ONE
    return day


def between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days lie after `start` up to and with `end`; negative when `end` is earlier."""
    if end < start:
        return -between(end, start, holidays)
    whole = (end - start).days
    return sum(is_workday(start + timedelta(days=number), holidays) for number in range(1, whole + 1))


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
