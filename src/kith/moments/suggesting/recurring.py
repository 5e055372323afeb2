"""What comes again in moments: the same person with the same words or place. Pure.

It is only ever shown to whoever wrote them, on a page they open themselves. Three different days
are enough; how often it came is told nowhere. What could not happen counts like what did: a thing
that is kept from happening comes again, too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

DAYS = 3
"""On how many different days something has to be there."""
AT_ONCE = 3
"""How many are shown at once."""
Who = UUID | str | None
"""A figure of one's map, a name that stands on none, or nobody."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment as it is looked at here: its day, who was there, and what may come again of it."""

    thing: UUID
    day: date
    whom: frozenset[Who]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recurs:
    """Something that came again: with whom, the words it is known by, and its moments in order."""

    who: Who
    words: tuple[str, ...]
    moments: tuple[Seen, ...]

    @property
    def things(self) -> tuple[UUID, ...]:
        """The moments by their ids."""
        return tuple(one.thing for one in self.moments)


def words_of(text: str, without: frozenset[str]) -> tuple[str, ...]:
    """The words of a text that say what it is about, each once, in their order."""
    found = _WORD.findall(text.casefold())
    return tuple(dict.fromkeys(word for word in found if word not in without))


def recurring(seen: Iterable[Seen], let_be: Sequence[Recurs]) -> list[Recurs]:
    """What came again and was not let be, the latest first, none of it inside another."""
    groups: Mapping[tuple[Who, str], list[Seen]] = defaultdict(list)
    for one in sorted(seen, key=lambda one: (one.day, one.thing)):
        for who in one.whom or {None}:
            for word in one.words:
                groups[who, word].append(one)
    found = [
        Recurs(who, (word,), tuple(moments))
        for (who, word), moments in groups.items()
        if len({one.day for one in moments}) >= DAYS
    ]
    offered = [one for one in _joined(found) if not any(_same(one, old) for old in let_be)]
    return sorted(_apart(offered), key=_latest, reverse=True)[:AT_ONCE]


def _joined(found: Iterable[Recurs]) -> list[Recurs]:
    """With the words together that came in the very same moments with the same person."""
    once: dict[tuple[Who, tuple[UUID, ...]], Recurs] = {}
    for one in found:
        there = once.get((one.who, one.things), Recurs(one.who, (), one.moments))
        once[one.who, one.things] = Recurs(one.who, there.words + one.words, one.moments)
    return list(once.values())


def _same(one: Recurs, old: Recurs) -> bool:
    """Whether this is what was let be: the same person and one of its words, or its moments."""
    again = one.who == old.who and bool(set(one.words) & set(old.words))
    return again or set(one.things) <= set(old.things)


def _apart(found: Iterable[Recurs]) -> list[Recurs]:
    """The widest first, and no other that has nothing of its own."""
    taken: list[Recurs] = []
    covered: set[UUID] = set()
    for one in sorted(found, key=lambda one: (len(one.moments), _latest(one)), reverse=True):
        if not set(one.things) <= covered:
            taken.append(one)
            covered |= set(one.things)
    return taken


def _latest(one: Recurs) -> tuple[date, str, tuple[str, ...]]:
    return one.moments[-1].day, str(one.who or ""), one.words
