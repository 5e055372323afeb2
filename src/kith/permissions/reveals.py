"""When two sides of a relationship see each other's answers. Pure: no clock, no database.

Each side may be willing to reveal certain items, as frozen copies. The rule, for two sides:

1. a will stands from when it was said until it is taken back, or said anew;
2. when both stand, they meet at the next fixed time of day, so that nothing that shows later
   tells at what hour anyone decided; then a silent day follows, in which either may take back;
3. if both stand still, both sides see at once what both of them chose, and only that;
4. a will counts once; it is over after ninety days, or as soon as either takes back.

Where one of the two works for the other, a third person must be there: then what both chose is
seen in a *trio* only, from the first one after that moment in which both still stand, and a
will is spent by being seen, not before.

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
    """One side is willing to reveal: the frozen copy of each item it chose, from when on.

    `sits` says only in a trio; `third` that whoever is the third there may see it too.
    """

    id: UUID
    person: UUID
    space: UUID
    at: datetime
    copies: Mapping[str, UUID]
    withdrawn: datetime | None = None
    sits: bool = False
    third: bool = False


@dataclass(frozen=True, slots=True)
class Sat:
    """When the two sat together with a third, who opened it and was there until it ended."""

    opens: datetime
    ends: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether they sit at `now`."""
        return self.opens <= now < self.ends


@dataclass(frozen=True, slots=True)
class Revealed:
    """Two wills that met: both sides see the items that both chose, from `at` until `ends`.

    With `trios`, only while one of them is open.
    """

    at: datetime
    wills: tuple[Will, Will]
    items: tuple[str, ...]
    ends: datetime
    trios: tuple[Sat, ...] | None = None

    @property
    def withdrawn(self) -> datetime | None:
        """When the first of the two took back: what needs both authors is then gone for both."""
        return min((one.withdrawn for one in self.wills if one.withdrawn), default=None)

    def things(self, person: UUID) -> tuple[tuple[UUID, UUID], ...]:
        """For each item the copy of `person`, and the copy of the other."""
        mine, theirs = sorted(self.wills, key=lambda one: one.person != person)
        return tuple((mine.copies[item], theirs.copies[item]) for item in self.items)

    @property
    def for_third(self) -> bool:
        """Whether both wish that the third sees it too."""
        return all(one.third for one in self.wills)

    def seen_until(self, now: datetime) -> datetime:
        """When what is seen at `now` ends by itself; `at` where no trio is open."""
        if self.trios is None:
            return self.ends
        ends = max((one.ends for one in self.trios if one.is_open(now)), default=self.at)
        return min(self.ends, ends)

    def in_force(self, now: datetime) -> bool:
        """Whether both sides see it at `now`."""
        taken_back = self.withdrawn is not None and self.withdrawn <= now
        return self.at <= now < self.seen_until(now) and not taken_back


def meeting(after: datetime) -> datetime:
    """The first fixed time of day after a moment (aware, UTC)."""
    same_day = datetime.combine(after.date(), DAILY, after.tzinfo)
    return same_day if same_day > after else same_day + timedelta(days=1)


def reveals(
    ours: Sequence[Will],
    theirs: Sequence[Will],
    now: datetime,
    trios: Sequence[Sat] | None = None,
) -> list[Revealed]:
    """Every reveal between two sides up to `now`, the first one first.

    With `trios` (also with none of them), what was revealed was seen in one of those only.
    """
    sat = None if trios is None else tuple(trios)
    pairs = [
        (at, a, b)
        for a, a_stands in _standing(ours)
        for b, b_stands in _standing(theirs)
        if _common(a, b) and (at := _first_seen(a, b, sat)) < min(a_stands, b_stands)
    ]
    found: list[Revealed] = []
    spent: list[Will] = []
    for at, a, b in sorted(pairs, key=lambda pair: (pair[0], pair[1].at, pair[2].at)):
        if at <= now and a not in spent and b not in spent:
            spent += [a, b]
            found.append(Revealed(at, (a, b), _common(a, b), _ripe(a, b) + SHOWN, sat))
    return found


def _standing(wills: Sequence[Will]) -> list[tuple[Will, datetime]]:
    """Each will of one side, and until when it stands: taken back, or said anew."""
    ordered = sorted(wills, key=lambda will: will.at)
    ends = [*(later.at for _, later in pairwise(ordered)), FAR]
    return [(w, min(w.withdrawn or FAR, end)) for w, end in zip(ordered, ends, strict=False)]


def _ripe(a: Will, b: Will) -> datetime:
    return meeting(max(a.at, b.at)) + WAIT


def _first_seen(a: Will, b: Will, trios: tuple[Sat, ...] | None) -> datetime:
    """When both would see it first, if both stand then; never, where no trio came in time."""
    ripe = _ripe(a, b)
    if trios is None:
        return ripe
    begins = ((max(ripe, one.opens), one.ends) for one in trios)
    return min((at for at, end in begins if at < min(end, ripe + SHOWN)), default=FAR)


def _common(a: Will, b: Will) -> tuple[str, ...]:
    """The items that both chose, in the order in which the first names them."""
    return tuple(item for item in a.copies if item in b.copies)
