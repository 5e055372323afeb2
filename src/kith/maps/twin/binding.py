"""What is bound to a thing on a map, and so is forgotten with it: ties, and words about it."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from kith.people.kinds import counted
from kith.people.leaving import bound_to
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.models import Record
from kith.records.nouns import all_nouns
from kith.records.sealing import words_in

_ENDS = ("a", "b", "about")
"""The fields in which something says what it is bound to."""


def bound_here(viewer: Viewer, thing: UUID) -> Iterable[UUID]:
    """The ties of a figure, and the words said about anything, of the map that it is on."""
    kinds = [one.__kind__ for one in all_nouns() if set(_ENDS) & set(one.__struct_fields__)]
    on = Record.objects.filter(id=thing, author=viewer.me).values("parent")
    rows = Record.objects.filter(
        parent__in=on, parent__isnull=False, kind__in=kinds, author=viewer.me, removed=False
    )
    for row in rows:
        said = words_in(row, opened=viewer.opened)
        if thing in {getattr(said, name, None) for name in _ENDS}:
            yield row.thing


def goes_with(viewer: Viewer, thing: UUID) -> list[str]:
    """What goes besides the thing itself: "2 ties", "1 picture"."""
    things = bound_to(viewer, thing)
    gone = [id for one in things for id in erasure.of_thing(viewer.me, one)]
    hangs = Record.objects.filter(id__in=gone, id=F("thing")).exclude(id=thing)
    return counted(Counter(hangs.values_list("kind", flat=True)))
