"""From one version to the next: a backup first, and all of it or nothing, whatever happens.

The later version is this one with a part of its own (`later`), which adds a table and columns and
works on what is there. Every version runs in processes of its own, as people run it.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
NOW, LATER = "kith.site.settings", "upgrade.settings_later"
FILL = """
from kith.cli.place import get_ready
get_ready(None)
from world import ward
from kith.people.actions import name_turn_to
from kith.people.nouns import TurnTo
keeper, circle = ward("Ward {which}")
for number in range(5):
    name_turn_to(keeper, circle, TurnTo(who=f"canary {{number}}", reach="1"))
"""


class Place:
    """A home and its database, used by this version of Kith and by a later one."""

    def __init__(self, home: Path, address: str) -> None:
        self.home, self.address = home, address

    def words(self, version: str, **more: str) -> dict[str, str]:
        told = {"KITH_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": version, **more}
        told["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        return {**kept, **told, **({"DATABASE_URL": self.address} if self.address else {})}

    def start(self, version: str, *command: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *command],
            env=self.words(version, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, version: str, *command: str, **more: str) -> tuple[int, str, str]:
        process = self.start(version, *command, **more)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def kith(self, version: str, *command: str, **more: str) -> tuple[int, str, str]:
        return self.run(version, "-m", "kith", *command, **more)

    def fill(self, version: str = NOW, which: str = "6") -> None:
        code, _out, err = self.run(version, "-c", FILL.format(which=which))
        assert code == 0, err

    @property
    def backups(self) -> list[Path]:
        return sorted((self.home / "backups").glob("*"))

    def everything(self) -> dict[str, list[object]]:
        """Every table with all its columns and rows, read without Django."""
        if not self.address:
            return _sqlite(self.home / "kith.sqlite3")
        return _postgresql(self.address)


def _sqlite(file: Path) -> dict[str, list[object]]:
    reader = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        names = reader.execute("select name, sql from sqlite_master order by name").fetchall()
        tables = [name for name, sql in names if (sql or "").lower().startswith("create table")]
        rows = {name: reader.execute(f'select * from "{name}"').fetchall() for name in tables}
        return {"": list(names)} | {name: sorted(found, key=repr) for name, found in rows.items()}
    finally:
        reader.close()


def _postgresql(address: str) -> dict[str, list[object]]:
    import psycopg

    columns = (
        "select table_name, column_name, data_type from information_schema.columns"
        " where table_schema = 'public' order by 1, 2"
    )
    with psycopg.connect(address) as reader:
        shape = reader.execute(columns).fetchall()
        found: dict[str, list[object]] = {"": list(shape)}
        for name in sorted({row[0] for row in shape}):
            rows = reader.execute(f'select * from "{name}"').fetchall()  # type: ignore[arg-type]
            found[name] = sorted(rows, key=repr)
        return found


def _address() -> str:
    """The PostgreSQL that these tests run on, if they do; the address is in the environment."""
    return os.environ.get("DATABASE_URL", "") if connection.vendor == "postgresql" else ""


@contextmanager
def database(name: str, like: str = "") -> Iterator[str]:
    """A database of its own on the PostgreSQL of these tests, if they run on one; its address."""
    address = _address()
    if not address:
        yield ""
        return
    import psycopg

    name = f"upgrade_{name}_{os.getpid()}"
    copied = f" template upgrade_{like}_{os.getpid()}" if like else ""
    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute(f"create database {name}{copied}")  # type: ignore[arg-type]
    yield address.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute(f"drop database {name} with (force)")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Five records by this version, to be copied and never used."""
    with database("filled") as address:
        made = Place(tmp_path_factory.mktemp("filled") / "home", address)
        made.fill()
        yield made


@pytest.fixture
def place(filled: Place, tmp_path: Path) -> Iterator[Place]:
    """A copy of a place with five records."""
    home = tmp_path / "place"
    shutil.copytree(filled.home, home)
    with database("place", like="filled") as address:
        yield Place(home, address)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Place]:
    """A place where nothing is."""
    with database("bare") as address:
        yield Place(tmp_path / "bare", address)


pytestmark = pytest.mark.store


def test_an_upgrade_makes_a_backup_first_and_says_so(place: Place) -> None:
    before = place.everything()
    code, out, err = place.kith(LATER, "verify")
    assert code == 0 and "5 records" in out
    [data] = place.backups  # and no copy of the keyring, which an upgrade leaves alone
    assert err == f"Kith was brought up to date. As it was before: backups/{data.name}\n"
    after = place.everything()
    assert after["kith_record"] == before["kith_record"]
    assert after["kith_ledger"] == before["kith_ledger"]
    assert all("tea" in row for row in after["kith_circle"])  # type: ignore[operator]
    assert place.kith(LATER, "verify")[2] == "" and len(place.backups) == 1


def test_a_new_place_needs_no_backup(bare: Place) -> None:
    assert bare.kith(NOW, "verify")[0] == 0
    assert bare.backups == []


def test_the_backup_of_before_goes_back_into_the_earlier_version(place: Place) -> None:
    place.kith(LATER, "verify")
    place.fill(LATER, "7")
    code, _out, err = place.kith(LATER, "restore", str(place.backups[0]))
    assert code == 0, err
    assert "5 records" in place.kith(LATER, "verify")[1]
    assert all("tea" in row for row in place.everything()["kith_circle"])  # type: ignore[operator]


def test_a_backup_of_a_later_version_is_refused(place: Place, tmp_path: Path) -> None:
    before = place.everything()
    newer = Place(tmp_path / "newer", "")
    newer.fill(LATER)
    assert newer.kith(LATER, "backup", str(tmp_path / "out"))[0] == 0
    (place.home / "wrapping.key").write_bytes((newer.home / "wrapping.key").read_bytes())
    data, keys = sorted((tmp_path / "out").iterdir())
    asked = ("restore", str(data), "--keys", str(keys), "--without-copy")
    code, _out, err = place.kith(NOW, *asked)
    assert code == 2 and "later version" in err
    assert place.everything() == before


def test_a_failing_step_leaves_what_was(place: Place) -> None:
    before = place.everything()
    code, _out, err = place.kith(LATER, "verify", LATER="fail")
    assert code == 4 and "Nothing has changed" in err and "RuntimeError" in err
    assert "Traceback" not in err and "canary" not in err
    assert place.everything() == before
    assert "5 records" in place.kith(NOW, "verify")[1]
    assert "5 records" in place.kith(LATER, "verify")[1]


def test_an_upgrade_killed_in_the_middle_leaves_what_was(place: Place) -> None:
    before = place.everything()
    upgrade = place.start(LATER, "-m", "kith", "verify", LATER="slow")
    assert upgrade.stdout and upgrade.stdout.readline() == "in the middle\n"
    upgrade.send_signal(signal.SIGKILL)
    upgrade.communicate()
    assert _settled(place) == before
    assert "5 records" in place.kith(NOW, "verify")[1]
    assert "5 records" in place.kith(LATER, "verify")[1]
    assert all("tea" in row for row in place.everything()["kith_circle"])  # type: ignore[operator]


def _settled(place: Place) -> dict[str, list[object]]:
    """What is there once the database has noticed that someone is gone."""
    time.sleep(1 if place.address else 0)
    return place.everything()


def test_without_a_backup_nothing_is_changed(place: Place) -> None:
    before = place.everything()
    (place.home / "backups").write_text("in the way")
    code, _out, err = place.kith(LATER, "verify")
    assert code == 4 and "backup" in err and "Traceback" not in err
    assert place.everything() == before


def test_a_later_version_is_left_alone(place: Place) -> None:
    assert place.kith(LATER, "verify")[0] == 0
    before = place.everything()
    for command in (["verify"], ["serve", "--port", "1"]):
        code, _out, err = place.kith(NOW, *command)
        assert code == 4 and "later version" in err
    assert place.everything() == before


OLD = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kith.records import shape
executor = MigrationExecutor(connection)
steps = [m for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
first = [(m.app_label, m.name) for m in steps if m.name.startswith("0001")]
shape.build(first, "default")
then = executor.loader.project_state(first).apps
person = then.get_model("people", "Person").objects.create(began=timezone.now(), called="A.")
then.get_model("people", "Circle").objects.create(name="Ward", sort="ward", began=person.began)
print(person.pk)
"""


def test_the_oldest_tables_there_are_come_along(bare: Place, tmp_path: Path) -> None:
    """Tables as the first steps of every room made them; their backup comes back as well."""
    code, person, err = bare.run(NOW, "-c", OLD)
    assert code == 0, err
    assert bare.kith(NOW, "verify")[0] == 0
    there = repr(bare.everything()["kith_person"])
    assert person.strip().replace("-", "") in there.replace("-", "")
    other = Place(tmp_path / "other", "")
    other.home.mkdir()
    (other.home / "wrapping.key").write_bytes((bare.home / "wrapping.key").read_bytes())
    (other.home / "wrapping.key").chmod(0o600)
    keys = str(bare.home / "keyring" / "keys.sqlite3")
    code, _out, err = other.kith(NOW, "restore", str(bare.backups[0]), "--keys", keys)
    assert code == 0, err
    back = repr(other.everything()["kith_person"])
    assert person.strip().replace("-", "") in back.replace("-", "")


def test_one_step_at_a_time_would_be_noticed(place: Place) -> None:
    """The wrong variant, Django's own way: a failing step leaves those before it."""
    before = place.everything()
    code, _out, _err = place.run(LATER, "-m", "django", "migrate", LATER="fail")
    assert code != 0
    assert place.everything() != before
