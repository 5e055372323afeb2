"""What one can see of layers: their row, those taken away, what is different, earlier days."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from kith.base import clock
from kith.base.problems import Missing
from kith.maps import readings
from kith.maps.layers.compare import Apart, Standing, compare, standing
from kith.maps.layers.parts import within
from kith.maps.layers.words import called
from kith.maps.nouns import DRAWN, Difference, Map, Tie
from kith.maps.readings import Drawing
from kith.permissions.nouns import rule_of
from kith.permissions.readings import look, look_away
from kith.permissions.scope import scope
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

_A_DAY = timedelta(days=1)


def row_of(viewer: Viewer, map_id: UUID) -> list[Entry[Map]]:
    """All layers of a drawing, the first map among them, in the drawer's own order.

    Raises Missing, also for a layer that was taken away.
    """
    every = readings.all_maps(viewer)
    here = next((one for one in every if one.thing == map_id), None)
    if here is None:
        readings.a_map(viewer, map_id)
        raise Missing
    first = first_of(here)
    row = [one for one in every if first in (one.thing, one.noun.of)]
    return sorted(row, key=lambda one: (one.noun.place, one.thing != first, one.thing))


def first_of(layer: Entry[Map]) -> UUID:
    """The id of the first map of a layer; its own, for the first."""
    return layer.noun.of or layer.thing


def one_of(row: list[Entry[Map]], layer: UUID) -> Entry[Map]:
    """One layer of a row. Raises Missing."""
    found = next((one for one in row if one.thing == layer), None)
    if found is None:
        raise Missing
    return found


def taken_away(viewer: Viewer, first: UUID) -> list[Entry[Map]]:
    """The layers of a first map that were taken away and can come back."""
    gone = look_away(viewer, Map, Q(space=viewer.notebook))
    return [one for one in gone if one.noun.of == first]


def part_of(viewer: Viewer, map_id: UUID, region: UUID) -> Drawing:
    """A map as it would be with only what lies within one of its regions. Raises Missing."""
    drawn = readings.drawing(viewer, readings.a_map(viewer, map_id).thing)
    noun = next((one.noun for one in drawn.regions if one.thing == region), None)
    if noun is None:
        raise Missing
    held = within(standing(_every(drawn)), noun)
    return readings.put_together(
        drawn.map, lambda kind: [one for one in _every(drawn) if _is(one, kind, held)]
    )


def _is(entry: Entry[Any], kind: type[Any], held: Standing) -> bool:
    return entry.thing in held and isinstance(entry.noun, kind)


def _every(drawn: Drawing) -> list[Entry[Any]]:
    marks: list[Entry[Any]] = [*drawn.strokes, *drawn.writings, *drawn.shapes, *drawn.regions]
    return [*drawn.figures, *drawn.ties, *marks]


def was_begun(viewer: Viewer, layer: UUID) -> bool:
    """Whether a layer was begun under this id before, even if it was taken away since."""
    allowed = scope(viewer, rule_of(Map), clock.now()) & Q(space=viewer.notebook)
    return Record.objects.filter(allowed, id=layer, kind=Map.__kind__).exists()


def on_paper(viewer: Viewer, map_id: UUID, as_of: datetime | None = None) -> Standing:
    """Everything that stands on a map, of every kind; ties only where both figures do."""
    found = [
        entry
        for kind in DRAWN.values()
        for entry in look(viewer, kind, Q(parent=map_id, space=viewer.notebook), as_of=as_of)
        if not entry.noun.away
    ]
    there = standing(found)
    return {
        thing: noun
        for thing, noun in there.items()
        if not isinstance(noun, Tie) or {noun.a, noun.b} <= there.keys()
    }


def apart(viewer: Viewer, one: UUID, other: UUID) -> Apart:
    """What stands on one layer and not on the other."""
    return compare(on_paper(viewer, one), on_paper(viewer, other), called)


def difference(viewer: Viewer, one: UUID, other: UUID) -> Entry[Difference] | None:
    """What the drawer said is different between two layers, whichever is named first."""
    pair = Q(parent__in=(one, other), space=viewer.notebook)
    found = look(viewer, Difference, pair)
    both = {one, other}
    return next((each for each in found if {each.parent, each.noun.other} == both), None)


def days(viewer: Viewer, map_id: UUID) -> list[date]:
    """The days on which something changed on a map, the latest first."""
    found = readings.gestures_on(viewer, map_id).filter(seen_on__lte=clock.now())
    changed = {timezone.localdate(at) for at in found.values_list("seen_on", flat=True)}
    return sorted(changed, reverse=True)


def on_day(viewer: Viewer, found: Entry[Map], day: date) -> Drawing:
    """A map as it was at the end of a day."""
    return readings.drawn_on(viewer, found, end_of(day))


def end_of(day: date) -> datetime:
    """The last instant of a day here, or now, if the day is not over."""
    last = datetime.combine(day, time.max, timezone.get_current_timezone())
    return min(last.astimezone(UTC), clock.now())


def asked_day(text: str) -> date | None:
    """The day that an address names, where it is one that has begun."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and date.min + _A_DAY < day <= timezone.localdate(clock.now()) else None
