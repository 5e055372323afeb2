"""The file that the keyring lies in: SQLite, synced at each commit, zeroing what it deletes."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

_TABLES = (
    """create table if not exists key (
      owner text not null, class text not null, wrapped blob not null, primary key (owner, class)
    ) without rowid""",
    """create table if not exists own (
      owner text not null, class text not null, wrapped blob not null, primary key (owner, class)
    ) without rowid""",
    """create table if not exists lock (
      owner text not null, way text not null, wrapped blob not null, made text not null,
      primary key (owner, way)
    ) without rowid""",
    """create table if not exists gone (
      owner text not null, class text not null, mark text not null, at text not null,
      primary key (owner, class, mark)
    ) without rowid""",
    "create table if not exists note (name text primary key, value text not null) without rowid",
)


class KeyFile:
    """Wrapped keys and what is noted about them. One writer at a time, also among processes.

    `key` holds keys under the wrapping key; `own` those that are only their owner's, under a key
    of the owner's; `lock` that key, once for each way its owner has of opening it. `gone` says
    which class had another key until when: its owner let go of what nothing opened any more.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self.lock = threading.RLock()
        self._seen, self._asked = -1, -1.0
        if not path.exists():
            path.touch(0o600)
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        # Extra, because a key made or destroyed just before the power goes must stay so: with
        # less, SQLite does not sync the folder its journal was in, and the journal undoes it.
        for pragma in ("journal_mode=delete", "synchronous=extra", "secure_delete=on"):
            self._db.execute(f"pragma {pragma}")
        for table in _TABLES:
            self._db.execute(table)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Everything that `statement` finds."""
        with self.lock:
            return self._db.execute(statement, values).fetchall()

    def one(self, statement: str, *values: Any) -> Any:
        """The first value of the first row, or None."""
        return next((row[0] for row in self.rows(statement, *values)), None)

    def do(self, statement: str, *values: Any) -> None:
        """Change something."""
        self.rows(statement, *values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All of it or nothing, and nobody else writes meanwhile. Within another, part of it."""
        with self.lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def note(self, name: str) -> str | None:
        """What is noted under `name`."""
        found: str | None = self.one("select value from note where name = ?", name)
        return found

    def put_note(self, name: str, value: str) -> None:
        """Note `value` under `name`."""
        self.do("insert or replace into note values (?, ?)", name, value)

    def forget_note(self, name: str) -> None:
        """Note nothing under `name` any more."""
        self.do("delete from note where name = ?", name)

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote since this was last asked.

        The file is asked at most fifty times a second: a page opens hundreds of records.
        """
        if time.monotonic() - self._asked <= 0.02:
            return False
        before, self._seen = self._seen, self.one("pragma data_version")
        self._asked = time.monotonic()
        return before != self._seen

    def copy_to(self, path: Path) -> None:
        """A copy of the file as it is now."""
        with self.lock, closing(sqlite3.connect(path)) as copy:
            path.chmod(0o600)
            self._db.backup(copy)

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._db.close()
