"""A device that is used without pause: it saves, says so, sends, says so, until it is killed.

    python -m faults.hand FOLDER PORT SEED

It follows `orders.json` in its folder: who is signed in, how far its clock is off, whether to save
more, how much room its disk has left. What it prints is what a person would have been shown:
`saved ID DIGEST WORDS`, `stored ID DIGEST`, and `rest WHO` when nothing of theirs waits.
"""

import json
import random
import resource
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from faults.outbox import NotNow, Outbox, Wire, exchange, sealed

ENOUGH = 60


class Hand:
    """One tab of one device."""

    def __init__(self, folder: Path, port: int, seed: str) -> None:
        self.folder, self.port = folder, port
        self.chance = random.Random(seed)
        self.outbox = Outbox(folder)
        self.notes: dict[str, list[str]] = {}
        self.orders: dict[str, Any] = {}
        self.wire = Wire(port, "")

    def look_at_orders(self) -> None:
        orders = json.loads((self.folder / "orders.json").read_text())
        if orders != self.orders:
            self.orders, self.wire = orders, Wire(self.port, orders["cookie"])
            self.leave_room(orders["room"])

    def leave_room(self, room: int) -> None:
        """No file may grow by more than `room`: the disk is nearly full. 0 takes the limit away."""
        most = max(path.stat().st_size for path in self.folder.glob("device*")) + room
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (most if room else hard, hard))

    def save(self) -> None:
        """A note, one said anew, or (a fault) other words under an id; only then it says so."""
        told = self.outbox.told(self.orders["user"])
        if told is None:  # nobody has been here before, so there is nothing to seal with yet
            return
        who, intake = told
        id = str(UUID(int=self.chance.getrandbits(128), version=4))
        mine = self.notes.setdefault(who, [])
        words = f"w{id[:13]}" + "." * self.chance.choice([0, 10, 900])
        act, body, kind = "moment.note", {"words": words}, self.chance.random()
        if mine and kind < 0.2:
            note = self.chance.choice(mine)
            act, body = "moment.correct", body | {"thing": note, "seen": note}
        elif mine and kind < 0.23:
            id = mine[-1]
        entry = sealed(who, intake, id, act, body, self.orders["years"])
        try:
            digest = self.outbox.save(who, id, entry)
        except sqlite3.OperationalError:
            print("full", flush=True)
            return
        print("saved", id, digest.hex(), words, flush=True)
        if act == "moment.note":
            mine.append(id)

    def send(self) -> None:
        try:
            for id, digest in exchange(self.outbox, self.wire, self.orders["user"]):
                print("stored", id, digest.hex(), flush=True)
        except (NotNow, sqlite3.OperationalError):
            time.sleep(0.05)

    def rests(self) -> bool:
        """Nothing of whoever is signed in waits to be sent or to be proven."""
        told = self.outbox.told(self.orders["user"])
        return told is not None and not self.outbox.rows(told[0], "saved", "stored")

    def is_behind(self) -> bool:
        """So much waits here by now that a good connection would need long for it."""
        told = self.outbox.told(self.orders["user"])
        return told is not None and len(self.outbox.rows(told[0], "saved")) > ENOUGH

    def live(self) -> None:
        while True:
            self.look_at_orders()
            if self.orders["saving"] and not self.is_behind():
                for _ in range(self.chance.randint(0, 3)):
                    self.save()
                time.sleep(self.chance.random() * 0.1)
            elif not self.orders["saving"] and self.rests():
                print("rest", self.orders["user"], flush=True)
                time.sleep(0.1)
            self.send()


if __name__ == "__main__":
    Hand(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]).live()
