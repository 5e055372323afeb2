"""When two sides of a relationship see each other's answers. Pure: no clock, no database.

Each side may be willing to reveal certain items, as frozen copies. The rule, for two sides:

1. a will stands from when it was said until it is taken back, or said anew;
2. when both stand, they meet at the next fixed time of day, so that nothing that shows later
   tells at what hour anyone decided; then a silent day follows, in which either may take back;
3. if both stand still, both sides see at once what both of them chose, and only that;
4. a will counts once; it is over after ninety days, or as soon as either takes back.

Before that moment nothing depends on the other side: not answering, saying no, and taking back
are the same here, because none of them leads to anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

DAILY = time(12, 0)
"""The time of day, in UTC, at which wills meet and reveals happen."""
WAIT = timedelta(days=1)
SHOWN = timedelta(days=90)
FAR = datetime.max.replace(tzinfo=UTC)
REVEAL = "reveal"
"""The purpose under which a reveal in force is asked for."""


@dataclass(frozen=True, slots=True)
class Will:
    """One side is willing to reveal: the frozen copy of each item it chose, from when on."""

    id: UUID
    person: UUID
    space: UUID
    at: datetime
    copies: Mapping[str, UUID]
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revealed:
    """Two wills that met: both sides see the items that both chose, from `at` until `ends`."""

    at: datetime
    wills: tuple[Will, Will]
    items: tuple[str, ...]

    @property
    def ends(self) -> datetime:
        """The end that comes by itself."""
        return self.at + SHOWN

    @property
    def withdrawn(self) -> datetime | None:
        """When the first of the two took back: what needs both authors is then gone for both."""
        return min((one.withdrawn for one in self.wills if one.withdrawn), default=None)

    def things(self, person: UUID) -> tuple[tuple[UUID, UUID], ...]:
        """For each item the copy of `person`, and the copy of the other."""
        mine, theirs = sorted(self.wills, key=lambda one: one.person != person)
        return tuple((mine.copies[item], theirs.copies[item]) for item in self.items)

    def in_force(self, now: datetime) -> bool:
        """Whether both sides see it at `now`."""
        return self.at <= now < self.ends and (self.withdrawn is None or now < self.withdrawn)


def meeting(after: datetime) -> datetime:
    """The first fixed time of day after a moment (aware, UTC)."""
    same_day = datetime.combine(after.date(), DAILY, after.tzinfo)
    return same_day if same_day > after else same_day + timedelta(days=1)


def reveals(ours: Sequence[Will], theirs: Sequence[Will], now: datetime) -> list[Revealed]:
    """Every reveal between two sides up to `now`, the first one first."""
    pairs = [
        (_ripe(a, b), a, b)
        for a, a_stands in _standing(ours)
        for b, b_stands in _standing(theirs)
        if _common(a, b) and _ripe(a, b) < min(a_stands, b_stands)
    ]
    found: list[Revealed] = []
    spent: list[Will] = []
    for at, a, b in sorted(pairs, key=lambda pair: (pair[0], pair[1].at, pair[2].at)):
        if at <= now and a not in spent and b not in spent:
            spent += [a, b]
            found.append(Revealed(at, (a, b), _common(a, b)))
    return found


def _standing(wills: Sequence[Will]) -> list[tuple[Will, datetime]]:
    """Each will of one side, and until when it stands: taken back, or said anew."""
    ordered = sorted(wills, key=lambda will: will.at)
    ends = [*(later.at for _, later in pairwise(ordered)), FAR]
    return [(w, min(w.withdrawn or FAR, end)) for w, end in zip(ordered, ends, strict=False)]


def _ripe(a: Will, b: Will) -> datetime:
    return meeting(max(a.at, b.at)) + WAIT


def _common(a: Will, b: Will) -> tuple[str, ...]:
    """The items that both chose, in the order in which the first names them."""
    return tuple(item for item in a.copies if item in b.copies)
