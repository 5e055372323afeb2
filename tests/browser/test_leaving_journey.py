"""Taking a copy, asking to be erased, coming back in time, and going for good."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def sees(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def begin(page: Page) -> None:
    """A notebook with a moment in it, another that was taken away, and a figure on a map."""
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    for words in ("Tea with M. at eight", "A quarrel about the door"):
        page.goto("/notes/write/")
        page.get_by_label("A few words").fill(words)
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_text(words).first).to_be_visible()


def test_take_a_copy_ask_come_back_and_go(
    open_page: OpenPage, empty: Any, axe: Axe, shot: Shot, tmp_path: Path
) -> None:
    page = open_page("phone", empty)
    begin(page)
    page.goto("/me/")
    axe(page)
    shot(page, "you")
    page.get_by_role("link", name="Erase everything of yours").click()
    sees(page, "Erase everything of yours")
    expect(page.locator("main")).to_contain_text("2 moments")
    axe(page)
    shot(page, "erase")

    page.get_by_role("link", name="Take a copy").click()
    sees(page, "A copy of everything of yours")
    axe(page)
    shot(page, "copy")
    with page.expect_download() as sent:
        page.get_by_role("button", name="Take the copy").click()
    look_into(sent.value.path(), page, shot, axe, tmp_path)

    page.goto("/me/erase/")
    page.get_by_role("button", name="Erase in 7 days").click()
    sees(page, "You asked to be erased")
    axe(page)
    shot(page, "waiting")
    page.get_by_role("button", name="Close the notebook").click()
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    sees(page, "You asked to be erased")
    page.get_by_role("button", name="I stay").click()
    expect(page.get_by_text("You stay. Everything is as it was.")).to_be_visible()
    expect(page.get_by_role("heading", name="You asked to be erased")).to_have_count(0)

    page.goto("/me/erase/")
    page.get_by_role("link", name="Now, for good").click()
    sees(page, "Erase now, for good")
    axe(page)
    shot(page, "erase-now")
    page.get_by_role("button", name="Erase it all now").click()
    sees(page, "It is erased")
    axe(page)
    shot(page, "gone")
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    page.goto("/notes/")
    expect(page.get_by_text("Tea with M. at eight")).to_have_count(0)


def look_into(file: Path, page: Page, shot: Shot, axe: Axe, tmp_path: Path) -> None:
    """The copy, unpacked: its page opens from the disk and reads well."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    text = (tmp_path / "kith" / "read.html").read_text()
    assert "Tea with M. at eight" in text
    assert "A quarrel about the door" in text
    beside = page.context.new_page()
    beside.goto((tmp_path / "kith" / "read.html").as_uri())
    sees(beside, "Everything I said in Kith")
    axe(beside)
    shot(beside, "copy-inside")
    beside.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_pages_look_right(
    open_page: OpenPage, empty: Any, axe: Axe, shot: Shot, size: str, scheme: str
) -> None:
    page = open_page(size, empty, color_scheme=scheme)
    begin(page)
    for name in ("erase", "erase/now", "away"):
        page.goto(f"/me/{name}/")
        axe(page)
        shot(page, f"{name.replace('/', '-')}-{scheme}")
    page.goto("/me/copy/")
    axe(page)
    shot(page, f"copy-{scheme}")


def test_forgetting_one_thing_by_keyboard_alone(open_page: OpenPage, empty: Any, axe: Axe) -> None:
    page = open_page("desk", empty)
    begin(page)
    page.goto("/notes/")
    page.get_by_role("link", name="A quarrel about the door").first.click()
    page.get_by_role("button", name="Take it away").click()
    page.goto("/me/")
    press(page, "What you took away")
    press(page, "Forget it for good A quarrel")
    sees(page, "Forget it for good")
    axe(page)
    press(page, "Forget it for good")
    expect(page.get_by_text("Forgotten for good.")).to_be_visible()
    expect(page.get_by_text("A quarrel about the door")).to_have_count(0)


def press(page: Page, name: str) -> None:
    """Go on with Tab until what bears this name has the focus, then press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")
        if focused.startswith(name):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"Tab never came to: {name}")
