"""Restoring into a database that stays where it is: the same records, and life goes on after it."""

from pathlib import Path

import pytest
from django.db import connection

from kith.people.actions import name_turn_to
from kith.people.models import Membership
from kith.people.nouns import TurnTo
from kith.people.readings import turn_to
from kith.records.backup import back_up, restore
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
