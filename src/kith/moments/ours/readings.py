"""What the viewer calls theirs together with someone, and what both see once both have said so.

The two agree on a word aloud. Each says it alone, of a practice of their own; only where both
said the same word, each sees a copy of how the other put it (`permissions.reveals`, docs/decisions/
0032). Until then nothing here rests on what the other side did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q

from kith.base import clock
from kith.base.problems import Missing
from kith.maps.nouns import Frozen, Said
from kith.maps.us import copies_of
from kith.moments import readings
from kith.moments.nouns import Ours, Practice
from kith.people.known import known
from kith.people.nouns import Known
from kith.permissions.pairs import my_will, revealed, spent
from kith.permissions.readings import look
from kith.permissions.reveals import REVEAL
from kith.permissions.viewer import Viewer
from kith.records.names import mark_of
from kith.records.readings import Entry

ITEM = "practice"
LONGEST = 2000
Standing = Literal["waits", "both", "over", "off"]


@dataclass(frozen=True, slots=True)
class Together:
    """One practice that the viewer calls theirs together with someone they know here.

    `waits` says nothing of the other side: they may have said nothing, no, or another word.
    """

    thing: UUID
    practice: UUID
    called: str
    word: str
    stands: Standing
    mine: str = ""
    theirs: str = ""
    ends: datetime | None = None


def mark(pair: UUID, word: str) -> str:
    """What two wills of one pair meet by: nobody without the keyring can tell the word from it."""
    return mark_of(f"ours|{pair}|{' '.join(word.split())}")


def may_share(viewer: Viewer) -> list[Entry[Known]]:
    """Those with whom something can be called theirs: not by work, not where it is off."""
    return [one for one in known(viewer) if one.noun.may_reveal and not one.noun.by_work]


def copy(viewer: Viewer, practice: UUID) -> Said:
    """A practice exactly as the other would see it. Raises Missing."""
    entry = readings.practice(viewer, practice)
    return Said("answered", readings.practice_sentence(viewer, entry)[:LONGEST])


def ours(viewer: Viewer, practice: UUID | None = None) -> list[Together]:
    """What the viewer calls theirs together: of one practice, or all of it, the oldest first."""
    here = Q(space=viewer.notebook)
    said = look(viewer, Ours, here & Q(parent=practice) if practice else here)
    if not said:
        return []
    people = {one.thing: one for one in known(viewer)}
    mine = copies_of(look(viewer, Frozen, here))
    theirs = copies_of(look(viewer, Frozen, ~here, purpose=REVEAL))
    return [
        _told(viewer, one, people[one.noun.known], mine | theirs)
        for one in said
        if one.noun.known in people and one.parent
    ]


def one_of_mine(viewer: Viewer, thing: UUID) -> Entry[Ours]:
    """One of them. Raises Missing."""
    found = look(viewer, Ours, Q(space=viewer.notebook, thing=thing))
    if not found:
        raise Missing
    return found[-1]


def named(viewer: Viewer) -> list[tuple[Entry[Practice] | None, list[Together]]]:
    """All that the viewer calls theirs together, practice by practice.

    What was taken away comes last, with no practice: it can still be taken back here.
    """
    every, found = ours(viewer), readings.practices(viewer)
    told: list[tuple[Entry[Practice] | None, list[Together]]] = [
        (entry, [one for one in every if one.practice == entry.thing]) for entry in found
    ]
    there = {entry.thing for entry in found}
    told.append((None, [one for one in every if one.practice not in there]))
    return [(entry, those) for entry, those in told if those]


def _told(
    viewer: Viewer, said: Entry[Ours], who: Entry[Known], copies: dict[UUID, Frozen]
) -> Together:
    pair, now = who.noun.pair, clock.now()
    of = mark(pair, said.noun.word)
    wish = my_will(viewer, pair, of)
    shown = next(iter(revealed(viewer, pair, now, of)), None)
    over = wish is not None and spent(viewer, pair, wish.id, now)
    told = Together(said.thing, said.parent or said.thing, who.noun.called, said.noun.word, "waits")
    if shown and (both := list(_words(shown.things(viewer.me), copies))):
        mine, theirs = both[0]
        return Together(
            told.thing, told.practice, told.called, told.word, "both", mine, theirs, shown.ends
        )
    stands: Standing = "off" if wish is None else "over" if over else "waits"
    return Together(told.thing, told.practice, told.called, told.word, stands)


def _words(
    things: Iterable[tuple[UUID, UUID]], copies: dict[UUID, Frozen]
) -> Iterable[tuple[str, str]]:
    for mine, theirs in things:
        if mine in copies and theirs in copies:
            yield copies[mine].said.words, copies[theirs].said.words
