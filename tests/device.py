"""A device as a test holds it: it seals entries by itself and sends them as a browser does.

It shares no line with the server's side, nor with the scripts of pages.
"""

import hashlib
import json
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from faults.seal import seal, text

NOW = "2026-03-01T08:00:00.000Z"


@dataclass
class Entry:
    """One sealed entry in the outbox."""

    id: UUID
    seq: int
    sealed: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.sealed).digest()

    def item(self, **other: Any) -> dict[str, Any]:
        told = {"id": str(self.id), "seq": self.seq, "digest": text(self.digest)}
        return {**told, "length": len(self.sealed), "sealed": text(self.sealed), **other}


@dataclass
class Device:
    """A device of someone who is signed in at `client`. Nothing is forgotten by itself."""

    client: Client
    id: UUID = field(default_factory=uuid4)
    entries: list[Entry] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def learn(self) -> dict[str, str]:
        """What the server tells a device before it seals or sends."""
        answer = self.client.get("/keep/")
        assert answer.status_code == 200, answer.status_code
        self.told = answer.json()
        return self.told

    def keep(
        self,
        act: str,
        body: dict[str, Any],
        *,
        id: UUID | None = None,
        made_at: str = NOW,
        **other: Any,
    ) -> Entry:
        """Seal one entry and put it in the outbox."""
        who = (self.told or self.learn())["who"]
        plain = {"v": 1, "act": act, "made_at": made_at, "who": who, "body": body, **other}
        id, canonical = id or uuid4(), json.dumps(plain, sort_keys=True, separators=(",", ":"))
        sealed = seal(canonical.encode(), id.bytes + who.encode(), b64decode(self.told["intake"]))
        self.entries.append(Entry(id, len(self.entries) + 1, sealed))
        return self.entries[-1]

    def put(self, *items: dict[str, Any], **headers: str) -> Any:
        """One batch as it is; the answer as the server gave it."""
        body = json.dumps({"device": str(self.id), "items": list(items)}).encode()
        return self.put_to("/keep/", body, **headers)

    def put_to(self, address: str, body: bytes, **headers: str) -> Any:
        """A body with what goes with it."""
        digest = f"sha-256=:{text(hashlib.sha256(body).digest())}:"
        told = {"X-CSRFToken": self.told["token"], "Content-Digest": digest, **headers}
        return self.client.put(address, body, content_type="application/json", headers=told)

    def send(self, *entries: Entry) -> list[int]:
        """Send these entries (or all), and the status that each was answered with."""
        answer = self.put(*(one.item() for one in entries or self.entries))
        assert answer.status_code == 200, answer.content
        return [one["status"] for one in answer.json()["items"]]

    def manifest(self) -> tuple[int, bytes]:
        """What the server says it holds of this device."""
        told = self.client.get(f"/keep/{self.id}/").json()
        return told["upto"], b64decode(told["hash"])

    def rolled(self, upto: int) -> bytes:
        """The hash that the manifest should have up to here."""
        rolled = b""
        for one in self.entries[:upto]:
            rolled = hashlib.sha256(rolled + one.id.bytes + one.digest).digest()
        return rolled
