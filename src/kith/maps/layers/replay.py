"""How a drawing came about, from the day its drawer agreed to keep its order.

Told are the gestures that count: what was undone is not. What was taken off is told only if the
drawer agreed to that as well. The last step is always the drawing as it stands.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kith.maps.layers.compare import Standing
from kith.maps.layers.readings import on_paper
from kith.maps.nouns import Drawn, Map
from kith.maps.readings import gestures_on
from kith.maps.ways import Mark, walked
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry
from kith.records.sealing import words_in


@dataclass(frozen=True, slots=True)
class Step:
    """One thing as it is from this step on; None when it went off the paper."""

    thing: UUID
    noun: Drawn | None


@dataclass(frozen=True, slots=True)
class Replay:
    """What stood there when the drawer agreed, and every step since."""

    start: Standing
    steps: tuple[Step, ...]

    def states(self) -> list[Standing]:
        """The drawing at the start and after each step."""
        told = [self.start]
        for step in self.steps:
            there = {
                thing: noun for thing, noun in told[-1].items() if thing != step.thing or step.noun
            }
            told.append(there | {step.thing: step.noun} if step.noun else there)
        return told


def replay(viewer: Viewer, found: Entry[Map]) -> Replay | None:
    """How a map came about; None where its drawer did not agree to keep the order."""
    since, with_erased = found.noun.keeps_order, found.noun.with_erased
    if since is None:
        return None
    now = on_paper(viewer, found.thing)
    start = on_paper(viewer, found.thing, since)
    steps = _told(viewer, found.thing, since, with_erased)
    if not with_erased:
        start = {thing: noun for thing, noun in start.items() if thing in now}
        steps = [step for step in steps if step.thing in now and step.noun]
    return _ending(start, steps, now)


def _told(viewer: Viewer, map_id: UUID, since: datetime, with_erased: bool) -> list[Step]:
    rows = {
        row.id: row
        for row in gestures_on(viewer, map_id).order_by("seen_on", "made_at", "id")
        if not row.removed
    }
    marks = [_mark(row) for row in rows.values()]
    told = marks if with_erased else walked(marks)[0]
    return [_step(viewer, rows[mark.id]) for mark in told if mark.seen_on > since]


def _mark(row: Record) -> Mark:
    return Mark(*(getattr(row, name) for name in Mark._fields))


def _step(viewer: Viewer, row: Record) -> Step:
    noun = words_in(row, opened=viewer.opened)
    drawn: Drawn = noun  # type: ignore[assignment]
    return Step(row.thing, None if drawn.away else drawn)


def _ending(start: Standing, steps: list[Step], now: Standing) -> Replay:
    """The same steps, of which the last for each thing leaves it as it stands now."""
    last = {step.thing: at for at, step in enumerate(steps)}
    for thing, at in last.items():
        steps[at] = Step(thing, now.get(thing))
    stood = {
        thing: noun if thing in last else now.get(thing, noun) for thing, noun in start.items()
    }
    late = [Step(thing, noun) for thing, noun in now.items() if thing not in {*last, *start}]
    gone = [Step(thing, None) for thing in start if thing not in {*last, *now}]
    return Replay(stood, (*steps, *late, *gone))
