"""What one can see of plans: the viewer first. A plan and what lies on it are their drawer's own.

A week is shown moment by moment. Nothing is added up, and no part of a plan is shaded by how much
happened there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from string import ascii_lowercase
from uuid import UUID

from django.db.models import Q

from kith.base.problems import Missing
from kith.maps import words
from kith.maps.nouns import Figure, Map, Writing
from kith.maps.readings import Drawing, a_map, drawing, my_plans
from kith.maps.twin.around import is_in
from kith.moments import days
from kith.moments.nouns import Moment
from kith.moments.plans.nouns import Pin
from kith.moments.readings import moments
from kith.permissions.readings import look, look_away
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

WEEK = timedelta(7)
_NEAR = 0.12
"""How near to words on a plan something is that was put beside them."""
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Put:
    """A moment on a plan: its letter there, where it is, and the same in words."""

    letter: str
    entry: Entry[Moment]
    x: float
    y: float
    where: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week on a plan: what is on it, by day, and the moments that are not."""

    start: date
    on: Sequence[Put]
    off: Sequence[Entry[Moment]]


def plans(viewer: Viewer) -> list[Entry[Map]]:
    """The viewer's plans, the newest last."""
    return my_plans(viewer)


def away(viewer: Viewer) -> list[Entry[Map]]:
    """The plans that were taken away and can come back."""
    gone = look_away(viewer, Map, Q(space=viewer.notebook))
    return [one for one in gone if one.noun.plan]


def a_plan(viewer: Viewer, plan: UUID) -> Entry[Map]:
    """One plan of the viewer's. Raises Missing, also for a map that is none."""
    found = a_map(viewer, plan)
    if not found.noun.plan:
        raise Missing
    return found


def pin_of(viewer: Viewer, plan: UUID, moment: UUID) -> Entry[Pin] | None:
    """Where a moment is on a plan, also if it was taken off."""
    return next(iter(_pins(viewer, plan, [moment])), None)


def week_on(viewer: Viewer, drawn: Drawing, start: date) -> Week:
    """What is on a plan of the week that begins on `start`."""
    begins, ends = days.begins(start), days.begins(start + WEEK)
    found = moments(viewer, start=begins, end=ends)
    pins = {
        pin.parent: pin.noun
        for pin in _pins(viewer, drawn.map.thing, [one.thing for one in found])
        if not pin.noun.away
    }
    placed = [one for one in found if one.thing in pins]
    return Week(
        start,
        [_put(at, one, pins[one.thing], drawn) for at, one in enumerate(placed)],
        [one for one in found if one.thing not in pins],
    )


def plan_of(viewer: Viewer, plan: UUID) -> Drawing:
    """A plan and what is drawn on it. Raises Missing."""
    return drawing(viewer, a_plan(viewer, plan).thing)


def rooms(drawn: Drawing) -> list[tuple[str, Place]]:
    """The parts of a plan that have a name, each with its middle: lines round a part, and words."""
    named = [one.noun for one in drawn.regions if one.noun.label]
    written = [one.noun for one in drawn.writings if one.noun.words]
    found = [(noun.label, words.middle_of(noun)) for noun in named]
    return found + [(noun.words, (noun.x, noun.y)) for noun in written]


def where(drawn: Drawing, place: Place) -> str:
    """Where a place is: the name of the part it lies in, or is near to, or where on the paper."""
    for region in drawn.regions:
        if region.noun.label and is_in(place, region.noun):
            return region.noun.label
    near = [one.noun for one in drawn.writings if one.noun.words and _far(one.noun, place) < _NEAR]
    if near:
        return min(near, key=lambda noun: _far(noun, place)).words
    return words.place_of(Figure(*place))


def monday_of(day: date) -> date:
    """The first day of the week that a day is in."""
    return day - timedelta(day.weekday())


def _far(noun: Writing, place: Place) -> float:
    return math.dist((noun.x, noun.y), place)


def _put(at: int, entry: Entry[Moment], pin: Pin, drawn: Drawing) -> Put:
    letter = ascii_lowercase[at % 26] * (1 + at // 26)
    return Put(letter, entry, pin.x, pin.y, where(drawn, (pin.x, pin.y)))


def _pins(viewer: Viewer, plan: UUID, things: Sequence[UUID]) -> list[Entry[Pin]]:
    found = look(viewer, Pin, Q(space=viewer.notebook, parent__in=things)) if things else []
    return [one for one in found if one.noun.plan == plan]
