"""A device's outbox as a program of its own keeps it: saved before it says so, sent until proven.

It stands in for the browser where thousands of kills are wanted. It shares no line with Kith: it
seals, counts, rolls its hash and speaks the protocol by itself, over plain HTTP.
"""

import hashlib
import http.client
import json
import sqlite3
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from faults.seal import seal, text

MOST = 25
PATIENCE = 3  # seconds for an answer
TABLES = """
create table if not exists entry (
  id text, who text, seq integer, sealed blob, digest blob, state text, primary key (id, digest)
);
create table if not exists line (who text primary key, line text, upto integer, rolled blob);
create table if not exists told (user text primary key, who text, intake text);
"""
STATES = {200: "stored", 409: "clash", 422: "refused"}


class NotNow(Exception):
    """There is no usable answer; what waits stays, and is sent again."""


class Row(NamedTuple):
    id: str
    seq: int
    sealed: bytes
    digest: bytes
    state: str


class Outbox:
    """The entries of one device, in a file; two processes may hold it at once, as two tabs do."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "device.sqlite3", isolation_level=None, timeout=30)
        self._log_ahead()
        self.db.execute("pragma synchronous=full")
        self.db.executescript(TABLES)

    def _log_ahead(self) -> None:
        """Of two tabs that begin a new file together one is told at once that it is locked."""
        end = time.monotonic() + 30
        while True:
            try:
                self.db.execute("pragma journal_mode=wal")
                return
            except sqlite3.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)

    @contextmanager
    def once(self) -> Iterator[None]:
        """All of it durably, or nothing."""
        self.db.execute("begin immediate")
        try:
            yield
            self.db.execute("commit")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("rollback")
            raise

    def told(self, user: str) -> tuple[str, bytes] | None:
        """This user's tag and the intake, from when the server was last heard."""
        found = self.db.execute("select who, intake from told where user = ?", (user,)).fetchone()
        return (found[0], b64decode(found[1])) if found else None

    def learn(self, user: str, told: dict[str, str]) -> None:
        with self.once():
            row = (user, told["who"], told["intake"])
            self.db.execute("insert or replace into told values (?, ?, ?)", row)

    def save(self, who: str, id: str, sealed: bytes) -> bytes:
        """On return the entry is on this device, whatever happens to its process."""
        digest = hashlib.sha256(sealed).digest()
        with self.once():
            self._line(who)
            seq = self._last(who) + 1
            row = (id, who, seq, sealed, digest, "saved")
            self.db.execute("insert into entry values (?, ?, ?, ?, ?, ?)", row)
        return digest

    def _last(self, who: str) -> int:
        last = "select max(seq) from entry where who = ?"
        upto = "select upto from line where who = ?"
        found = [self.db.execute(each, (who,)).fetchone()[0] for each in (last, upto)]
        return max(one or 0 for one in found)

    def _line(self, who: str) -> tuple[str, int, bytes]:
        new = (who, str(uuid4()), 0, b"")
        self.db.execute("insert or ignore into line values (?, ?, ?, ?)", new)
        row = self.db.execute("select line, upto, rolled from line where who = ?", (who,))
        line: tuple[str, int, bytes] = row.fetchone()
        return line

    def rows(self, who: str, *states: str) -> list[Row]:
        """The entries of one person in these states, the oldest first."""
        marks = ", ".join("?" * len(states))
        asked = (
            f"select id, seq, sealed, digest, state from entry where who = ? and state in ({marks})"
        )
        return [Row(*row) for row in self.db.execute(f"{asked} order by seq", (who, *states))]

    def waiting(self, who: str) -> tuple[str, list[Row]]:
        """The numbering, and what is to be sent in it next."""
        with self.once():
            return self._line(who)[0], self.rows(who, "saved")[:MOST]

    def hear(self, told: list[dict[str, Any]]) -> list[tuple[str, bytes]]:
        """Take in answers; returns which entries may now be shown as stored."""
        stored = []
        with self.once():
            for one in told:
                key = (one["id"], b64decode(one["digest"]))
                where = "where id = ? and digest = ? and state = 'saved'"
                if one["status"] == 410:
                    self.db.execute(f"delete from entry {where}", key)
                elif state := STATES.get(one["status"]):
                    done = self.db.execute(f"update entry set state = ? {where}", (state, *key))
                    stored += [key] * (done.rowcount if state == "stored" else 0)
        return stored

    def prove(self, who: str, asked: str, upto: int, theirs: bytes) -> None:
        """Forget what is proven stored; number anew what can no longer be proven."""
        with self.once():
            line, known, rolled = self._line(who)
            if line != asked:
                return
            rows = {row.seq: row for row in self.rows(who, "saved", "stored")}
            for seq in range(known + 1, upto + 1):
                row = rows.get(seq)
                told = row.sealed if row else b""
                name = bytes.fromhex(row.id.replace("-", "")) if row else b""
                rolled = hashlib.sha256(rolled + name + hashlib.sha256(told).digest()).digest()
            if upto >= known and rolled == theirs:
                proven = (
                    "delete from entry where who = ? and state = 'stored' and seq between 1 and ?"
                )
                self.db.execute(proven, (who, upto))
                self.db.execute(
                    "update line set upto = ?, rolled = ? where who = ?", (upto, rolled, who)
                )
            elif not self.rows(who, "saved"):
                self._number_anew(who)
                return
            if self.rows(who, "stored") and not self.rows(who, "saved"):
                self._number_anew(who)

    def _number_anew(self, who: str) -> None:
        new = (who, str(uuid4()), 0, b"")
        self.db.execute("insert or replace into line values (?, ?, ?, ?)", new)
        for seq, row in enumerate(self.rows(who, "saved", "stored"), 1):
            change = "update entry set seq = ?, state = 'saved' where id = ? and digest = ?"
            self.db.execute(change, (seq, row.id, row.digest))
        self.db.execute(
            "update entry set seq = 0 where who = ? and state in ('clash', 'refused')", (who,)
        )


class Wire:
    """The server, as reached from this device: any answer but our own kind is none."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.token = port, ""
        self.cookies = dict(one.split("=", 1) for one in cookie.split("; ") if one)

    def ask(self, method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        """One request, and its JSON. Raises NotNow for everything else."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        digest = text(hashlib.sha256(body).digest())
        headers = {"Cookie": self._cookies(), "Host": "127.0.0.1", "Connection": "close"}
        if body:
            headers |= {"X-CSRFToken": self.token, "Content-Digest": f"sha-256=:{digest}:"}
            headers |= {"Content-Type": "application/json"}
        try:
            link.request(method, path, body or None, headers)
            answer = link.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            raise NotNow from None
        finally:
            link.close()
        if answer.status != 200 or not isinstance(told, dict):
            raise NotNow(answer.status)
        self._keep_cookies(answer)
        return told

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value

    def hello(self) -> dict[str, str]:
        told = self.ask("GET", "/keep/")
        if not {"who", "intake", "token"} <= set(told):
            raise NotNow
        self.token = told["token"]
        return told


def exchange(outbox: Outbox, wire: Wire, user: str) -> list[tuple[str, bytes]]:
    """Send what waits of this user, and prove it. Returns what may be shown as stored."""
    told = wire.hello()
    outbox.learn(user, told)
    line, rows = outbox.waiting(told["who"])
    stored = []
    if rows:
        items = [
            {
                "id": row.id,
                "seq": row.seq,
                "digest": text(row.digest),
                "length": len(row.sealed),
                "sealed": text(row.sealed),
            }
            for row in rows
        ]
        body = json.dumps({"device": line, "items": items}).encode()
        stored = outbox.hear(wire.ask("PUT", "/keep/", body)["items"])
    proof = wire.ask("GET", f"/keep/{line}/")
    outbox.prove(told["who"], line, proof["upto"], b64decode(proof["hash"]))
    return stored


def sealed(who: str, intake: bytes, id: str, act: str, body: dict[str, str], years: int) -> bytes:
    """One entry, sealed as it will lie in the outbox and travel."""
    made_at = datetime.now(UTC) + timedelta(days=365 * years)
    plain = {"v": 1, "act": act, "made_at": made_at.isoformat(), "who": who, "body": body}
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    return seal(canonical, bytes.fromhex(id.replace("-", "")) + who.encode(), intake)
