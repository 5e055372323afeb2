"""Requests as the one who asked sees them, and changes as everyone in a circle does.

What a team sees of requests is in `ward`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kith.arrangements.nouns import Arrangement
from kith.arrangements.readings import named, told_as, told_elsewhere
from kith.base import clock
from kith.base.problems import Missing
from kith.care.nouns import COSTS, SIDES, Answer, Change, Request, Side
from kith.permissions.models import Grant
from kith.permissions.readings import grants_of, look, look_at, look_away, look_back
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry, current


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the viewer's own. `ends` is None while no circle sees it."""

    request: Entry[Request]
    ends: datetime | None


def my_requests(viewer: Viewer) -> list[Asked]:
    """What the viewer asked or began to ask, the latest first."""
    ends = {one.thing: one.ends for one in request_grants(viewer)}
    mine = look(viewer, Request, Q(space=viewer.notebook))
    return [Asked(one, ends.get(one.thing)) for one in reversed(mine)]


def my_request(viewer: Viewer, thing: UUID) -> Asked:
    """One request of the viewer's own. Raises Missing for any other."""
    found = look_at(viewer, Request, thing)
    ends = (one.ends for one in request_grants(viewer) if one.thing == thing)
    return Asked(found, max(ends, default=None))


def request_grants(viewer: Viewer) -> list[Grant]:
    """The viewer's grants in force that show a request, the one that ends first before others."""
    return [one for one in grants_of(viewer) if one.purpose == "request"]


def answers_to(viewer: Viewer, thing: UUID) -> list[Entry[Answer]]:
    """What the team said back to a request of the viewer's own. Raises Missing for any other.

    An answer belongs to the circle and its team; the request's own person may read it too.
    That is checked here: the request is theirs, and the answer is of the circle they asked.
    """
    asked = look_at(viewer, Request, thing)
    said = current(Answer, Q(parent=thing, space=asked.noun.circle))
    return [one for one in said if one.noun.words or one.noun.changes]


def arrangement_name(viewer: Viewer, request: Request) -> str:
    """The name of the arrangement a request is about; empty when it is no longer there."""
    on_the_list, off = named(viewer, request.circle), told_elsewhere(viewer, request.circle)
    there = {one.thing: one.noun.name for one in [*on_the_list, *off]}
    return there.get(request.arrangement, "") if request.arrangement else ""


def changes(
    viewer: Viewer, circle: UUID | None = None, *, as_of: datetime | None = None
) -> list[Entry[Change]]:
    """What a circle tries, or every circle of the viewer: what is free first, then by start."""
    where = Q(space=circle) if circle else Q()
    return sorted(look(viewer, Change, where, as_of=as_of), key=_free_first)


def by_state(viewer: Viewer, circle: UUID) -> list[Entry[Change]]:
    """The changes of a circle as they stand beside what they change: being tried first."""
    order = ("trying", "proposed", "kept", "dropped")
    found = changes(viewer, circle)
    return [one for state in order for one in found if one.noun.state == state]


def change(viewer: Viewer, thing: UUID, *, as_of: datetime | None = None) -> Entry[Change]:
    """One change. Raises Missing when there is none, or it is not for this viewer."""
    return look_at(viewer, Change, thing, as_of=as_of)


def change_in(viewer: Viewer, circle: UUID, thing: UUID) -> Entry[Change]:
    """One change of this very circle. Raises Missing for any other."""
    found = change(viewer, thing)
    if found.space != circle:
        raise Missing
    return found


def course(viewer: Viewer, thing: UUID) -> list[Entry[Change]]:
    """How a change came to be what it is: each state it was in, the first one first."""
    said = look_back(viewer, Change, thing)
    new = (now for before, now in zip([None, *said], said, strict=False) if _moved(before, now))
    return list(new)


def arrangements_of(viewer: Viewer, said: Entry[Change]) -> list[Entry[Arrangement]]:
    """The arrangements that a change is about, of those that are still on the list."""
    about, told = frozenset(said.noun.arrangements), told_as(viewer, said.space)
    return [one for one in named(viewer, said.space) if about & told[one.thing]]


def to_look_back_on(found: Iterable[Entry[Change]], today: date) -> list[Entry[Change]]:
    """The changes being tried whose day for looking back has come."""
    trying = (one for one in found if one.noun.state == "trying")
    return [one for one in trying if one.noun.review and one.noun.review <= today]


def sides(viewer: Viewer, thing: UUID) -> list[Entry[Side]]:
    """What each side said of a change, in the order it was said."""
    return look(viewer, Side, Q(parent=thing))


def by_side(said: Iterable[Entry[Side]]) -> list[tuple[str, list[Entry[Side]]]]:
    """The same as columns, one for each who may speak, also where nobody has: never a sum."""
    told = list(said)
    return [(str(name), [one for one in told if one.noun.speaks_as == code])
            for code, name in SIDES.items()]  # fmt: skip


def my_side(viewer: Viewer, thing: UUID) -> Entry[Side]:
    """One thing the viewer said of a change. Raises Missing for another's, or when it is gone."""
    found = look_at(viewer, Side, thing)
    if found.author != viewer.person:
        raise Missing
    return found


def sides_away(viewer: Viewer, thing: UUID) -> list[Entry[Side]]:
    """What the viewer said of a change and took back."""
    return look_away(viewer, Side, Q(parent=thing, author=viewer.person))


def today() -> date:
    """The day it is here."""
    return timezone.localdate(clock.now())


def _moved(before: Entry[Change] | None, now: Entry[Change]) -> bool:
    return before is None or (before.noun.state, before.noun.why) != (now.noun.state, now.noun.why)


def _free_first(one: Entry[Change]) -> tuple[int, date, datetime, UUID]:
    costs = list(COSTS)
    cost = costs.index(one.noun.cost) if one.noun.cost in costs else len(costs)
    return cost, one.noun.starts or date.max, one.seen_on, one.thing
