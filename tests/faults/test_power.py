"""The disk that forgets: what SQLite was told is safe stays, and what it never synced can go."""

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from faults.power import cut, settle
from kith.records.keyring import Keyring
from kith.records.wrapping import Source

WRITER = """
import sqlite3, sys
from pathlib import Path
from faults.power import Disk
home, platter, mode, synchronous = sys.argv[1:]
disk = Disk(Path(home), Path(platter))
db = sqlite3.connect(Path(home) / "a.sqlite3", isolation_level=None)
db.execute(f"pragma journal_mode={mode}")
db.execute(f"pragma synchronous={synchronous}")
for n in range(200):
    db.execute("insert into said values (?, zeroblob(3000))", (n,))
    print(n, flush=True)
    sys.stdin.readline()
"""


KEYS = """
import sys
from pathlib import Path
from uuid import UUID
from faults.power import Disk
home, platter, *_ = sys.argv[1:]
disk = Disk(Path(home), Path(platter))
from kith.records.keyring import Keyring
from kith.records.wrapping import Source
ring = Keyring(Path(home) / "keys.sqlite3", Source(Path(home) / "wrapping.key"))
for n in range(200):
    ring.key_to_seal(UUID(int=n), "words")
    print(n, flush=True)
    sys.stdin.readline()
"""
TESTS = Path(__file__).parents[1]


def run_until_the_power_goes(
    script: str, home: Path, platter: Path, chance: random.Random, *more: str
) -> set[int]:
    """The numbers a process said before it was killed, with its disk left as a cut leaves it."""
    settle(home, platter)
    command = [sys.executable, "-c", script, str(home), str(platter), *more]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    told = set()
    with subprocess.Popen(command, text=True, cwd=TESTS, **pipes) as writer:
        for _ in range(chance.randint(1, 60)):
            told.add(int(writer.stdout.readline()))
            writer.stdin.write("on\n")
            writer.stdin.flush()
        writer.send_signal(signal.SIGKILL)
    cut(home, platter, chance)
    return told


def all_there(folder: Path, mode: str, synchronous: str, chance: random.Random) -> bool:
    """Whether everything a process was told is committed is there after the power went."""
    home = folder / "home"
    home.mkdir(parents=True)
    with closing(sqlite3.connect(home / "a.sqlite3")) as db:
        db.execute("create table said (n integer primary key, much blob)")
    told = run_until_the_power_goes(WRITER, home, folder / "platter", chance, mode, synchronous)
    with closing(sqlite3.connect(home / "a.sqlite3")) as db:
        return told <= {n for (n,) in db.execute("select n from said")}


@pytest.mark.parametrize(("mode", "synchronous"), [("wal", "full"), ("delete", "extra")])
def test_what_is_synced_outlives_the_power(tmp_path: Path, mode: str, synchronous: str) -> None:
    chance = random.Random(f"{mode} {synchronous}")
    for n in range(8):
        assert all_there(tmp_path / str(n), mode, synchronous, chance)


@pytest.mark.parametrize(
    ("mode", "synchronous"), [("wal", "normal"), ("wal", "off"), ("delete", "full")]
)
def test_what_is_not_synced_goes_with_the_power(
    tmp_path: Path, mode: str, synchronous: str
) -> None:
    chance = random.Random(f"{mode} {synchronous}")
    outcomes = [all_there(tmp_path / str(n), mode, synchronous, chance) for n in range(8)]
    assert not all(outcomes)


def test_a_key_that_was_used_outlives_the_power(tmp_path: Path) -> None:
    chance = random.Random("keys")
    for n in range(4):
        home = tmp_path / str(n)
        Keyring(home / "keys.sqlite3", Source(home / "wrapping.key")).close()
        told = run_until_the_power_goes(KEYS, home, tmp_path / f"platter-{n}", chance)
        ring = Keyring(home / "keys.sqlite3", Source(home / "wrapping.key"))
        assert all(ring.key(UUID(int=n), "words") for n in told)
        ring.close()
