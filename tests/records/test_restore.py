"""Restoring into a database that stays where it is: the same records, and life goes on after it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Model

from kith.base import clock
from kith.base.problems import Clash, Gone
from kith.moments.actions import note, remove
from kith.moments.nouns import Moment
from kith.people import leaving
from kith.people.actions import name_turn_to
from kith.people.models import Membership, Person
from kith.people.nouns import TurnTo
from kith.people.readings import turn_to
from kith.permissions.viewer import Viewer
from kith.records import dump
from kith.records.backup import back_up
from kith.records.models import LedgerLine, Record
from kith.records.restoring import restore
from kith.records.sealing import keyring
from kith.records.verify import verify
from world import again, joined, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="on SQLite a file takes a file's place: see test_backup"
)
def test_what_came_after_the_backup_goes_and_life_goes_on(tmp_path: Path) -> None:
    keeper, circle = ward()
    name_turn_to(keeper, circle, TurnTo(who="before", reach="1"))
    made = back_up(tmp_path / "out")
    name_turn_to(keeper, circle, TurnTo(who="after", reach="1"))
    members = Membership.objects.count()
    restore(made.data, made.keys)
    assert [one.noun.who for one in turn_to(again(keeper))] == ["before"]
    joined(keeper, circle, "guest")
    assert Membership.objects.count() == members + 1
    name_turn_to(keeper, circle, TurnTo(who="then", reach="1"))
    assert verify().holds


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="on SQLite a file takes a file's place: see test_backup"
)
def test_what_was_erased_stays_erased_when_an_older_backup_is_put_back(tmp_path: Path) -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    note(guest, Moment(words="tea"), seen_on=clock.now())
    made = back_up(tmp_path / "out")
    leaving.erase_me(again(guest))
    restore(made.data, made.keys)
    assert not Record.objects.filter(author=guest.me).exists()
    assert not Person.objects.filter(id=guest.me).exists()
    with pytest.raises(Gone):
        keyring().key(guest.me, "words")
    assert verify().holds
    assert LedgerLine.objects.latest("number").act == "restore"


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="on SQLite a file takes a file's place: see test_backup"
)
def test_what_was_forgotten_is_told_to_its_author_alone_when_an_older_backup_is_put_back(
    tmp_path: Path,
) -> None:
    keeper, circle = ward()
    guest = joined(keeper, circle, "guest")
    made = note(guest, Moment(words="tea"), seen_on=clock.now()).id
    older = back_up(tmp_path / "out")
    remove(guest, Moment, made)
    leaving.forget(guest, made)
    restore(older.data, older.keys)
    for who, problem in ((guest, Gone), (keeper, Clash)):
        with pytest.raises(problem):
            note(again(who), Moment(words="tea"), seen_on=clock.now(), id=made)


def test_a_backup_is_one_moment_while_others_write(tmp_path: Path) -> None:
    """What is written while a backup is being made is in it wholly or not at all."""
    if connection.vendor == "sqlite":
        pytest.skip("the tests of this file leave rows behind there")
    keeper, circle = ward()
    name_turn_to(keeper, circle, TurnTo(who="before", reach="1"))
    real = dump.rows

    def slowly(model: type[Model], using: str) -> Iterator[bytes]:
        if model._meta.label == "people.Membership":
            with ThreadPoolExecutor(1) as other:
                other.submit(meanwhile, keeper, circle).result()
        return real(model, using)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dump, "rows", slowly)
        made = back_up(tmp_path / "out")
    assert len(turn_to(again(keeper))) > 1
    restore(made.data)
    assert [one.noun.who for one in turn_to(again(keeper))] == ["before"]


def meanwhile(keeper: Viewer, circle: UUID) -> None:
    name_turn_to(keeper, circle, TurnTo(who="meanwhile", reach="1"))
    connection.close()
