"""A shared device in a real browser: it closes by itself, and nothing on it can be read after."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import ROOT, LaunchOne, OpenPage, Site

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
EXIT = ROOT / "src" / "kith" / "web" / "static" / "web" / "exit.js"
WORDS = "tea in the morning"
KEPT, TYPED = "Zwetschgenkuchen with Marigold", "Quittengelee for Peregrine"


@pytest.fixture
def rose(empty: Site, open_page: OpenPage) -> Site:
    """An installation where rose can sign in."""
    page = open_page("desk", empty)
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    expect(page.get_by_role("heading", name="Yours")).to_be_visible()
    page.goto("/me/ways/words/")
    page.get_by_label("A name to sign in with").fill("rose")
    page.get_by_label("A new passphrase").fill(WORDS)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("You sign in as rose")).to_be_visible()
    return empty


def come_in(page: Page, *, shared: bool = True) -> None:
    page.goto("/in/")
    page.get_by_label("Your sign-in name").fill("rose")
    page.get_by_label("Passphrase").fill(WORDS)
    if shared:
        page.get_by_label("Other people use this device too").check()
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Yours")).to_be_visible()


def write(page: Page) -> None:
    """Keep one moment, look at it, and begin another without keeping it."""
    page.goto("/notes/write/")
    page.locator("textarea").first.fill(KEPT)
    page.get_by_role("button", name="Keep this moment").click()
    expect(page.get_by_text(KEPT).first).to_be_visible()
    page.goto("/notes/write/")
    page.locator("textarea").first.press_sequentially(TYPED)


def test_it_closes_after_a_minute_and_back_shows_nothing(
    rose: Site, open_page: OpenPage, axe: Axe, shot: Shot
) -> None:
    page = open_page("phone", rose)
    page.clock.install()
    page.goto("/in/")
    axe(page)
    come_in(page)
    write(page)
    page.clock.run_for(59_000)
    expect(page.locator("textarea").first).to_have_value(TYPED)
    page.locator("textarea").first.press("End")
    page.clock.run_for(59_000)
    expect(page.locator("textarea").first).to_have_value(TYPED)
    page.clock.run_for(2_000)
    expect(page.get_by_role("heading", name="Closed")).to_be_visible()
    axe(page)
    shot(page, "closed")
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        assert KEPT not in page.content()
        assert TYPED not in page.content()
        assert "rose" not in page.content()
    page.goto("/closed/")
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_role("link", name="I have been here before: sign in")).to_be_visible()


def test_without_a_connection_the_screen_is_empty_too(rose: Site, open_page: OpenPage) -> None:
    page = open_page("phone", rose, watched=False)
    page.clock.install()
    come_in(page)
    write(page)
    page.context.set_offline(True)
    page.clock.run_for(61_000)
    page.wait_for_timeout(300)
    assert TYPED not in page.content()
    page.context.set_offline(False)


def readable(folder: Path, words: str) -> list[str]:
    """The files below `folder` that hold these words, in either way browsers write text."""
    forms = [words.encode(), words.encode("utf-16-le")]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            held = path.read_bytes()
            if any(form in held for form in forms):
                found.append(str(path.relative_to(folder)))
    return found


def close(page: Page) -> None:
    page.clock.run_for(61_000)
    expect(page.get_by_role("heading", name="Closed")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Close the notebook").click()
    expect(page.get_by_role("link", name="I have been here before: sign in")).to_be_visible()


def leave(page: Page) -> None:
    page.locator("[data-quick-exit]").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


@pytest.mark.parametrize(
    ("shared", "go"), [(True, close), (True, sign_out), (True, leave), (False, sign_out)]
)
def test_the_folder_of_the_browser_holds_none_of_the_words(
    rose: Site,
    profile: LaunchOne,
    tmp_path: Path,
    shared: bool,
    go: Callable[[Page], None],
) -> None:
    context = profile(rose)
    page = context.new_page()
    if shared:
        page.clock.install()
    come_in(page, shared=shared)
    write(page)
    page.wait_for_timeout(3000)  # as long as it takes until a browser writes its tabs down
    go(page)
    context.close()
    for words in (KEPT, TYPED, WORDS):
        assert readable(tmp_path / "profile", words) == []


def test_a_page_that_lets_the_browser_keep_what_is_typed_is_caught(
    rose: Site, profile: LaunchOne, tmp_path: Path
) -> None:
    context = profile(rose, service_workers="block")
    page = context.new_page()

    careless = EXIT.read_text(encoding="utf-8").replace("setAttribute(", "matches(")
    page.route(
        "**/exit*.js",
        lambda route: route.fulfill(body=careless, content_type="text/javascript"),
    )
    come_in(page, shared=False)
    write(page)
    page.wait_for_timeout(3000)
    sign_out(page)
    context.close()
    assert readable(tmp_path / "profile", TYPED)
