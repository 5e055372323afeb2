"""Whom one knows here: people met through a code handed over in person, under one's own names.

Nobody is found by name. What one calls them, and who they are to one, is one's own record and
never theirs to see. Whether they typed the code shows nowhere.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kith.base import clock
from kith.base.problems import Clash, Invalid, Missing, Refused
from kith.people import codes
from kith.people.models import Circle, Membership
from kith.people.nouns import BY_WORK, KIN, Known
from kith.permissions.actions import act
from kith.permissions.models import Pair
from kith.permissions.pairs import (
    begin_pair,
    leave_pair,
    only_trio,
    pair_of_code,
    sits_in,
    take_pair,
    unwill,
)
from kith.permissions.readings import look, look_at
from kith.permissions.viewer import Viewer
from kith.records.models import Record
from kith.records.readings import Entry

WORKS_FOR = timedelta(days=1)
"""How long a code can be typed."""


def known(viewer: Viewer) -> list[Entry[Known]]:
    """Whom the viewer knows here, by what they are called."""
    mine = look(viewer, Known, Q(space=viewer.notebook))
    return sorted(mine, key=lambda entry: (entry.noun.called.casefold(), entry.thing))


def known_one(viewer: Viewer, thing: UUID) -> Entry[Known]:
    """One of them. Raises Missing."""
    return look_at(viewer, Known, thing)


def known_in(viewer: Viewer, pair: UUID) -> Entry[Known] | None:
    """Whom the viewer knows through this pair, if they keep them still."""
    return next((one for one in known(viewer) if one.noun.pair == pair), None)


def can_make_code(viewer: Viewer, entry: Entry[Known]) -> bool:
    """Whether the code between the two is the viewer's to make."""
    return sits_in(viewer, entry.noun.pair).maker == viewer.person


@transaction.atomic
def meet(viewer: Viewer, called: str, who: str = "", *, id: UUID | None = None) -> Entry[Known]:
    """Begin to know someone: a name for them, and a pair that a code will open for them."""
    _check(called, who)
    if id and (there := look(viewer, Known, Q(thing=id))):
        return there[-1]
    if who == BY_WORK:
        raise Invalid("staff-cannot-start")
    pair = begin_pair(viewer, codes.hashed(codes.fresh()), clock.now())
    return known_one(viewer, _keep(viewer, Known(called=called, pair=pair.id, who=who), id).thing)


def make_code(viewer: Viewer, thing: UUID) -> str:
    """A code to hand over in person; it works for a day, and an older one no longer does.

    Returned once, kept as a hash. Raises Missing where the other side makes the codes.
    """
    entry = known_one(viewer, thing)
    if not can_make_code(viewer, entry):
        raise Missing
    code = codes.fresh()
    ends = clock.now() + WORKS_FOR
    mine = Pair.objects.filter(id=entry.noun.pair, maker=viewer.me)
    mine.update(code=codes.hashed(code), code_ends=ends)
    return code


@transaction.atomic
def come_by(
    viewer: Viewer, code: str, called: str, who: str = "", *, id: UUID | None = None
) -> Entry[Known]:
    """Know the one who handed over this code, under a name of one's own for them.

    Raises Missing for a code that is none, Refused where staff began and a patient should.
    """
    _check(called, who)
    may_type(viewer, code)
    pair = take_pair(viewer, codes.hashed(code))
    there = known_in(viewer, pair.id)
    said = Known(called=called, pair=pair.id, who=who)
    return there or known_one(viewer, _keep(viewer, said, id).thing)


def may_type(viewer: Viewer, code: str) -> None:
    """Raises Missing, Invalid or Refused where this code is not for the viewer to type."""
    if _works_where_i_stay(viewer, pair_of_code(viewer, codes.hashed(code)).maker):
        raise Refused("staff-cannot-start")


def describe(viewer: Viewer, thing: UUID, said: Known, *, id: UUID | None = None) -> Record:
    """Say anew what they are called, who they are to one, and what one wants between the two.

    Where one would not feel safe, everything one was willing to reveal is taken back with it.
    """
    _check(said.called, said.who)
    if known_one(viewer, thing).noun.pair != said.pair:
        raise Clash("thing-elsewhere")
    with act(viewer, "known.describe") as doing:
        if not said.may_reveal:
            unwill(viewer, said.pair)
        if said.by_work:
            only_trio(viewer, said.pair)
        return doing.change(thing, said, id=id)


@transaction.atomic
def forget(viewer: Viewer, thing: UUID) -> None:
    """Know someone no longer: nothing reaches across any more, and they are not told."""
    entry = known_one(viewer, thing)
    leave_pair(viewer, entry.noun.pair)
    with act(viewer, "known.forget") as doing:
        doing.remove(thing)


def _keep(viewer: Viewer, said: Known, id: UUID | None) -> Record:
    with act(viewer, "known.keep") as doing:
        return doing.keep(viewer.own, said, id=id)


def _check(called: str, who: str) -> None:
    if not called.strip():
        raise Invalid("nobody-named")
    if who and who not in KIN:
        raise Invalid("not-a-choice")


def _works_where_i_stay(viewer: Viewer, maker: UUID) -> bool:
    """Whether the maker of a code is on the team of a service in which the viewer is a guest."""
    services = (Circle.Sort.WARD, Circle.Sort.TEAM)
    stays = [circle for circle, part in viewer.parts.items() if part == "guest"]
    there = Membership.objects.filter(person_id=maker, circle_id__in=stays)
    return there.filter(circle__sort__in=services).exclude(part="guest").exists()
