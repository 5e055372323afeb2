"""When a reminder is planned. Pure: what was said of it in, times out."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from kith.moments import days
from kith.moments.reminders.nouns import Reminder
from kith.records.readings import EVER, Entry

LONGEST = 90
"""How many days a reminder may be asked for at once."""


def times_on(reminder: Reminder, day: date) -> Iterator[datetime]:
    """The times on one day, in order, whether or not the reminder holds on it."""
    if not reminder.weekdays or day.weekday() in reminder.weekdays:
        yield from (days.at(day, time.fromisoformat(hour)) for hour in sorted(set(reminder.times)))


def all_times(reminder: Reminder) -> Iterator[datetime]:
    """Every time it is planned at, from its first day to its last."""
    for number in range((reminder.last - reminder.first).days + 1):
        yield from times_on(reminder, reminder.first + timedelta(days=number))


def planned(versions: Sequence[Entry[Reminder]], until: datetime) -> list[datetime]:
    """The times up to `until` it was planned at, while it was not stopped.

    `versions` are all that was said of it, the earliest first.
    """
    edges = [*(one.seen_on for one in versions), EVER]
    held = zip(versions, pairwise(edges), strict=True)
    found = {
        at
        for one, (start, end) in held
        if not one.noun.stopped
        for at in all_times(one.noun)
        if start <= at < end and at <= until
    }
    return sorted(found)
