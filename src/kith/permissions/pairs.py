"""Two people who met through a code handed over in person, and what lies between them.

A pair has a side who made the code and a side who typed it. Whether anyone typed it shows
nowhere: a code that was used once goes on being taken, and leads whoever types it later to a
pair in which nobody sits opposite. So a code tells its maker nothing, whoever tries it out.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kith.base import clock, ids
from kith.base.problems import Invalid, Missing
from kith.permissions.decide import Given
from kith.permissions.models import Grant, Pair, Willing
from kith.permissions.reveals import REVEAL, Revealed, Will, reveals
from kith.permissions.viewer import Viewer

FROZEN = "frozen"
"""The kind of a frozen answer: shown by a reveal and in no other way."""


Resting = Callable[[Viewer], frozenset[UUID]]
_resting: list[Resting] = []


def on_rest(who: Resting) -> None:
    """Let a room say with whom reveals rest for a while: they are then in force for neither."""
    _resting.append(who)


def my_pairs(viewer: Viewer) -> QuerySet[Pair]:
    """The pairs in which the viewer sits and that nobody left. None for nobody."""
    if viewer.person is None:
        return Pair.objects.none()
    sits = Q(maker=viewer.person) | Q(taker=viewer.person)
    return Pair.objects.filter(sits, maker_left=None, taker_left=None)


def begin_pair(viewer: Viewer, code: str, ends: datetime) -> Pair:
    """A pair with the viewer on one side; `code` is the hash of what the other will type."""
    return Pair.objects.create(maker=viewer.me, code=code, code_ends=ends)


def pair_of_code(viewer: Viewer, code: str) -> Pair:
    """The pair that a typed code stands for. Raises Missing, or Invalid for one's own code."""
    found = Pair.objects.filter(code=code, code_ends__gt=clock.now()).first()
    if found is None:
        raise Missing("code-unknown")
    if found.maker == viewer.me:
        raise Invalid("code-is-your-own")
    return found


@transaction.atomic
def take_pair(viewer: Viewer, code: str) -> Pair:
    """Sit down opposite whoever made the code; opposite nobody when someone else already does.

    A pair without anybody opposite is made in either case, so that both ask the database for
    the same.
    """
    found = pair_of_code(viewer, code)
    nobody = Pair.objects.create(maker=ids.new(), code=ids.new().hex, code_ends=clock.now())
    Pair.objects.filter(id=found.id, taker=None).update(taker=viewer.me)
    found.refresh_from_db()
    opposite = found.taker == viewer.me
    nobody.taker = ids.new() if opposite else viewer.me
    nobody.save()
    return found if opposite else nobody


def sits_in(viewer: Viewer, pair: UUID) -> Pair:
    """A pair in which the viewer sits and which they did not leave. Raises Missing."""
    mine = Q(maker=viewer.me, maker_left=None) | Q(taker=viewer.me, taker_left=None)
    found = Pair.objects.filter(mine, id=pair).first()
    if found is None:
        raise Missing
    return found


def leave_pair(viewer: Viewer, pair: UUID) -> None:
    """Nothing reaches across any more, either way, from now on. The other side sees no change."""
    now = clock.now()
    found = sits_in(viewer, pair)
    side = "maker_left" if found.maker == viewer.me else "taker_left"
    Pair.objects.filter(id=pair).update(**{side: now})
    Grant.objects.filter(to_pair=pair, giver=viewer.me, withdrawn=None).update(withdrawn=now)
    unwill(viewer, pair)


def will(viewer: Viewer, pair: UUID, copies: Mapping[str, UUID]) -> Willing:
    """Be willing to reveal these frozen copies. What one was willing to before gives way.

    It comes after that even in the same instant, so that there is always one last word.
    """
    sits_in(viewer, pair)
    if not copies:
        raise Invalid("nothing-to-reveal")
    told = {item: str(thing) for item, thing in copies.items()}
    before = _last_will(viewer, pair)
    at = max(clock.now(), before.at + clock.TICK) if before else clock.now()
    return Willing.objects.create(
        pair_id=pair, person=viewer.me, space=viewer.own, at=at, copies=told
    )


def unwill(viewer: Viewer, pair: UUID) -> None:
    """Take back every will of one's own, also after a reveal. A second time changes nothing."""
    mine = Willing.objects.filter(pair=pair, person=viewer.me, withdrawn=None)
    mine.update(withdrawn=clock.now())


def my_will(viewer: Viewer, pair: UUID) -> Willing | None:
    """What the viewer is willing to reveal right now. Does not tell whether it was revealed."""
    mine = _last_will(viewer, pair)
    return mine if mine and mine.withdrawn is None else None


def revealed(viewer: Viewer, pair: UUID, now: datetime) -> list[Revealed]:
    """What both sides of a pair see of each other at `now`, the latest first."""
    found = _reveals(viewer, Q(pair=pair), now)
    return [one for one in reversed(found) if one.in_force(now)]


def spent(viewer: Viewer, pair: UUID, willing: UUID, now: datetime) -> bool:
    """Whether this will has led to a reveal by `now`, in force still or over."""
    found = _reveals(viewer, Q(pair=pair), now, alive=False)
    return any(one.id == willing for told in found for one in told.wills)


def given_by_reveals(viewer: Viewer, now: datetime) -> list[Given]:
    """Every reveal up to now as grants, one for each item: to the viewer, from the other side."""
    if viewer.person is None:
        return []
    return [
        _given(viewer, told, item)
        for told in _reveals(viewer, Q(pair__in=my_pairs(viewer)), now)
        for item in told.items
    ]


def _last_will(viewer: Viewer, pair: UUID) -> Willing | None:
    return Willing.objects.filter(pair=pair, person=viewer.me).order_by("-at").first()


def _reveals(viewer: Viewer, where: Q, now: datetime, *, alive: bool = True) -> list[Revealed]:
    sides: dict[UUID, tuple[list[Will], list[Will]]] = {}
    if alive:
        where &= Q(pair__maker_left=None, pair__taker_left=None)
    resting = {person for who in _resting for person in who(viewer)} if alive else set()
    for row in Willing.objects.filter(where).select_related("pair").order_by("at", "id"):
        if row.pair.opposite(viewer.me) in resting:
            continue
        ours, theirs = sides.setdefault(row.pair_id, ([], []))
        (ours if row.person == viewer.person else theirs).append(row.will())
    return [one for ours, theirs in sides.values() for one in reveals(ours, theirs, now)]


def _given(viewer: Viewer, told: Revealed, item: str) -> Given:
    theirs = told.wills[1]
    return Given(
        giver=theirs.person,
        space=theirs.space,
        to_person=viewer.person,
        to_circle=None,
        classes=frozenset({FROZEN}),
        thing=theirs.copies[item],
        purpose=REVEAL,
        starts=told.at,
        ends=told.ends,
        withdrawn=told.withdrawn,
    )
