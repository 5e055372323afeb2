"""A real server that is killed and begun again, and a look into what it stores."""

import contextlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from faults.power import cut, settle

TESTS = Path(__file__).parents[1]
PATIENCE = 60  # seconds for a server to come up on a machine that is busy
ARRIVED = "select id, digest from web_arrival"
RECORDS = "select id from kith_record where kind = 'moment' and not removed"
ERASED = "select id from kith_erased"


class Key(NamedTuple):
    """One entry's bytes: its id, and the SHA-256 of what was sealed."""

    id: str
    digest: str


class Stored(NamedTuple):
    """What lies in the store at one moment."""

    arrived: frozenset[Key]
    records: frozenset[str]
    erased: frozenset[str]


def free_port(chance: Random) -> int:
    """One below those that connections going out are given: none may take it between two lives."""
    while True:
        port = chance.randrange(15_000, 30_000)
        with socket.socket() as door, contextlib.suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port


class Installation:
    """`kith serve` on a home of its own. With `power`, a kill is a cut of power as well."""

    def __init__(
        self, folder: Path, chance: Random, *, wrong: str = "", power: bool = False, url: str = ""
    ) -> None:
        self.home, self.chance, self.url = folder / "home", chance, url
        self.platter = folder / "platter" if power else None
        self.port, self.pid, self.years = free_port(Random()), 0, 0
        self.log = (folder / "server.log").open("w")
        words = [sys.executable, "-m", "faults.server", str(self.home)]
        words += ["--wrong", wrong] * bool(wrong)
        words += ["--platter", str(self.platter)] * power
        kept = {name: told for name, told in os.environ.items() if name != "DATABASE_URL"}
        kept |= {"DATABASE_URL": url} if url else {}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.warm = subprocess.Popen(
            words, env=kept, cwd=TESTS, text=True, stderr=self.log, **pipes
        )
        self.home.mkdir(exist_ok=True)
        if self.platter:
            self.platter.mkdir()

    def order(self, **order: Any) -> dict[str, Any]:
        """Have a child of the warm process do something, and wait for its word."""
        self.warm.stdin.write(json.dumps(order) + "\n")  # type: ignore[union-attr]
        self.warm.stdin.flush()  # type: ignore[union-attr]
        told: dict[str, Any] = json.loads(self.warm.stdout.readline())  # type: ignore[union-attr]
        assert "failed" not in told, (order, Path(self.log.name).read_text()[-3000:])
        return told

    def serve(self, room: int = 0) -> None:
        """Begin; does not wait until it answers."""
        self.pid = self.order(serve=self.port, years=self.years, room=room)["pid"]

    def kill(self) -> None:
        """kill -9, and with it the power where that is wanted."""
        if self.pid:
            self.order(kill=self.pid)
            self.pid = 0
        if self.platter:
            cut(self.home, self.platter, self.chance)

    def wait_until_up(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError(Path(self.log.name).read_text()[-3000:])

    def settled(self) -> None:
        """All that is there now is safely on the disk."""
        if self.platter:
            settle(self.home, self.platter)

    def stored(self) -> Stored:
        """What the store holds, read past Kith."""
        if self.url:
            with psycopg.connect(self.url) as db:
                db.execute("set transaction isolation level repeatable read")
                return _stored(
                    *(db.execute(each).fetchall() for each in (ARRIVED, RECORDS, ERASED))
                )
        if self.platter is None:
            return self._read(self.home / "kith.sqlite3")
        with tempfile.TemporaryDirectory() as folder:  # to read it here would tidy it up
            for path in self.home.glob("kith.sqlite3*"):
                shutil.copy(path, folder)
            return self._read(Path(folder) / "kith.sqlite3")

    def _read(self, path: Path) -> Stored:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as db:
            db.execute("begin")
            return _stored(*(db.execute(each).fetchall() for each in (ARRIVED, RECORDS, ERASED)))

    def close(self) -> None:
        """End what is left of it."""
        if self.pid:
            self.order(kill=self.pid)
        self.warm.stdin.close()  # type: ignore[union-attr]
        self.warm.stdout.close()  # type: ignore[union-attr]
        self.warm.wait()
        self.log.close()


def _stored(arrived: Iterable[Any], records: Iterable[Any], erased: Iterable[Any]) -> Stored:
    keys = (Key(_id(id), bytes(digest).hex()) for id, digest in arrived)
    return Stored(
        frozenset(keys),
        frozenset(_id(id) for (id,) in records),
        frozenset(_id(id) for (id,) in erased),
    )


def _id(told: str | UUID) -> str:
    return str(told if isinstance(told, UUID) else UUID(told))
