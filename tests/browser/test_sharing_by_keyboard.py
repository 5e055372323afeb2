"""All pages of sharing and revealing with nothing but keys, by two people with a browser each."""

import re

from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_sharing_journey import TEA, Two, arrive, chip, let_pass, two_people
from browser.test_walk_by_keyboard import go_to, press, write

ACTIVE = "document.activeElement"


def pick(page: Page, name: str) -> None:
    """Choose one of several: Tab comes to them, arrows go along, Space chooses."""
    wanted = chip(page, name)
    group = wanted.get_attribute("name")
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f"{ACTIVE}.name") == group:
            break
    for _ in range(20):
        if wanted.evaluate(f"one => one === {ACTIVE}"):
            break
        is_radio = page.evaluate(f"{ACTIVE}.type") == "radio"
        page.keyboard.press("ArrowDown" if is_radio else "Tab")
    if not wanted.is_checked():
        page.keyboard.press("Space")
    expect(wanted).to_be_checked()


def link(page: Page, name: str, heading: str) -> None:
    press(page, name, "link")
    arrive(page, heading)
    first_stop_is_the_way_out(page)


def first_stop_is_the_way_out(page: Page) -> None:
    page.evaluate(f"{ACTIVE}.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{ACTIVE}.hasAttribute('data-quick-exit')"), page.url


def meet(two: Two) -> None:
    """R. makes a code and J. types it."""
    r, j = two.r, two.j
    r.goto("/sharing/")
    link(r, "People you know here", "People you know here")
    press(r, "Make a code for someone", "link")
    write(r, "What you call them here", "J.")
    pick(r, "A friend or neighbour")
    press(r, "Go on")
    arrive(r, "A code for J.")
    press(r, "Make the code")
    code = r.locator(".code").inner_text()
    j.goto("/known/")
    link(j, "Type a code someone gave you", "A code someone gave you")
    write(j, "The code they gave you", code)
    write(j, "What you call them here", "R.")
    press(j, "Keep")
    arrive(j, "R.")


def test_something_is_shown_changed_and_stopped(empty: Site, open_page: OpenPage) -> None:
    two = two_people(empty, open_page)
    meet(two)
    r, j = two.r, two.j
    r.goto("/notes/write/")
    go_to(r, r.locator("textarea"))
    r.keyboard.type(TEA)
    press(r, "Keep this moment")
    r.wait_for_url(lambda address: "/write/" not in address)
    r.goto("/sharing/")
    link(r, "Show something", "Show something")
    pick(r, "All your moments, also those you note until then")
    pick(r, "J.")
    press(r, "See what they will see")
    arrive(r, "Exactly what they will see")
    expect(r.get_by_text(TEA)).to_be_visible()
    press(r, "Change it")
    arrive(r, "Show something")
    press(r, "See what they will see")
    arrive(r, "Exactly what they will see")
    pick(r, "Yes")
    press(r, "Show this")
    arrive(r, "Who can look at your things")
    expect(r.get_by_text("Until it begins they are told nothing.")).to_be_visible()
    link(r, "Change J.", "Show something")
    r.goto("/sharing/")
    let_pass(two.site, 1)
    j.goto("/sharing/")
    link(j, "Shown to you", "Shown to you")
    expect(j.get_by_text(TEA)).to_be_visible()
    link(r, "Stop showing J.", "Stop showing")
    press(r, "Stop now")
    expect(r.locator(".messages")).to_contain_text("They may still remember what they saw.")
    link(r, "What you showed before", "What you showed before")
    j.reload()
    expect(j.get_by_text(TEA)).to_have_count(0)


def be_willing(page: Page, other: str, words: str) -> None:
    """Answer alone, and be willing to show it."""
    page.goto("/known/")
    link(page, other, other)
    link(page, "The two of us", f"You and {other}")
    press(page, re.compile("Answer.*What I value"), "link")  # type: ignore[arg-type]
    write(page, "In your words", words)
    press(page, "Keep")
    link(page, "Be willing to show some of it", f"Show some of it to {other}")
    pick(page, "What I value in us")
    press(page, "See what they would see")
    arrive(page, "Exactly what they would see")
    pick(page, "Yes")
    press(page, "I am willing")
    expect(page.get_by_role("heading", name="You are willing to show")).to_be_visible()


def test_a_reveal_comes_and_is_taken_back(empty: Site, open_page: OpenPage) -> None:
    two = two_people(empty, open_page)
    meet(two)
    be_willing(two.r, "J.", "That you ring.")
    be_willing(two.j, "R.", "Your patience.")
    let_pass(two.site, 3)
    two.r.reload()
    expect(two.r.get_by_text("Your patience.")).to_be_visible()
    link(two.r, "Look at it together", "Look at it together")
    two.r.go_back()
    link(two.r, "Take it back", "Take it back")
    press(two.r, "Yes, take it back")
    expect(two.r.locator(".messages")).to_contain_text("Taken back.")
    two.r.goto("/known/")
    link(two.r, "J.", "J.")
    link(two.r, "Let them go from here", "Let J. go from here")
    press(two.r, "Yes, let them go")
    arrive(two.r, "People you know here")
