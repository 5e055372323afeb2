"""The arrangements of the viewer's circles, and what teams noticed about them.

One that was joined with another, or split into parts, is off the list but not gone: what was said
of it is found beside what it is told as now.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.arrangements.nouns import Arrangement, Noticed
from kith.base.problems import Missing
from kith.permissions.readings import look, look_at, look_away, look_back
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry


def named(
    viewer: Viewer, circle: UUID | None = None, *, as_of: datetime | None = None
) -> list[Entry[Arrangement]]:
    """All arrangements of one circle, or of every circle the viewer is in, by name."""
    found = look(viewer, Arrangement, _of(circle), as_of=as_of)
    return by_name(one for one in found if not one.noun.into)


def told_elsewhere(viewer: Viewer, circle: UUID | None = None) -> list[Entry[Arrangement]]:
    """Those that were joined with another or split, by name."""
    return by_name(one for one in look(viewer, Arrangement, _of(circle)) if one.noun.into)


def told_as(viewer: Viewer, circle: UUID) -> dict[UUID, frozenset[UUID]]:
    """For each arrangement of a circle: itself and all that is told as it now, near and far."""
    found = look(viewer, Arrangement, _of(circle))
    into = {one.thing: one.noun.into for one in found}
    ends = {thing: _ends(thing, into) for thing in into}
    return {
        thing: frozenset(one for one, where in ends.items() if thing in where) | {thing}
        for thing in into
    }


def now_told_as(viewer: Viewer, thing: UUID) -> list[Entry[Arrangement]]:
    """What an arrangement is told as now: one it was joined with, or its parts; else nothing."""
    into = arrangement(viewer, thing).noun.into
    return by_name(look(viewer, Arrangement, Q(thing__in=into))) if into else []


def going_with(viewer: Viewer, thing: UUID) -> list[Entry[Arrangement]]:
    """Those on the list that belong with this one, whichever of the two says so."""
    this = arrangement(viewer, thing)
    there = (one for one in named(viewer, this.space) if one.thing != thing)
    return [one for one in there if one.thing in this.noun.goes_with or thing in one.noun.goes_with]


def arrangement(viewer: Viewer, thing: UUID) -> Entry[Arrangement]:
    """One arrangement. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Arrangement, thing)


def arrangement_in(viewer: Viewer, circle: UUID, thing: UUID) -> Entry[Arrangement]:
    """One arrangement of this very circle. Raises Missing for any other."""
    found = arrangement(viewer, thing)
    if found.space != circle:
        raise Missing
    return found


def before(viewer: Viewer, thing: UUID) -> list[Entry[Arrangement]]:
    """What an arrangement was before it is what it is now, the latest first."""
    now = arrangement(viewer, thing)
    said = [one for one in look_back(viewer, Arrangement, thing) if one.id != now.id]
    new = zip(said, [*said[1:], now], strict=False)
    return [one for one, after in new if one.noun.in_words != after.noun.in_words][::-1]


def taken_away(viewer: Viewer, circle: UUID) -> list[Entry[Arrangement]]:
    """What was taken off the list of a circle and can come back."""
    return look_away(viewer, Arrangement, _of(circle))


def noticed(viewer: Viewer, circle: UUID, about: UUID | None = None) -> list[Entry[Noticed]]:
    """What the team of a circle noticed, the latest first; for the team alone.

    With `about`, only what they noticed of that arrangement. Nothing names who noticed it.
    """
    found = reversed(look(viewer, Noticed, _of(circle)))
    if about is None:
        return list(found)
    these = told_as(viewer, circle).get(about, frozenset())
    return [entry for entry in found if entry.noun.arrangement in these]


def mine_noticed(viewer: Viewer, thing: UUID) -> Entry[Noticed]:
    """One line that the viewer noticed. Raises Missing for another's, or when it is gone."""
    found = look_at(viewer, Noticed, thing)
    if found.author != viewer.person:
        raise Missing
    return found


def by_name(found: Iterable[Entry[Arrangement]]) -> list[Entry[Arrangement]]:
    """The same, in the order of a list."""
    return sorted(found, key=lambda entry: (entry.noun.name.casefold(), entry.id))


def _ends(thing: UUID, into: Mapping[UUID, tuple[UUID, ...]]) -> frozenset[UUID]:
    """All that a thing is told as, step by step; each is gone through once."""
    seen: set[UUID] = set()
    open_ones = [thing]
    while open_ones:
        new = set(into.get(open_ones.pop(), ())) - seen
        seen |= new
        open_ones += new
    return frozenset(seen)


def _of(circle: UUID | None) -> Q:
    return Q(space=circle) if circle else Q()
