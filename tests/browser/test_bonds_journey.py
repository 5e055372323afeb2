"""About a relationship: words about it by touch, by keys, and without a connection."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_map_journey import Fingers, begin, choose_tool, figures, stored
from browser.test_offline_journey import PATIENCE, all_gone, ready
from browser.test_walk_by_keyboard import go_to, press

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def with_gran(page: Page, kind: str = "") -> str:
    """A map with oneself and Gran on it, tied, by forms. Returns its address."""
    begin(page)
    here = page.url
    page.goto(f"{here}add/")
    page.get_by_label("Name").fill("Gran")
    if kind:
        page.locator(".chip", has_text=kind).click()
    page.get_by_role("button", name="Put on the paper").click()
    page.locator("#map-list a.change").filter(has_text="Gran").click()
    page.get_by_role("button", name="Tie", exact=True).click()
    expect(page.get_by_role("link", name="More about this")).to_be_visible()
    return here


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep", exact=True).click()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_one_question_at_a_time_by_touch(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot, colours: str
) -> None:
    page = open_page("phone", empty, color_scheme=colours)
    begin(page)
    fingers = Fingers(page)
    choose_tool(page, "Figure")
    fingers.tap((0.2, 0.2))
    page.locator("#card-label").fill("Gran")
    page.locator(".map-card [data-act=close]").click()
    expect(figures(page)).to_have_count(2)
    choose_tool(page, "Tie")
    fingers.tap((0.2, 0.2))
    fingers.tap((0.5, 0.5))
    axe(page)
    stored(page)
    page.locator(".map-card").get_by_role("link", name="More about this").tap()

    expect(page.get_by_role("heading", name="Gran and me")).to_be_visible()
    axe(page)
    shot(page, f"bond-{colours}-begun")
    page.get_by_role("link", name="One question at a time").tap()
    given = page.get_by_role("group", name="What I give")
    expect(given).to_be_visible()
    axe(page)
    given.get_by_label("In your words").fill("I ring her.")
    keep(page)
    good = page.get_by_role("group", name="What is good")
    hard = page.get_by_role("group", name="What is hard")
    good.get_by_label("In your words").fill("She sings with me, whatever the day was like.")
    hard.get_by_label("How it stands").select_option(label="I would rather not say")
    axe(page)
    shot(page, f"bond-{colours}-asked")
    keep(page)
    expect(page.get_by_role("group", name="How often")).to_be_visible()
    page.get_by_role("link", name="Leave this one open").tap()
    expect(page.get_by_role("group", name="How long")).to_be_visible()
    page.get_by_role("link", name="Not now").tap()

    said = page.locator("#bond-felt")
    expect(said).to_contain_text("She sings with me")
    expect(said).to_contain_text("I would rather not say")
    left, right = (said.locator("h3").nth(at).bounding_box() for at in (0, 1))
    assert left
    assert right
    assert left["x"] < right["x"], "side by side, also at 360 px"
    assert abs(left["y"] - right["y"]) < 2
    axe(page)
    shot(page, f"bond-{colours}-said")
    page.get_by_role("link", name="Back to the paper").tap()
    expect(page.locator("#map-list").get_by_role("link", name="More words").first).to_be_visible()


def test_all_of_it_taken_away_and_brought_back_by_keyboard_alone(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = open_page("desk", empty)
    with_gran(page, "a service")
    press(page, "More about this", "link")
    press(page, "All on one page", "link")
    expect(page.get_by_role("group", name="Does it last")).to_be_visible()
    axe(page)
    shot(page, "bond-all")
    for group, words in (("Does it last", "We do."), ("Restrictions that stand", "No visits.")):
        field = page.get_by_role("group", name=group).get_by_label("In your words")
        go_to(page, field)
        page.keyboard.type(words)
    press(page, "Keep")
    expect(page.locator("#bond-limits")).to_contain_text("No visits.")
    axe(page)
    shot(page, "bond-work")
    go_to(page, page.locator("summary", has_text="Say a day anew"))
    page.keyboard.press("Enter")
    press(page, "Take away")
    expect(page.get_by_text("We do.")).to_have_count(0)
    axe(page)
    press(page, "Bring it back")
    expect(page.locator("#bond-lasting")).to_contain_text("We do.")


def test_without_a_connection_the_words_are_kept_and_come_to_their_tie(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = open_page("phone", empty, watched=False)
    with_gran(page)
    ready(page)
    way = page.get_by_role("link", name="More about this").get_attribute("href")
    page.context.set_offline(True)
    page.goto(way or "")
    expect(page.get_by_role("heading", name="About a relationship")).to_be_visible()
    axe(page)
    shot(page, "bond-offline")
    page.get_by_role("group", name="What is hard").get_by_label("In your words").fill("The bus.")
    keep(page)
    saved = page.locator("[data-kept] [data-state=saved]")
    expect(saved).to_be_visible(timeout=PATIENCE)
    page.context.set_offline(False)
    all_gone(page)
    page.goto(way or "")
    expect(page.locator("#bond-felt")).to_contain_text("The bus.")
    expect(page.locator("#bond-felt")).to_contain_text("I have not come to this")


def test_without_a_script_everything_is_there(open_page: OpenPage, empty: Site) -> None:
    page = open_page("phone", empty, java_script_enabled=False)
    page.goto("/")
    page.locator("form[action*=start] button").first.click()
    page.goto("/map/")
    page.get_by_role("button", name="Begin with me on the paper").click()
    page.get_by_role("link", name="Add someone or something").click()
    page.get_by_label("Name").fill("Gran")
    page.get_by_role("button", name="Put on the paper").click()
    page.locator("#map-list a.change").filter(has_text="Gran").click()
    page.get_by_role("link", name="More about this").click()
    page.get_by_role("link", name="All on one page").click()
    page.get_by_role("group", name="What I get").get_by_label("In your words").fill("Songs.")
    keep(page)
    expect(page.locator("#bond-give")).to_contain_text("Songs.")
