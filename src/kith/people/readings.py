"""Who is asking, which circles they are in, and who can look at their things."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max, Q
from django.utils.timezone import localdate

from kith.base import clock
from kith.base.problems import Missing
from kith.people.models import Circle, Installation, Invitation, Membership, Person
from kith.people.nouns import TurnTo
from kith.permissions.nouns import Access
from kith.permissions.pairs import Work
from kith.permissions.readings import look
from kith.permissions.viewer import NOBODY, Viewer
from kith.records.names import by_name
from kith.records.only_me import OwnKeys
from kith.records.readings import Entry
from kith.records.sealing import keyring


def viewer_of(user: object, own: bytes | None = None) -> Viewer:
    """The viewer that a signed-in person is; NOBODY for anyone else.

    `own` is their own key, if they have opened what is only theirs.
    """
    if not isinstance(user, Person):
        return NOBODY
    parts = dict(Membership.objects.filter(person=user).values_list("circle_id", "part"))
    theirs = OwnKeys(keyring(), user.id)
    chosen = theirs.chosen()
    keys = theirs.keys(own) if own and chosen else {}
    return Viewer(user.id, user.notebook, parts, keys, chosen - keys.keys())


def local_person() -> Person | None:
    """The one person who keeps a notebook on this computer without an account, if there is one."""
    without = Person.objects.filter(handle_mark=None).order_by("began")
    return next((one for one in without if not one.has_way_in()), None)


def is_invented() -> bool:
    """Whether everybody in this installation is invented."""
    return Installation.objects.filter(invented=True).exists()


def circle_names(viewer: Viewer) -> dict[UUID, str]:
    """The names of the viewer's circles, in order of name."""
    return names_of(viewer.circles())


def names_of(circles: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these circles, in order of name; one that is gone has none."""
    return {one.id: one.name for one in by_name(Circle.objects.filter(id__in=list(circles)))}


def circles_called(name: str) -> list[Circle]:
    """Every circle of this very name: for whoever runs this installation, at its commands."""
    return [one for one in Circle.objects.order_by("began") if one.name == name]


def circle(viewer: Viewer, circle_id: UUID) -> Circle:
    """A circle the viewer is in. Raises Missing for any other."""
    if not viewer.has_part(circle_id, "guest"):
        raise Missing
    return Circle.objects.get(id=circle_id)


def circles_to_ask(viewer: Viewer) -> list[Circle]:
    """The service circles the viewer is in, and so may send a request to."""
    mine = by_name(Circle.objects.filter(id__in=viewer.circles()))
    return [one for one in mine if one.takes_requests]


def work_of(person: UUID) -> Work:
    """Whom a person knows by work: staff of services where they stay, and the reverse."""
    there = Membership.objects.exclude(person_id=person).filter(
        circle__sort__in=(Circle.Sort.WARD, Circle.Sort.TEAM), circle__memberships__person=person
    )
    columns = ("person_id", "part", "circle__memberships__part", "circle__rests_until")
    rows = [
        (who, part == "guest", until)
        for who, part, mine, until in there.values_list(*columns)
        if (part == "guest") != (mine == "guest")
    ]
    today = localdate(clock.now())
    return Work(
        serving=frozenset(who for who, stays, _until in rows if not stays),
        served=frozenset(who for who, stays, _until in rows if stays),
        resting=frozenset(who for who, _stays, until in rows if until and until >= today),
    )


def resting_until(viewer: Viewer) -> date | None:
    """Until when reveals rest in a service where the viewer stays, if they do."""
    stays = [circle for circle, part in viewer.parts.items() if part == "guest"]
    resting = Circle.objects.filter(id__in=stays, rests_until__gte=localdate(clock.now()))
    last: date | None = resting.aggregate(last=Max("rests_until"))["last"]
    return last


def my_roles(viewer: Viewer, circle_id: UUID) -> list[str]:
    """The roles the viewer speaks from in this circle."""
    found = Membership.objects.filter(person_id=viewer.me, circle_id=circle_id).first()
    return list(found.roles) if found else []


def invitations(viewer: Viewer, circle_id: UUID) -> list[Invitation]:
    """The cards of a circle that still work, for its keeper."""
    if not viewer.has_part(circle_id, "keeper"):
        raise Missing
    found = Invitation.objects.filter(circle_id=circle_id, stopped=None, ends__gt=clock.now())
    return list(found.order_by("ends"))


def turn_to(viewer: Viewer) -> list[Entry[TurnTo]]:
    """Everyone the viewer's circles name to turn to."""
    return look(viewer, TurnTo)


def looked(viewer: Viewer) -> list[tuple[str, Entry[Access]]]:
    """The looks that teams took through a grant: the circle's name and the line, newest first."""
    lines = look(viewer, Access, Q(space=viewer.notebook))
    names = names_of({line.noun.circle for line in lines})
    return [(names.get(line.noun.circle, ""), line) for line in reversed(lines)]
