"""What comes again in the viewer's moments, ready to be shown, and what they let be."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from kith.moments import days, readings
from kith.moments.names import Names
from kith.moments.nouns import LetBe, Moment
from kith.moments.suggesting.recurring import Recurs, Seen, Who, recurring, words_of
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.readings import Entry

LOOKED_AT = 200
"""About how many of the last moments are looked at."""
SHOWN = 4
"""How many of its moments are shown with each."""
NAMED = 60
"""Out of how many moments at most it is named."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that comes again: its name for a form, how it is said, and its last moments."""

    key: str
    words: str
    whom: str
    recurs: Recurs
    moments: list[Entry[Moment]]

    @property
    def things(self) -> tuple[UUID, ...]:
        """The moments out of which it can be named."""
        return self.recurs.things[-NAMED:]


def offered(viewer: Viewer) -> list[Offered]:
    """What comes again among the last moments that belong to no practice yet."""
    called, there = Names(viewer), _free(viewer)
    by_thing = {one.thing: one for one in there}
    unsaid = _unsaid(called)
    seen = [_seen(one, called, unsaid) for one in there]
    found = recurring(seen, [_of(one.noun) for one in let_be(viewer)])
    return [_told(one, called, [by_thing[thing] for thing in one.things]) for one in found]


def let_be(viewer: Viewer) -> list[Entry[LetBe]]:
    """What the viewer does not want suggested any more, the latest first."""
    return look(viewer, LetBe)[::-1]


def let_be_told(viewer: Viewer) -> list[tuple[UUID, str, str]]:
    """The same in words: which one, the words it is known by, and with whom."""
    called = Names(viewer)
    return [
        (one.thing, said(one.noun.words), _whom(one.noun.figure or one.noun.name, called))
        for one in let_be(viewer)
    ]


def said(words: Iterable[str]) -> str:
    """A few words as they stand in a heading: "Tea, kitchen"."""
    told = ", ".join(words)
    return told[:1].upper() + told[1:]


def _free(viewer: Viewer) -> list[Entry[Moment]]:
    practices = readings.practices(viewer)
    last = readings.latest(viewer, count=LOOKED_AT).moments
    return [one for one in last if not any(readings.belongs(one, each) for each in practices)]


def _seen(entry: Entry[Moment], called: Names, unsaid: frozenset[str]) -> Seen:
    noun = entry.noun
    words = words_of(noun.words, unsaid)
    place = " ".join(noun.place.casefold().split())
    whom: list[Who] = [thing for thing in noun.with_whom if thing in called.figures]
    if noun.and_whom.strip():
        whom.append(" ".join(noun.and_whom.split()))
    told = dict.fromkeys([*words, place] if place else words)
    return Seen(entry.thing, days.day_of(entry.seen_on), frozenset(whom), tuple(told))


def _unsaid(called: Names) -> frozenset[str]:
    """Words that say nothing of what happened, and the names of those on one's map."""
    common = gettext(
        "about after again all also and any are back before but came can could day did for from "
        "get go going got had has have her him his how into its just last like little long made "
        "more most much myself near next not now off once one only other our out over said same "
        "saw she some still than that the their them then there they this those today told too "
        "two under until very was way were what when where which while who whole will with "
        "would yes yesterday you your"
    ).split()
    return frozenset(common) | {w for name in called.figures.values() for w in words_of(name, NONE)}


NONE: frozenset[str] = frozenset()


def _of(noun: LetBe) -> Recurs:
    """What was let be, as it was found. Of its moments only the ids count."""
    then = days.today()
    moments = (Seen(thing, then, NONE, ()) for thing in noun.moments)
    return Recurs(noun.figure or noun.name or None, noun.words, tuple(moments))


def _told(recurs: Recurs, called: Names, moments: list[Entry[Moment]]) -> Offered:
    key = hashlib.sha256(f"{recurs.who}|{recurs.words}".encode()).hexdigest()
    whom = _whom(recurs.who, called)
    return Offered(key, said(recurs.words), whom, recurs, moments[-SHOWN:][::-1])


def _whom(who: Who, called: Names) -> str:
    return called.figures.get(who, "") if isinstance(who, UUID) else who or ""
