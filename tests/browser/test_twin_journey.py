"""A whole map in the list: by keyboard alone, and without any script; in step with the paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import OpenPage, Site
from browser.test_map_journey import begin, figures, press, stored

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def listed(page: Page) -> Locator:
    return page.locator("#map-list")


def said(page: Page) -> Locator:
    return page.locator("[data-place=says]")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there, once round the page at most."""
    for _ in range(160):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the Tab key does not lead there")


def go(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    press(page, key)


def follow(page: Page, target: Locator) -> None:
    """Press Enter on what leads to another page, and wait for that page."""
    tab_to(page, target)
    with page.expect_navigation():
        press(page, "Enter")


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several radios, as keys do."""
    field = page.locator(f"main input[name={name}]")
    values = [one.get_attribute("value") for one in field.all()]
    checked = [one.is_checked() for one in field.all()]
    at = checked.index(True) if True in checked else 0
    tab_to(page, field.nth(at))
    if True not in checked:
        press(page, "Space")
    steps = values.index(value) - at
    press(page, *(["ArrowRight"] * steps if steps > 0 else ["ArrowLeft"] * -steps))
    expect(page.locator(f"main input[name={name}][value='{value}']")).to_be_checked()


def more(page: Page, name: str) -> None:
    """Open what more there is for the paper, and follow one of its links."""
    if page.locator("#list-more").get_attribute("open") is None:
        go(page, page.locator("#list-more summary"))
    follow(page, page.locator("#list-more").get_by_role("link", name=name, exact=True))


def put(page: Page) -> None:
    follow(page, page.get_by_role("button", name="Put on the paper"))


def test_a_whole_map_by_keyboard_alone(
    open_page: OpenPage, empty: Site, axe: Axe, shot: Shot
) -> None:
    page = open_page("desk", empty)
    begin(page)
    go(page, page.locator("#map-several summary"))
    tab_to(page, page.locator("#several-names"))
    for name in ("Gran", "T."):
        page.keyboard.type(name)
        press(page, "Enter")
        expect(said(page)).to_have_text(f"On the paper: {name}.")
    expect(figures(page)).to_have_count(3)
    expect(page.locator("#several-names")).to_be_focused()
    stored(page)
    expect(page.locator("#map-told")).to_contain_text("Gran")
    axe(page)
    press(page, "Shift+Tab")
    press(page, "Control+z")
    expect(figures(page)).to_have_count(2)
    press(page, "Control+Shift+z")
    expect(figures(page)).to_have_count(3)
    stored(page)

    # what is chosen in the list is chosen on the paper, and the other way round
    gran = page.locator("#map-list [data-row]").filter(has_text="Gran").first
    go(page, gran.get_by_role("button", name="Show"))
    expect(page.locator("svg.paper .figure.chosen")).to_have_count(1)
    expect(gran).to_have_attribute("aria-current", "true")
    go(page, page.locator(".map-card [data-act=close]"))
    expect(gran).not_to_have_attribute("aria-current", "true")

    for kind, fill in (
        ("Words on the paper", lambda: _type(page, "words", "not today")),
        ("A shape", lambda: choose(page, "what", "heart")),
        ("A line", lambda: choose(page, "width", "broad")),
    ):
        more(page, kind)
        fill()
        axe(page)
        put(page)
    more(page, "A line round some of it")
    go(page, page.locator("main input[name=figures]").nth(1), "Space")
    _type(page, "label", "home")
    axe(page)
    put(page)
    for words in ("“not today”", "A heart", "home", "a line round Gran"):
        expect(listed(page)).to_contain_text(words)
    expect(page.locator("svg.paper .writing, svg.paper .shape, svg.paper .region")).to_have_count(3)

    more(page, "Rings, parts, a background")
    choose(page, "rings", "2")
    _type(page, "near", "near means I trust them")
    axe(page)
    follow(page, page.get_by_role("button", name="Keep"))
    expect(page.locator("svg.paper .under circle")).to_have_count(2)
    expect(page.locator("#map-told")).to_contain_text("near means I trust them")

    more(page, "The map in your own words")
    follow(page, page.get_by_role("button", name="Begin with the page’s sentences"))
    expect(page.get_by_label("Your words")).to_have_value(r := _sentences(page))
    assert "Gran" in r
    follow(page, page.get_by_role("button", name="Keep"))
    expect(listed(page)).to_contain_text("In your words")

    more(page, "The order of this list")
    follow(page, page.get_by_role("button", name="First T."))
    expect(page.get_by_text("Now the first: T.")).to_be_visible()
    expect(page.get_by_role("button", name="First T.")).to_be_focused()
    axe(page)
    follow(page, page.get_by_role("link", name="Back to the paper"))
    expect(page.locator("#map-list h3").first).to_have_text("T.")
    axe(page)
    shot(page, "twin-by-keyboard")

    # the drawing goes on, and the page says so
    follow(page, page.get_by_role("link", name="Change Gran"))
    follow(page, page.get_by_role("button", name="Down", exact=True))
    follow(page, page.get_by_role("link", name="Forget it for good"))
    expect(page.get_by_text("It cannot be undone.")).to_be_visible()
    axe(page)
    follow(page, page.get_by_role("button", name="Forget it for good"))
    expect(page.locator("#map-list h3").filter(has_text="Gran")).to_have_count(0)
    expect(listed(page)).to_contain_text("The drawing has changed since you wrote this.")


def _type(page: Page, name: str, text: str) -> None:
    tab_to(page, page.locator(f"main [name={name}]"))
    page.keyboard.type(text)


def _sentences(page: Page) -> str:
    return " ".join(page.locator("#ours ~ p").all_inner_texts())


def test_a_whole_map_without_a_script(open_page: OpenPage, empty: Site, shot: Shot) -> None:
    page = open_page("phone", empty, java_script_enabled=False)
    page.goto("/")
    with page.expect_navigation():
        page.locator("form[action*=start] button").first.click()
    page.goto("/map/")
    page.get_by_role("button", name="Begin with bare paper").click()
    page.locator("#map-several summary").click()
    page.locator("#several-names").fill("me\nGran, far off\nthe dog")
    page.get_by_role("button", name="Put on the paper").click()
    expect(page.locator("#map-list h3")).to_have_text(["me", "Gran, far off", "the dog"])
    page.get_by_role("link", name="Add someone or something").click()
    page.get_by_label("Name").fill("Lou")
    page.get_by_role("button", name="Put on the paper").click()
    page.locator("#list-more summary").click()
    page.get_by_role("button", name="Move apart what lies on each other").click()
    expect(page.get_by_text("They have room now. Undo puts them back.")).to_be_visible()
    page.get_by_role("button", name="Undo the last step").click()
    page.get_by_role("button", name="Do it again").click()
    for name, act in (("Words on the paper", "words"), ("A shape", ""), ("A line", "")):
        page.locator("#list-more summary").click()
        page.locator("#list-more").get_by_role("link", name=name, exact=True).click()
        if act:
            page.locator(f"[name={act}]").fill("not today")
        page.get_by_role("button", name="Put on the paper").click()
    expect(page.locator("#map-list h3")).to_have_count(6)
    expect(page.locator("#map-told")).to_contain_text("Written at the top: “not today”.")
    page.get_by_role("link", name="Change “not today”").click()
    page.get_by_role("button", name="Take off the paper").click()
    expect(page.locator("#map-list h3")).to_have_count(5)
    page.locator("#map-off summary").click()
    page.get_by_role("button", name="Put back “not today”").click()
    expect(page.locator("#map-list h3")).to_have_count(6)
    page.locator("#list-more summary").click()
    page.get_by_role("link", name="The order of this list").click()
    page.get_by_role("button", name="Up the dog").click()
    page.get_by_role("link", name="Back to the paper").click()
    expect(page.locator("#map-list h3").nth(1)).to_have_text("the dog")
    page.locator("#list-more summary").click()
    page.get_by_role("link", name="The map in your own words").click()
    page.get_by_label("Your words").fill("Few, and enough.")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="To print").click()
    expect(page.get_by_text("Few, and enough.").last).to_be_visible()
    expect(page.locator("svg.paper.still")).to_be_visible()
    shot(page, "twin-without-script")
