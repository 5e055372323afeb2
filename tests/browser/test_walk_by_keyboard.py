"""The same walk with nothing but keys: what can be done by touch can be done without it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]


def go_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus; every control must be on the way."""
    wanted.first.wait_for()
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.first.evaluate("one => one === document.activeElement"):
            return
    pytest.fail("the Tab key never came there")


def press(page: Page, name: str, role: Any = "button", key: str = "Enter") -> None:
    go_to(page, page.get_by_role(role, name=name))
    if key == "Space":
        page.keyboard.press(key)
        return
    with page.expect_navigation():
        page.keyboard.press(key)


def write(page: Page, label: str, words: str) -> None:
    go_to(page, page.get_by_label(label))
    page.keyboard.type(words)


def step(page: Page, title: str) -> None:
    """From anywhere to a step of the walk, by the page of all steps."""
    page.goto("/walk/")
    go_to(page, page.locator("ol.steps").get_by_role("button", name=title, exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_quick_exit_is_the_first_stop_on_every_step(open_page: OpenPage) -> None:
    page = open_page("desk")
    page.goto("/walk/")
    for title in page.locator("ol.steps button").all_inner_texts():
        step(page, title)
        page.evaluate("document.activeElement.blur()")
        page.reload()
        first = "[...document.querySelectorAll('a[href],button,input:not([type=hidden])')][0]"
        assert page.evaluate(f"{first}.hasAttribute('data-quick-exit')"), title


def test_a_moment_and_how_a_practice_stands(open_page: OpenPage) -> None:
    page = open_page("desk")
    step(page, "A moment")
    page.keyboard.type("Tea, by keyboard alone.")
    press(page, "Keep this moment")
    page.wait_for_url(lambda address: "/write/" not in address)
    page.goto("/notes/")
    expect(page.get_by_text("Tea, by keyboard alone.").first).to_be_visible()
    step(page, "A practice")
    press(page, "How is it now", "link")
    expect(page.get_by_role("heading").first).to_be_visible()


def test_a_request_and_what_a_side_says(open_page: OpenPage) -> None:
    page = open_page("desk")
    step(page, "One voice")
    write(page, "What you would like to ask", " By keyboard, please.")
    press(page, "See what arrives")
    press(page, "Send it")
    expect(page.get_by_text("By keyboard, please.").first).to_be_visible()
    step(page, "A change, and each side")
    write(page, "What happened, in your own words", "Said by keyboard.")
    go_to(page, page.locator("input[name=speaks_as]"))
    page.keyboard.press("Space")
    press(page, "Keep")
    expect(page.get_by_text("Said by keyboard.").first).to_be_visible()


def test_a_line_and_a_quote_taken_back_and_a_report(open_page: OpenPage, tmp_path: Any) -> None:
    from browser.conftest import run_site

    for village in run_site(["demo"], tmp_path / "home"):
        page = open_page("desk", village)
        step(page, "A gathering")
        page.keyboard.type("A line by keyboard.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("A line by keyboard.").first).to_be_visible()
        step(page, "Taking a word back")
        press(page, "Stop quoting it")
        step(page, "The report")
        press(page, "Go to the findings", "link")
        press(page, "A locked kitchen", "link")
        press(page, "It still stands on what is left")
        step(page, "The report")
        press(page, "Issue the report", "link")
        press(page, "Issue it")
        expect(page.get_by_role("link", name="Edition 1")).to_be_visible()
