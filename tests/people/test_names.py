"""What people and circles are called: sealed in their rows, told by them, gone with their key."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kith.people.actions import begin, open_empty_circle
from kith.people.models import Circle, Person
from kith.records.names import mark_of, open_name, seal_name
from kith.records.sealing import keyring

BEFORE = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
last = MigrationExecutor(connection).loader.graph.leaf_nodes()
then = [one for one in last if one[0] != "people"] + [("people", "0005_days")]
runs = MigrationExecutor(connection); runs.migrate(then)
old = MigrationExecutor(connection).loader.project_state(then).apps.get_model
now = timezone.now()
rose = old("people", "Person").objects.create(began=now, called="A.", handle="Rose", password="x")
old("people", "Person").objects.create(began=now, called="")
old("people", "Circle").objects.create(name="Ward 6", sort="ward", began=now)
old("people", "Passkey").objects.create(
    person=rose, name="my phone", credential=b"x", public=b"y", count=0, made=now.date()
)
MigrationExecutor(connection).migrate(last)
from kith.people.models import Circle, Passkey, Person
rose = Person.objects.get_by_natural_key("rOSE")
print(rose.called, rose.handle, Circle.objects.get().name, Passkey.objects.get().name, sep="|")
"""
pytestmark = [pytest.mark.store, pytest.mark.django_db]


def columns(model: type, *names: str) -> bytes:
    """What lies in these columns of all rows, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(names)} from {model._meta.db_table}")  # type: ignore[attr-defined]
        return b"|".join(bytes(cell or b"") for row in cursor.fetchall() for cell in row)


def test_a_name_is_told_by_its_row_and_lies_open_in_no_column() -> None:
    rose = begin("canary called", handle="Canary-Handle", passphrase="a teapot on a sill")
    circle = open_empty_circle("canary ward", "ward")
    told = Person.objects.get_by_natural_key("canary-HANDLE")
    assert (told.pk, told.called, told.handle) == (rose.pk, "canary called", "Canary-Handle")
    assert Circle.objects.get(pk=circle.pk).name == "canary ward"
    lies = columns(Person, "sealed_called", "sealed_handle") + columns(Circle, "sealed_name")
    assert b"anary" not in lies
    assert len(lies) > 3 * (12 + 16)


def test_a_name_goes_with_its_key_and_fits_no_other_row() -> None:
    one, other = begin("A."), begin("B.")
    moved = Person.objects.get(pk=one.pk)
    moved.sealed_called = Person.objects.get(pk=other.pk).sealed_called
    with pytest.raises(InvalidTag):
        _ = moved.called
    keyring().destroy(one.pk)
    assert Person.objects.get(pk=one.pk).called == ""
    assert Person.objects.get(pk=other.pk).called == "B."


def test_a_row_that_is_never_saved_makes_no_key() -> None:
    nobody = Person().named("only tried", "only-tried")
    assert nobody.called == "only tried"
    assert not keyring().holds(nobody.pk, "account")


@given(st.text(max_size=60))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    name = name.encode("utf-8", "ignore").decode()
    owner = Person().pk
    assert open_name(owner, "a.b", seal_name(owner, "a.b", name)) == name
    assert mark_of(name) == mark_of(name.casefold())


def test_names_from_before_are_sealed_by_the_upgrade(tmp_path: Path) -> None:
    told = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    told |= {"KITH_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kith.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", BEFORE], env=told, capture_output=True, text=True, check=False
    )
    assert done.stdout == "A.|Rose|Ward 6|my phone\n", done.stderr[-2000:]
    database = b"".join(path.read_bytes() for path in tmp_path.glob("kith.sqlite3*"))
    assert not any(name in database for name in (b"Rose", b"Ward 6", b"my phone"))
