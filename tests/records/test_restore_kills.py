"""A restore killed at any moment leaves the old state or the new one, never a mix of both."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from records.test_backup import SRC, TESTS
from scale import many

pytestmark = pytest.mark.store

DRIVER = """
import os, random, shutil, signal, sys, time
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from django.db import connections
from kith.people.actions import begin
from kith.people.models import Person
from kith.people.readings import viewer_of
from kith.records import ledger, restoring
from kith.records.backup import back_up
from kith.records.models import Record
from kith.records.sealing import close_keyrings, keyring, words_in
from kith.records.verify import verify
from kith.moments.actions import note
from kith.moments.nouns import Moment
from kith.base import clock

home, outside, number = Path(os.environ["KITH_HOME"]), Path(sys.argv[1]), int(sys.argv[2])
wrong = len(sys.argv) > 3

def say(who, count):
    for at in range(count):
        note(viewer_of(who), Moment(words=f"word {at}"), seen_on=clock.now())

def let_go():
    close_keyrings()
    connections["default"].close()

def forked(work):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(); code = 0
        except BaseException:
            import traceback; traceback.print_exc()
        os._exit(code)
    return child

def killed_at(where, name, when):
    real = getattr(where, name)
    def dying(*given, **named):
        if when == "after":
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(where, name, dying)

def look():
    restoring.finish()
    there = {one.called: one for one in Person.objects.all()}
    first, later = there["first"], "later" in there
    records = Record.objects.count()
    for record in Record.objects.all():
        words_in(record)
    assert verify().holds
    of_today = keyring().file.note("of today") is not None
    (outside / "seen").write_text(f"{records} {int(later)} {of_today}")

call_command("migrate", verbosity=0)
first = begin("first"); say(first, 10)
made = back_up(outside)
later = begin("later"); say(later, 5)
keyring().file.put_note("of today", "yes")
let_go()
address = os.environ.get("DATABASE_URL", "")
base, _, name = address.rpartition("/")

def admin(*statements):
    import psycopg
    with psycopg.connect(base + "/postgres", autocommit=True) as keeper:
        for statement in statements:
            keeper.execute(statement)

def reset():
    shutil.rmtree(home)
    shutil.copytree(outside / "now", home)
    if address:
        admin(f"drop database {name} with (force)", f"create database {name} template {name}_now")

shutil.copytree(home, outside / "now")
if address:
    admin(f"create database {name}_now template {name}")
OLD, NEW = "15 1 True", "10 0 False"
steps = [(where, name, when) for where, name in [
    (restoring, "_fill"), (restoring, "_write_note"), (restoring, "_put_in_place"),
    (restoring, "close_keyrings"), (ledger, "note_head"), (Path, "replace"), (Path, "unlink"),
] for when in ("before", "after")]
dice, seen = random.Random(11), []
for at in range(number + len(steps)):
    reset()
    step = steps[at] if at < len(steps) else None
    def work():
        if wrong:
            restoring._write_note = lambda *given: None
            restoring._came_that_far = lambda head: True
            into = "_into_tables" if address else "_into_file"
            real = getattr(restoring, into)
            def without_note(held, moves):
                fresh = home / "restoring.sqlite3"
                result = real(held, moves)
                restoring._put_in_place([(fresh, home / "kith.sqlite3")])
                restoring._put_in_place(moves)
                return result
            setattr(restoring, into, without_note)
        if step:
            killed_at(*step)
        restoring.restore(made.data, made.keys)
    child = forked(work)
    if not step:
        time.sleep(dice.random() * (0.6 if at % 2 else 1.2) * (3 if address else 1))
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    os.waitpid(child, 0)
    if os.waitpid(forked(look), 0)[1]:
        seen.append("broken")
    else:
        seen.append((outside / "seen").read_text())
if address:
    admin(f"drop database {name}_now with (force)")
print(sorted({s: seen.count(s) for s in seen}.items()))
"""
OLD, NEW = "15 1 True", "10 0 False"


def drive(tmp_path: Path, database: str, number: int, *words: str) -> dict[str, int]:
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    told = {"PYTHONPATH": f"{SRC}:{TESTS}", "DJANGO_SETTINGS_MODULE": "kith.site.settings"}
    told |= {"DATABASE_URL": database} if database else {}
    (tmp_path / "own").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(tmp_path), str(number), *words],
        env=kept | told | {"KITH_HOME": str(tmp_path / "own")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return dict(eval(done.stdout.splitlines()[-1]))


@pytest.mark.faults
def test_killed_at_any_moment_it_is_the_old_state_or_the_new(tmp_path: Path, database: str) -> None:
    seen = drive(tmp_path, database, many(20, 500))
    assert set(seen) == {OLD, NEW}, seen


def test_putting_the_two_files_in_place_without_a_note_is_caught(
    tmp_path: Path, database: str
) -> None:
    assert set(drive(tmp_path, database, 0, "wrong")) - {OLD, NEW}
