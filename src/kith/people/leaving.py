"""Going for good: asking for it, thinking again, and being erased; forgetting a single thing."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from kith.base import clock
from kith.base.problems import Missing, Refused
from kith.people.models import Membership, Person
from kith.people.only_me.letting_go import let_go_due
from kith.permissions.actions import act
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.journal import Erasure
from kith.records.models import Record, Waiting
from kith.records.readings import head_ids
from kith.records.sealing import words_in


def ask_to_be_erased(viewer: Viewer) -> datetime:
    """Be erased after the waiting time. Asked again, the first asking counts."""
    now = clock.now()
    with act(viewer, "erasing.ask") as doing:
        waiting, new = Waiting.objects.get_or_create(
            owner=viewer.me, defaults={"asked": now, "due": now + erasure.WAIT}
        )
        if new:
            doing.also("waiting")
    return waiting.due


def stay(viewer: Viewer) -> None:
    """Think again: nothing is erased, and nothing had changed."""
    with act(viewer, "erasing.stay") as doing:
        if Waiting.objects.filter(owner=viewer.me).delete()[0]:
            doing.also("waiting")


def erase_me(viewer: Viewer) -> None:
    """Be erased now, for good: rows, keys, grants, circles one is alone in, the account."""
    _erase(Person.objects.get(id=viewer.me))


def erase_due() -> int:
    """Erase whatever's waiting time is over, and finish what was cut short. How much it was."""
    done = erasure.finish() + let_go_due()
    due = Waiting.objects.filter(due__lte=clock.now()).values_list("owner", flat=True)
    for person in Person.objects.filter(id__in=list(due)):
        _erase(person)
        done += 1
    return done


Bound = Callable[[Viewer, UUID], Iterable[UUID]]
_bound: list[Bound] = []


def on_forget(bound: Bound) -> None:
    """Let a room say which other things of the viewer's are bound to one, and go with it."""
    _bound.append(bound)


def bound_to(viewer: Viewer, thing: UUID) -> set[UUID]:
    """The things that go when this one is forgotten, itself among them."""
    found, new = {thing}, {thing}
    while new:
        new = {one for here in new for find in _bound for one in find(viewer, here)} - found
        found |= new
    return found


def forget(viewer: Viewer, thing: UUID) -> None:
    """Erase one thing that its author took away before: all its versions, for good.

    What is bound to it goes with it.
    """
    mine = Record.objects.filter(id=thing, thing=thing, author=viewer.me)
    things = bound_to(viewer, thing) if mine.exists() else ()
    gone = tuple({id for one in things for id in erasure.of_thing(viewer.me, one)})
    if not gone:
        raise Missing
    if not _is_away(viewer, thing):
        raise Refused("not-taken-away")
    erasure.erase(Erasure(act="thing.forget", actor=viewer.me, records=gone))


def circles_alone(person: UUID) -> list[UUID]:
    """The circles that nobody but this person is in: nobody else could ever open them."""
    shared = Membership.objects.values("circle").annotate(members=Count("id"))
    alone = shared.filter(members=1).values("circle")
    mine = Membership.objects.filter(person_id=person, circle__in=alone)
    return list(mine.values_list("circle_id", flat=True))


def _erase(person: Person) -> None:
    with transaction.atomic():
        circles = circles_alone(person.id)
        gone = set(erasure.of_person(person.id, person.notebook))
        gone = gone.union(*(erasure.of_space(circle) for circle in circles))
    owners = (person.id, person.notebook, *circles)
    erasure.erase(Erasure(act="person.erase", actor=person.id, owners=owners, records=tuple(gone)))


def _is_away(viewer: Viewer, thing: UUID) -> bool:
    heads = Record.objects.filter(id__in=head_ids(thing)[:1])
    return heads.filter(removed=True).exists() or _put_aside(viewer, heads.first())


def _put_aside(viewer: Viewer, head: Record | None) -> bool:
    """On a map, what is taken off the paper says so itself and can be put back."""
    return head is not None and bool(getattr(words_in(head, opened=viewer.opened), "away", False))
