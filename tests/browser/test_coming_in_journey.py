"""Step 1 and 10: begin in one tap, open a circle, let someone in by a card, leave quickly."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def test_begin_by_touch_and_let_someone_in(
    open_page: OpenPage, empty: Any, axe: Axe, shot: Shot
) -> None:
    mine = open_page("phone", empty)
    mine.goto("/")
    axe(mine)
    shot(mine, "welcome")
    mine.get_by_role("button", name="Open my notebook").tap()
    expect(mine.get_by_role("heading", name="Yours")).to_be_visible()
    axe(mine)
    shot(mine, "home-empty")
    code = make_a_card(mine)
    axe(mine)
    shot(mine, "card")
    theirs = open_page("phone", empty)
    come_in(theirs, code)
    axe(theirs)
    shot(theirs, "circle-guest")
    expect(theirs.get_by_role("link", name="Cards that let others in")).to_have_count(0)


def make_a_card(page: Page) -> str:
    """Open a circle and make a card for it; returns the code."""
    page.goto("/together/new/")
    page.get_by_label("What is it called").fill("Ward 6")
    page.get_by_label("a ward or service").tap()
    page.get_by_role("button", name="Keep").tap()
    page.get_by_role("link", name="Cards that let others in").tap()
    page.get_by_role("button", name="Make a card").tap()
    return page.locator(".code").inner_text()


def come_in(page: Page, code: str) -> None:
    """Someone new comes in with the code."""
    page.goto("/come/")
    page.get_by_label("The code on your card").fill(code.lower())
    page.get_by_label("Partner, relative or friend").tap()
    page.get_by_label("Nurse or care assistant").tap()
    page.get_by_label("A name to sign in with").fill("rose")
    page.get_by_label("A passphrase").fill("tea in the morning")
    page.get_by_role("button", name="Keep").tap()
    expect(page.get_by_role("heading", name="Ward 6")).to_be_visible()


def test_begin_by_keyboard_alone(open_page: OpenPage, empty: Any) -> None:
    page = open_page("desk", empty)
    page.goto("/")
    press_until(page, "Open my notebook")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Yours")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("[data-quick-exit]")).to_be_focused()


def press_until(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"the Tab key never came to {name}")


def test_leaving_quickly_closes_the_notebook(open_page: OpenPage, empty: Any) -> None:
    page = open_page("phone", empty)
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").tap()
    page.locator("[data-quick-exit]").tap()
    expect(page.get_by_text("Kith")).to_have_count(0)
    page.goto("/me/")
    expect(page.get_by_role("button", name="Open my notebook")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/", "/come/", "/in/", "/turn/", "/promise/", "/look/", "/no/"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_open_page_is_for_everyone(
    open_page: OpenPage, axe: Axe, address: str, scheme: str
) -> None:
    page = open_page("phone", color_scheme=scheme)
    page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
