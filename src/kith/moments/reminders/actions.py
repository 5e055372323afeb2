"""What one can do about reminders: ask, change, stop, go on; and say what became of a prompt."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from uuid import UUID

from django.db.models import Q

from kith.base import clock, ids
from kith.base.problems import Flaw, Invalid
from kith.moments.reminders import readings
from kith.moments.reminders.nouns import ANSWERS, SHOWN, Prompted, Reminder
from kith.moments.reminders.plan import LONGEST, planned
from kith.permissions.actions import act
from kith.permissions.readings import look, look_back
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def ask(viewer: Viewer, said: Reminder, *, id: UUID | None = None) -> Record:
    """Ask to be reminded. Raises Invalid for what cannot be planned."""
    flaws = list(_flaws(said))
    if flaws:
        raise Invalid("not-as-it-is", flaws)
    with act(viewer, "reminder.ask") as doing:
        return doing.keep(viewer.own, said, id=id)


def change(viewer: Viewer, thing: UUID, said: Reminder, *, id: UUID | None = None) -> None:
    """Ask for it otherwise from now on; what was planned until now stays as it was.

    Raises Missing, or Invalid for what cannot be planned.
    """
    readings.reminder(viewer, thing)
    flaws = list(_flaws(said))
    if flaws:
        raise Invalid("not-as-it-is", flaws)
    with act(viewer, "reminder.change") as doing:
        doing.change(thing, said, id=id)


def stop(viewer: Viewer, thing: UUID, *, stopped: bool = True) -> None:
    """Stop being reminded, or go on; twice is once. Raises Missing."""
    now = readings.reminder(viewer, thing).noun
    if now.stopped != stopped:
        with act(viewer, "reminder.stop" if stopped else "reminder.go-on") as doing:
            doing.change(thing, now.but(stopped=stopped))


def tell(viewer: Viewer, thing: UUID, at: datetime, state: str) -> None:
    """Say what became of a prompt: that it was in sight, or what one made of it.

    Having been shown never takes the place of an answer. Raises Missing, or Invalid for a time
    that was not planned or has not come.
    """
    readings.reminder(viewer, thing)
    at = at.astimezone(UTC)
    times = planned(look_back(viewer, Reminder, thing), clock.now())
    if at not in times or state not in (SHOWN, *ANSWERS):
        raise Invalid("not-a-choice", [Flaw("not-a-choice", field="at")])
    told = ids.beside(thing, at.isoformat())
    before = next(iter(look(viewer, Prompted, Q(thing=told))), None)
    with act(viewer, "prompted.tell") as doing:
        if before is None:
            doing.keep(viewer.own, Prompted(at, state), id=told, parent=thing)
        elif state not in (SHOWN, before.noun.state):
            doing.change(told, Prompted(at, state))


def _flaws(said: Reminder) -> Iterator[Flaw]:
    if not said.times or not all(map(_is_hour, said.times)):
        yield Flaw("not-a-time", field="first_time")
    if not 0 <= (said.last - said.first).days < LONGEST:
        yield Flaw("not-a-choice", field="how_long")
    if not set(said.weekdays) <= set(range(7)):
        yield Flaw("not-a-choice", field="weekdays")


def _is_hour(text: str) -> bool:
    try:
        return time.fromisoformat(text).tzinfo is None
    except ValueError:
        return False
