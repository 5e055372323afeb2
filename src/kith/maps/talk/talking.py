"""Words and sounds about a map: saying them, saying them anew, taking them away, reading them.

Whoever writes is the author, in their own notebook. What the drawer said, what someone describes
and what someone interprets are three kinds that are never told in one list without their names.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.base import ids
from kith.base.problems import Invalid, Missing
from kith.maps import readings
from kith.maps.nouns import By, Talk
from kith.media import actions as media
from kith.media.sounds import sound as sound_in
from kith.permissions.actions import Act, act
from kith.permissions.readings import look, look_away
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

BY: tuple[By, ...] = ("said", "described", "interpreted")
PARTS = 40
"""How many parts a pasted text is taken in at most; parts that lie beside each other are joined."""
_GAP = re.compile(r"\n\s*\n")


def say(
    viewer: Viewer,
    map_id: UUID,
    said: Talk,
    *,
    heard: bytes = b"",
    id: UUID | None = None,
    seen_on: datetime | None = None,
) -> Record:
    """Keep words, a sound or both about a thing on a map of one's own, or about the whole.

    Raises Missing for another's map or thing, Invalid for neither words nor a sound.
    """
    readings.a_map(viewer, map_id)
    _check(viewer, map_id, said, heard)
    with act(viewer, "talk.say") as doing:
        return _keep(doing, map_id, said, heard, id, seen_on)


def say_all(viewer: Viewer, map_id: UUID, parts: Sequence[tuple[UUID, Talk]]) -> None:
    """Keep several parts of one talk at once: all of them or none."""
    readings.a_map(viewer, map_id)
    for _id, said in parts:
        _check(viewer, map_id, said, b"")
    with act(viewer, "talk.say") as doing:
        for id, said in parts:
            _keep(doing, map_id, said, b"", id, None)


def correct(
    viewer: Viewer, map_id: UUID, thing: UUID, said: Talk, *, id: UUID | None = None
) -> Record:
    """Say it anew, in place of what stood there; its sound stays as it is.

    What someone made of it never becomes what was said, nor the other way: raises Invalid.
    """
    before = one(viewer, map_id, thing).noun
    if (before.by == "interpreted") != (said.by == "interpreted"):
        raise Invalid("not-a-choice")
    whole = said.but(sound=before.sound)
    _check(viewer, map_id, whole, b"")
    with act(viewer, "talk.correct") as doing:
        return doing.correct(thing, whole, id=id)


def take_away(viewer: Viewer, map_id: UUID, thing: UUID) -> None:
    """Take words away, with a way back."""
    one(viewer, map_id, thing)
    with act(viewer, "talk.remove") as doing:
        doing.remove(thing)


def bring_back(viewer: Viewer, map_id: UUID, thing: UUID) -> None:
    """Bring back what was taken away."""
    if thing not in {entry.thing for entry in away(viewer, map_id)}:
        raise Missing
    with act(viewer, "talk.restore") as doing:
        doing.restore(thing)


def about(viewer: Viewer, map_id: UUID) -> list[Entry[Talk]]:
    """All that was said about one map, the oldest first."""
    return look(viewer, Talk, _here(viewer, map_id))


def away(viewer: Viewer, map_id: UUID) -> list[Entry[Talk]]:
    """What was taken away of it."""
    return look_away(viewer, Talk, _here(viewer, map_id))


def one(viewer: Viewer, map_id: UUID, thing: UUID) -> Entry[Talk]:
    """One of them. Raises Missing."""
    found = look(viewer, Talk, _here(viewer, map_id) & Q(thing=thing))
    if not found:
        raise Missing
    return found[-1]


def in_parts(text: str, most: int = PARTS) -> list[str]:
    """A pasted text in parts: at blank lines, or at every line where there are none.

    No word is lost: where there would be too many, parts that lie beside each other are joined.
    """
    plain = text.replace("\r\n", "\n").strip()
    gap = _GAP if _GAP.search(plain) else re.compile(r"\n")
    parts = [part.strip() for part in gap.split(plain) if part.strip()]
    each = -(-len(parts) // most) or 1
    return ["\n\n".join(group) for group in _by(parts, each)]


def _by(parts: Sequence[str], each: int) -> Iterable[Sequence[str]]:
    return (parts[at : at + each] for at in range(0, len(parts), each))


def _keep(
    doing: Act,
    map_id: UUID,
    said: Talk,
    heard: bytes,
    id: UUID | None,
    seen_on: datetime | None,
) -> Record:
    fresh, own = id or ids.new(), doing.viewer.own
    sound = ids.beside(fresh, "sound") if heard else None
    kept = doing.keep(own, said.but(sound=sound), parent=map_id, id=fresh, seen_on=seen_on)
    if heard:
        media.keep(doing, sound_in(heard), kept.thing, id=sound)
    return kept


def _check(viewer: Viewer, map_id: UUID, said: Talk, heard: bytes) -> None:
    if not said.words.strip() and not heard and not said.sound:
        raise Invalid("nothing-said")
    if said.about and not readings.is_on(viewer, map_id, said.about):
        raise Missing


def _here(viewer: Viewer, map_id: UUID) -> Q:
    return Q(space=viewer.notebook, parent=map_id)
