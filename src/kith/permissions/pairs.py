"""Two people who met through a code handed over in person, and what lies between them.

A pair has a side who made the code and a side who typed it. Whether anyone typed it shows
nowhere: a code that was used once goes on being taken, and leads whoever types it later to a
pair in which nobody sits opposite. So a code tells its maker nothing, whoever tries it out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kith.base import clock, ids
from kith.base.problems import Invalid, Missing
from kith.permissions.decide import Given
from kith.permissions.models import Grant, Pair, Trio, Willing
from kith.permissions.reveals import REVEAL, Revealed, Sat, Will, reveals
from kith.permissions.viewer import Viewer

ALIVE = Q(pair__maker_left=None, pair__taker_left=None)
FROZEN = "frozen"
"""The kind of a frozen answer: shown by a reveal and in no other way."""


@dataclass(frozen=True, slots=True)
class Work:
    """Whom a person knows by work where one of the two stays.

    `serving` are those who work where the person stays, `served` those who stay where the person
    works; with whom of them reveals are `resting` for a while, they are in force for neither.
    """

    serving: frozenset[UUID] = frozenset()
    served: frozenset[UUID] = frozenset()
    resting: frozenset[UUID] = frozenset()

    def knows(self, other: UUID | None) -> bool:
        """Whether the two are a member of staff and someone who stays there."""
        return other in self.serving or other in self.served


WorkOf = Callable[[UUID], Work]
_work: dict[str, WorkOf] = {}


def on_work(of: WorkOf) -> None:
    """Let a room say whom a person knows by work."""
    _work["of"] = of


def work_of(person: UUID) -> Work:
    """Whom this person knows by work."""
    return _work["of"](person)


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


def leave_all(viewer: Viewer) -> None:
    """Leave every pair: for someone who can no longer tell who sits opposite."""
    mine = Q(maker=viewer.me, maker_left=None) | Q(taker=viewer.me, taker_left=None)
    for pair in Pair.objects.filter(mine).values_list("id", flat=True):
        leave_pair(viewer, pair)


def will(
    viewer: Viewer,
    pair: UUID,
    copies: Mapping[str, UUID],
    *,
    sits: bool = False,
    third: bool = False,
    of: str = "",
) -> Willing:
    """Be willing to reveal these frozen copies. What one was willing to before gives way, where
    it was `of` the same.

    It comes after that even in the same instant, so that there is always one last word. What was
    said while one of the two works for the other stays for a trio alone (`sits`), come what may.
    """
    work, other = work_of(viewer.me), sits_in(viewer, pair).beside(viewer.me)
    if not copies:
        raise Invalid("nothing-to-reveal")
    told = {item: str(thing) for item, thing in copies.items()}
    before = _last_will(viewer, pair, of)
    at = max(clock.now(), before.at + clock.TICK) if before else clock.now()
    return Willing.objects.create(
        pair_id=pair,
        person=viewer.me,
        space=viewer.own,
        at=at,
        copies=told,
        sits=sits or work.knows(other),
        third=third,
        of=of,
    )


def unwill(viewer: Viewer, pair: UUID, of: str | None = None) -> None:
    """Take back one's own wills `of` something, or all of them, also after a reveal.

    A second time changes nothing.
    """
    mine = Willing.objects.filter(pair=pair, person=viewer.me, withdrawn=None)
    if of is not None:
        mine = mine.filter(of=of)
    mine.update(withdrawn=clock.now())


def only_trio(viewer: Viewer, pair: UUID) -> None:
    """Let what one is willing to show be for a trio alone from now on."""
    Willing.objects.filter(pair=pair, person=viewer.me).update(sits=True)


def my_will(viewer: Viewer, pair: UUID, of: str = "") -> Willing | None:
    """What the viewer is willing to reveal right now. Does not tell whether it was revealed."""
    mine = _last_will(viewer, pair, of)
    return mine if mine and mine.withdrawn is None else None


def my_wills_of_ours(viewer: Viewer) -> list[Willing]:
    """What the viewer is willing to show of what they call theirs together, pair by pair."""
    mine = Willing.objects.filter(person=viewer.me, withdrawn=None).exclude(of="")
    return list(mine.order_by("at", "id"))


def revealed(viewer: Viewer, pair: UUID, now: datetime, of: str = "") -> list[Revealed]:
    """What both sides of a pair see of each other at `now`, the latest first."""
    found = _reveals(viewer.me, Q(pair=pair) & ALIVE, now, of)
    return [one for one in reversed(found) if one.in_force(now)]


def spent(viewer: Viewer, pair: UUID, willing: UUID, now: datetime) -> bool:
    """Whether this will has led to a reveal by `now`, in force still or over."""
    found = _reveals(viewer.me, Q(pair=pair), now)
    return any(one.id == willing for told in found for one in told.wills)


def given_by_reveals(viewer: Viewer, now: datetime) -> list[Given]:
    """Every reveal up to now as grants, one for each item: to the viewer, from the other side.

    To the third of a trio, while it is open, from both sides: where both wish it.
    """
    if viewer.person is None:
        return []
    mine = _reveals(viewer.me, Q(pair__in=my_pairs(viewer)) & ALIVE, now)
    sides = [(told, told.wills[1]) for told in mine]
    sides += [(told, one) for told in shown_to_third(viewer, now) for one in told.wills]
    return [_given(viewer.me, told, one, item, now) for told, one in sides for item in told.items]


def shown_to_third(viewer: Viewer, now: datetime, trio: UUID | None = None) -> list[Revealed]:
    """What both sides let the viewer see as the third of a trio that is open."""
    there = Trio.objects.filter(third=viewer.me, opens__lte=now, ends__gt=now, stopped=None)
    if trio:
        there = there.filter(id=trio)
    return [
        told
        for one in there
        for told in _reveals(one.starter, Q(pair=one.pair_id) & ALIVE, now)
        if told.for_third and told.in_force(now)
    ]


def _last_will(viewer: Viewer, pair: UUID, of: str) -> Willing | None:
    mine = Willing.objects.filter(pair=pair, person=viewer.me, of=of)
    return mine.order_by("-at").first()


def _reveals(person: UUID, where: Q, now: datetime, of: str | None = None) -> list[Revealed]:
    """Every reveal (`of` something) of the pairs in which this person sits, own side first."""
    work, sides = work_of(person), dict[tuple[UUID, str], tuple[list[Will], list[Will]]]()
    sat = _trios(person, work, where, now)
    by_work: set[UUID] = set()
    for row in Willing.objects.filter(where).select_related("pair").order_by("at", "id"):
        other = row.pair.beside(person)
        if other in work.resting:
            continue
        ours, theirs = sides.setdefault((row.pair_id, row.of), ([], []))
        (ours if row.person == person else theirs).append(row.will())
        if row.sits or work.knows(other):
            by_work.add(row.pair_id)
    return [
        one
        for (pair, about), (ours, theirs) in sides.items()
        if of in (None, about)
        for one in reveals(ours, theirs, now, sat.get(pair, []) if pair in by_work else None)
    ]


def _trios(person: UUID, work: Work, where: Q, now: datetime) -> Mapping[UUID, Sequence[Sat]]:
    """When each of these pairs sat with a third. One that staff began counts for nothing."""
    found: dict[UUID, list[Sat]] = {}
    rows = Trio.objects.filter(where, opens__lte=now).select_related("pair").order_by("opens")
    for row in rows:
        other, sat = row.pair.beside(person), row.sat()
        by_staff = other in (work.served if row.starter == person else work.serving)
        if sat and not by_staff:
            found.setdefault(row.pair_id, []).append(sat)
    return found


def _given(to: UUID, told: Revealed, one: Will, item: str, now: datetime) -> Given:
    return Given(
        giver=one.person,
        space=one.space,
        to_person=to,
        to_circle=None,
        classes=frozenset({FROZEN}),
        thing=one.copies[item],
        purpose=REVEAL,
        starts=told.at,
        ends=told.seen_until(now),
        withdrawn=told.withdrawn,
    )
