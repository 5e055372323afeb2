"""Everything one can do on the paper by touch, mouse and keyboard; and what a kill leaves."""

import math
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser as AnyBrowser
from playwright.sync_api import Error, Locator, Page, expect

from browser.conftest import FLAGS, OpenPage, Site
from browser.test_map_journey import (
    Fingers,
    Spot,
    begin,
    choose_tool,
    on_screen,
    press,
    state,
    stored,
    tab_to,
)
from browser.test_offline_journey import PATIENCE, ready, until
from faults.browser import Browser

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
ROUND = [(0.5 + 0.3 * math.cos(a / 3), 0.5 + 0.3 * math.sin(a / 3)) for a in range(20)]
KEEP = """async ({ count }) => {
  const { map, save } = document.querySelector("relation-map").dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (let n = 0; n < count; n += 1) {
    const id = crypto.randomUUID();
    const points = [[0.1, n / count, 0.5], [0.9, n / count, 0.5]];
    const body = { points, pen: "ink", width: "fine" };
    const made_at = new Date(Date.now() - 60000 + n * 10).toISOString();
    const told = { id, act: "stroke.add", kind: "stroke", thing: id, made_at, body };
    const answer = await fetch(save, { method: "POST", body: JSON.stringify(told),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(answer.status);
  }
}"""


def things(page: Page, kind: str) -> Locator:
    return page.locator(f"svg.paper [data-kind={kind}]")


def take(page: Page, name: str) -> None:
    """A tool, also where it lies behind the one button for the rest."""
    tool = page.locator(".tools label").filter(has_text=name)
    if not tool.is_visible():
        page.locator("[data-act=more]").click()
    tool.click()


def close_card(page: Page) -> None:
    page.locator(".map-card [data-act=close]").click()


def drag(page: Page, *spots: Spot) -> None:
    places = [on_screen(page, spot) for spot in spots]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=3)
    page.mouse.up()


def view(page: Page) -> list[float]:
    told = page.locator("svg.paper").get_attribute("viewBox") or ""
    return [float(number) for number in told.split()]


def test_every_kind_of_thing_by_touch(open_page: OpenPage, empty: Site, axe: Axe) -> None:
    page = open_page("phone", empty)
    begin(page, with_me=False)
    fingers = Fingers(page)
    page.locator(".widths label").nth(2).click()
    fingers.draw((0.1, 0.9), (0.2, 0.85), (0.3, 0.9))
    take(page, "Around")
    axe(page)
    fingers.draw(*ROUND)
    page.locator("#card-region").fill("mornings")
    close_card(page)
    take(page, "Write")
    fingers.tap((0.4, 0.5))
    page.locator("#card-written").fill("We never talk\nabout the sea")
    axe(page)
    close_card(page)
    take(page, "Shape")
    axe(page)
    page.locator(".shapes label").nth(4).click()
    fingers.tap((0.2, 0.2))
    fingers.draw((0.6, 0.1), (0.7, 0.15), (0.8, 0.2))
    expect(things(page, "shape")).to_have_count(2)
    expect(things(page, "writing")).to_contain_text("about the sea")

    choose_tool(page, "Move")
    before = things(page, "stroke").get_attribute("d")
    fingers.draw((0.2, 0.86), (0.25, 0.8), (0.4, 0.7))
    expect(things(page, "stroke")).not_to_have_attribute("d", before or "")
    take(page, "Erase")
    axe(page)
    fingers.tap((0.2, 0.2))
    expect(things(page, "shape")).to_have_count(1)
    stored(page)
    page.reload()
    for kind in ("stroke", "region", "writing", "shape"):
        expect(things(page, kind)).to_have_count(1)
    expect(things(page, "region")).to_contain_text("mornings")
    page.locator("[data-act=undo]").click()
    expect(things(page, "shape")).to_have_count(2)
    stored(page)
    axe(page)


def test_two_fingers_bring_the_paper_nearer_and_keep_nothing(
    open_page: OpenPage, empty: Site, axe: Axe
) -> None:
    page = open_page("phone", empty)
    begin(page, with_me=False)
    fingers = Fingers(page)
    fingers.put("touchStart", (0.4, 0.5))
    fingers.put("touchMove", (0.41, 0.5))
    fingers.put("touchStart", (0.41, 0.5), (0.6, 0.5))
    fingers.put("touchMove", (0.3, 0.5), (0.7, 0.5))
    fingers.put("touchEnd")
    expect(page.locator("relation-map")).to_have_attribute("data-near", "")
    assert view(page)[2] < 450
    expect(things(page, "stroke")).to_have_count(0)
    fingers.draw((0.2, 0.2), (0.5, 0.3), (0.8, 0.2))
    expect(things(page, "stroke")).to_have_count(1)
    axe(page)
    choose_tool(page, "Move")
    left = view(page)[0]
    fingers.draw((0.5, 0.8), (0.4, 0.8), (0.2, 0.8))
    until(page, f"() => document.querySelector('svg.paper').viewBox.baseVal.x !== {left}")
    page.get_by_role("button", name="Whole paper").click()
    expect(page.locator("svg.paper")).to_have_attribute("viewBox", "0 0 600 600")
    stored(page)


def test_every_kind_of_thing_by_mouse(open_page: OpenPage, empty: Site, axe: Axe) -> None:
    page = open_page("desk", empty)
    begin(page)
    drag(page, (0.1, 0.1), (0.3, 0.2), (0.5, 0.1))
    take(page, "Around")
    drag(page, *ROUND)
    close_card(page)
    take(page, "Write")
    page.mouse.click(*on_screen(page, (0.1, 0.9)))
    expect(page.locator("#card-written")).to_be_focused()
    press(page, "Escape")
    expect(things(page, "writing")).to_have_count(0)
    page.mouse.click(*on_screen(page, (0.1, 0.9)))
    page.keyboard.type("tea")
    close_card(page)
    take(page, "Shape")
    drag(page, (0.7, 0.7), (0.8, 0.8), (0.95, 0.9))
    page.locator(".map-card [data-act=smaller]").click()
    for kind in ("stroke", "region", "writing", "shape"):
        expect(things(page, kind)).to_have_count(1)
    axe(page)
    page.mouse.move(*on_screen(page, (0.5, 0.5)))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    until(page, "() => document.querySelector('relation-map').hasAttribute('data-near')")
    page.get_by_role("button", name="Whole paper").click()
    take(page, "Erase")
    page.mouse.click(*on_screen(page, (0.3, 0.2)))
    expect(things(page, "stroke")).to_have_count(0)
    stored(page)


def test_every_kind_of_thing_by_keyboard(open_page: OpenPage, empty: Site, axe: Axe) -> None:
    page = open_page("desk", empty)
    begin(page)
    drag(page, (0.1, 0.1), (0.2, 0.15), (0.3, 0.1))
    drag(page, (0.1, 0.3), (0.2, 0.35), (0.3, 0.3))
    for tool, kind in (("around", "region"), ("write", "writing"), ("shape", "shape")):
        tab_to(page, page.locator("input[name=map-tool]:checked"))
        while page.locator("relation-map").get_attribute("data-tool") != tool:
            press(page, "ArrowRight")
        tab_to(page, page.locator("svg.paper"))
        press(page, "Enter")
        if kind == "writing":
            page.keyboard.type("tea at four")
            press(page, "Tab", "Escape")
        elif kind == "region":
            press(page, "Escape")
        expect(things(page, kind)).to_have_count(1)
    stored(page)
    axe(page)
    for kind in ("region", "shape", "writing"):
        tab_to(page, things(page, kind))
        before = things(page, kind).inner_html()
        press(page, "ArrowLeft", "Shift+ArrowUp")
        expect(things(page, kind)).to_have_attribute("transform", "translate(-6.0 -30.0)")
        expect(things(page, kind)).not_to_have_attribute("transform", re.compile("."))
        assert things(page, kind).inner_html() != before
        press(page, "Delete")
        expect(things(page, kind)).to_have_count(0)
        press(page, "Control+z")
        expect(things(page, kind)).to_have_count(1)
    tab_to(page, things(page, "stroke").last)
    press(page, "PageUp")
    expect(things(page, "stroke").first).to_be_focused()
    press(page, "Delete")
    expect(things(page, "stroke")).to_have_count(1)
    tab_to(page, page.locator("svg.paper"))
    press(page, "+", "+")
    until(page, "() => document.querySelector('relation-map').hasAttribute('data-near')")
    press(page, "0")
    expect(page.locator("svg.paper")).to_have_attribute("viewBox", "0 0 600 600")
    stored(page)


def test_a_tie_is_reached_opened_and_taken_off_by_keyboard(
    open_page: OpenPage, empty: Site, axe: Axe
) -> None:
    page = open_page("desk", empty)
    begin(page)
    choose_tool(page, "Figure")
    page.mouse.click(*on_screen(page, (0.2, 0.2)))
    page.keyboard.type("Gran")
    close_card(page)
    choose_tool(page, "Tie")
    drag(page, (0.2, 0.2), (0.35, 0.35), (0.5, 0.5))
    page.locator(".map-card .chip").filter(has_text="helps").click()
    page.locator("#card-words").fill("she sang")
    close_card(page)
    expect(page.locator("svg.paper .tie-words")).to_contain_text("she sang")
    tie = things(page, "tie")
    expect(tie).to_have_attribute("aria-label", re.compile("Gran and me.*helps.*she sang"))
    choose_tool(page, "Move")
    tab_to(page, tie)
    press(page, "Enter")
    expect(page.locator(".map-card input[value=helps]")).to_be_checked()
    axe(page)
    press(page, "Escape")
    tab_to(page, tie)
    press(page, "Delete")
    expect(tie).to_have_count(0)
    stored(page)


def test_undo_and_redo_all_the_way_across_reloads(open_page: OpenPage, empty: Site) -> None:
    page = open_page("desk", empty)
    begin(page, with_me=False)
    count = 75
    page.evaluate(KEEP, {"count": count})
    page.reload()
    strokes = things(page, "stroke")
    expect(strokes).to_have_count(count)
    undo, redo = (page.locator(f"[data-act={act}]") for act in ("undo", "redo"))
    for way, left in ((undo, 0), (redo, count)):
        for at in range(count):
            way.click()
            expect(strokes).to_have_count(count - 1 - at if left == 0 else at + 1)
        expect(way).to_have_attribute("aria-disabled", "true")
        stored(page)
        page.reload()
        expect(strokes).to_have_count(left)


def test_at_four_hundred_per_cent_everything_is_reached(
    open_page: OpenPage, empty: Site, axe: Axe
) -> None:
    page = open_page("desk", empty, viewport={"width": 320, "height": 200})
    begin(page, with_me=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("svg.paper").evaluate("paper => paper.scrollIntoView()")
    drag(page, (0.2, 0.1), (0.5, 0.15), (0.8, 0.1))
    expect(things(page, "stroke")).to_have_count(1)
    take(page, "Shape")
    page.locator("[data-act=put]").click()
    expect(things(page, "shape")).to_have_count(1)
    page.locator(".map-sight [data-act=nearer]").click()
    page.get_by_role("button", name="Whole paper").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)
    stored(page)


def test_without_a_connection_every_kind_of_thing_is_kept(open_page: OpenPage, empty: Site) -> None:
    page = open_page("phone", empty, watched=False)
    begin(page, with_me=False)
    page.context.set_offline(True)
    fingers = Fingers(page)
    take(page, "Around")
    fingers.draw(*ROUND)
    close_card(page)
    take(page, "Write")
    fingers.tap((0.4, 0.5))
    page.locator("#card-written").fill("the sea")
    close_card(page)
    take(page, "Shape")
    fingers.tap((0.2, 0.2))
    expect(state(page)).to_contain_text("Saved on this device")
    page.context.set_offline(False)
    stored(page)
    page.reload()
    for kind in ("region", "writing", "shape"):
        expect(things(page, kind)).to_have_count(1)


def test_what_comes_in_after_the_page_was_made_shows_by_itself(
    open_page: OpenPage, empty: Site
) -> None:
    page = open_page("phone", empty, watched=False)
    begin(page, with_me=False)
    ready(page)
    page.context.route("**/keep/**", lambda route: route.abort())
    take(page, "Draw")
    Fingers(page).draw((0.2, 0.2), (0.5, 0.3), (0.7, 0.2))
    expect(state(page)).to_contain_text("Saved on this device")
    page.reload()
    expect(things(page, "stroke")).to_have_count(0)
    page.context.unroute("**/keep/**")
    expect(things(page, "stroke")).to_have_count(1, timeout=PATIENCE)


def test_a_browser_killed_in_the_middle_of_a_stroke_loses_that_stroke_alone(
    chromium: AnyBrowser, empty: Site, tmp_path: Path
) -> None:
    browser = Browser(chromium.browser_type, tmp_path / "profile", empty.address, FLAGS)
    for at in range(4):
        page = browser.open()
        assert browser.context
        browser.come_in(page)
        page.goto("/map/")
        if not at:
            page.get_by_role("button", name="Begin with bare paper").click()
        expect(things(page, "stroke")).to_have_count(at)
        browser.context.set_offline(at % 2 == 1)
        height = 0.1 + at / 8
        drag(page, (0.1, height), (0.4, height + 0.03), (0.7, height))
        expect(things(page, "stroke")).to_have_count(at + 1)
        expect(state(page)).to_have_attribute("data-state", re.compile("saved|sent|stored"))
        page.mouse.move(*on_screen(page, (0.1, 0.9)))
        page.mouse.down()
        page.mouse.move(*on_screen(page, (0.6, 0.9)), steps=9)
        expect(page.locator("svg.paper .sketch path")).not_to_have_count(0)
        browser.kill()
        with suppress(Error):
            browser.context.close()
    page = browser.open()
    browser.come_in(page)
    page.goto("/map/")
    expect(things(page, "stroke")).to_have_count(4, timeout=PATIENCE)  # the last may come in late
    assert browser.context
    browser.context.close()
