"""What one can do with layers: begin one, bare or traced; name, order, take away and bring back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from kith.base import clock, ids
from kith.base.problems import Invalid, Missing
from kith.maps import readings
from kith.maps.layers.compare import Standing
from kith.maps.layers.parts import within
from kith.maps.layers.readings import (
    difference,
    first_of,
    on_paper,
    one_of,
    row_of,
    taken_away,
    was_begun,
)
from kith.maps.nouns import Difference, Drawn, Figure, Helps, Map, Region, Tie
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.models import Record

Take = Literal["nothing", "figures", "all"]
WAYS = {"earlier": -1, "later": 1}


def begin(
    viewer: Viewer,
    map_id: UUID,
    said: Mapping[str, Any],
    *,
    take: str = "nothing",
    source: UUID | None = None,
    as_of: datetime | None = None,
    around: UUID | None = None,
    id: UUID | None = None,
    made_at: datetime | None = None,
) -> UUID:
    """A new layer beside `map_id`, bare or traced from `source` as it is now, or was.

    `said` are its name and time; `around` names a region, and nothing but what lies in it is
    traced. What lies under the source comes along with all of it. Sent twice under one `id`, it
    makes one layer. Nothing of the source changes. Returns the layer's id.
    """
    if id and was_begun(viewer, id):
        return id
    row = row_of(viewer, map_id)
    source = one_of(row, source or map_id).thing
    there = _wanted(take, viewer, source, as_of)
    traced = _traced(_part(there, around) if around else there)
    helps = _under(viewer, source, as_of) if take == "all" and not around else Helps()
    layer = Map(
        of=first_of(row[0]),
        place=1 + max(one.noun.place for one in row),
        traced=source if take != "nothing" else None,
        **said,
    )
    at = min(made_at or clock.now(), clock.now())
    with act(viewer, "layer.begin") as doing:
        made = doing.keep(viewer.own, layer, id=id, made_at=at, seen_on=at)
        for back, (thing, noun) in zip(range(len(traced), 0, -1), traced.items(), strict=True):
            when = at - back * clock.TICK
            where: dict[str, Any] = {"id": thing, "parent": made.thing, "made_at": at}
            doing.keep(viewer.own, noun, seen_on=when, **where)
        if helps != Helps():
            doing.keep(viewer.own, helps, parent=made.thing, made_at=at)
    return made.thing


def _under(viewer: Viewer, source: UUID, as_of: datetime | None) -> Helps:
    """Rings and all else that lies under the source, with what they are called."""
    return readings.drawing(viewer, source, as_of).helps


def _wanted(take: str, viewer: Viewer, source: UUID, as_of: datetime | None) -> Standing:
    if take not in get_args(Take):
        raise Invalid("take-unclear")
    there = on_paper(viewer, source, as_of) if take != "nothing" else {}
    return {
        thing: noun for thing, noun in there.items() if take == "all" or isinstance(noun, Figure)
    }


def cut_out(viewer: Viewer, map_id: UUID, region: UUID, *, id: UUID | None = None) -> UUID:
    """A layer of only what lies within a region of this map, as it is now, to show by itself.

    What is drawn there later does not come to it. Returns the layer's id. Raises Missing.
    """
    noun = readings.on_paper(viewer, map_id, region).noun
    if not isinstance(noun, Region):
        raise Missing
    said = {"layer": "part", "name": noun.label}
    return begin(viewer, map_id, said, take="all", source=map_id, around=region, id=id)


def _part(there: Standing, around: UUID) -> Standing:
    region = there.get(around)
    if not isinstance(region, Region):
        raise Missing
    return within(there, region)


def _traced(there: Standing) -> Standing:
    """The same things under ids of their own; each figure says who or what it first was."""
    fresh = {thing: ids.new() for thing in there}
    return {fresh[thing]: _again(thing, noun, fresh) for thing, noun in there.items()}


def _again(thing: UUID, noun: Drawn, fresh: Mapping[UUID, UUID]) -> Drawn:
    if isinstance(noun, Figure):
        return noun.but(same_as=noun.same_as or thing)
    return noun.but(a=fresh[noun.a], b=fresh[noun.b]) if isinstance(noun, Tie) else noun


def say(viewer: Viewer, layer: UUID, said: Mapping[str, Any]) -> None:
    """Name a layer anew, and say of which time it is."""
    found = readings.a_map(viewer, layer)
    _say_anew(viewer, "layer.change", {layer: found.noun.but(**said)})


def move(viewer: Viewer, layer: UUID, way: str) -> None:
    """Move a layer one place earlier or later in the drawer's own order."""
    row = row_of(viewer, layer)
    at = row.index(one_of(row, layer))
    to = at + WAYS.get(way, 0)
    if way not in WAYS or not 0 <= to < len(row):
        raise Invalid("layer-way-unclear")
    row.insert(to, row.pop(at))
    placed = {one.thing: one.noun.but(place=place) for place, one in enumerate(row)}
    _say_anew(viewer, "layer.move", placed, but={one.thing: one.noun for one in row})


def _say_anew(
    viewer: Viewer, code: str, said: Mapping[UUID, Map], but: Mapping[UUID, Map] | None = None
) -> None:
    """Say maps anew in one act; those that stand so already (`but`) are left alone."""
    with act(viewer, code) as doing:
        for thing, noun in said.items():
            if (but or {}).get(thing) != noun:
                doing.change(thing, noun)


def take_away(viewer: Viewer, layer: UUID) -> None:
    """Take a layer away. It can come back. The first map is not a layer of another one."""
    found = readings.a_map(viewer, layer)
    if found.noun.of is None:
        raise Invalid("first-map-stays")
    with act(viewer, "layer.take-away") as doing:
        doing.remove(layer)


def bring_back(viewer: Viewer, layer: UUID, first: UUID) -> None:
    """Bring back a layer of a first map that was taken away."""
    if all(one.thing != layer for one in taken_away(viewer, first)):
        raise Missing
    with act(viewer, "layer.bring-back") as doing:
        doing.restore(layer)


def tell_difference(
    viewer: Viewer, one: UUID, other: UUID, words: str, *, id: UUID | None = None
) -> Record | None:
    """Say what is different between two layers, or say it anew; no words take it away."""
    row = row_of(viewer, one)
    one_of(row, other)
    if one == other:
        raise Missing
    told = difference(viewer, one, other)
    with act(viewer, "difference.tell") as doing:
        if told and not words:
            return doing.remove(told.thing)
        if told:
            return doing.change(told.thing, told.noun.but(words=words))
        said = Difference(other, words)
        return doing.keep(viewer.own, said, parent=one, id=id) if words else None


def keep_order(viewer: Viewer, layer: UUID, *, agreed: bool, with_erased: bool = False) -> None:
    """Agree that the order of a drawing may be replayed from now on, or take that back.

    Taken back, what came before is never replayed again: a new yes counts from its own moment.
    """
    found = readings.a_map(viewer, layer).noun
    since = (found.keeps_order or clock.now()) if agreed else None
    said = found.but(keeps_order=since, with_erased=agreed and with_erased)
    _say_anew(viewer, "layer.keep-order", {layer: said}, but={layer: found})
