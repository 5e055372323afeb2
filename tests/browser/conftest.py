"""Kith as a person meets it: a real server of its own, and Debian's Chromium looking at it.

A test asks for `phone` or `desk` (a page on the demo), for `live_page` (once on each), or opens
more browsers with `open_page(size)`: a second one is a second person. `empty` is an installation
that nobody has used yet. Every page is watched: an error in a script, or a request to anywhere
but Kith, fails the test.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.watching import Watch, violations

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1280, "height": 800}},
}
PATIENCE = 120  # seconds until a server must answer

EARS = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]

OpenPage = Callable[..., Page]
LaunchOne = Callable[..., BrowserContext]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


# A server of its own


@dataclass(frozen=True)
class Site:
    """A running installation: its address without a slash at the end, and its folder.

    `lookers` close what still looks at it: they go before it stops, else they would tell of that.
    """

    address: str
    home: Path
    lookers: list[Callable[[], None]] = field(default_factory=list, compare=False, repr=False)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return False
    except OSError:
        return False


def wait_for(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not answers(address + "/"):
        if server.poll() is not None or time.monotonic() > end:
            pytest.fail(f"Kith did not answer at {address}; it said:\n{log.read_text()[-4000:]}")
        time.sleep(0.1)


def run_site(words: list[str], home: Path) -> Iterator[Site]:
    """Run `kith WORDS` in a process of its own until the caller is done with it."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", home)
    command = [sys.executable, "-m", "kith.cli", *words, "--port", str(port), "--home", str(home)]
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "KITH_HOME")}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "kith.site.settings"}
    log = home.with_suffix(".log")
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            wait_for(server, site.address, log)
            yield site
        finally:
            for leave in site.lookers:
                leave()
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The invented ward, couple and workshop, shared by all tests of this worker."""
    yield from run_site(["demo"], tmp_path_factory.mktemp("demo") / "home")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    """An installation that nobody has used, for this test alone."""
    yield from run_site(["serve"], tmp_path / "empty")


# Browsers, and pages that are watched


def choose_driver() -> None:
    """Playwright brings its own Node, which bare Debian cannot run: there, take Debian's."""
    bundled, _ = compute_driver_executable()
    runs = subprocess.run([bundled, "--version"], capture_output=True, check=False).returncode == 0
    if not runs and (node := shutil.which("node")):
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = node


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if program is None:
        pytest.fail("These tests need Chromium: 'scripts/chromium' brings it.")
    choose_driver()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """`open_page("phone", site)`: a page in a fresh browser of that size, as a new person has it.

    `site` is the demo unless told; `watched=False` for a test that makes errors on purpose;
    other words go to the browser (`color_scheme="dark"`, `locale="sv"`, `offline=True`).
    """
    leaving: list[Callable[[], None]] = []
    watches: list[Watch] = []

    def open_one(
        size: str = "phone", site: Site | None = None, *, watched: bool = True, **more: Any
    ) -> Page:
        at = site or request.getfixturevalue("demo")
        words = {"locale": "en-GB", "reduced_motion": "reduce", **SIZES[size], **more}
        page = chromium.new_context(base_url=at.address, **words).new_page()
        watch = Watch(page, at.address)
        if watched:
            watches.append(watch)
        leaving.append(watch.close)
        at.lookers.append(watch.close)
        return page

    yield open_one
    for leave in leaving:
        leave()
    assert [seen for watch in watches for seen in watch.seen] == []


@pytest.fixture
def profile(chromium: Browser, tmp_path: Path) -> Iterator[LaunchOne]:
    """`profile(site)`: a browser with a folder of its own; with `flags=EARS` it hears something."""
    opened: list[BrowserContext] = []

    def open_one(site: Site, *, flags: list[str] | None = None, **more: Any) -> BrowserContext:
        kind: Any = chromium.browser_type
        opened.append(
            kind.launch_persistent_context(
                tmp_path / "profile",
                executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")),
                args=[*FLAGS, *(flags or [])],
                base_url=site.address,
                locale="en-GB",
                **more,
            )
        )
        site.lookers.append(opened[-1].close)
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on the demo, 360 px wide, by touch."""
    return open_page("phone")


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """A page on the demo, 1280 px wide, with a mouse."""
    return open_page("desk")


@pytest.fixture(params=SIZES)
def live_page(open_page: OpenPage, request: pytest.FixtureRequest) -> Page:
    """A page on the demo, once on a phone and once on a desk."""
    return open_page(request.param)


# Looking closely


def heard(page: Page, words: str) -> None:
    """What a recorder says now, or soon: Chromium's own microphone beeps now and then."""
    said = page.locator(".recorder [data-state]:not([hidden])")
    expect(said).to_have_text(re.compile(words), timeout=20_000)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with every rule of WCAG 2.2 AA that the page breaks."""

    def look(page: Page) -> None:
        assert violations(page) == []

    return look


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """`shot(page, "map")` keeps a picture of the whole page if `make shots` asked for them."""
    folder = os.environ.get("KITH_SHOTS")

    def take(page: Page, title: str) -> None:
        if folder:
            width = (page.viewport_size or {"width": 0})["width"]
            place = ROOT / folder / f"{title}-{width}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=place, full_page=True)

    return take
