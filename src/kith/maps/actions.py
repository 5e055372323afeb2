"""What one can do on a map. Every gesture is one record; undoing is a record too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec

from kith.base import clock, ids
from kith.base.problems import Invalid, Missing
from kith.maps import readings, ways
from kith.maps.moving import inside, shifted
from kith.maps.nouns import DRAWN, Drawn, Figure, Map, Tie
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records.erased import refuse_erased
from kith.records.models import Record

ActCode = Literal[
    "figure.add",
    "figure.move",
    "figure.change",
    "figure.take-off",
    "tie.add",
    "tie.change",
    "tie.take-off",
    "stroke.add",
    "stroke.move",
    "stroke.change",
    "stroke.take-off",
    "writing.add",
    "writing.move",
    "writing.change",
    "writing.take-off",
    "shape.add",
    "shape.move",
    "shape.change",
    "shape.take-off",
    "region.add",
    "region.move",
    "region.change",
    "region.take-off",
    "map.put-back",
    "map.undo",
    "map.redo",
]
STEP = 0.06
NEAR = 0.16
_WAYS = {"left": (-STEP, 0.0), "right": (STEP, 0.0), "up": (0.0, -STEP), "down": (0.0, STEP)}


class Gesture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One gesture as a device sends it: what was done, and all of the thing as it is now.

    `undoes` names the gesture that this one takes back; `away` takes the thing off the paper.
    """

    id: UUID
    act: ActCode
    kind: Literal["figure", "tie", "stroke", "writing", "shape", "region"]
    thing: UUID
    made_at: datetime
    body: dict[str, Any]
    undoes: UUID | None = None
    away: bool = False

    def noun(self) -> Drawn:
        """The thing as it is now. Raises Invalid when it does not say what such a thing says."""
        return _checked(DRAWN[self.kind], {**self.body, "away": self.away})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One thing said anew, and which gesture that takes back, if any."""

    act: str
    thing: UUID
    noun: Drawn
    id: UUID | None = None
    made_at: datetime | None = None
    undoes: UUID | None = None


def read_gesture(text: bytes) -> Gesture:
    """The gesture in a request's JSON. Raises Invalid."""
    try:
        return msgspec.json.decode(text, type=Gesture)
    except msgspec.DecodeError:
        raise Invalid("gesture-unclear") from None


def begin(viewer: Viewer, *, with_me: str = "", id: UUID | None = None) -> UUID:
    """A new map in the viewer's notebook; with a label for oneself, a first figure on it.

    Sent twice under one `id`, it makes one map. Returns the map's id.
    """
    with act(viewer, "map.begin") as doing:
        made = doing.keep(the_notebook(viewer), Map(), id=id)
        if with_me and not readings.has_anything(viewer, made.thing):
            me = Figure(0.5, 0.5, label=with_me, kind="self", size="large", colour="elder")
            doing.keep(the_notebook(viewer), me, parent=made.thing)
    return made.thing


def draw(viewer: Viewer, map_id: UUID, gesture: Gesture) -> Record:
    """Keep one gesture of a device. Sent twice, it is kept once.

    Raises Invalid, Missing (no such map, or a thing of another map), or Clash (the id already
    says something else).
    """
    step = _Step(
        act=gesture.act,
        thing=gesture.thing,
        noun=gesture.noun(),
        id=gesture.id,
        made_at=gesture.made_at,
        undoes=gesture.undoes,
    )
    return _keep(viewer, map_id, step)


def add_figure(viewer: Viewer, map_id: UUID, figure: Figure, *, id: UUID | None = None) -> Record:
    """Put a new figure on the paper."""
    return add(viewer, map_id, figure, id=id)


def add(viewer: Viewer, map_id: UUID, noun: Drawn, *, id: UUID | None = None) -> Record:
    """Put something new on the paper."""
    fresh = id or ids.new()
    code = f"{noun.__kind__}.add"
    return _keep(viewer, map_id, _Step(act=code, thing=fresh, noun=noun, id=fresh))


def add_tie(viewer: Viewer, map_id: UUID, a: UUID, b: UUID, *, id: UUID | None = None) -> UUID:
    """Tie two figures of one map, unless they are tied already. Returns the tie's id."""
    drawing = readings.drawing(viewer, map_id)
    there = {figure.thing for figure in drawing.figures}
    if a == b or not {a, b} <= there:
        raise Invalid("tie-needs-two")
    for tie in drawing.ties:
        if {tie.noun.a, tie.noun.b} == {a, b}:
            return tie.thing
    fresh = id or ids.new()
    return _keep(viewer, map_id, _Step(act="tie.add", thing=fresh, noun=Tie(a, b), id=fresh)).thing


def change(viewer: Viewer, map_id: UUID, thing: UUID, **said: Any) -> Record:
    """Say some fields of something on the paper anew."""
    noun = readings.on_paper(viewer, map_id, thing).noun
    code = f"{noun.__kind__}.change"
    return _keep(viewer, map_id, _Step(act=code, thing=thing, noun=noun.but(**said)))


def move(viewer: Viewer, map_id: UUID, thing: UUID, way: str) -> Record:
    """Move something a little: left, right, up or down. A tie goes with its figures."""
    noun = readings.on_paper(viewer, map_id, thing).noun
    if isinstance(noun, Tie):
        raise Missing
    if way not in _WAYS:
        raise Invalid("way-unclear")
    code = f"{noun.__kind__}.move"
    moved = shifted(noun, *_WAYS[way])
    return _keep(viewer, map_id, _Step(act=code, thing=thing, noun=moved))


def move_beside(viewer: Viewer, map_id: UUID, thing: UUID, other: UUID) -> Record:
    """Move a figure beside another one, on the side where it already stands."""
    figure = readings.figure_on(viewer, map_id, thing).noun
    beside = readings.figure_on(viewer, map_id, other).noun
    side = NEAR if figure.x >= beside.x else -NEAR
    if not 0 < beside.x + side < 1:
        side = -side
    moved = figure.but(x=inside(beside.x + side), y=inside(beside.y))
    return _keep(viewer, map_id, _Step(act="figure.move", thing=thing, noun=moved))


def take_off(viewer: Viewer, map_id: UUID, thing: UUID) -> Record:
    """Take something off the paper. It can be put back."""
    noun = readings.on_paper(viewer, map_id, thing).noun
    code = f"{noun.__kind__}.take-off"
    return _keep(viewer, map_id, _Step(act=code, thing=thing, noun=noun.but(away=True)))


def put_back(viewer: Viewer, map_id: UUID, thing: UUID) -> Record:
    """Put back what was taken off the paper, as it last stood."""
    noun = readings.of_map(viewer, map_id, thing).noun
    return _keep(viewer, map_id, _Step(act="map.put-back", thing=thing, noun=noun.but(away=False)))


def undo(viewer: Viewer, map_id: UUID) -> bool:
    """Take back the last gesture; False when there is none."""
    readings.a_map(viewer, map_id)
    return _walk(viewer, map_id, "map.undo", ways.ways(viewer, map_id).done)


def redo(viewer: Viewer, map_id: UUID) -> bool:
    """Do again what was last undone; False when there is nothing."""
    readings.a_map(viewer, map_id)
    return _walk(viewer, map_id, "map.redo", ways.ways(viewer, map_id).undone)


def keep_all(
    viewer: Viewer,
    map_id: UUID,
    code: str,
    nouns: Mapping[UUID, Drawn],
    *,
    new: bool = False,
    apart: timedelta = timedelta(0),
) -> None:
    """Keep several things of one map in one act.

    What was said at one instant is one step of the way back; with a time `apart` each is a step.
    """
    now = clock.now()
    _keep_together(
        viewer,
        map_id,
        code,
        [
            _Step(act=code, thing=one, noun=noun, id=one if new else None, made_at=now + at * apart)
            for at, (one, noun) in enumerate(nouns.items())
        ],
    )


def _walk(viewer: Viewer, map_id: UUID, code: str, steps: list[ways.Way]) -> bool:
    """Go one step back or forth: all that was said in the instant of the last gesture."""
    if not steps:
        return False
    now = clock.now()
    last = [way for way in steps if way.made_at == steps[-1].made_at]
    taken = [_taken_back(viewer, map_id, code, way, now) for way in last]
    _keep_together(viewer, map_id, code, taken)
    return True


def _taken_back(viewer: Viewer, map_id: UUID, code: str, way: ways.Way, now: datetime) -> _Step:
    before = way.before or readings.of_map(viewer, map_id, way.thing).noun.but(away=True)
    return _Step(act=code, thing=way.thing, noun=before, undoes=way.id, made_at=now)


def _keep(viewer: Viewer, map_id: UUID, step: _Step) -> Record:
    return _keep_together(viewer, map_id, step.act, [step])[0]


def _keep_together(viewer: Viewer, map_id: UUID, code: str, steps: list[_Step]) -> list[Record]:
    """The one way onto a map: its own notebook, its own things, and never in the future."""
    readings.a_map(viewer, map_id)
    for step in steps:
        _checked(type(step.noun), step.noun)
        if readings.belongs_elsewhere(viewer, map_id, step.noun.__kind__, step.thing):
            raise Missing
        _refuse_forgotten(viewer, step.noun)
    now = clock.now()
    with act(viewer, code) as doing:
        return [
            doing.keep(
                the_notebook(viewer),
                step.noun,
                id=step.id,
                thing=step.thing,
                parent=map_id,
                replaces=step.undoes,
                made_at=step.made_at or now,
                seen_on=min(step.made_at or now, now),
            )
            for step in steps
        ]


def _refuse_forgotten(viewer: Viewer, noun: Drawn) -> None:
    """What is said late of something that was forgotten meanwhile goes the same way."""
    for end in (noun.a, noun.b) if isinstance(noun, Tie) else ():
        refuse_erased(viewer.me, end)


def the_notebook(viewer: Viewer) -> UUID:
    """The viewer's own notebook. Raises Missing where there is none."""
    if viewer.notebook is None:
        raise Missing
    return viewer.notebook


def _checked(kind: type[Drawn], said: Drawn | Mapping[str, Any]) -> Drawn:
    plain = said if isinstance(said, Mapping) else msgspec.structs.asdict(said)
    try:
        return msgspec.convert(msgspec.to_builtins(plain), kind)
    except msgspec.ValidationError:
        raise Invalid("gesture-unclear") from None
