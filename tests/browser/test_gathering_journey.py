"""A gathering in two browsers: a scribe at the keyboard, a guest on a phone by a card."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from browser.conftest import OpenPage, Site

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
PATIENCE = 15_000


@dataclass
class Meeting:
    """A gathering as its scribe has it on a desk, and as a guest has it on a phone."""

    scribe: Page
    guest: Page
    address: str

    def go(self, who: Page, part: str = "") -> None:
        who.goto(self.address + part)


@pytest.fixture
def meeting(empty: Site, open_page: OpenPage) -> Meeting:
    """A circle with one gathering at two tables, and a guest who came in with a card."""
    scribe = open_page("desk", empty)
    scribe.goto("/")
    with scribe.expect_navigation():
        scribe.get_by_role("button", name="Open my notebook").click()
    scribe.goto("/together/new/")
    scribe.get_by_label("What is it called").fill("A year of mornings")
    chip(scribe, "a workshop or a year of them").click()
    scribe.locator("main form button[type=submit]").click()
    arrive(scribe, "A year of mornings")
    circle = scribe.url
    scribe.get_by_role("link", name="Open a gathering").click()
    scribe.get_by_label("What is it called").fill("Mornings")
    scribe.get_by_label("Where").fill("The day room")
    scribe.get_by_label("Tables").fill("Trust\nCare")
    scribe.get_by_role("button", name="Open it").click()
    arrive(scribe, "Mornings")
    address = scribe.url
    scribe.goto(f"{circle}cards/")
    scribe.get_by_role("button", name="Make a card").click()
    guest = open_page("phone", empty)
    come_in(guest, scribe.locator(".code").inner_text())
    return Meeting(scribe, guest, address)


def chip(page: Page, name: str) -> Locator:
    """The choice of a form that is called so."""
    return page.locator("input[type=radio], input[type=checkbox]").and_(
        page.get_by_label(name, exact=True)
    )


def come_in(guest: Page, code: str) -> None:
    guest.goto("/come/")
    guest.get_by_label("The code on your card").fill(code)
    guest.get_by_label("A name to sign in with").fill("R.")
    guest.get_by_label("A passphrase").fill("seven cups of tea")
    guest.locator("main form button[type=submit]").tap()
    arrive(guest, "A year of mornings")


def arrive(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=PATIENCE)


def sideways(page: Page) -> int:
    """How far the page is wider than the screen."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide


def stored(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(re.compile(r"Stored, \d\d\.\d\d"), timeout=PATIENCE)


def say_on_phone(at: Meeting, words: str) -> None:
    at.go(at.guest, "say/")
    at.guest.get_by_label("What would you like to say?").fill(words)
    at.guest.get_by_label("May be quoted, without my name").check(force=True)
    at.guest.get_by_role("button", name="Say this").tap()
    stored(at.guest)


def test_the_scribe_keeps_lines_by_keyboard_alone(meeting: Meeting, axe: Look, shot: Shot) -> None:
    page = meeting.scribe
    meeting.go(page, "write/")
    field = page.get_by_label("What was said")
    expect(field).to_be_focused()
    page.keyboard.type("When the same face comes back.")
    page.keyboard.press("Alt+Digit2")
    page.keyboard.press("Alt+Digit3")
    page.keyboard.press("Alt+Minus")
    page.keyboard.press("Alt+KeyT")
    page.keyboard.press("Space")
    field.focus()
    page.keyboard.press("Enter")
    stored(page)
    line = page.locator("#lines li")
    expect(line).to_contain_text("When the same face comes back.")
    expect(line).to_contain_text("partner, relative or friend, peer worker · trust")
    expect(line).to_contain_text("Another view")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(chip(page, "trust")).to_be_checked()
    expect(chip(page, "Said")).to_be_checked()
    page.keyboard.type("A second line.")
    page.keyboard.press("Enter")
    expect(page.locator("#lines li")).to_have_count(2)
    page.get_by_role("button", name="Take back the last").press("Enter")
    expect(page.locator("#lines li")).to_have_count(1)
    page.get_by_role("button", name="Bring back").press("Enter")
    expect(page.locator("#lines li")).to_have_count(2)
    axe(page)
    shot(page, "gathering-write")


def test_a_line_that_could_not_be_sent_stays_and_is_sent_once(meeting: Meeting) -> None:
    page = meeting.scribe
    meeting.go(page, "write/")
    told: list[str] = []

    def lose_the_answer(route: Route) -> None:
        told.append(str(route.request.post_data))
        route.fetch()  # the server has it; the answer never comes back
        route.abort()

    def lose_it_once(route: Route) -> None:
        if route.request.method == "PUT" and not told:
            lose_the_answer(route)
        else:
            route.continue_()

    page.route("**/keep/**", lose_it_once)
    field = page.get_by_label("What was said")
    field.fill("It was on its way when the network went.")
    field.press("Enter")
    expect(page.locator("#state")).to_contain_text("Saved on this device", timeout=PATIENCE)
    expect(field).to_have_value("")
    stored(page)
    expect(page.locator("#lines li")).to_have_count(1)
    assert len(told) == 1
    field.fill("")
    field.press("Enter")
    expect(page.locator("#state")).to_contain_text("A silence needs none")


def test_it_all_works_without_script(meeting: Meeting, empty: Site, open_page: OpenPage) -> None:
    cookies = meeting.guest.context.cookies()
    plain = open_page("phone", empty, java_script_enabled=False)
    plain.context.add_cookies([{k: v for k, v in one.items()} for one in cookies])  # type: ignore[arg-type]  # noqa: C416
    plain.goto(f"{meeting.address}say/")
    plain.get_by_label("What would you like to say?").fill("Without script.")
    plain.get_by_role("button", name="Say this").tap()
    expect(plain.locator(".messages")).to_contain_text("Stored")
    plain.get_by_role("link", name="Yours: change or take back").tap()
    plain.get_by_role("button", name="Take it back").tap()
    expect(plain.locator("#lines")).not_to_contain_text("Without script.")
    expect(plain.get_by_role("button", name="Pause")).to_be_hidden()


def test_a_guest_takes_a_seat_and_speaks_and_the_scribe_sees_it_come(
    meeting: Meeting, axe: Look, shot: Shot
) -> None:
    guest, scribe = meeting.guest, meeting.scribe
    meeting.go(guest)
    axe(guest)
    guest.get_by_role("link", name="Take a seat").tap()
    arrive(guest, "Take a seat")
    chip(guest, "I use, or have used, a service").tap()
    axe(guest)
    with guest.expect_navigation():
        guest.get_by_role("button", name="Take a seat").tap()
    meeting.go(scribe, "say/")
    scribe.get_by_role("button", name="Pause").click()
    say_on_phone(meeting, "Someone put a second cup out.")
    axe(guest)
    assert sideways(guest) <= 0
    shot(guest, "gathering-say")
    scribe.wait_for_timeout(6_000)
    expect(scribe.locator("#lines")).not_to_contain_text("second cup")
    scribe.get_by_role("button", name="Go on").click()
    line = scribe.locator("#lines li", has_text="Someone put a second cup out.")
    expect(line).to_contain_text("uses a service", timeout=PATIENCE)
    expect(line.get_by_role("link", name="Yours")).to_have_count(0)


def write_finding(at: Meeting, axe: Look) -> None:
    page = at.scribe
    at.go(page, "finding/")
    axe(page)
    page.get_by_label("What did you find?").fill("Small things build trust.")
    page.get_by_text("Show only some of the lines").click()
    page.get_by_label("With the words").fill("cup")
    rows = page.locator("[data-row]:visible")
    expect(rows).to_have_count(1)
    chip(page, "It rests on this: Someone put a second cup out.").check(force=True)
    page.get_by_label("With the words").fill("nothing like it")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Keep this finding").click()
    arrive(page, "Mornings")


def test_from_lines_to_a_finding_that_loses_support_and_stands_again(
    meeting: Meeting, axe: Look, shot: Shot
) -> None:
    guest, scribe = meeting.guest, meeting.scribe
    say_on_phone(meeting, "Someone put a second cup out.")
    say_on_phone(meeting, "The phone rang and rang.")
    write_finding(meeting, axe)
    page = scribe
    page.get_by_role("link", name="Recommend something").click()
    page.get_by_label("What should be done?").fill("Leave a cup out.")
    chip(page, "Small things build trust.").check(force=True)
    page.get_by_label("Who looks after it").fill("the ward manager")
    axe(page)
    page.get_by_role("button", name="Keep this recommendation").click()
    expect(page.locator("main")).to_contain_text("Leave a cup out.")
    page.get_by_role("link", name="Small things build trust.").first.click()
    expect(page.locator("main")).to_contain_text("Someone put a second cup out.")
    meeting.go(guest, "say/")
    guest.locator("#lines li", has_text="second cup").get_by_role("link").tap()
    arrive(guest, "Your line")
    axe(guest)
    guest.get_by_role("button", name="Stop quoting it").tap()
    expect(guest.locator(".messages")).to_contain_text("no longer quoted")
    page.reload()
    expect(page.locator("main")).to_contain_text("This finding lost support")
    assert "second cup" not in page.content()
    axe(page)
    shot(page, "gathering-lost-support")
    page.get_by_role("link", name="Write it anew").first.click()
    chip(page, "It rests on this: The phone rang and rang.").check(force=True)
    page.get_by_role("button", name="Keep this finding").click()
    arrive(page, "Mornings")
    expect(page.locator("main")).not_to_contain_text("lost support")
    assert sideways(page) <= 0


def test_two_poles_are_held_open(meeting: Meeting, axe: Look, shot: Shot) -> None:
    say_on_phone(meeting, "The same face every day.")
    page = meeting.scribe
    meeting.go(page, "both/")
    page.get_by_label("On the one hand").fill("The same person keeps a bond alive.")
    page.get_by_label("On the other hand").fill("Leaning on one is hard when they go.")
    chip(page, "For the one hand: The same face every day.").check(force=True)
    axe(page)
    page.get_by_role("button", name="Keep both").click()
    arrive(page, "Mornings")
    expect(page.locator(".poles")).to_contain_text("Leaning on one")
    axe(page)
    shot(page, "gathering")


def test_notes_are_looked_at_before_they_come_in(meeting: Meeting, axe: Look, shot: Shot) -> None:
    page = meeting.scribe
    meeting.go(page, "notes/")
    axe(page)
    table = b"words,role,table,theme\nThe kettle was cold.,nurse,Care,kettles\n"
    bad = {"name": "notes.csv", "mimeType": "text/csv", "buffer": table.decode().encode("utf-16")}
    page.get_by_label("The file").set_input_files(bad)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing has changed")
    good = {"name": "notes.csv", "mimeType": "text/csv", "buffer": table}
    page.get_by_label("The file").set_input_files(good)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at it first").click()
    arrive(page, "Before we bring this in")
    axe(page)
    shot(page, "gathering-notes")
    page.get_by_role("button", name="Bring in all of it").click()
    expect(page.locator(".messages")).to_contain_text("1 line came in.")
    expect(page.locator("main")).to_contain_text("kettles")
