"""Kith's own endpoint beside the model: both get everything, and must say and hold the same.

Everything goes through Django's test client, so the session, the token, the digests, the sealing
and the store are the real ones, on SQLite or PostgreSQL. A copy of the database is a savepoint,
and putting it back rolls back to it: the keys lie elsewhere and stay as they are today.
"""

import hashlib
import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client

from faults.model import Answer, Batch, Entry, Item, Server, Told
from faults.seal import seal, text
from kith.base import clock
from kith.moments.readings import moments
from kith.permissions.viewer import Viewer
from kith.records import erasure
from kith.records.journal import Erasure
from kith.records.models import Erased, Record
from kith.web.models import Arrival
from world import signed_in, viewer

YEAR = timedelta(days=365)


class Killed(BaseException):
    """The server is gone in the middle of what it did."""


class Person:
    """Someone with a signed-in client, and what a device was told by the server."""

    def __init__(self) -> None:
        self.viewer: Viewer = viewer()
        self.client = Client(enforce_csrf_checks=True)
        signed_in(self.client, self.viewer)
        self.told: dict[str, str] = self.client.get("/keep/").json()


class Beside(Server):
    """The model, and the real endpoint beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.people = {who: Person() for who in ("A", "B")}
        self.sealed: dict[Entry, bytes] = {}
        self.points: list[str] = []
        self.world = uuid4().hex

    def name(self, of: str, number: int) -> UUID:
        """The id that stands for one of the model's numbers, in this history alone."""
        told = f"{self.world} {of} {number}".encode()
        return UUID(bytes=hashlib.sha256(told).digest()[:16], version=4)

    # The same to both

    def put(self, batch: Batch, upto: int | None = None) -> Answer:
        real = self._send(batch, upto)
        if upto is None:
            told = super().put(batch)
            assert real == told, (real, told)
        else:
            self._follow(batch)
        self.must_agree()
        return () if upto is not None else told

    def _follow(self, batch: Batch) -> None:
        """The real server was killed somewhere: some number of entries explains what it holds."""
        before = (self.kept, self.lines)
        for upto in range(len(batch.items) + 1):
            self.kept = dict(before[0])
            self.lines = {name: dict(line) for name, line in before[1].items()}
            super().put(batch, upto)
            if self._kept() == self.kept:
                return
        raise AssertionError("half an entry is there")

    def proof(self, who: str, line: int) -> tuple[Entry, ...]:
        proof = super().proof(who, line)
        told = self.people[who].client.get(f"/keep/{self.name('line', line)}/").json()
        rolled = b""
        for entry in proof:
            digest = hashlib.sha256(self._sealed(entry)).digest()
            rolled = hashlib.sha256(rolled + self.name("id", entry.id).bytes + digest).digest()
        assert (told["upto"], b64decode(told["hash"])) == (len(proof), rolled)
        return proof

    def erase(self, thing: int) -> None:
        """Of one's own things one may do without one, for good."""
        me = self.people[self.kept[thing].who].viewer.me
        gone = erasure.of_thing(me, self.name("id", thing))
        erasure.erase(Erasure(act="moment.erase", actor=me, records=tuple(gone)))
        super().erase(thing)
        self.must_agree()

    def back_up(self) -> None:
        super().back_up()
        self.points.append(transaction.savepoint())

    def set_back(self, to: int) -> None:
        super().set_back(to)
        transaction.savepoint_rollback(self.points[to])
        del self.points[to + 1 :]
        erasure.replay("default")
        self.must_agree()

    # The real one

    def _send(self, batch: Batch, upto: int | None) -> Answer:
        asker = self.people[batch.sender].client if batch.sender else Client()
        body = json.dumps(
            {"device": str(self.name("line", batch.line)), "items": [*map(self._item, batch.items)]}
        ).encode()
        digest = f"sha-256=:{text(hashlib.sha256(body).digest())}:"
        token = self.people[batch.sender or "A"].told["token"] if batch.token else "x" * 64
        told = {"X-CSRFToken": token, "Content-Digest": digest}
        body = body if batch.whole else body[: len(body) // 2]
        with self._killed_at(upto):
            answer = asker.put("/keep/", body, content_type="application/json", headers=told)
            return self._heard(answer, batch)
        return 0

    @contextmanager
    def _killed_at(self, upto: int | None) -> Iterator[None]:
        """Let the server die at one of its statements; nothing it began is committed then."""
        if upto is None:
            yield
            return
        left = 3 + upto * 11

        def count(execute: Callable[..., Any], *given: Any) -> Any:
            nonlocal left
            left -= 1
            undoing = left < -1 and given[0].startswith(("ROLLBACK", "RELEASE"))
            if left < 0 and not undoing:  # what the database does by itself when one is gone
                raise Killed
            return execute(*given)

        try:
            with connection.execute_wrapper(count):
                yield
        except Killed:
            pass

    def _heard(self, answer: Any, batch: Batch) -> Answer:
        if answer.status_code != 200:
            return int(answer.status_code)
        told = []
        for item, said in zip(batch.items, answer.json()["items"], strict=True):
            got = self._bytes(item)
            assert said["id"] == str(self.name("id", item.entry.id))
            assert b64decode(said["digest"]) == hashlib.sha256(got).digest()
            told.append(Told(item.entry.id, said["status"], item.entry))
        return tuple(told)

    def _item(self, item: Item) -> dict[str, Any]:
        sealed = self._sealed(item.entry)
        return {
            "id": str(self.name("id", item.entry.id)),
            "seq": item.seq,
            "digest": text(hashlib.sha256(sealed).digest()),
            "length": len(sealed),
            "sealed": text(self._bytes(item)),
        }

    def _bytes(self, item: Item) -> bytes:
        """What really comes over: as it was sealed, cut short, or with one bit turned."""
        sealed = self._sealed(item.entry)
        if item.whole:
            return sealed
        return sealed[:-1] if item.seq % 2 else sealed[:-1] + bytes([sealed[-1] ^ 1])

    def _sealed(self, entry: Entry) -> bytes:
        """Sealed once and kept, as in an outbox: the same entry is the same bytes for ever."""
        if entry not in self.sealed:
            told = self.people[entry.who].told
            plain = {
                "v": 1,
                "act": f"moment.{entry.act}",
                "made_at": (clock.now() + entry.years * YEAR).isoformat(),
                "who": told["who"],
                "body": self._body(entry),
            }
            canonical = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
            about = self.name("id", entry.id).bytes + told["who"].encode()
            self.sealed[entry] = seal(canonical, about, b64decode(told["intake"]))
        return self.sealed[entry]

    def _body(self, entry: Entry) -> dict[str, str]:
        if entry.act == "note":
            return {"words": entry.words}
        thing = str(self.name("id", entry.thing))
        return {"words": entry.words, "thing": thing, "seen": thing}

    # The same in both

    def must_agree(self) -> None:
        """The same entries are kept, once each, and read as the model reads them."""
        assert self._kept() == self.kept
        for who in self.people:
            assert self._read(who) == sorted(self._to_read(who))

    def _kept(self) -> dict[int, Entry]:
        """What is kept: an entry counts when its arrival is noted with the digest of its bytes."""
        names = {self.name("id", entry.id): entry for entry in self.sealed}
        digests = {hashlib.sha256(sealed).digest(): entry for entry, sealed in self.sealed.items()}
        noted = {
            row.id: digests[bytes(row.digest)]
            for row in Arrival.objects.filter(id__in=names).exclude(
                id__in=Erased.objects.values("id")
            )
        }
        there = set(Record.objects.filter(id__in=names).values_list("id", flat=True))
        unsaid = {id for id, entry in noted.items() if id not in there and entry.act != "remove"}
        assert not unsaid and there <= set(noted), (unsaid, there - set(noted))
        return {entry.id: entry for entry in noted.values()}

    def _read(self, who: str) -> list[str]:
        entries = moments(self.people[who].viewer)
        return sorted(one.noun.words for entry in entries for one in (entry, *entry.rivals))

    def _to_read(self, who: str) -> Iterator[str]:
        for note in self.kept.values():
            about = [one for one in self.kept.values() if one.thing == note.id]
            away = any(one.act == "remove" for one in about)
            if note.who == who and note.act == "note" and not away:
                yield from (one.words for one in about or [note])
