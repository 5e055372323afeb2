"""A real browser on a profile of its own, killed with all its processes, and what its pages showed.

The page is the real one: a script in it types, presses the button, waits until a state is to be
seen, and says what it saw on the console, which reaches us before the kill or not at all.
"""

import os
import re
import shutil
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Error, Page

WRITE = """async (name, early, every) => {
  const form = document.querySelector("form[data-keep]");
  const place = form.querySelector("[data-kept]");
  const seen = (state) => place.querySelector(`[data-state=${state}]`)?.checkVisibility();
  const until = async (what) => { while (!what()) await new Promise((on) => setTimeout(on, 4)); };
  for (let n = 0; ; n += 1) {
    const { id, words } = form.elements;
    await until(() => id.value);
    const told = id.value;
    words.value = `${name}-${n}`;
    if (early) console.log(`shown saved ${told} ${words.value}`);
    form.requestSubmit();
    const states = ["saved", "sent", "stored", "unsaved", "clash"];
    let state;
    await until(() => (state = states.find(seen)));
    console.log(`shown ${state === "sent" ? "saved" : state} ${told} ${words.value}`);
    if (every && n % every === every - 1 && state !== "unsaved") {
      await Promise.race([until(() => seen("stored")), new Promise((on) => setTimeout(on, 1500))]);
      if (seen("stored")) console.log(`shown stored ${told} ${words.value}`);
    }
    const another = place.querySelector("[data-act=another]");
    await until(() => another.checkVisibility());
    another.click();
  }
}"""
HELD = """() => new Promise((done, fail) => {
  const asked = indexedDB.open("kith");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    if (!asked.result.objectStoreNames.contains("outbox")) return done([]);
    const both = asked.result.transaction(["outbox", "entries"]);
    const rows = both.objectStore("outbox").getAll();
    const entries = both.objectStore("entries").getAllKeys();
    both.oncomplete = () => {
      asked.result.close();
      done(rows.result.filter(({ id }) => entries.result.includes(id)).map(({ id }) => id));
    };
  };
})"""
KNOWN = """() => navigator.serviceWorker.controller && new Promise((done) => {
  const asked = indexedDB.open("kith");
  asked.onsuccess = () => {
    const known = asked.result.transaction("meta").objectStore("meta").get("current");
    known.onsuccess = () => (asked.result.close(), done(Boolean(known.result)));
  };
})"""
MOMENT = re.compile(r"/notes/([0-9a-f-]{36})/$")
"""Where a page goes on to once what it kept is stored."""
PATIENCE = 60


class Browser:
    """One person's browser: its profile stays, its processes come and go."""

    def __init__(self, kind: BrowserType, profile: Path, address: str, flags: list[str]) -> None:
        self.kind, self.profile, self.address, self.flags = kind, profile, address, flags
        self.saved: dict[str, str] = {}
        self.stored: set[str] = set()
        self.unsaved = 0
        self.early = False  # a page that is wrong: it says "saved" when the button is pressed
        self.begun = 0
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        """Begin it anew on the same profile."""
        program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
        self.context = self.kind.launch_persistent_context(
            self.profile,
            executable_path=program,
            args=self.flags,
            base_url=self.address,
            viewport={"width": 360, "height": 780},
            locale="en-GB",
        )
        self.context.on("console", self._hear)
        self.context.set_default_timeout(PATIENCE * 1000)
        return self.context.pages[0]

    def _hear(self, message: ConsoleMessage) -> None:
        what, _, told = message.text.partition(" ")
        if what != "shown":
            return
        state, id, words = told.split()
        if state == "unsaved":
            self.unsaved += 1
            return
        self.saved[id] = words
        if state == "stored":
            self.stored.add(id)

    def come_in(self, page: Page) -> None:
        """Open the notebook, and wait until the device can do without a connection."""
        self.go(page, "/")
        button = page.get_by_role("button", name="Open my notebook")
        if button.count():
            with page.expect_navigation():
                button.click()
        self.until(page, KNOWN)

    def go(self, page: Page, path: str) -> None:
        """As people do where the network is bad: once more if it did not come."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not page.is_closed():
            with suppress(Error):
                page.goto(path)
                return
            time.sleep(0.2)
        raise Error(f"{path} did not open")

    def until(self, page: Page, script: str) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := page.evaluate(script):
                return found
            page.wait_for_timeout(50)
        raise AssertionError(f"it never came to be: {script}")

    def write_until_killed(self, pages: list[Page], line: str, chance: Random) -> None:
        """Write in these tabs without pause, the line away, there or flapping; then kill -9.

        "page" is the page as the server gives it, which goes on to the moment once that is stored;
        the others are the empty page that opens without a connection.
        """
        assert self.context
        killer = threading.Thread(target=self._kill_in_time, args=(line, chance))
        killer.start()
        with suppress(Error):
            if line == "page":
                self._on_the_page(pages[0])
            else:
                self._in_the_shell(pages, line)
        killer.join()
        with suppress(Error):
            self.context.close()

    def _kill_in_time(self, line: str, chance: Random) -> None:
        """At any moment; or right after a page said "stored", so that the blow falls close to it.

        Without a line soon, or so much waits that nothing new is stored for many rounds.
        """
        end = time.monotonic() + chance.uniform(0.05, 0.15 if line == "away" else 3)
        if line != "away" and chance.random() < 0.7:
            end, enough = time.monotonic() + 3, len(self.stored) + chance.randint(1, 12)
            while len(self.stored) < enough and time.monotonic() < end:
                time.sleep(0.005)
            end = time.monotonic() + chance.choice((0, chance.random() * 0.2))
        time.sleep(max(0, end - time.monotonic()))
        self.kill()

    def _write(self, page: Page, every: int) -> None:
        """Write, and of so many entries wait with one until it is stored (0: with none)."""
        self.begun += 1
        early = str(self.early).lower()
        page.evaluate(f"({WRITE})('w{self.begun}', {early}, {every}).catch(() => {{}}); null")

    def _on_the_page(self, page: Page) -> None:
        while True:
            self.go(page, "/notes/write/")
            self._write(page, 1)
            end = time.monotonic() + 2
            while page.url.endswith("/write/") and time.monotonic() < end:
                page.wait_for_timeout(20)
            if shown := MOMENT.search(page.url):
                self.stored.add(shown[1])

    def _in_the_shell(self, pages: list[Page], line: str) -> None:
        assert self.context
        self.context.set_offline(line == "away")
        for page, every in zip(pages, (0, 0) if line == "away" else (1, 2), strict=False):
            self._write(page, every)
        for n in range(10_000):
            if line == "flapping":
                self.context.set_offline(n % 2 == 0)
            pages[0].wait_for_timeout(200)

    def kill(self) -> None:
        """kill -9 every process of this browser."""
        family = _family(self._first())
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _first(self) -> int:
        """The process that was begun on this profile and has no type: the browser itself."""
        wanted = f"--user-data-dir={self.profile}".encode()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if wanted in words and not any(one.startswith(b"--type=") for one in words):
                    return int(path.parent.name)
        raise AssertionError("the browser is not there")


def _family(first: int) -> list[int]:
    """A process and all below it, the first one first."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(path.parent.name))
    found = [first]
    for pid in found:
        found += below.get(pid, [])
    return found
