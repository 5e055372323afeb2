"""Someone without mail begins on a shared tablet with six words, and is helped back in by two."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
WORDS, NEW = "tea in the morning", "tea on the stairs"


def keeper_of_a_ward(page: Page) -> str:
    """Open a notebook and a circle; returns the address of the circle."""
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    page.goto("/together/new/")
    page.get_by_label("What is it called").fill("Ward 6")
    page.get_by_label("a ward or service").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("heading", name="Ward 6")).to_be_visible()
    return page.url


def second_keeper(first: Page, second: Page) -> None:
    """Someone else comes in with a card for those who look after the circle."""
    first.get_by_role("link", name="Cards that let others in").click()
    first.get_by_label("Someone who looks after this circle too").check()
    first.get_by_role("button", name="Make a card", exact=True).click()
    code = first.locator(".code").inner_text()
    second.goto("/come/")
    second.get_by_label("The code on your card").fill(code)
    second.get_by_label("A name to sign in with").fill("second")
    second.get_by_label("A passphrase").fill(WORDS)
    second.get_by_role("button", name="Keep").click()
    expect(second.get_by_role("heading", name="Ward 6")).to_be_visible()


def words_on(page: Page) -> str:
    return " ".join(page.locator("ol.code b").all_inner_texts())


def begin_with_words(page: Page, typed: str, name: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="I have a card with six words").click()
    page.get_by_label("The six words on your card").fill(typed)
    page.get_by_role("button", name="Go on").click()
    form = page.locator("form", has_text="With a passphrase")
    form.get_by_label("A name to sign in with").fill(name)
    form.get_by_label("A passphrase", exact=True).fill(WORDS)
    page.get_by_label("Other people use this device too").check()
    page.get_by_role("button", name="Keep it and go in").click()
    expect(page.get_by_text("You are in. The card is spent.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_a_keepers_card_to_a_notebook_and_back_in(
    open_page: OpenPage, empty: Site, axe: Axe, shot: Shot, scheme: str
) -> None:
    size = "phone" if scheme == "light" else "desk"
    keeper, tablet = open_page("desk", empty), open_page(size, empty, color_scheme=scheme)
    ward = keeper_of_a_ward(keeper)
    keeper.goto(f"{ward}words/")
    axe(keeper)
    keeper.get_by_role("button", name="Make a card").click()
    expect(keeper.locator("ol.code b")).to_have_count(6)
    keeper.wait_for_load_state()
    typed = words_on(keeper)
    assert len(typed.split()) == 6
    axe(keeper)
    shot(keeper, "words-card")

    tablet.goto("/words/")
    axe(tablet)
    shot(tablet, f"words-{scheme}")
    tablet.get_by_label("The six words on your card").fill("abandon ability nonsense")
    tablet.get_by_role("button", name="Go on").click()
    expect(tablet.get_by_text("nonsense is not on any card").first).to_be_visible()
    tablet.wait_for_load_state()
    axe(tablet)
    tablet.get_by_label("The six words on your card").fill(typed)
    tablet.get_by_role("button", name="Go on").click()
    expect(tablet.get_by_role("heading", name="Choose how you come in")).to_be_visible()
    tablet.wait_for_load_state()
    axe(tablet)
    shot(tablet, f"words-choose-{scheme}")
    begin_with_words(tablet, typed, "rose")
    tablet.goto("/me/where/")
    axe(tablet)
    shot(tablet, f"where-{scheme}")

    second = open_page("desk", empty)
    keeper.goto(ward)
    second_keeper(keeper, second)
    for page in (keeper, second):
        page.goto(f"{ward}again/")
        page.get_by_label("The name they sign in with").fill("rose")
        page.get_by_role("button", name="They are who they say").click()
        expect(page.get_by_text("Noted for an hour.").or_(page.locator("ol.code"))).to_be_visible()
        page.wait_for_load_state()
        axe(page)
    shot(keeper, "words-again")
    tablet.goto("/")
    expect(tablet.get_by_role("heading", name="A card to your notebook")).to_be_visible()
    axe(tablet)
    shot(tablet, f"card-made-{scheme}")

    typed = words_on(second)
    back = open_page(size, empty, color_scheme=scheme)
    back.goto("/words/")
    back.get_by_label("The six words on your card").fill(typed)
    back.get_by_role("button", name="Go on").click()
    expect(back.get_by_role("heading", name="Choose how you come in")).to_be_visible()
    shot(back, f"words-back-{scheme}")
    back.get_by_label("A passphrase", exact=True).fill(NEW)
    back.get_by_role("button", name="Keep it and go in").click()
    expect(back.get_by_text("You are in. The card is spent.")).to_be_visible()
    tablet.goto("/me/")
    expect(tablet.get_by_role("heading", name="You", exact=True)).to_have_count(0)


def test_two_browsers_see_each_other_and_one_ends_the_other(
    open_page: OpenPage, empty: Site, axe: Axe, shot: Shot
) -> None:
    mine, other = open_page("desk", empty), open_page("phone", empty)
    mine.goto("/")
    mine.get_by_role("button", name="Open my notebook").click()
    expect(mine.get_by_role("heading", name="Yours")).to_be_visible()
    mine.goto("/me/ways/words/")
    axe(mine)
    shot(mine, "passphrase")
    mine.get_by_label("A name to sign in with").fill("rose")
    mine.get_by_label("A new passphrase").fill(WORDS)
    mine.get_by_role("button", name="Keep").click()
    other.goto("/in/")
    other.get_by_label("Your sign-in name").fill("rose")
    other.get_by_label("Passphrase").fill(WORDS)
    other.get_by_role("button", name="Sign in", exact=True).press("Enter")
    expect(other.get_by_role("heading", name="Yours")).to_be_visible()
    mine.goto("/me/where/")
    axe(mine)
    shot(mine, "where")
    mine.get_by_role("button", name="End it").press("Enter")
    expect(mine.get_by_text("That one has ended.")).to_be_visible()
    other.goto("/me/")
    expect(other.get_by_role("heading", name="You", exact=True)).to_have_count(0)


def test_a_keeper_says_that_a_device_is_shared(
    open_page: OpenPage, empty: Site, axe: Axe, shot: Shot
) -> None:
    page = open_page("phone", empty)
    keeper_of_a_ward(page)
    page.goto("/shared/")
    axe(page)
    shot(page, "device")
    page.get_by_role("button", name="This device is shared").click()
    expect(page.get_by_role("button", name="It is no longer shared")).to_be_visible()
    page.goto("/closed/")
    page.goto("/")
    expect(page.get_by_role("button", name="Open my notebook")).to_have_count(0)
    page.goto("/in/")
    axe(page)
    shot(page, "signin-shared")
    expect(page.get_by_label("Your sign-in name")).to_have_attribute("autocomplete", "off")
