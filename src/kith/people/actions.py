"""Beginning, joining, inviting, and saying which roles one speaks from."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kith.base import clock
from kith.base.problems import Invalid, Missing, Refused
from kith.people import codes
from kith.people.models import Circle, Installation, Invitation, Membership, Person
from kith.people.nouns import TurnTo
from kith.people.roles import ROLES
from kith.permissions.actions import act
from kith.permissions.readings import look_at
from kith.permissions.viewer import PARTS, Viewer
from kith.records.models import Record


@transaction.atomic
def begin(called: str = "", *, handle: str | None = None, passphrase: str | None = None) -> Person:
    """A new person with a notebook; with a handle and passphrase, one who can sign in.

    Raises Invalid when the handle is taken.
    """
    Installation.objects.get_or_create(pk=1, defaults={"invented": False})
    if handle and Person.objects.with_handle(handle).exists():
        raise Invalid("handle-taken")
    person = Person(began=clock.now()).named(called, handle or None)
    person.set_password(passphrase)
    person.save()
    return person


def open_empty_circle(name: str, sort: str) -> Circle:
    """A new circle in which nobody is yet: for whoever runs the server, who then hands out cards.

    Raises Invalid for a sort of circle that is none of ours.
    """
    if sort not in Circle.Sort.values:
        raise Invalid("circle-sort-unknown")
    circle = Circle(sort=sort, began=clock.now())
    circle.name = name
    circle.save()
    return circle


@transaction.atomic
def open_circle(viewer: Viewer, name: str, sort: str) -> Circle:
    """A new circle, with the viewer as its keeper."""
    circle = open_empty_circle(name, sort)
    Membership.objects.create(person_id=viewer.me, circle=circle, part="keeper")
    return circle


def set_days(viewer: Viewer, circle: UUID, *, ends: date | None, rests_until: date | None) -> None:
    """Say when a study ends, or until when reveals rest between staff and those who stay."""
    if not viewer.has_part(circle, "keeper"):
        raise Refused("not-allowed") if viewer.has_part(circle, "guest") else Missing
    Circle.objects.filter(id=circle).update(ends=ends, rests_until=rests_until)


def invite(viewer: Viewer, circle: UUID, part: str, days: int) -> str:
    """A code for a card that lets its holders join `circle`. Returned once, kept as a hash."""
    if not viewer.has_part(circle, "keeper"):
        raise Refused("not-allowed") if viewer.has_part(circle, "guest") else Missing
    if part not in PARTS or not 1 <= days <= 366:
        raise Invalid("invitation-unclear")
    code = codes.fresh()
    Invitation.objects.create(
        circle_id=circle,
        code=codes.hashed(code),
        part=part,
        ends=clock.now() + timedelta(days=days),
    )
    return code


def stop_invitation(viewer: Viewer, invitation: UUID) -> UUID:
    """Make a card worthless from now on. Returns the circle it was for."""
    found = Invitation.objects.filter(id=invitation).first()
    if found is None or not viewer.has_part(found.circle_id, "keeper"):
        raise Missing
    Invitation.objects.filter(id=invitation, stopped=None).update(stopped=clock.now())
    return found.circle_id


def invitation_for(code: str) -> Invitation:
    """The invitation that a typed code stands for. Raises Missing when it is not in force."""
    found = Invitation.objects.filter(
        code=codes.hashed(code), stopped=None, ends__gt=clock.now()
    ).first()
    if found is None:
        raise Missing("code-unknown")
    return found


@transaction.atomic
def join(viewer: Viewer, code: str, roles: Iterable[str] = ()) -> UUID:
    """Join the circle of a card. A card never takes away a part one has already."""
    invitation = invitation_for(code)
    membership, _new = Membership.objects.get_or_create(
        person_id=viewer.me,
        circle_id=invitation.circle_id,
        defaults={"part": invitation.part},
    )
    membership.part = max(membership.part, invitation.part, key=PARTS.index)
    membership.roles = _known(roles) or membership.roles
    membership.save()
    return invitation.circle_id


def speak_from(viewer: Viewer, circle: UUID, roles: Iterable[str]) -> None:
    """Say which roles one speaks from in this circle: several, or none."""
    if not viewer.has_part(circle, "guest"):
        raise Missing
    Membership.objects.filter(person_id=viewer.me, circle_id=circle).update(roles=_known(roles))


def leave(viewer: Viewer, circle: UUID) -> None:
    """Leave a circle. What one said there can still be taken back by oneself."""
    Membership.objects.filter(person_id=viewer.me, circle_id=circle).delete()


def name_turn_to(viewer: Viewer, circle: UUID, turn: TurnTo, id: UUID | None = None) -> Record:
    """Name someone whom people in this circle can turn to."""
    with act(viewer, "turn-to.name") as doing:
        return doing.keep(circle, turn, id=id)


def take_away_turn_to(viewer: Viewer, thing: UUID) -> Record:
    """Take someone off the list of whom to turn to."""
    look_at(viewer, TurnTo, thing)
    with act(viewer, "turn-to.remove") as doing:
        return doing.remove(thing)


def _known(roles: Iterable[str]) -> list[str]:
    return [role for role in ROLES if role in set(roles)]
