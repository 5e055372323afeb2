"""Round after round of kill -9, with all else that goes wrong, and what must hold after each.

Two people, two devices (one of them with two tabs), a bad network, a server. After every round:
whatever a screen said was saved is on its device or in the store, whatever it said was stored is
in the store, each once. At the end, with a good connection, every queue must run empty.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from faults.database import Database
from faults.installation import Installation, Key, Stored
from faults.proxy import Proxy
from faults.tabs import Device, Said

FIVE_MINUTES = 300
PEOPLE = ("A", "B")


class Lost(AssertionError):
    """A promise was broken."""


@dataclass
class Report:
    """What was done and what came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    network: Counter[str] = field(default_factory=Counter)
    shown_saved: int = 0
    shown_stored: int = 0
    lost: int = 0
    doubled: int = 0
    undone_by_restoring: int = 0
    clashes_kept: int = 0
    seconds_until_empty: float = 0.0
    seconds: float = 0.0

    @property
    def bound(self) -> float:
        """With none lost of so many, the share that is lost lies below this, at 95%."""
        return 3 / max(1, self.shown_saved)

    def kept_in(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {"said": str(self), "killed": self.kills.total(), "upper_bound_95": self.bound}
        path.write_text(json.dumps(told | vars(self), indent=1))

    def __str__(self) -> str:
        kills = ", ".join(f"{count} {what}" for what, count in sorted(self.kills.items()))
        return (
            f"{self.kills.total()} kills ({kills}) in {self.seconds:.0f} s; shown saved "
            f"{self.shown_saved}, shown stored {self.shown_stored}, lost {self.lost}, doubled "
            f"{self.doubled}, clashes kept {self.clashes_kept}, undone by restoring an old backup "
            f"{self.undone_by_restoring}; every queue empty after "
            f"{self.seconds_until_empty:.1f} s; fewer than {self.bound:.1e} lost of all, at 95%"
        )


class Loop:
    """The whole of it. `happen` are the things besides kills that may come in a round."""

    def __init__(
        self,
        folder: Path,
        seed: str,
        happen: tuple[str, ...],
        database: Database | None = None,
        **server: Any,
    ) -> None:
        self.chance = Random(seed)
        self.folder, self.happen, self.database = folder, happen, database
        url = database.url if database else ""
        self.server = Installation(folder, self.chance, url=url, **server)
        self.proxy = Proxy(self.server.port, seed)
        self.said, self.report = Said(), Report()
        self.sessions = {who: self.server.order(person="") for who in PEOPLE}
        self.server.settled()
        self.devices = [
            Device(folder / name, self.proxy.port, self.said, tabs)
            for name, tabs in (("phone", 1), ("desk", 2))
        ]
        self.backups: list[Path] = []
        self.undone: set[Key] = set()
        self.again: set[Key] = set()
        self.began = time.monotonic()

    # Rounds

    def begin(self) -> None:
        """Both people sign in and hear from the server once, before anything goes wrong."""
        self.proxy.good = True
        self.server.serve()
        self.server.wait_until_up()
        for device in self.devices:
            for who in PEOPLE:
                device.told(saving=False)
                self._signs_in(device, who)
                device.open()
                self._until(lambda d=device, w=who: w in self.said.rests.get(d.folder.name, ()))
        self.server.kill()
        self.proxy.good = False
        for device in self.devices:
            device.told(saving=True)

    def _signs_in(self, device: Device, who: str) -> None:
        device.told(user=who, cookie=self.sessions[who]["cookie"])

    def _until(self, what: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not what():
            if time.monotonic() > end:
                raise Lost("the queues did not run empty")
            time.sleep(0.02)

    def round(self) -> None:
        """Something happens, devices are killed while the server is away, and then the server."""
        if self.happen and self.chance.random() < 0.5:
            self._happens(self.chance.choice(self.happen))
        if not self.server.pid:
            self.server.serve()
        self._kill_devices()
        self.server.wait_until_up()
        self._let_them_work()
        if self.chance.random() < 0.5:
            self._kill_devices()
            time.sleep(self.chance.random() * 0.3)
        self._kill_server()

    def _let_them_work(self) -> None:
        """For a moment; or until something is stored, so that the blow falls close to that."""
        if self.chance.random() < 0.5:
            before, end = len(self.said.stored), time.monotonic() + 3
            while len(self.said.stored) == before and time.monotonic() < end:
                time.sleep(0.01)
        time.sleep(self.chance.random() * 0.5)

    def _kill_server(self) -> None:
        self.server.kill()
        self.report.kills["power cuts" if self.server.platter else "server"] += 1
        self.check()

    def _kill_devices(self) -> None:
        for device in self.devices:
            assert device.alive(), "a device ended by itself"
            if self.chance.random() < 0.5:
                device.kill()
                self.report.kills["device"] += 1
                device.open()

    # Besides

    def _happens(self, what: str) -> None:
        """With the server gone."""
        self.report.happened[what] += 1
        getattr(self, f"_{what}")()

    def _users_switched(self) -> None:
        for device in self.devices:
            self._signs_in(device, self.chance.choice(PEOPLE))

    def _sessions_ended(self) -> None:
        self.server.order(end="", years=self.server.years)
        self._new_sessions()

    def _new_sessions(self) -> None:
        """Who is signed in signs in again; the old cookies stay on devices for a while."""
        for who in PEOPLE:
            person = self.sessions[who]["person"]
            self.sessions[who] = self.server.order(person=person, years=self.server.years)
        self.server.serve()
        self.server.wait_until_up()
        time.sleep(0.3)
        for device in self.devices:
            self._signs_in(device, device.orders["user"])

    def _clocks_moved(self) -> None:
        self.server.years = self.chance.choice([-10, 0, 10])
        self._new_sessions()
        for device in self.devices:
            device.told(years=self.chance.choice([-10, 0, 10]))

    def _server_disk_full(self) -> None:
        self.server.serve(room=self.chance.choice([8, 64, 256]) * 1024)
        self.server.wait_until_up()
        time.sleep(0.7)
        self._kill_server()

    def _device_disk_full(self) -> None:
        for device in self.devices:
            device.told(room=self.chance.choice([4, 32]) * 1024)
        time.sleep(0.3)
        for device in self.devices:
            device.told(room=0)

    def _backed_up(self) -> None:
        place = self.folder / f"backup-{len(self.backups)}"
        self.server.order(kith=["backup", str(place), "--home", str(self.server.home)])
        self.backups += [path for path in place.iterdir() if path.suffix != ".keys"]

    def _restored(self) -> None:
        """An old backup is put back: what devices forgot since then is lost by its nature."""
        if not self.backups:
            return self._backed_up()
        file = self.chance.choice(self.backups)
        keys = self.chance.choice([[], ["--keys", str(file.with_suffix(".keys"))]])
        before = self.server.stored().arrived
        self.server.order(kith=["restore", str(file), *keys, "--home", str(self.server.home)])
        after = self.server.stored()
        taken = {key for key in before - after.arrived if key.id not in after.erased}
        held = {key for device in self.devices for key in device.held()}
        self.undone |= taken - held
        self.again = (self.again | taken) & held
        return self._new_sessions()

    def _forgotten(self) -> None:
        """Its author erases something that is stored, also what a clock had put in the future."""
        stored = self.server.stored()
        notes = sorted(stored.records - stored.erased)
        if notes:
            self.server.order(forget=self.chance.choice(notes), years=20)

    def _database_killed(self) -> None:
        """PostgreSQL goes in the middle of it: one of its processes, or the first of them."""
        self.server.serve()
        self.server.wait_until_up()
        time.sleep(self.chance.random() * 0.8)
        assert self.database
        self.database.kill(self.chance)
        self.report.kills["PostgreSQL"] += 1

    # What must hold

    def check(self) -> None:
        """Screens first, then devices, then the store: what moved meanwhile moved forward."""
        saved, shown = self.said.so_far()
        held = {key for device in self.devices for key in device.held()}
        store = self.server.stored()
        gone = {key for key in saved if key.id in store.erased} | self.undone
        self._none(saved.keys() - held - store.arrived - gone, "saved, and lost")
        self._none(shown - store.arrived - gone - self.again, "stored, and lost")
        self._whole(store)
        if not self.undone and not self.again and not store.erased:
            rivals = Counter(key.id for key in saved)
            alone = {key for key in self._kept_for_good() & saved.keys() if rivals[key.id] == 1}
            self._none(alone, "refused for no reason")

    def _kept_for_good(self) -> set[Key]:
        """What devices hold that the server will not take: clashes, and what it refused."""
        held = (one for device in self.devices for one in device.held().items())
        return {key for key, state in held if state in ("clash", "refused")}

    def _none(self, found: set[Key], what: str) -> None:
        self.report.lost += len(found)
        if found:
            raise Lost(f"{what}: {len(found)}, such as {next(iter(found))}")

    def _whole(self, store: Stored) -> None:
        """An entry and the note of its arrival are there together or not at all."""
        arrived = {key.id for key in store.arrived} - store.erased
        if arrived != store.records:
            raise Lost(f"half an entry: {arrived ^ store.records}")

    def finish(self) -> Report:
        """A good connection, nobody writes: every queue runs empty, and all is there once."""
        self.proxy.good = True
        for device in self.devices:
            device.kill()
            device.told(saving=False, room=0)
        self.server.years = 0
        self._new_sessions()
        began = time.monotonic()
        for who in PEOPLE:
            self.said.rests.clear()
            for device in self.devices:
                self._signs_in(device, who)
                device.open()
            self._until(lambda: len(self.said.rests) == len(self.devices), FIVE_MINUTES)
            for device in self.devices:
                device.kill()
        self.report.seconds_until_empty = time.monotonic() - began
        self.server.kill()
        self.check()
        self._all_once()
        return self._reported()

    def _all_once(self) -> None:
        saved, _shown = self.said.so_far()
        store = self.server.stored()
        found = self.server.order(look="")
        if not found["holds"]:
            raise Lost(f"the ledger does not hold: {found['why']}")
        kept = self._kept_for_good()
        self.report.clashes_kept = len(kept)
        self._none(self.again - store.arrived - kept, "not stored again")
        words = list(found["words"].values())
        self.report.doubled = len(words) - len(set(words))
        if self.report.doubled:
            raise Lost(f"there twice: {self.report.doubled}")
        said = {key.id: saved[key] for key in store.arrived & saved.keys()}
        other = {id for id, told in said.items() if found["words"].get(id, told) != told}
        if other:
            raise Lost(f"other words than were saved: {len(other)}")

    def _reported(self) -> Report:
        saved, shown = self.said.so_far()
        self.report.shown_saved, self.report.shown_stored = len(saved), len(shown)
        self.report.undone_by_restoring = len(self.undone)
        self.report.network = self.proxy.done
        self.report.happened["saving refused, as the disk was full"] = self.said.other["full"]
        self.report.seconds = time.monotonic() - self.began
        return self.report

    def close(self) -> None:
        """End every process."""
        for device in self.devices:
            device.kill()
        self.server.close()
        self.proxy.close()
