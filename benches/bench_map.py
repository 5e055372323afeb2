"""How much script each pointer event costs on the paper of a map that is full.

A real server and Chromium, its processor slowed down four times; a map with 200 strokes and 60
figures. What an event costs is what its handlers take and, where it asked for a frame, what
drawing that takes. The aim is under 8 ms for 95 of 100 events.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benches import Row, p95

STROKES, FIGURES, SLOWER = 200, 60, 4
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = """(() => {
  const taken = (window.taken = []);
  let open = null;
  const timed = (act, write) => function (...told) {
    const began = performance.now();
    try { return act.apply(this, told); } finally { write(performance.now() - began); }
  };
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, act, how) {
    if (!type.startsWith("pointer")) return add.call(this, type, act, how);
    return add.call(this, type, function (event) {
      if (!open || open.event !== event) taken.push((open = { event, ms: 0, type }));
      return timed(act, (ms) => { open.ms += ms; }).call(this, event);
    }, how);
  };
  const frame = window.requestAnimationFrame;
  window.requestAnimationFrame = (act) => {
    const asked = open;
    return frame.call(window, timed(act, (ms) => { if (asked) asked.ms += ms; }));
  };
})()"""
FILL = """async ([strokes, figures]) => {
  const { save } = document.querySelector("relation-map").dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const share = (value) => Math.round(value * 10000) / 10000;
  for (let n = 0; n < strokes + figures; n += 1) {
    const id = crypto.randomUUID();
    const kind = n < strokes ? "stroke" : "figure";
    const points = Array.from({ length: 60 }, (_, at) =>
      [share((n % 20) / 21 + at / 1500), share(~~(n / 20) / 11 + Math.sin(at / 5) / 60), 0.6]);
    const body = kind === "stroke" ? { points, pen: "ink" } :
      { x: share(0.05 + (n % 10) / 11), y: share(0.1 + ~~((n - strokes) / 10) / 7), label: "F" };
    const made_at = new Date(Date.now() - 600000 + n * 10).toISOString();
    const told = { id, act: `${kind}.add`, kind, thing: id, made_at, body };
    await fetch(save, { method: "POST", body: JSON.stringify(told),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
  }
}"""


def run() -> list[Row]:
    """One long stroke, a figure moved, things erased, a line round much; by mouse."""
    with _site() as address, _page(address) as page:
        _begin(page)
        rows = []
        for name, tool, act in (
            ("a stroke of 600 points", "draw", _scribble),
            ("moving a figure", "move", _move),
            ("a line round much", "around", _scribble_short),
            ("the eraser", "erase", _move),
        ):
            page.locator(f"input[name=map-tool][value={tool}]").check(force=True)
            page.evaluate("window.taken.length = 0")
            act(page)
            page.wait_for_timeout(800)
            taken = page.evaluate("window.taken.map(({ ms }) => ms)")
            note = f"p95 of {len(taken)} events, processor {SLOWER} times slower"
            rows.append(Row(name, p95(taken), "ms", f"{note}; the longest {max(taken):.1f} ms"))
    return rows


def _spot(page: Any, x: float, y: float) -> tuple[float, float]:
    box = page.locator("svg.paper").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def _scribble(page: Any, turns: int = 8, each: int = 75) -> None:
    page.mouse.move(*_spot(page, 0.1, 0.1))
    page.mouse.down()
    for turn in range(turns):
        page.mouse.move(*_spot(page, 0.9 if turn % 2 else 0.1, 0.1 + turn / 60), steps=each)
    page.mouse.up()


def _scribble_short(page: Any) -> None:
    _scribble(page, turns=3, each=50)


def _move(page: Any) -> None:
    page.mouse.move(*_spot(page, 0.05, 0.1))
    page.mouse.down()
    page.mouse.move(*_spot(page, 0.8, 0.8), steps=100)
    page.mouse.up()


def _begin(page: Any) -> None:
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    page.goto("/map/")
    page.get_by_role("button", name="Begin with bare paper").click()
    page.wait_for_selector("relation-map[data-save]")
    page.evaluate(FILL, [STROKES, FIGURES])
    page.reload()
    page.locator("svg.paper .figure").nth(FIGURES - 1).wait_for()
    glass = page.context.new_cdp_session(page)
    glass.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


@contextmanager
def _page(address: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    if node := shutil.which("node"):
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(
            base_url=address, viewport={"width": 1280, "height": 900}, locale="en-GB"
        )
        context.add_init_script(WATCH)
        yield context.new_page()
        browser.close()


@contextmanager
def _site() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="kith-bench-map-") as home:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = str(taken.getsockname()[1])
        words = ["-m", "kith.cli", "serve", "--port", port, "--home", str(Path(home) / "home")]
        server = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)
