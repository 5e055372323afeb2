"""A reminder as a file for a calendar. It says what its owner typed for it, or next to nothing.

Times are without a zone: they hold wherever the device with the calendar is.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kith.base import clock
from kith.moments.reminders.nouns import Reminder

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_of(thing: UUID, said: Reminder) -> bytes:
    """The file: an entry for each time of day, repeated until the last day."""
    from icalendar import Calendar  # takes a while to load

    calendar = Calendar()
    calendar.add("prodid", "-//notes//")
    calendar.add("version", "2.0")
    first = _first_day(said)
    for number, hour in enumerate(sorted(set(said.times)) if first else ()):
        starts = datetime.combine(first or said.first, time.fromisoformat(hour))
        calendar.add_component(_entry(f"{thing}-{number}", said, starts))
    return bytes(calendar.to_ical())


def _entry(uid: str, said: Reminder, starts: datetime) -> Any:
    from icalendar import Alarm, Event

    words = said.calendar or _("Notes")
    entry, bell = Event(), Alarm()
    told = {
        "uid": uid,
        "summary": words,
        "dtstamp": clock.now(),
        "dtstart": starts,
        "duration": timedelta(minutes=5),
        "rrule": _rule(said),
        "class": "PRIVATE",
        "transp": "TRANSPARENT",
    }
    for name, value in told.items():
        entry.add(name, value)
    for name, value in {"action": "DISPLAY", "description": words, "trigger": timedelta(0)}.items():
        bell.add(name, value)
    entry.add_component(bell)
    return entry


def _rule(said: Reminder) -> dict[str, object]:
    until = {"until": datetime.combine(said.last, time.max.replace(microsecond=0))}
    if not said.weekdays:
        return {"freq": "DAILY", **until}
    return {"freq": "WEEKLY", "byday": [WEEK[day] for day in sorted(said.weekdays)], **until}


def _first_day(said: Reminder) -> date | None:
    """The first day it is planned on, where there is one."""
    every = (said.first + timedelta(days=n) for n in range((said.last - said.first).days + 1))
    return next((d for d in every if not said.weekdays or d.weekday() in said.weekdays), None)
