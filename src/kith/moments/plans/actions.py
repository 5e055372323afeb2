"""What one can do with a plan: begin one, put moments where they were, take them off again."""

from uuid import UUID

from kith.base.problems import Missing
from kith.maps.nouns import Map
from kith.moments.plans import readings
from kith.moments.plans.nouns import Pin
from kith.moments.readings import moment as a_moment
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.models import Record


def begin(viewer: Viewer, name: str = "", *, id: UUID | None = None) -> UUID:
    """A bare plan in the viewer's notebook, to be drawn like a map. Returns its id."""
    with act(viewer, "plan.begin") as doing:
        return doing.keep(viewer.own, Map(name=name, plan=True), id=id).thing


def put(
    viewer: Viewer,
    plan: UUID,
    moment: UUID,
    place: tuple[float, float],
    *,
    id: UUID | None = None,
) -> Record:
    """Put a moment of one's own on a plan, or somewhere else on it. Raises Missing."""
    readings.a_plan(viewer, plan)
    found = a_moment(viewer, moment)
    if found.space != viewer.notebook:
        raise Missing
    x, y = place
    there = readings.pin_of(viewer, plan, moment)
    with act(viewer, "pin.put") as doing:
        if there and there.thing != id:
            return doing.change(there.thing, Pin(plan, x, y), id=id)
        return doing.keep(viewer.own, Pin(plan, x, y), parent=found.thing, id=id)


def take_off(viewer: Viewer, plan: UUID, moment: UUID) -> None:
    """Take a moment off a plan. The moment stays, and can be put there again. Raises Missing."""
    readings.a_plan(viewer, plan)
    there = readings.pin_of(viewer, plan, moment)
    if there is None:
        raise Missing
    if not there.noun.away:
        with act(viewer, "pin.take-off") as doing:
            doing.change(there.thing, there.noun.but(away=True))


def take_away(viewer: Viewer, plan: UUID) -> None:
    """Take a plan away. The moments on it stay, and it can come back. Raises Missing."""
    readings.a_plan(viewer, plan)
    with act(viewer, "plan.take-away") as doing:
        doing.remove(plan)


def bring_back(viewer: Viewer, plan: UUID) -> None:
    """Bring a plan back, with all that was on it. Raises Missing."""
    if all(one.thing != plan for one in readings.away(viewer)):
        raise Missing
    with act(viewer, "plan.bring-back") as doing:
        doing.restore(plan)
