"""Looking back at moments, the latest first, a stretch at a time: no page opens them all.

What is looked for is sealed, so each moment has to be opened to see whether it fits. One page opens
about 600 of them and says how far it came; whoever wants to know goes on from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kith.moments import readings
from kith.moments.names import Names
from kith.moments.nouns import Moment, Practice
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

PORTIONS = (100, 500)
"""About how many moments are opened for one page: a few, and more where too few of them fit."""

Fits = Callable[[Entry[Moment]], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """Moments that fit, the latest first; before the day `earlier` nobody has looked yet."""

    moments: list[Entry[Moment]]
    earlier: date | None


def look_back(viewer: Viewer, fits: Fits, until: date | None = None) -> Found:
    """The viewer's moments that fit, of whole days before `until`, as many as one page shows."""
    found: list[Entry[Moment]] = []
    for count in PORTIONS:
        stretch = readings.latest(viewer, until, count)
        found += [entry for entry in stretch.moments if fits(entry)]
        until = stretch.earlier
        if until is None or len(found) >= readings.AT_ONCE:
            break
    return Found(found, until)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone looks for; a moment has to fit all of it. Nothing at all fits everything."""

    words: str = ""
    place: str = ""
    whom: frozenset[UUID] = frozenset()
    practice: Entry[Practice] | None = None

    def fits(self, called: Names) -> Fits:
        """Whether a moment fits: first by what takes no reading, then by its words."""
        words, place = self.words.casefold().split(), self.place.casefold().split()

        def says(entry: Entry[Moment]) -> bool:
            return (
                (not self.whom or not self.whom.isdisjoint(entry.noun.with_whom))
                and (self.practice is None or readings.belongs(entry, self.practice))
                and (not place or _all_in(place, [entry.noun.place]))
                and (not words or _all_in(words, _texts(entry.noun, called)))
            )

        return says


def _all_in(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    told = "\n".join(texts).casefold()
    return all(word in told for word in wanted)


def _texts(noun: Moment, called: Names) -> list[str]:
    """Every word that a moment says, the names it points to among them."""
    known = [called.figures.get(thing, "") for thing in noun.with_whom]
    free = (noun.words, noun.and_whom, noun.felt_words, noun.place, noun.helped, *noun.tags)
    return [*free, *known, called.in_the_way(noun) if noun.arrangements else noun.in_the_way]
