"""What comes again, belonging, what is ours, and the card: by touch at 360 px, and by keyboard."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_moments_journey import begin, choose, fits, keep

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def note_on(page: Page, days: int, words: str) -> None:
    page.goto("/notes/write/")
    page.get_by_label("A few words").fill(words)
    page.get_by_text("Say more, only if you like").click()
    page.locator("summary").filter(has_text="With whom").click()
    page.get_by_label("Someone else").fill("T.")
    page.locator("summary").filter(has_text="When it was").click()
    choose(page, "On another day")
    page.get_by_label("Which day").fill(f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%d}")
    keep(page)
    expect(page.get_by_text("Stored")).to_be_visible()


def test_what_comes_again_is_named_and_its_card_is_shown_to_nobody(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    phone = open_page("phone", empty)
    begin(phone)
    for days, words in ((2, "Tea on the stairs"), (3, "Tea, early"), (4, "No tea today")):
        note_on(phone, days, words)
    phone.goto("/notes/again/")
    phone.get_by_role("link", name="What comes again").tap()
    expect(phone.get_by_role("heading", name="Tea · with T.")).to_be_visible()
    axe(phone)
    assert fits(phone)
    shot(phone, "comes-again")
    phone.get_by_role("link", name="Give it a name").tap()
    expect(phone.get_by_role("checkbox", name=re.compile("Tea on the stairs"))).to_be_checked()
    phone.get_by_label("What do you call it").fill("Tea with T.")
    choose(phone, "Something gets in its way")
    phone.get_by_label("In your own words").fill("The kitchen is locked until ten.")
    keep(phone)
    expect(phone.get_by_role("heading", name="Over time")).to_be_visible()
    expect(phone.get_by_text("Something gets in its way: The kitchen")).to_be_visible()
    axe(phone)
    shot(phone, "practice-over-time")
    phone.get_by_role("link", name="This is ours").tap()
    expect(phone.get_by_text("There is nobody here to say it with.")).to_be_visible()
    axe(phone)
    phone.goto("/notes/again/from/")
    expect(phone.get_by_text("Nothing to show here.")).to_be_visible()
    phone.goto("/notes/cards/write/")
    choose(phone, "For the day of leaving hospital")
    choose(phone, "Tea with T.")
    phone.get_by_role("button", name="Keep").tap()
    expect(phone.locator(".keepsake")).to_contain_text("For the day of leaving hospital")
    axe(phone)
    assert fits(phone)
    shot(phone, "card-for-leaving")
    with phone.expect_download() as made:
        phone.get_by_role("button", name="As a file (PDF)").tap()
    assert made.value.path().read_bytes().startswith(b"%PDF")
    phone.get_by_role("link", name="Show it to someone").tap()
    expect(phone.get_by_text("There is nobody to show it to yet.")).to_be_visible()


def test_let_be_by_keyboard_and_suggested_again(
    empty: Site, open_page: OpenPage, axe: Look
) -> None:
    desk = open_page("desk", empty, color_scheme="dark")
    begin(desk)
    for days in (1, 2, 3):
        note_on(desk, days, "Walk with the dog")
    desk.goto("/notes/again/from/")
    axe(desk)
    desk.get_by_role("button", name="Let it be").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("We will not suggest that again.")).to_be_visible()
    expect(desk.get_by_text("Nothing to show here.")).to_be_visible()
    desk.locator("summary").filter(has_text="What you let be").focus()
    desk.keyboard.press("Enter")
    axe(desk)
    desk.get_by_role("button", name="Suggest it again").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Let it be")).to_be_visible()


def be(page: Page, called: str) -> None:
    page.goto("/walk/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(rf"^{re.escape(called)}")).first.click()


def test_belonging_is_said_by_touch_and_stands_side_by_side(
    demo: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    phone = open_page("phone", demo)
    be(phone, "R.")
    phone.goto("/notes/belonging/")
    axe(phone)
    assert fits(phone)
    shot(phone, "belonging")
    phone.get_by_role("link", name="T.").first.tap()
    expect(phone.get_by_role("heading", name="Does it last")).to_be_visible()
    expect(phone.get_by_role("heading", name="What is hard", exact=True)).to_be_visible()
    axe(phone)
    assert fits(phone)
    shot(phone, "belonging-one")
    phone.get_by_role("link", name="Say how it is now").tap()
    expect(phone.get_by_role("group", name="Does it last, and does each")).to_be_visible()
    axe(phone)
    pleasant = phone.get_by_role("group", name="Are we often in touch")
    pleasant.get_by_label("In your words").fill("In the mornings, yes.")
    keep(phone)
    expect(phone.get_by_text("In the mornings, yes.")).to_be_visible()
    expect(phone).to_have_url(re.compile("/notes/belonging/"))


def test_calling_something_ours_is_said_alone_and_told_to_nobody(
    demo: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    phone = open_page("phone", demo)
    be(phone, "T.")
    phone.goto("/known/new/")
    phone.get_by_label("What you call them here").fill("The neighbour")
    choose(phone, "A friend or neighbour")
    phone.get_by_role("button", name="Go on").tap()
    expect(phone).to_have_url(re.compile("/code/$"))
    phone.goto("/notes/again/name/")
    phone.get_by_label("What do you call it").fill("Bread on Fridays")
    choose(phone, "It goes on")
    keep(phone)
    expect(phone.get_by_role("heading", name="Bread on Fridays")).to_be_visible()
    phone.get_by_role("link", name="This is ours").tap()
    expect(phone.get_by_role("heading", name="This is ours")).to_be_visible()
    axe(phone)
    shot(phone, "ours")
    choose(phone, "The neighbour")
    phone.get_by_label("Your word for it").fill("bread")
    phone.get_by_role("button", name="See what they would see").tap()
    expect(phone.get_by_text("Bread on Fridays. It goes on.")).to_be_visible()
    axe(phone)
    assert fits(phone)
    shot(phone, "ours-preview")
    choose(phone, "Yes")
    phone.get_by_role("button", name="Say that it is ours").tap()
    expect(phone.get_by_text("Neither of you is told which it is.")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Take it back").tap()
    expect(phone.get_by_role("heading", name="Take it back")).to_be_visible()
    phone.get_by_role("button", name="Yes, take it back").tap()
    expect(phone.get_by_text("Taken back. What was seen may be remembered.")).to_be_visible()
    expect(phone.get_by_text("Nothing here. On the page of something you do")).to_be_visible()
