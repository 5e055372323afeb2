"""Archives of a notebook or a circle: naming the space, and bringing it back with its account."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from kith.base.problems import Invalid, Missing
from kith.people.models import Circle, Membership, Person
from kith.people.readings import circles_called, local_person
from kith.records import archive
from kith.records.archive import Archive
from kith.records.models import Erased

SHORTEST = 8
"""How many signs a passphrase has at least."""
LOCAL = "notebook"
"""How the notebook without an account on this computer is called in commands."""


@dataclass(frozen=True, slots=True)
class Back:
    """What came back: what sort of space, what it is called, and how much came or stays away."""

    kind: str
    name: str
    came: int
    stays_away: int


def archive_space(name: str, out: Path, passphrase: str) -> Archive:
    """Write everything in the notebook or circle of this name into a locked file."""
    if len(passphrase) < SHORTEST:
        raise Invalid("passphrase-too-short")
    found = _named(name)
    if isinstance(found, Circle):
        return archive.write(out, passphrase, found.id, _told_of_circle(found))
    return archive.write(out, passphrase, found.notebook, _told_of_person(found))


@transaction.atomic
def unarchive(file: Path, passphrase: str) -> Back:
    """Bring a space back from its archive, with its account or circle. All of it or nothing."""
    found, rows = archive.read(file, passphrase)
    told = found.told
    circle = told["kind"] == "circle"
    came, away = archive.put_back(found, rows)
    if circle:
        _circle_back(found.space, told)
    else:
        _person_back(found.space, told, passphrase)
    return Back(told["kind"], told["name"], came, away)


def _named(name: str) -> Circle | Person:
    circles = circles_called(name)
    people = list(Person.objects.with_handle(name))
    if name == LOCAL and (local := local_person()):
        people.append(local)
    if len(circles) + len(people) > 1:
        raise Invalid("space-ambiguous")
    found: list[Circle | Person] = [*circles, *people]
    if not found:
        raise Missing("space-unknown")
    return found[0]


def _told_of_circle(circle: Circle) -> dict[str, Any]:
    members = [
        {"person": str(one.person_id), "part": one.part, "roles": one.roles}
        for one in circle.memberships.order_by("id")
    ]
    told = {"name": circle.name, "sort": circle.sort, "began": circle.began.isoformat()}
    return {"kind": "circle", "members": members, **told}


def _told_of_person(person: Person) -> dict[str, Any]:
    told = {"person": str(person.id), "called": person.called, "handle": person.handle}
    name = person.handle or LOCAL
    return {"kind": "notebook", "name": name, "began": person.began.isoformat(), **told}


def _circle_back(space: UUID, told: dict[str, Any]) -> None:
    """The circle, and those of its people who are here."""
    began = datetime.fromisoformat(told["began"])
    made = {"sort": told["sort"], "began": began, "name": told["name"]}
    circle, _new = Circle.objects.get_or_create(id=space, defaults=made)
    for one in told["members"]:
        if Person.objects.filter(id=one["person"]).exists():
            parts = {"part": one["part"], "roles": one["roles"]}
            Membership.objects.get_or_create(person_id=one["person"], circle=circle, defaults=parts)


def _person_back(space: UUID, told: dict[str, Any], passphrase: str) -> None:
    """The account, unless it is here; a sign-in name opens with the archive's passphrase."""
    if Erased.objects.filter(id=told["person"]).exists():
        raise Missing("space-unknown")
    if Person.objects.filter(id=told["person"]).exists():
        return
    handle = told["handle"]
    if handle and Person.objects.with_handle(handle).exists():
        raise Invalid("handle-taken")
    began = datetime.fromisoformat(told["began"])
    person = Person(id=UUID(told["person"]), notebook=space, began=began)
    person.named(told["called"], handle)
    person.set_password(passphrase if handle else None)
    person.save(force_insert=True)
