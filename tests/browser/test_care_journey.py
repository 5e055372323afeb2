"""One voice reaches a ward and is taken back; a change is tried and each side says what came."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import OpenPage, Site

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
TEA = "Tea at eight, please."
KITCHEN = "The kitchen is locked from eight to seven"


@dataclass
class Ward:
    """A ward as its keeper has it on a desk, and as someone staying there has it on a phone."""

    keeper: Page
    asker: Page
    address: str

    def find(self, who: Page, heading: str) -> None:
        """Open the circle's page and follow the card with this heading."""
        who.goto(self.address)
        card = who.locator("section", has=who.get_by_role("heading", name=heading))
        card.get_by_role("link").last.click()


@pytest.fixture
def ward(empty: Site, open_page: OpenPage) -> Ward:
    """A ward with one arrangement, and a guest who came in with a card."""
    keeper = open_page("desk", empty)
    keeper.goto("/")
    with keeper.expect_navigation():
        keeper.get_by_role("button", name="Open my notebook").click()
    keeper.goto("/together/new/")
    keeper.get_by_label("What is it called").fill("Ward 6")
    chip(keeper, "a ward or service").click()
    keeper.locator("main form button[type=submit]").click()
    arrive(keeper, "Ward 6")
    address = keeper.url
    add_arrangement(keeper, address)
    keeper.goto(f"{address}cards/")
    keeper.get_by_role("button", name="Make a card").click()
    asker = open_page("phone", empty)
    come_in(asker, keeper.locator(".code").inner_text())
    return Ward(keeper, asker, address)


def chip(page: Page, name: str) -> Locator:
    """The choice of a form that is called so."""
    return page.locator("input[type=radio], input[type=checkbox]").and_(page.get_by_label(name))


def add_arrangement(keeper: Page, address: str) -> None:
    keeper.goto(address)
    keeper.get_by_role("link", name="See the list").click()
    keeper.get_by_role("link", name="Add something").click()
    keeper.get_by_label("What is it, in one line").fill(KITCHEN)
    chip(keeper, "A door or place").click()
    keeper.get_by_label("Who looks after it").fill("the ward manager")
    keeper.get_by_role("button", name="Keep").click()
    arrive(keeper, KITCHEN)


def come_in(asker: Page, code: str) -> None:
    asker.goto("/come/")
    asker.get_by_label("The code on your card").fill(code)
    asker.get_by_label("A name to sign in with").fill("R.")
    asker.get_by_label("A passphrase").fill("seven cups of tea")
    asker.locator("main form button[type=submit]").tap()
    arrive(asker, "Ward 6")


def arrive(page: Page, heading: str) -> None:
    """Wait until the page with this heading is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_by_touch_a_request_is_previewed_sent_answered_and_taken_back(
    ward: Ward, axe: Look, shot: Shot
) -> None:
    asker, keeper = ward.asker, ward.keeper
    asker.goto("/")
    asker.get_by_role("link", name="Ask for something").tap()
    arrive(asker, "Ask for something")
    axe(asker)
    asker.get_by_label("What you would like to ask").fill(TEA)
    asker.get_by_label("What it would help").fill("It is how our day begins.")
    chip(asker, KITCHEN).tap()
    chip(asker, "Us, together").tap()
    asker.get_by_label("Signed").fill("R. and T.")
    asker.get_by_role("button", name="See what arrives").tap()

    arrive(asker, "This is what arrives")
    axe(asker)
    shot(asker, "request-preview")
    previewed = asker.locator("article.message").inner_html()
    asker.get_by_role("button", name="Send it").tap()
    expect(asker.locator(".messages")).to_contain_text("Sent.")

    ward.find(keeper, "Requests")
    arrive(keeper, "Requests")
    assert keeper.locator("article.message").inner_html() == previewed
    axe(keeper)
    shot(keeper, "ward")
    keeper.get_by_role("link", name=re.compile("Say something back")).click()
    arrive(keeper, "Say something back")
    axe(keeper)
    keeper.get_by_label("What you say back").fill("Yes, from Monday.")
    keeper.get_by_role("button", name="Keep").click()
    expect(keeper.get_by_text("Yes, from Monday.")).to_be_visible()

    asker.reload()
    expect(asker.get_by_text("Yes, from Monday.")).to_be_visible()
    axe(asker)
    shot(asker, "request-answered")
    asker.get_by_role("link", name="Take it back").tap()
    arrive(asker, "Take it back")
    axe(asker)
    keeper.reload()
    expect(keeper.get_by_text(TEA)).not_to_have_count(0)
    asker.get_by_role("button", name="Yes, take it back").tap()
    expect(asker.locator(".messages")).to_contain_text("They may still remember what they saw.")
    keeper.reload()
    expect(keeper.get_by_text(TEA)).to_have_count(0)
    expect(keeper.get_by_text("No request is shown here now")).to_be_visible()


def go_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called `name`."""
    for _step in range(60):
        page.keyboard.press("Tab")
        called = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
        )
        if called and name in called:
            return
    pytest.fail(f"no Tab leads to {name}")


def test_by_keyboard_a_request_is_sent_and_taken_back(ward: Ward) -> None:
    page = ward.asker
    page.goto("/asks/new/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('[data-quick-exit]')")
    go_to(page, "What you would like to ask")
    page.keyboard.type(TEA)
    go_to(page, "See what arrives")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/asks/[0-9a-f-]{36}/$"))
    go_to(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Sent.")
    go_to(page, "Take it back")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/stop/$"))
    go_to(page, "Yes, take it back")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Taken back.")


def test_a_bad_form_says_what_to_mend_and_keeps_what_was_written(ward: Ward, axe: Look) -> None:
    page = ward.asker
    page.goto("/asks/new/")
    page.get_by_label("Signed").fill("R.")
    page.get_by_role("button", name="See what arrives").tap()
    expect(page.get_by_role("alert")).to_contain_text("Nothing has been kept yet.")
    expect(page.get_by_label("Signed")).to_have_value("R.")
    axe(page)


def test_a_change_is_tried_and_each_side_says_what_came_of_it(
    ward: Ward, axe: Look, shot: Shot
) -> None:
    keeper, asker = ward.keeper, ward.asker
    ward.find(keeper, "Being tried now")
    arrive(keeper, "Something to try")
    axe(keeper)
    keeper.get_by_label("What we try").fill("A kettle in the day room")
    chip(keeper, KITCHEN).click()
    keeper.get_by_role("button", name="Keep").click()
    expect(keeper.get_by_text("Free, this week")).to_be_visible()
    keeper.get_by_role("link", name="Where it stands").click()
    arrive(keeper, "Where it stands")
    axe(keeper)
    chip(keeper, "Being tried").click()
    keeper.get_by_role("button", name="Keep").click()
    say(keeper, "One more thing to unlock.", "Staff")

    ward.find(asker, "Being tried now")
    arrive(asker, "What we try")
    axe(asker)
    asker.get_by_role("link", name="A kettle in the day room").tap()
    expect(asker.get_by_text("Staff").first).to_be_visible()
    expect(chip(asker, "Staff")).to_have_count(0)
    say(asker, "It was there at six.", "Someone who asked")
    axe(asker)
    shot(asker, "change")
    keeper.reload()
    expect(keeper.get_by_text("It was there at six.")).to_be_visible()
    axe(keeper)
    shot(keeper, "change")
    asker.get_by_role("link", name=re.compile("Take mine back")).tap()
    asker.get_by_role("button", name="Yes, take it back").tap()
    expect(asker.locator(".messages")).to_contain_text("Taken back.")
    keeper.reload()
    expect(keeper.get_by_text("It was there at six.")).to_have_count(0)
    asker.get_by_role("button", name=re.compile("Bring it back")).tap()
    expect(asker.locator(".messages")).to_contain_text("It is there again.")
    keeper.reload()
    expect(keeper.get_by_text("It was there at six.")).to_be_visible()


def say(page: Page, words: str, speaks_as: str) -> None:
    page.get_by_label("What happened, in your own words").fill(words)
    chip(page, speaks_as).click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".messages")).to_contain_text("Kept.")


def test_the_sheet_for_ten_minutes_prints_without_the_machinery(
    ward: Ward, axe: Look, shot: Shot
) -> None:
    page = ward.keeper
    page.goto(ward.address)
    page.get_by_role("link", name="A sheet for ten minutes").click()
    arrive(page, "Ten minutes together")
    axe(page)
    shot(page, "talk")
    page.emulate_media(media="print")
    expect(page.get_by_text(KITCHEN)).to_be_visible()
    expect(page.get_by_role("link", name="Quick exit")).to_be_hidden()
    expect(page.get_by_role("link", name="Write down what we try")).to_be_hidden()
