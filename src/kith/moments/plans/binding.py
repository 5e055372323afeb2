"""What is bound to a plan, and so is forgotten with it: where moments were on it."""

from collections.abc import Iterable
from uuid import UUID

from kith.maps.nouns import Map
from kith.moments.plans.nouns import Pin
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.sealing import words_in


def bound_here(viewer: Viewer, thing: UUID) -> Iterable[UUID]:
    """The pins on a plan. The moments themselves stay."""
    mine = Record.objects.filter(author=viewer.me, removed=False)
    if not mine.filter(id=thing, kind=Map.__kind__).exists():
        return
    for row in mine.filter(kind=Pin.__kind__, space=viewer.own):
        said = words_in(row, opened=viewer.opened)
        if isinstance(said, Pin) and said.plan == thing:
            yield row.thing
