"""What one can do with words about a relationship: say, say anew, take away, bring back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kith.base import clock
from kith.base.problems import Invalid, Missing
from kith.maps.actions import the_notebook
from kith.maps.bonds.items import ITEMS
from kith.maps.bonds.readings import (
    ABOUT,
    View,
    day_of,
    of_day,
    perspectives,
    taken_away,
    view_of,
)
from kith.maps.nouns import Perspective, Said
from kith.maps.readings import of_map
from kith.permissions.actions import act
from kith.permissions.readings import look_back
from kith.permissions.viewer import Viewer


def say(
    viewer: Viewer,
    map_id: UUID,
    about: UUID,
    told: Mapping[str, Said],
    *,
    on: UUID | None = None,
    seen: UUID | None = None,
    id: UUID | None = None,
    seen_on: datetime | None = None,
    made_at: datetime | None = None,
) -> UUID:
    """Answer some items about a figure or tie. Returns the view of the day that they went to.

    All of one day stands together: later words of that day go with the earlier ones. `on` names
    an earlier view that is said anew. `seen` is the version that its author had before them; an
    answer that was changed elsewhere since then is not covered: theirs stands beside it.
    Raises Invalid for an item that is none, or Missing.
    """
    if not set(told) <= set(ITEMS):
        raise Invalid("no-such-item")
    if of_map(viewer, map_id, about).noun.__kind__ not in ABOUT:
        raise Missing
    when = seen_on or clock.now()
    target = view_of(viewer, about, on) if on else of_day(perspectives(viewer, about), day_of(when))
    before = _version(viewer, target, seen)
    news = {item: said for item, said in told.items() if said != before.on(item)}
    if not news:
        return target.thing if target else about
    beside = target is not None and _said_otherwise(target, before, news)
    with act(viewer, "perspective.say") as doing:
        if target is None or beside:
            at = target.seen_on + clock.TICK if target and on else when
            told_at = {"seen_on": at, "made_at": made_at}
            noun = Perspective(answers=news)
            return doing.keep(the_notebook(viewer), noun, parent=about, id=id, **told_at).thing
        merged = Perspective(answers={**target.noun.answers, **news})
        return doing.correct(target.thing, merged, id=id, made_at=made_at).thing


def take_away(viewer: Viewer, about: UUID, thing: UUID) -> None:
    """Take what was said on one day away; it can be brought back. Raises Missing."""
    view_of(viewer, about, thing)
    with act(viewer, "perspective.remove") as doing:
        doing.remove(thing)


def bring_back(viewer: Viewer, about: UUID, thing: UUID) -> None:
    """Bring it back as it last stood, on its own day. Raises Missing."""
    found = next((one for one in taken_away(viewer, about) if one.thing == thing), None)
    if found is None:
        raise Missing
    with act(viewer, "perspective.restore") as doing:
        doing.restore(thing, seen_on=found.seen_on)


def _version(viewer: Viewer, target: View | None, seen: UUID | None) -> Perspective:
    """What its author had before them; nothing, where that is not known."""
    if target is None or seen is None:
        return Perspective()
    if seen == target.version:
        return target.noun
    past = look_back(viewer, Perspective, target.thing)
    return next((one.noun for one in past if one.id == seen), Perspective())


def _said_otherwise(target: View, before: Perspective, news: Mapping[str, Said]) -> bool:
    """Whether one of these answers was changed since, to something else."""
    return any(target.on(item) not in (before.on(item), said) for item, said in news.items())
