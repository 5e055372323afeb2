"""A moment in a few taps, a practice named out of it, a card on paper: by touch and by keyboard."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.conftest import OpenPage, Site

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
TEA = "No tea. The kitchen was locked, so we waited on the stairs."


def begin(page: Page) -> None:
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name="Open my notebook").click()
    page.goto("/notes/")


def choose(page: Page, name: str) -> None:
    """Tap the words of a choice, as a finger would."""
    page.locator("label").filter(has_text=name).first.click()


def keep(page: Page, name: str = "Keep") -> None:
    page.get_by_role("button", name=name).click()


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def note(page: Page, words: str) -> None:
    page.goto("/notes/write/")
    page.get_by_label("A few words").fill(words)
    keep(page)
    expect(page.get_by_text("Stored")).to_be_visible()


def test_a_moment_takes_a_few_words_and_two_taps(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    phone = open_page("phone", empty)
    begin(phone)
    expect(phone.get_by_text("Nothing to note is fine.")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Note a moment").tap()
    expect(phone.get_by_label("A few words")).to_be_focused()
    expect(phone.get_by_text("Nobody watches what you write here.")).to_be_visible()
    expect(phone.get_by_role("link", name="Not now")).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Keep this moment")).to_be_in_viewport()
    axe(phone)
    phone.keyboard.type(TEA)
    choose(phone, "It could not happen")
    phone.get_by_role("button", name="Keep this moment").tap()
    expect(phone.get_by_text(TEA)).to_be_visible()
    expect(phone.get_by_text("It could not happen")).to_be_visible()
    expect(phone.get_by_text("Stored")).to_be_visible()
    assert fits(phone)
    axe(phone)
    shot(phone, "moment")


def test_taken_away_by_touch_it_is_one_tap_back(
    empty: Site, open_page: OpenPage, axe: Look
) -> None:
    phone = open_page("phone", empty, color_scheme="dark")
    begin(phone)
    note(phone, TEA)
    phone.get_by_role("button", name="Take it away").tap()
    expect(phone.get_by_text("Taken away.")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="What you took away").tap()
    expect(phone.get_by_role("heading", name="What you took away")).to_be_visible()
    axe(phone)
    phone.go_back()
    phone.get_by_role("button", name="Bring it back").tap()
    expect(phone.get_by_text(TEA)).to_be_visible()


def test_by_keyboard_alone(empty: Site, open_page: OpenPage, axe: Look) -> None:
    desk = open_page("desk", empty)
    begin(desk)
    desk.goto("/notes/write/")
    desk.keyboard.type("Tea on the back step.")
    for key in ("Tab", "ArrowRight", "ArrowLeft", "Tab", "Enter"):
        desk.keyboard.press(key)
    expect(desk.get_by_label("Someone else")).to_be_visible()
    desk.keyboard.press("Tab")
    desk.keyboard.type("the neighbour")
    for key in ("Tab", "Tab", "Enter", "Tab", "Space"):
        desk.keyboard.press(key)
    axe(desk)
    button = desk.get_by_role("button", name="Keep this moment")
    for _ in range(20):
        if button.evaluate("it => it === document.activeElement"):
            break
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("With the neighbour")).to_be_visible()
    expect(desk.get_by_text("Something we always do")).to_be_visible()


def test_quick_exit_comes_first(empty: Site, open_page: OpenPage) -> None:
    desk = open_page("desk", empty)
    begin(desk)
    for address in ("/notes/", "/notes/again/", "/notes/cards/"):
        desk.goto(address)
        desk.keyboard.press("Tab")
        expect(desk.get_by_role("link", name="Quick exit")).to_be_focused()


def test_what_one_wrote_is_still_there_after_a_slip(
    empty: Site, open_page: OpenPage, axe: Look
) -> None:
    phone = open_page("phone", empty)
    begin(phone)
    phone.goto("/notes/write/")
    phone.get_by_label("A few words").fill(TEA)
    phone.get_by_text("When it was", exact=True).tap()
    choose(phone, "On another day")
    keep(phone)
    expect(
        phone.get_by_text("Nothing has been kept yet. What you wrote is still here.")
    ).to_be_visible()
    expect(phone.get_by_label("A few words")).to_have_value(TEA)
    expect(phone.get_by_label("Which day")).to_be_visible()
    axe(phone)
    phone.get_by_label("Which day").fill(f"{days_ago(2):%Y-%m-%d}")
    keep(phone)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(f"{days_ago(2):%A}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_practice_is_named_out_of_a_moment_and_its_story_told(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot, scheme: str
) -> None:
    phone = open_page("phone", empty, color_scheme=scheme)
    begin(phone)
    note(phone, TEA)
    phone.get_by_role("link", name="Name what you do again and again").tap()
    phone.get_by_label("What do you call it").fill("Tea with T.")
    phone.get_by_label("How it was when it went well").fill("most mornings")
    expect(phone.get_by_label("In your own words")).to_be_hidden()
    choose(phone, "Something gets in its way")
    phone.get_by_label("Since when", exact=True).fill(f"{days_ago(9):%Y-%m-%d}")
    phone.get_by_label("In your own words").fill("the kitchen is locked until ten")
    axe(phone)
    keep(phone)
    told = phone.get_by_text(re.compile(r"Most mornings; not since .+: the kitchen is locked"))
    expect(told).to_be_visible()
    expect(phone.locator("svg.thread path")).to_have_count(2)
    expect(phone.get_by_role("link", name=re.compile("it happened"))).to_have_count(1)
    axe(phone)
    shot(phone, f"practice-{scheme}")
    phone.get_by_role("link", name="How is it now").tap()
    expect(phone.get_by_text("How it was before stays as you said it.")).to_be_visible()
    axe(phone)
    choose(phone, "It is back")
    keep(phone)
    expect(phone.get_by_text(re.compile(r"Now again\."))).to_be_visible()
    phone.goto("/notes/again/")
    assert fits(phone)
    axe(phone)


def test_a_month_back_and_a_day(empty: Site, open_page: OpenPage, axe: Look) -> None:
    desk = open_page("desk", empty)
    begin(desk)
    note(desk, TEA)
    desk.goto("/notes/again/")
    axe(desk)
    desk.get_by_role("link", name=re.compile("it happened")).click()
    expect(desk.get_by_text(TEA)).to_be_visible()
    desk.go_back()
    last = days_ago(0).replace(day=1) - timedelta(days=1)
    desk.get_by_role("link", name=f"{last:%b %Y}").click()
    expect(desk.locator("#month-name")).to_contain_text(f"{last:%B}")
    expect(desk.get_by_role("link", name=re.compile("it happened"))).to_have_count(0)


def test_words_are_found_again(empty: Site, open_page: OpenPage, axe: Look) -> None:
    desk = open_page("desk", empty)
    begin(desk)
    note(desk, TEA)
    note(desk, "We danced.")
    desk.goto("/notes/")
    desk.get_by_label("Find words in your moments").fill("danced")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(TEA)).to_have_count(0)
    expect(desk.get_by_text("We danced.")).to_be_visible()
    assert "danced" not in desk.url
    axe(desk)


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_a_card_is_one_sheet_with_only_what_was_chosen(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot, paper: str
) -> None:
    desk = open_page("desk", empty, color_scheme="dark")
    begin(desk)
    note(desk, "We danced.")
    note(desk, "Not for others.")
    desk.goto("/notes/cards/write/")
    desk.get_by_label("What you want to be called").fill("Anna")
    desk.get_by_label("Something in your own words").fill("Please sit down for a minute.")
    choose(desk, "We danced.")
    axe(desk)
    keep(desk)
    expect(desk.get_by_role("heading", name="Your card")).to_be_visible()
    axe(desk)
    shot(desk, "card")
    desk.goto(f"{desk.url}?paper={paper}")
    sheet = PdfReader(io.BytesIO(desk.pdf(prefer_css_page_size=True)))
    wide = {"a4": 210, "a5": 148}[paper]
    assert len(sheet.pages) == 1
    assert round(float(sheet.pages[0].mediabox.width) / 72 * 25.4) == wide
    words = " ".join(sheet.pages[0].extract_text().split())
    for said in ("What keeps us us", "Please sit down for a minute.", "We danced.", "From Anna"):
        assert said in words
    for unsaid in ("Not for others", "Quick exit", "Moments", "Print", "Kith", "127.0.0.1"):
        assert unsaid not in words
    desk.evaluate("window.print = () => { document.title = 'printed' }")
    desk.get_by_role("button", name="Print").click()
    assert desk.title() == "printed"


@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("lines", [18, 30])
def test_a_full_card_stays_on_one_sheet(
    empty: Site, open_page: OpenPage, paper: str, lines: int
) -> None:
    desk = open_page("desk", empty)
    begin(desk)
    desk.goto("/notes/cards/write/")
    full = "\n".join(
        "Please sit down for a minute if you find me on the stairs" for _ in range(lines)
    )
    desk.get_by_label("Something in your own words").fill(full)
    keep(desk)
    expect(desk.get_by_role("heading", name="Your card")).to_be_visible()
    expect(desk.get_by_text("This is more than one sheet.")).to_have_count(0)
    desk.goto(f"{desk.url}?paper={paper}")
    assert len(PdfReader(io.BytesIO(desk.pdf(prefer_css_page_size=True))).pages) == 1


def test_everything_works_without_a_script(empty: Site, open_page: OpenPage) -> None:
    phone = open_page("phone", empty, java_script_enabled=False)
    begin(phone)
    note(phone, TEA)
    phone.get_by_role("link", name="Change").click()
    phone.get_by_text("With whom").click()
    phone.get_by_label("Someone else").fill("T.")
    keep(phone)
    expect(phone.get_by_text("With T.")).to_be_visible()
    phone.get_by_role("link", name="Name what you do again and again").click()
    phone.get_by_label("What do you call it").fill("Tea with T.")
    keep(phone)
    expect(phone.get_by_role("heading", name="Tea with T.")).to_be_visible()
    phone.get_by_role("button", name="Take it away").click()
    phone.get_by_role("button", name="Bring it back").click()
    expect(phone.get_by_role("heading", name="Tea with T.")).to_be_visible()
    phone.goto("/notes/cards/write/")
    choose(phone, "Tea with T.")
    keep(phone)
    expect(phone.get_by_text("Your browser can print this page too.")).to_be_visible()
    expect(phone.get_by_role("button", name="Print")).to_be_hidden()


def test_nothing_runs_over_the_edge_of_a_small_phone(empty: Site, open_page: OpenPage) -> None:
    phone = open_page("phone", empty)
    begin(phone)
    note(phone, "W" * 300)
    phone.set_viewport_size({"width": 320, "height": 640})
    for page in ("", "write/", "again/", "again/name/", "cards/", "cards/write/"):
        phone.goto(f"/notes/{page}")
        assert fits(phone), page
