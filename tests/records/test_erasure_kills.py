"""An erasure that is killed at any step, or at any moment, is finished at the next start."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from scale import many

SRC, TESTS = (str(Path(__file__).parents[2] / name) for name in ("src", "tests"))
FILL = """
import django; django.setup()
from world import viewer
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.base import clock
me, other = viewer("canary-name"), viewer("other")
for number in range(30):
    for who in (me, other):
        note(who, Moment(words=f"canary-{number}"), seen_on=clock.now())
print(me.me)
"""
ERASE = """
import os, signal, sys
import django; django.setup()
from kith.records import erasure, journal, keyring
from kith.people.leaving import erase_me
from kith.people.models import Person
from kith.people.readings import viewer_of
places = {"erasure": erasure, "journal": journal, "keyring": keyring.Keyring}
where, name, when = sys.argv[2:5]
if where != "-":
    real = getattr(places[where], name)
    def killed(*given, **named):
        if when == "after":
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(places[where], name, killed)
me = viewer_of(Person.objects.get(id=sys.argv[1]))
print("ready", flush=True)
erase_me(me)
"""
LOOK = """
import sys, uuid
from pathlib import Path
from kith.cli.place import get_ready
get_ready(None)
from django.conf import settings
from kith.people.models import Person
from kith.records import journal
from kith.records.models import Record
from kith.records.sealing import keyring
from kith.records.verify import verify
from kith.base.problems import Gone
me = uuid.UUID(sys.argv[1])
try:
    key = bool(keyring().key(me, "words"))
except Gone:
    key = False
person, rows = Person.objects.filter(id=me).exists(), Record.objects.filter(author=me).count()
assert verify().holds
assert journal.unfinished() == []
assert Record.objects.exclude(author=me).count() == 30
print(person, rows, key)
"""
WHOLE, GONE = "True 30 True", "False 0 False"
STEPS = [
    ("journal", "note", "before", WHOLE),
    ("journal", "note", "after", GONE),
    ("erasure", "_take_rows", "after", GONE),
    ("erasure", "_sweep", "after", GONE),
    ("keyring", "destroy", "before", GONE),
    ("keyring", "destroy", "after", GONE),
    ("erasure", "_leave_no_copy", "before", GONE),
    ("erasure", "_leave_no_copy", "after", GONE),
    ("journal", "note_done", "before", GONE),
    ("journal", "note_done", "after", GONE),
]


def told(home: Path) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    path = {"PYTHONPATH": f"{SRC}:{TESTS}", "DJANGO_SETTINGS_MODULE": "kith.site.settings"}
    return kept | path | {"KITH_HOME": str(home)}


def run(home: Path, code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=told(home), capture_output=True, text=True
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home with two people, to be copied; and the one who goes."""
    home = tmp_path_factory.mktemp("filled")
    run(home, "from kith.cli.place import get_ready; get_ready(None)")
    return home, run(home, FILL)


def name_of(home: Path, me: str) -> bytes:
    """What the person is called, as it lies sealed in their row."""
    with closing(sqlite3.connect(home / "kith.sqlite3")) as database:
        asked = "select sealed_called from kith_person where id = ?"
        found: bytes = database.execute(asked, (UUID(me).hex,)).fetchone()[0]
    return found


def traces(home: Path, name: bytes) -> list[str]:
    """Files in which something of the person is still left."""
    return [p.name for p in home.rglob("*") if p.is_file() and name in p.read_bytes()]


@pytest.mark.parametrize(("where", "name", "when", "then"), STEPS)
def test_killed_at_any_step_it_is_finished(
    filled: tuple[Path, str], tmp_path: Path, where: str, name: str, when: str, then: str
) -> None:
    home, me = shutil.copytree(filled[0], tmp_path / "copy"), filled[1]
    called = name_of(home, me)
    run(home, ERASE, me, where, name, when)
    assert run(home, LOOK, me) == then
    assert bool(traces(home, called)) == (then == WHOLE)


@pytest.mark.faults
def test_killed_at_any_moment_it_is_whole_or_gone(filled: tuple[Path, str], tmp_path: Path) -> None:
    dice, seen = random.Random(7), set()
    for number in range(many(8, 200)):
        home, me = shutil.copytree(filled[0], tmp_path / str(number)), filled[1]
        command = [sys.executable, "-c", ERASE, me, "-", "-", "-"]
        with subprocess.Popen(command, env=told(home), stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(dice.random() * 0.06)
            child.kill()
        seen.add(run(home, LOOK, me))
    assert seen <= {WHOLE, GONE}
