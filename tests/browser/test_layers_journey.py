"""Layers by touch, by mouse, by keyboard alone, without a script, and without a connection."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_map_journey import Fingers, begin, choose_tool, figures, stored
from browser.test_offline_journey import PATIENCE, all_gone, at_home, stroke

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def layer(page: Page, time: str, take: str, when: str = "") -> None:
    """Begin a layer from the paper, and wait for its own paper."""
    page.get_by_role("link", name="Another time").click()
    page.locator(".chip", has_text=time).first.click()
    page.locator(".chip", has_text=take).click()
    page.get_by_label("When that was").fill(when)
    page.get_by_role("button", name="Begin").click()
    here = page.locator(".dots [aria-current]")
    expect(here).to_contain_text(time, timeout=PATIENCE)


def test_layers_by_touch(open_page: OpenPage, empty: Site, axe: Look, shot: Shot) -> None:
    page = open_page("phone", empty)
    begin(page)
    fingers = Fingers(page)
    choose_tool(page, "Figure")
    fingers.tap((0.25, 0.25))
    page.locator("#card-label").fill("Gran")
    page.locator(".map-card [data-act=close]").click()
    stored(page)
    page.get_by_role("link", name="Another time").click()
    axe(page)
    shot(page, "layer-begin")
    page.go_back()

    layer(page, "Before", "All of it", "the year with the dog")
    expect(figures(page)).to_have_count(2)
    choose_tool(page, "Figure")
    fingers.tap((0.75, 0.75))
    page.locator("#card-label").fill("Choir")
    page.locator(".map-card [data-act=close]").click()
    stored(page)
    page.locator(".ghosts .chip").filter(has_text="The first map").click()
    expect(page.locator("svg.paper > .ghost")).to_have_count(1)
    expect(figures(page).locator("visible=true")).not_to_have_count(0)
    axe(page)
    shot(page, "layer-ghost")
    page.locator(".ghosts .chip").filter(has_text="none").click()
    expect(page.locator(".ghost")).to_have_count(0)

    page.get_by_role("link", name="Two beside each other").click()
    expect(page.locator("main")).to_contain_text("and not on “The first map”: Choir.")
    page.get_by_label("What is different?").fill("We sang, then.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_label("What is different?")).to_have_value("We sang, then.")
    axe(page)
    shot(page, "layer-two")


def test_layers_by_keyboard_alone(open_page: OpenPage, empty: Site, axe: Look, shot: Shot) -> None:
    page = open_page("desk", empty)
    begin(page)
    layer(page, "Hoped for", "Only the figures")
    page.get_by_role("link", name="Slide through them").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Slide through the layers")).to_be_visible()
    chosen = page.get_by_role("radio", name="Hoped for")
    chosen.focus()
    expect(chosen).to_be_checked()
    expect(page.get_by_role("heading", name="Hoped for")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="The first map")).to_be_checked()
    expect(page.get_by_role("heading", name="The first map")).to_be_visible()
    expect(page.get_by_role("heading", name="Hoped for")).not_to_be_visible()
    axe(page)
    shot(page, "layer-slide")
    page.emulate_media(reduced_motion="reduce")
    moves = "() => getComputedStyle(document.querySelector('.leaf')).transitionDuration"
    assert page.evaluate(moves) in ("0s", "0s, 0s")


def test_a_replay_plays_pauses_and_steps(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = open_page("desk", empty)
    begin(page)
    here = page.url
    page.get_by_role("link", name="How it came about").click()
    axe(page)
    page.get_by_role("button", name="Yes, keep the order").click()
    expect(page.locator("[data-replay]")).to_be_visible()
    page.goto(here)
    stroke(page, 0.3)
    stroke(page, 0.6)
    stored(page)
    page.emulate_media(reduced_motion="no-preference")
    page.goto(f"{here}replay/")
    now, play = page.locator("[data-now]"), page.locator("[data-act=play]")
    expect(now).to_have_text("Then: lines drawn by hand")
    axe(page)
    shot(page, "replay")
    page.get_by_role("link", name="One step back").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(now).to_have_text("First: me")
    assert page.url.endswith("/replay/"), "a step is no other page"
    page.locator(".seg label", has_text="faster").click()
    play.click()
    expect(play).to_have_text("Pause")
    play.click()
    expect(play).to_have_text("Play")
    play.click()
    expect(now).to_have_text("Then: lines drawn by hand")
    expect(play).to_have_text("Play", timeout=PATIENCE)
    expect(page.locator(".not-yet")).to_have_count(0)
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    expect(play).to_be_hidden()
    page.get_by_role("link", name="One step back").click()
    expect(page.locator(".not-yet")).not_to_have_count(0)
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("[data-replay]")).to_have_count(0)


def test_an_earlier_day_is_looked_at_and_traced(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = open_page("phone", empty)
    begin(page)
    page.get_by_role("link", name="Earlier days").click()
    page.locator("main .list a").first.click()
    expect(page.get_by_role("heading", name="As it was on")).to_be_visible()
    expect(page.locator("[data-print]")).to_be_visible()
    axe(page)
    shot(page, "earlier-day")
    page.get_by_role("link", name="Trace it on a new layer").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".dots [aria-current]")).to_contain_text("Another time", timeout=PATIENCE)
    expect(figures(page)).to_have_count(1)


def test_a_layer_begun_without_a_connection_is_there_with_what_was_drawn(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = at_home(open_page("desk", empty, watched=False))
    page.goto("/map/")
    page.get_by_role("button", name="Begin with me on the paper").click()
    expect(page.locator("svg.paper .figure")).to_have_count(1)
    first = page.url
    page.context.set_offline(True)
    page.goto(first)
    page.get_by_role("link", name="Another time").click()
    expect(page.get_by_role("heading", name="Another time")).to_be_visible()
    axe(page)
    page.locator(".chip", has_text="In a bad spell").click()
    page.locator(".chip", has_text="All of it").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Without a connection")).to_be_visible()
    assert page.url != first
    shot(page, "layer-offline")
    stroke(page, 0.4)
    expect(page.locator("[data-place=state]")).to_contain_text("Saved on this device")
    page.context.set_offline(False)
    all_gone(page)
    page.reload()
    expect(page.locator(".dots [aria-current]")).to_contain_text("In a bad spell")
    expect(page.locator("svg.paper .stroke")).to_have_count(1)
    expect(page.locator("svg.paper .figure")).to_have_count(1)
