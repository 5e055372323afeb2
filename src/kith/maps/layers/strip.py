"""The row of layers as pages show it: a dot for each, in the drawer's order."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kith.maps.layers.words import title
from kith.maps.nouns import Map
from kith.records.readings import Entry


@dataclass(frozen=True, slots=True)
class Dot:
    """One layer in the row."""

    layer: UUID
    title: str
    here: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The row of layers around the one that is open; `other` is the one to lay beside it first."""

    here: UUID
    dots: tuple[Dot, ...]
    other: UUID | None

    @property
    def ghosts(self) -> tuple[Dot, ...]:
        """The layers that can lie faintly under this one."""
        return tuple(dot for dot in self.dots if not dot.here)


def strip_of(row: Iterable[Entry[Map]], here: UUID) -> Strip:
    """The row around the layer `here`."""
    dots = tuple(Dot(one.thing, title(one.noun), one.thing == here) for one in row)
    at = next(at for at, dot in enumerate(dots) if dot.here)
    beside = dots[at - 1] if at else (dots[1] if len(dots) > 1 else None)
    return Strip(here, dots, beside.layer if beside else None)
