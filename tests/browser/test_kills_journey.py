"""A real Chromium, killed in the middle of saving: what its page called saved is there, once."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as AnyBrowser

from browser.conftest import FLAGS
from faults.browser import HELD, Browser
from faults.installation import Installation
from faults.loop import FIVE_MINUTES, Report
from faults.proxy import Proxy
from scale import FULL, shares

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.faults
COMES_IN = {"away": 0.4, "flapping": 0.9, "there": 0.9}
"""How often one signs in again (a kill ends the session): otherwise nothing new can be stored."""


class Desk:
    """A browser, the bad network it is behind, and the server."""

    def __init__(self, folder: Path, kind: AnyBrowser) -> None:
        seed = str(random.Random().getrandbits(32)) if FULL else "kith"
        self.chance = random.Random(seed)
        self.server = Installation(folder, self.chance)
        self.server.order(person="")
        self.proxy = Proxy(self.server.port, seed, share=0.25)
        address = f"http://127.0.0.1:{self.proxy.port}"
        self.browser = Browser(kind.browser_type, folder / "profile", address, FLAGS)
        self.report = Report()
        self.began = time.monotonic()
        self.server.serve()
        self.server.wait_until_up()

    def round(self) -> None:
        """Come back, with a connection or without, write in one tab or two, and be killed."""
        self.proxy.good = True
        browser, page = self.browser, self.browser.open()
        assert browser.context
        line = self.chance.choice(("away", "flapping", "there", "there", "page"))
        if not browser.saved or line == "page" or self.chance.random() < COMES_IN[line]:
            self.server.wait_until_up()
            browser.come_in(page)
        else:
            browser.context.set_offline(True)
            browser.go(page, "/notes/write/")
        self.check(page.evaluate(HELD))
        browser.context.set_offline(line != "page")
        pages = [page] if self.chance.random() < 0.5 else [page, browser.context.new_page()]
        for one in pages:
            browser.go(one, "/notes/write/")
        self.proxy.good = False
        browser.write_until_killed(pages, line, self.chance)
        self.report.kills["Chromium"] += 1
        self.report.happened[line] += 1
        if self.chance.random() < 0.2:
            self.server.kill()
            self.report.kills["server"] += 1
            self.server.serve()

    def check(self, held: list[str]) -> None:
        """What its pages showed, against what is in the profile and in the store."""
        store = self.server.stored()
        there = {key.id for key in store.arrived} | store.records  # a plain form does not arrive
        lost = self.browser.saved.keys() - set(held) - there
        not_stored = self.browser.stored - there
        self.report.lost += len(lost) + len(not_stored)
        assert (lost, not_stored) == (set(), set()), "nothing may be lost"

    def finish(self) -> Report:
        """A good connection: the queue runs empty, and every word is there once."""
        self.proxy.good = True
        self.server.wait_until_up()
        page = self.browser.open()
        assert self.browser.context
        self.check(page.evaluate(HELD) if page.goto("/") else [])
        began = time.monotonic()
        self.browser.come_in(page)
        while page.evaluate(HELD):
            assert time.monotonic() - began < FIVE_MINUTES
            page.wait_for_timeout(200)
        self.report.seconds_until_empty = time.monotonic() - began
        self.browser.context.close()
        self.server.kill()
        self.check([])
        self._all_once()
        return self.report

    def _all_once(self) -> None:
        found = self.server.order(look="")
        assert found["holds"], found["why"]
        words = list(found["words"].values())
        self.report.doubled = len(words) - len(set(words))
        assert self.report.doubled == 0
        assert self.browser.saved.items() <= found["words"].items()
        self.report.shown_saved = len(self.browser.saved)
        self.report.shown_stored = len(self.browser.stored)
        self.report.network = self.proxy.done
        self.report.seconds = time.monotonic() - self.began


@pytest.fixture
def desk(tmp_path: Path, chromium: AnyBrowser) -> Iterator[Desk]:
    made = Desk(tmp_path, chromium)
    yield made
    made.server.close()
    made.proxy.close()


@pytest.mark.parametrize("share", shares(20, 300, 30))
def test_what_a_page_calls_saved_outlives_the_browser(
    desk: Desk, share: range, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in share:
        desk.round()
    report = desk.finish()
    report.kept_in(ROOT / ".cache" / "results" / f"faults-chromium-{share[0]}.json")
    with capsys.disabled():
        print(f"\nChromium {share[0]}-{share[-1]}: {report}")
    assert report.shown_saved >= len(share) * 3
    assert report.shown_stored >= report.shown_saved / 4, "too few were stored before a kill"


def test_a_page_that_says_it_early_is_caught(desk: Desk) -> None:
    desk.browser.early = True
    with pytest.raises(AssertionError, match="nothing may be lost"):
        for _ in range(40):
            desk.round()
