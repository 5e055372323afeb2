"""Trio down with a third: what the two of them, and the third, can do and see.

The rules lie in `permissions.trios` and `permissions.reveals`; here they meet a person's own
notes of whom they know.
"""

from uuid import UUID

from django.db import transaction

from kith.base import clock
from kith.base.problems import Invalid
from kith.maps.nouns import Frozen
from kith.maps.us import Both, both_of, copies_of
from kith.people import codes
from kith.people.known import known_one
from kith.permissions import trios
from kith.permissions.actions import act
from kith.permissions.models import Trio
from kith.permissions.pairs import shown_to_third
from kith.permissions.readings import look
from kith.permissions.reveals import REVEAL
from kith.permissions.viewer import Viewer


@transaction.atomic
def begin(viewer: Viewer, thing: UUID, *, alone: bool) -> str:
    """Begin to sit down with a third; returns, once, the code to hand to them.

    Raises Invalid for the one who works for the other, and for someone who is not alone.
    """
    known = known_one(viewer, thing).noun
    if not known.may_begin:
        raise Invalid("staff-cannot-start")
    if not alone:
        raise Invalid("not-alone")
    code = codes.fresh()
    with act(viewer, "trio.begin") as doing:
        made = trios.begin_trio(viewer, known.pair, codes.hashed(code))
        doing.also(f"trio:{made.id}")
    return code


def begun(viewer: Viewer, thing: UUID) -> Trio | None:
    """The one that the viewer began with someone they know, while it is not over."""
    return trios.begun(viewer, known_one(viewer, thing).noun.pair)


def stop(viewer: Viewer, thing: UUID) -> None:
    """End what one began, at once."""
    pair = known_one(viewer, thing).noun.pair
    with act(viewer, "trio.stop") as doing:
        trios.stop_trios(viewer, pair)
        doing.also(f"pair:{pair}")


def come_as_third(viewer: Viewer, code: str) -> Trio:
    """Be the third, by the code that someone handed over."""
    with act(viewer, "trio.third") as doing:
        found = trios.be_third(viewer, codes.hashed(code))
        doing.also(f"trio:{found.id}")
    return found


def open_it(viewer: Viewer, id: UUID, *, all_here: bool) -> None:
    """As the third: all three are here. Raises Invalid when they are not."""
    if not all_here:
        raise Invalid("not-all-here")
    with act(viewer, "trio.open") as doing:
        trios.open_trio(viewer, id)
        doing.also(f"trio:{id}")


def end_it(viewer: Viewer, id: UUID) -> None:
    """As the third: it is over."""
    with act(viewer, "trio.end") as doing:
        trios.end_trio(viewer, id)
        doing.also(f"trio:{id}")


def seen_by_third(viewer: Viewer, id: UUID) -> tuple[Both, ...]:
    """What both let the third see, while they sit; nothing as long as not both wish it."""
    copies = copies_of(look(viewer, Frozen, purpose=REVEAL))
    found = shown_to_third(viewer, clock.now(), id)
    things = [pair for told in found for pair in told.things(told.wills[0].person)]
    return both_of(things, copies, copies)
