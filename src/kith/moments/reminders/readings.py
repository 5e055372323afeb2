"""What someone asked to be reminded of, and what became of it. For themselves alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.base import clock
from kith.moments import days
from kith.moments.reminders.nouns import Prompted, Reminder
from kith.moments.reminders.plan import planned
from kith.permissions.readings import look, look_at, look_back, look_back_on
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come today, and which time that is."""

    reminder: Entry[Reminder]
    at: datetime


@dataclass(frozen=True, slots=True)
class Became:
    """One planned time, and what became of it: a state, or "" where nothing was shown."""

    at: datetime
    state: str


def reminder(viewer: Viewer, thing: UUID) -> Entry[Reminder]:
    """One reminder. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Reminder, thing)


def reminders(viewer: Viewer) -> list[Entry[Reminder]]:
    """All that the viewer asked to be reminded of: what holds first, then the latest."""
    found = look(viewer, Reminder)[::-1]
    return sorted(found, key=lambda entry: not holds(entry.noun))


def holds(said: Reminder) -> bool:
    """Whether it is not stopped, and not over."""
    return not said.stopped and said.last >= days.today()


def due(viewer: Viewer) -> list[Due]:
    """Of each reminder that holds the last time of today that has come, unless it was answered.

    What was planned on another day is not brought up again, nor what was before it was changed.
    """
    there = [entry for entry in look(viewer, Reminder) if holds(entry.noun)]
    if not there:
        return []
    things = [entry.thing for entry in there]
    said = look_back_on(viewer, Reminder, Q(thing__in=things))
    answered = {
        (entry.parent, entry.noun.at)
        for entry in look(viewer, Prompted, Q(parent__in=things))
        if entry.noun.state != "shown"
    }
    found = (Due(entry, at) for entry in there if (at := _last_of_today(said, entry)))
    return [one for one in found if (one.reminder.thing, one.at) not in answered]


def became(viewer: Viewer, thing: UUID) -> list[Became]:
    """Every time a reminder was planned at so far, the latest first. Nothing is counted."""
    times = planned(look_back(viewer, Reminder, thing), clock.now())
    told = look(viewer, Prompted, Q(parent=thing))
    states = {entry.noun.at: entry.noun.state for entry in told}
    return [Became(at, states.get(at, "")) for at in reversed(times)]


def _last_of_today(said: Iterable[Entry[Reminder]], entry: Entry[Reminder]) -> datetime | None:
    versions = [one for one in said if one.thing == entry.thing]
    times = planned(versions[-1:], clock.now())
    return max((at for at in times if days.day_of(at) == days.today()), default=None)
