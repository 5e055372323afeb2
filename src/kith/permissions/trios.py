"""Trios: what two people show each other where one works for the other, a third being there.

The one who is supported begins it and hands a code to a third whom they chose. The third says when
all three are there, sees nothing of what the two say unless both wish it, and can end it, as can
whoever began it. To the one on the other side nothing tells of it but what is shown in it.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.permissions.models import Trio
from kith.permissions.pairs import sits_in
from kith.permissions.viewer import Viewer

CODE_WORKS = timedelta(days=7)
"""How long the third can come by a code, and open the trio."""
LONGEST = timedelta(hours=2)


@transaction.atomic
def begin_trio(viewer: Viewer, pair: UUID, code: str) -> Trio:
    """Begin one for this pair; `code` is the hash of what the third will type.

    One that the viewer began before is over.
    """
    stop_trios(viewer, pair)
    ends = clock.now() + CODE_WORKS
    return Trio.objects.create(pair_id=pair, starter=viewer.me, code=code, code_ends=ends)


def begun(viewer: Viewer, pair: UUID) -> Trio | None:
    """The last one that the viewer began for this pair and that is not over."""
    mine = Trio.objects.filter(pair=pair, starter=viewer.me).order_by("-code_ends", "id")
    return next((one for one in mine if clock.now() < one.closes), None)


def stop_trios(viewer: Viewer, pair: UUID) -> None:
    """End what one began for this pair, at once. A second time changes nothing."""
    sits_in(viewer, pair)
    mine = Trio.objects.filter(pair=pair, starter=viewer.me, stopped=None)
    mine.update(stopped=clock.now())


def be_third(viewer: Viewer, code: str) -> Trio:
    """Be the third, by the code that was handed over.

    Raises Missing for a code that is none or taken, Invalid for one's own, Refused for the other
    of the two.
    """
    found = Trio.objects.filter(code=code, code_ends__gt=clock.now(), stopped=None)
    one = found.select_related("pair").first()
    if one is None:
        raise Missing("code-unknown")
    if one.starter == viewer.me:
        raise Invalid("code-is-your-own")
    if viewer.me in (one.pair.maker, one.pair.taker):
        raise Refused("third-is-neither")
    free = Q(third=None) | Q(third=viewer.me)
    if not found.filter(free, id=one.id).update(third=viewer.me):
        raise Missing("code-unknown")
    return one


def third_in(viewer: Viewer) -> list[Trio]:
    """Those in which the viewer is the third and that are not over."""
    mine = Trio.objects.filter(third=viewer.me).order_by("code_ends", "id")
    return [one for one in mine if clock.now() < one.closes]


def trio(viewer: Viewer, id: UUID) -> Trio:
    """One in which the viewer is the third, over or not. Raises Missing."""
    found = Trio.objects.filter(id=id, third=viewer.me).first()
    if found is None:
        raise Missing
    return found


def open_trio(viewer: Viewer, id: UUID) -> None:
    """All three are there. It opens once; a second time changes nothing."""
    now = clock.now()
    waiting = Trio.objects.filter(id=trio(viewer, id).id, opens=None, stopped=None)
    waiting.filter(code_ends__gt=now).update(opens=now, ends=now + LONGEST)


def end_trio(viewer: Viewer, id: UUID) -> None:
    """End it, as the third."""
    there = Trio.objects.filter(id=trio(viewer, id).id, stopped=None)
    there.update(stopped=clock.now())
