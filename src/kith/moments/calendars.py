"""One month as a calm calendar. Pure: moments' days in, days with their marks out.

A day says that something happened, that something could not, or both; never how often. A blank
day is blank.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what was noted on it, and whether it is today."""

    day: date
    happened: bool = False
    could_not: bool = False
    today: bool = False

    @property
    def noted(self) -> bool:
        """Whether anything was noted on it."""
        return self.happened or self.could_not


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first day, the weekday that falls on (Monday is 1), and all its days."""

    first: date
    starts: int
    days: tuple[Day, ...]
    before: date
    next: date
    come: bool

    @property
    def after(self) -> date | None:
        """The month to go on to, once it has come."""
        return self.next if self.come else None


def month(any_day: date, marks: Iterable[tuple[date, bool]], today: date) -> Month:
    """The month of `any_day`. `marks` are days and whether it happened; others are left out.

    `before` and `next` are the first days of the months around it; `come` says whether the next
    has come by `today`.
    """
    first = any_day.replace(day=1)
    noted = set(marks)
    starts, length = monthrange(first.year, first.month)
    days = (first.replace(day=number) for number in range(1, length + 1))
    after = _first_of(first.year * 12 + first.month)
    return Month(
        first,
        starts + 1,
        tuple(Day(day, (day, True) in noted, (day, False) in noted, day == today) for day in days),
        _first_of(first.year * 12 + first.month - 2),
        after,
        after <= today,
    )


def weekdays() -> list[str]:
    """The short names of the days of a week, Monday first."""
    monday = date(2024, 1, 1)
    return [date_format(monday + timedelta(days=n), "D") for n in range(7)]


def _first_of(months: int) -> date:
    """The first day of a month, by the number of months before it since the year nought."""
    return date(months // 12, months % 12 + 1, 1)
