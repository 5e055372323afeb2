"""What one can see of a map: the viewer first, then as of when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.base import clock
from kith.base.problems import Missing
from kith.maps.nouns import DRAWN, Figure, Helps, Map, Region, Shape, Stroke, Tie, Writing
from kith.permissions.nouns import rule_of
from kith.permissions.readings import look, look_at
from kith.permissions.scope import scope
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

D = TypeVar("D", Figure, Tie, Stroke, Writing, Shape, Region)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One map with what is on the paper; ties only where both of their figures are.

    `off` is what was taken off the paper and can be put back; `helps` what lies under it.
    """

    map: Entry[Map]
    figures: tuple[Entry[Figure], ...] = ()
    ties: tuple[Entry[Tie], ...] = ()
    strokes: tuple[Entry[Stroke], ...] = ()
    writings: tuple[Entry[Writing], ...] = ()
    shapes: tuple[Entry[Shape], ...] = ()
    regions: tuple[Entry[Region], ...] = ()
    off: tuple[Entry[Any], ...] = ()
    helps: Helps = field(default_factory=Helps)

    def names(self) -> dict[UUID, Figure]:
        """The figures by their ids."""
        return {entry.thing: entry.noun for entry in self.figures}


def all_maps(viewer: Viewer) -> list[Entry[Map]]:
    """The maps in the viewer's notebook with all of their layers, the newest last."""
    return look(viewer, Map, Q(space=viewer.notebook))


def my_maps(viewer: Viewer) -> list[Entry[Map]]:
    """The maps in the viewer's notebook without their layers and without plans, the newest last."""
    every = all_maps(viewer)
    there = {one.thing for one in every}
    return [one for one in every if one.noun.of not in there and not one.noun.plan]


def my_plans(viewer: Viewer) -> list[Entry[Map]]:
    """The floor plans in the viewer's notebook, the newest last."""
    return [one for one in all_maps(viewer) if one.noun.plan]


def a_map(viewer: Viewer, map_id: UUID) -> Entry[Map]:
    """One map of the viewer's. Raises Missing."""
    found = look_at(viewer, Map, map_id)
    if found.space != viewer.notebook:
        raise Missing
    return found


def drawing(viewer: Viewer, map_id: UUID, as_of: datetime | None = None) -> Drawing:
    """A map and what is on the paper, now or as of any time. Raises Missing."""
    return drawn_on(viewer, look_at(viewer, Map, map_id, as_of=as_of), as_of)


def drawn_on(viewer: Viewer, found: Entry[Map], as_of: datetime | None = None) -> Drawing:
    """What is on the paper of a map, now or as of any time."""
    where = Q(parent=found.thing)
    return put_together(found, lambda noun: look(viewer, noun, where, as_of=as_of))


def put_together(found: Entry[Map], see: Callable[[type[Any]], list[Entry[Any]]]) -> Drawing:
    """The drawing of a map, of what `see` shows of each kind of thing on it."""
    every = {kind: see(noun) for kind, noun in DRAWN.items()}
    here = {kind: on_the_paper(entries) for kind, entries in every.items()}
    there = {figure.thing for figure in here["figure"]}
    helps = see(Helps)
    return Drawing(
        found,
        here["figure"],
        tuple(tie for tie in here["tie"] if {tie.noun.a, tie.noun.b} <= there),
        here["stroke"],
        here["writing"],
        here["shape"],
        here["region"],
        tuple(one for entries in every.values() for one in entries if one.noun.away),
        helps[-1].noun if helps else Helps(),
    )


def figures(viewer: Viewer, as_of: datetime | None = None) -> list[Entry[Figure]]:
    """Every figure on any of the viewer's own maps, oldest first; once, on however many layers."""
    found = on_the_paper(look(viewer, Figure, Q(space=viewer.notebook), as_of=as_of))
    there = {entry.thing for entry in found}
    once: dict[UUID, Entry[Figure]] = {}
    for entry in found:
        if entry.noun.same_as not in there:
            once.setdefault(entry.noun.same_as or entry.thing, entry)
    return list(once.values())


def has_anything(viewer: Viewer, map_id: UUID) -> bool:
    """Whether anything was ever drawn on this map."""
    return gestures(viewer).filter(parent=map_id).exists()


def is_on(viewer: Viewer, map_id: UUID, thing: UUID) -> bool:
    """Whether this is a thing that was drawn on this map."""
    return gestures(viewer).filter(parent=map_id, thing=thing).exists()


def of_map(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Any]:
    """A thing of this map, on the paper or off it. Raises Missing."""
    kinds = gestures(viewer).filter(thing=thing, parent=map_id).values_list("kind", flat=True)
    for kind in kinds[:1]:
        found: list[Entry[Any]] = look(viewer, DRAWN[kind], Q(thing=thing, parent=map_id))
        return found[-1]
    raise Missing


def on_paper(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Any]:
    """As `of_map`, but only what is on the paper."""
    found = of_map(viewer, map_id, thing)
    if found.noun.away:
        raise Missing
    return found


def figure_on(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Figure]:
    """A figure on the paper of this map. Raises Missing."""
    found: Entry[Figure] = on_paper(viewer, map_id, thing)
    if not isinstance(found.noun, Figure):
        raise Missing
    return found


def tie_on(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Tie]:
    """A tie on the paper of this map. Raises Missing."""
    found: Entry[Tie] = on_paper(viewer, map_id, thing)
    if not isinstance(found.noun, Tie):
        raise Missing
    return found


def belongs_elsewhere(viewer: Viewer, map_id: UUID, kind: str, thing: UUID) -> bool:
    """Whether records of `thing` are there that are not of this kind, map and notebook."""
    here = {"kind": kind, "parent": map_id, "space": viewer.notebook}
    return Record.objects.filter(thing=thing).exclude(**here).exists()


def gestures_on(viewer: Viewer, map_id: UUID) -> QuerySet[Record]:
    """The gestures on a map of the viewer's. What a layer was traced with lies before its start."""
    began = Record.objects.filter(
        id=map_id, made_at=OuterRef("made_at"), seen_on__gt=OuterRef("seen_on")
    )
    return gestures(viewer).filter(parent=map_id).annotate(traced=Exists(began))


def gestures(viewer: Viewer) -> QuerySet[Record]:
    """Every record of something on a map that is the viewer's own."""
    allowed = scope(viewer, rule_of(Figure), clock.now()) & Q(space=viewer.notebook)
    return Record.objects.filter(allowed, kind__in=list(DRAWN))


def on_the_paper(found: Iterable[Entry[D]]) -> tuple[Entry[D], ...]:
    """Those of them that were not taken off the paper."""
    return tuple(entry for entry in found if not entry.noun.away)
