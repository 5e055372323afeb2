"""People, circles and viewers for tests, made by the same actions that pages call."""

from uuid import UUID

from kith.people.actions import begin, invite, join, open_circle
from kith.people.models import Person
from kith.people.readings import viewer_of
from kith.permissions.viewer import Viewer


def person(called: str = "") -> Person:
    """A new person with a notebook."""
    return begin(called)


def viewer(called: str = "") -> Viewer:
    """A new person, as one who asks."""
    return viewer_of(begin(called))


def again(who: Viewer) -> Viewer:
    """The same person, with the parts they have by now."""
    return viewer_of(Person.objects.get(id=who.person))


def ward(name: str = "Ward 6", sort: str = "ward") -> tuple[Viewer, UUID]:
    """A new circle and its keeper."""
    keeper = viewer("Keeper")
    circle = open_circle(keeper, name, sort)
    return again(keeper), circle.id


def joined(keeper: Viewer, circle: UUID, part: str, *roles: str) -> Viewer:
    """Someone new who joined `circle` by a card, with this part."""
    who = viewer()
    join(who, invite(keeper, circle, part, 30), roles)
    return again(who)


def signed_in(client: object, who: Viewer) -> None:
    """Sign `who` in at a Django test client."""
    client.force_login(Person.objects.get(id=who.person))  # type: ignore[attr-defined]
