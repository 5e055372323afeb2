"""What a team does about requests, and what everyone says of it: answers, changes, sides."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kith.arrangements.readings import named
from kith.base import clock
from kith.base.problems import Flaw, Invalid, Missing, Refused
from kith.care.nouns import COSTS, SIDES, STATES, Answer, Change, Side
from kith.care.readings import change, my_side
from kith.care.ward import Arrived, arrived, arrived_one
from kith.permissions.actions import Act, act
from kith.permissions.readings import look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def answer(
    viewer: Viewer, circle: UUID, request: UUID, said: Answer, *, id: UUID | None = None
) -> Record:
    """Say something back to a request, and say what it is about. Later words take the place.

    Raises Missing when the request is not (or no longer) shown to this circle, or a link leads
    outside it.
    """
    found = arrived_one(viewer, circle, request)
    _links_stay_here(viewer, circle, said)
    with act(viewer, "answer.say") as doing:
        return _keep_answer(doing, circle, found, said, id)


def plan(
    viewer: Viewer,
    circle: UUID,
    said: Change,
    *,
    requests: Collection[UUID] = (),
    id: UUID | None = None,
    seen_on: datetime | None = None,
) -> Record:
    """Write down something to try. `requests` are those that it takes up."""
    _check(viewer, circle, said)
    with act(viewer, "change.plan") as doing:
        kept = doing.keep(circle, said, id=id, seen_on=seen_on)
        _take_up(doing, viewer, circle, kept.thing, requests)
        return kept


def replan(
    viewer: Viewer,
    thing: UUID,
    said: Change,
    *,
    requests: Collection[UUID] | None = None,
    id: UUID | None = None,
) -> Record:
    """Say anew what is tried. Its state stays; `requests` None leaves the links as they are."""
    now = change(viewer, thing)
    said = said.but(state=now.noun.state, why=now.noun.why)
    _check(viewer, now.space, said, known=now.noun.arrangements)
    with act(viewer, "change.replan") as doing:
        if requests is not None:
            _take_up(doing, viewer, now.space, thing, requests)
        return doing.correct(thing, said, id=id)


def move(
    viewer: Viewer,
    thing: UUID,
    state: str,
    why: str = "",
    *,
    id: UUID | None = None,
    seen_on: datetime | None = None,
) -> Record:
    """Begin to try a change, keep it, drop it, or propose it anew, from now or from `seen_on`.

    Dropping says why. Raises Invalid when `seen_on` lies before what it was last, or ahead.
    """
    now = change(viewer, thing)
    said = now.noun.but(state=state, why=why)
    flaws = _day_flaws(now.seen_on, seen_on)
    _check(viewer, now.space, said, known=said.arrangements, more=flaws)
    with act(viewer, "change.move") as doing:
        return doing.change(thing, said, id=id, seen_on=seen_on)


def speak(viewer: Viewer, thing: UUID, said: Side, *, id: UUID | None = None) -> Record:
    """Say what happened, from one's own side. For staff speak only those on the team."""
    about = change(viewer, thing)
    flaws = [] if said.words.strip() else [Flaw("words-missing", field="words")]
    if said.speaks_as not in SIDES:
        flaws.append(Flaw("side-unknown", field="speaks_as"))
    if flaws:
        raise Invalid("side-unclear", flaws)
    if said.speaks_as == "staff" and not viewer.has_part(about.space, "team"):
        raise Refused("not-on-the-team")
    with act(viewer, "side.say") as doing:
        return doing.keep(about.space, said, id=id, parent=about.thing)


def unsay(viewer: Viewer, thing: UUID) -> Record | None:
    """Take back what one said of a change. A second time changes nothing (None)."""
    if _mine_away(viewer, thing):
        return None
    my_side(viewer, thing)
    with act(viewer, "side.remove") as doing:
        return doing.remove(thing)


def say_again(viewer: Viewer, thing: UUID) -> Record:
    """Bring back what one took back."""
    if not _mine_away(viewer, thing):
        my_side(viewer, thing)
    with act(viewer, "side.restore") as doing:
        return doing.restore(thing)


def _mine_away(viewer: Viewer, thing: UUID) -> bool:
    away = look_away(viewer, Side)
    return any(one.thing == thing and one.author == viewer.person for one in away)


def _take_up(
    doing: Act, viewer: Viewer, circle: UUID, thing: UUID, requests: Collection[UUID]
) -> None:
    """Link the change to these requests and to no other of those that are shown now."""
    for one in arrived(viewer, circle):
        wanted = one.request.thing in requests
        if wanted != (thing in one.changes):
            said = one.answers[-1].noun if one.answers else Answer()
            others = tuple(other for other in said.changes if other != thing)
            links = (*others, thing) if wanted else others
            _keep_answer(doing, circle, one, said.but(changes=links), None)


def _keep_answer(doing: Act, circle: UUID, to: Arrived, said: Answer, id: UUID | None) -> Record:
    if to.answers:
        return doing.change(to.answers[-1].thing, said, id=id)
    return doing.keep(circle, said, id=id, parent=to.request.thing)


def _links_stay_here(viewer: Viewer, circle: UUID, said: Answer) -> None:
    if not _here(viewer, circle).issuperset(said.arrangements):
        raise Missing
    if any(change(viewer, thing).space != circle for thing in said.changes):
        raise Missing


def _check(
    viewer: Viewer,
    circle: UUID,
    said: Change,
    *,
    known: Collection[UUID] = (),
    more: Collection[Flaw] = (),
) -> None:
    """`known` arrangements were linked before, and may have left the list since."""
    flaws = [*_choice_flaws(said), *more]
    if not said.what.strip():
        flaws.append(Flaw("words-missing", field="what"))
    if said.state == "dropped" and not said.why.strip():
        flaws.append(Flaw("why-missing", field="why"))
    if said.starts and said.review and said.review < said.starts:
        flaws.append(Flaw("review-before-start", field="review"))
    if not _here(viewer, circle).union(known).issuperset(said.arrangements):
        flaws.append(Flaw("arrangement-elsewhere", field="arrangements"))
    if flaws:
        raise Invalid("change-unclear", flaws)


def _here(viewer: Viewer, circle: UUID) -> set[UUID]:
    return {one.thing for one in named(viewer, circle)}


def _choice_flaws(said: Change) -> list[Flaw]:
    flaws = [] if said.state in STATES else [Flaw("state-unknown", field="state")]
    return flaws if said.cost in COSTS else [*flaws, Flaw("cost-unknown", field="cost")]


def _day_flaws(last: datetime, seen_on: datetime | None) -> list[Flaw]:
    if seen_on is None or last <= seen_on <= clock.now():
        return []
    return [Flaw("day-out-of-order", field="seen_on")]
