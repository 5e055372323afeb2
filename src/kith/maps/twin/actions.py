"""What one can do in the list beside a map, besides the acts of the paper itself."""

from uuid import UUID

from kith.base import clock, ids
from kith.base.problems import Invalid
from kith.maps import readings
from kith.maps.actions import keep_all, the_notebook
from kith.maps.nouns import Description, Figure, Helps, Order
from kith.maps.twin.listing import moved, rows
from kith.maps.twin.overlaps import apart, free_place
from kith.maps.twin.readings import order_of, the_only
from kith.maps.twin.sentences import mark_of
from kith.people import leaving
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.nouns import Noun

WAYS = ("up", "down", "first")


def arrange(viewer: Viewer, map_id: UUID, thing: UUID, way: str) -> None:
    """Move one thing in the list up, down, or to the front. The paper stays as it is."""
    drawn = readings.drawing(viewer, map_id)
    listed = [row.thing for row in rows(drawn, order_of(viewer, drawn))]
    if way not in WAYS or thing not in listed:
        raise Invalid("way-unclear")
    _say(viewer, map_id, "map.order", Order(tuple(moved(listed, thing, way))))


def describe(viewer: Viewer, map_id: UUID, words: str) -> None:
    """Say what the map shows in one's own words; the same words again say that they still fit."""
    drawn = readings.drawing(viewer, map_id)
    _say(viewer, map_id, "map.describe", Description(words, mark_of(drawn)))


def undescribe(viewer: Viewer, map_id: UUID) -> None:
    """Take one's own words away; they can be brought back, or forgotten, like all else."""
    found = the_only(viewer, map_id, Description)
    if found is not None:
        with act(viewer, "map.undescribe") as doing:
            doing.remove(found.thing)


def lay_under(viewer: Viewer, map_id: UUID, helps: Helps) -> None:
    """Choose what lies under the map."""
    readings.a_map(viewer, map_id)
    _say(viewer, map_id, "map.helps", helps)


def part(viewer: Viewer, map_id: UUID) -> bool:
    """Move figures that lie on each other apart, as one step; False when none do."""
    drawn = readings.drawing(viewer, map_id)
    found = apart(drawn.names())
    if found:
        keep_all(viewer, map_id, "map.part", found)
    return bool(found)


def add_several(viewer: Viewer, map_id: UUID, names: list[str]) -> None:
    """Put several figures on the paper, each where there is room: a step for each."""
    there = list(readings.drawing(viewer, map_id).names().values())
    fresh: dict[UUID, Figure] = {}
    for name in names:
        there.append(free_place(there, Figure(0.5, 0.3, label=name)))
        fresh[ids.new()] = there[-1]
    keep_all(viewer, map_id, "map.add-several", fresh, new=True, apart=clock.TICK)


def forget(viewer: Viewer, map_id: UUID, thing: UUID) -> None:
    """Erase a thing for good: all that it ever was, its ties, and the words bound to it."""
    found = readings.of_map(viewer, map_id, thing)
    if not found.noun.away:
        keep_all(viewer, map_id, "map.take-off", {thing: found.noun.but(away=True)})
    leaving.forget(viewer, thing)


def _say(viewer: Viewer, map_id: UUID, code: str, noun: Noun) -> None:
    """Keep what a map has one of: anew, or in place of what was said before."""
    found = the_only(viewer, map_id, type(noun))
    with act(viewer, code) as doing:
        if found is None:
            doing.keep(the_notebook(viewer), noun, parent=map_id)
        else:
            doing.change(found.thing, noun)
