"""A newer version comes while people write: its worker takes over, and nothing is lost."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_offline_journey import CANARY, all_gone, at_home, note, noted, state, until
from browser.test_offline_journey import waiting as left
from serving import free_port, serving

TESTS = Path(__file__).parents[1]
KEPT = """async () => (await caches.keys()).filter((name) => name !== "kith-leaving")"""
FILES = """async () => {
  const [name] = (await caches.keys()).filter((one) => one !== "kith-leaving");
  return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
}"""


class Kith:
    """One home and one address, served by this version and then by a later one."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.site = Site(f"http://127.0.0.1:{self.port}", home)
        self.running = ExitStack()

    def serve(self, settings: str) -> None:
        self.running.close()
        told = {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": f"{TESTS.parent / 'src'}:{TESTS}"}
        self.running.enter_context(serving(self.home, "--port", str(self.port), **told))


@pytest.fixture
def kith(tmp_path: Path) -> Iterator[Kith]:
    made = Kith(tmp_path / "kith")
    made.serve("kith.site.settings")
    yield made
    made.running.close()


def written(page: Page, word: str) -> None:
    page.goto("/notes/write/")
    note(page, f"{CANARY} {word}")
    state(page, "saved")


def test_a_newer_worker_takes_over_and_nothing_that_waits_is_lost(
    open_page: OpenPage, kith: Kith
) -> None:
    page = at_home(open_page("phone", kith.site, watched=False))
    (old,) = page.evaluate(KEPT)
    kith.running.close()
    written(page, "one")
    open_still = page.context.new_page()  # a page of the old version that nobody closes
    written(open_still, "two")
    assert left(page) == 2
    open_still.get_by_role("button", name="Note another").click()

    takes_over("upgrade.settings_later", kith, page, old)
    assert any("later/later" in path for path in page.evaluate(FILES))
    all_gone(page)
    note(open_still, f"{CANARY} three")
    state(open_still, "stored")

    page.context.set_offline(True)
    written(page, "four")
    expect(page.get_by_role("button", name="Keep this moment")).to_be_hidden()
    open_still.get_by_role("button", name="Note another").click()
    note(open_still, f"{CANARY} five")
    state(open_still, "saved")
    page.context.set_offline(False)
    all_gone(page)
    assert sorted(noted(page)) == sorted(
        f"{CANARY} {word}" for word in ("one", "two", "three", "four", "five")
    )


def takes_over(settings: str, kith: Kith, page: Page, old: str) -> None:
    """The later version is there; its worker comes with the next page, and old shells go."""
    kith.serve(settings)
    page.goto("/")
    until(page, f"async () => !(await caches.keys()).includes('{old}')")
    assert page.evaluate(KEPT) != [old]


def test_a_worker_that_clears_what_waits_is_noticed(open_page: OpenPage, kith: Kith) -> None:
    page = at_home(open_page("phone", kith.site, watched=False))
    (old,) = page.evaluate(KEPT)
    page.context.route("**/keep/", lambda route: route.abort())  # nothing goes out before
    written(page, "one")
    takes_over("upgrade.settings_careless", kith, page, old)
    page.context.unroute("**/keep/")
    all_gone(page)
    assert noted(page) == []
