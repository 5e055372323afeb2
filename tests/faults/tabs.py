"""Devices as processes, what they said on their screens, and what lies in their outboxes."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from faults.installation import TESTS, Key


class Said:
    """Everything any device ever showed. A line that was not finished was not shown."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.saved: dict[Key, str] = {}
        self.stored: set[Key] = set()
        self.rests: dict[str, set[str]] = {}
        self.other: Counter[str] = Counter()

    def hear(self, device: str, line: str) -> None:
        if not line.endswith("\n"):
            return
        what, *told = line.split()
        with self.lock:
            if what == "saved":
                self.saved[Key(told[0], told[1])] = told[2]
            elif what == "stored":
                self.stored.add(Key(*told))
            elif what == "rest":
                self.rests.setdefault(device, set()).add(told[0])
            else:
                self.other[what] += 1

    def so_far(self) -> tuple[dict[Key, str], set[Key]]:
        with self.lock:
            return dict(self.saved), set(self.stored)


class Device:
    """One device: a folder, and the tabs that are open on it."""

    def __init__(self, folder: Path, port: int, said: Said, tabs: int = 1) -> None:
        folder.mkdir()
        self.folder, self.port, self.said, self.tabs = folder, port, said, tabs
        self.begun = 0
        self.orders: dict[str, Any] = {"saving": True, "years": 0, "room": 0}
        self.running: list[subprocess.Popen[str]] = []

    def told(self, **orders: Any) -> None:
        """Change its orders; the tabs see them at their next step."""
        self.orders |= orders
        fresh = self.folder / "orders.new"
        fresh.write_text(json.dumps(self.orders))
        fresh.replace(self.folder / "orders.json")

    def open(self) -> None:
        for _ in range(self.tabs - len(self.running)):
            self.begun += 1
            seed = f"{self.folder} {self.begun}"
            words = [sys.executable, "-m", "faults.hand", str(self.folder), str(self.port), seed]
            tab = subprocess.Popen(words, cwd=TESTS, text=True, stdout=subprocess.PIPE)
            self.running.append(tab)
            threading.Thread(target=self._listen, args=(tab,), daemon=True).start()

    def _listen(self, tab: "subprocess.Popen[str]") -> None:
        assert tab.stdout
        with tab.stdout:
            for line in tab.stdout:
                self.said.hear(self.folder.name, line)

    def kill(self) -> None:
        """kill -9 all its tabs, as a browser's processes go together."""
        for tab in self.running:
            tab.send_signal(signal.SIGKILL)
        for tab in self.running:
            tab.wait()
        self.running.clear()

    def alive(self) -> bool:
        return all(tab.poll() is None for tab in self.running)

    def held(self) -> dict[Key, str]:
        """What lies in its outbox, and in which state."""
        path = self.folder / "device.sqlite3"
        if not path.exists():
            return {}
        with closing(sqlite3.connect(path, timeout=30)) as db:
            try:
                rows = db.execute("select id, digest, state from entry").fetchall()
            except sqlite3.OperationalError:  # killed before it had made its tables
                return {}
        return {Key(id, digest.hex()): state for id, digest, state in rows}
