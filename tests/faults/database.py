"""A PostgreSQL of its own that waits for the disk, is killed, and comes back by itself."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import psycopg

ROOT = Path(__file__).parents[2]
NAME = "postgres-of-faults"
PATIENCE = 60


class Database:
    """One cluster; `url` is where Kith finds it."""

    def __init__(self) -> None:
        self._script("stop")  # what a run that was stopped may have left
        self.url = self._script("start")
        self.data = Path((ROOT / ".cache" / NAME / "folder").read_text().strip()) / "data"

    def _script(self, what: str) -> str:
        told = os.environ | {"CLUSTER": NAME, "DURABLE": "1"}
        done = subprocess.run(
            ["scripts/postgres", what], cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True
        )
        assert done.returncode == 0, what
        return done.stdout.strip()

    def kill(self, chance: Random) -> None:
        """kill -9 a process that serves somebody, or the one that all others belong to."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        with psycopg.connect(self.url) as db:
            rows = db.execute(
                "select pid from pg_stat_activity"
                " where backend_type = 'client backend' and pid != pg_backend_pid()"
            ).fetchall()
        pid = chance.choice([first, *(pid for (pid,) in rows)])
        os.kill(pid, signal.SIGKILL)
        if pid == first:
            self._script("again")
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(psycopg.OperationalError), psycopg.connect(self.url) as db:
                db.execute("select 1")
                return
            time.sleep(0.05)
        raise AssertionError("PostgreSQL did not come back")

    def close(self) -> None:
        """Stop it and remove it."""
        self._script("stop")
