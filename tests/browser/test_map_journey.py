"""A first map, by touch and by keyboard alone; what is stored is there after a reload."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import OpenPage, Site

Spot = tuple[float, float]


def begin(page: Page, with_me: bool = True) -> None:
    """A notebook of one's own, and a map in it."""
    page.goto("/")
    with page.expect_navigation():
        page.locator("form[action*=start] button").first.click()
    page.goto("/map/")
    words = "Begin with me on the paper" if with_me else "Begin with bare paper"
    page.get_by_role("button", name=words).click()
    expect(page.locator("[data-act=redo]")).to_have_attribute("aria-disabled", "true")


def state(page: Page) -> Locator:
    return page.locator("[data-place=state]")


def stored(page: Page) -> None:
    expect(state(page)).to_have_text("Stored")


def figures(page: Page) -> Locator:
    return page.locator("svg.paper .figure")


def place_of(figure: Locator) -> str | None:
    return figure.locator("xpath=..").get_attribute("transform")


def choose_tool(page: Page, name: str) -> None:
    page.locator(".tools label").filter(has_text=name).click()


def on_screen(page: Page, spot: Spot) -> Spot:
    page.locator("svg.paper").scroll_into_view_if_needed()
    box = page.locator("svg.paper").bounding_box()
    assert box
    return box["x"] + spot[0] * box["width"], box["y"] + spot[1] * box["height"]


class Fingers:
    """Fingers on the glass, through the browser's own input, so that its rules apply."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.glass = page.context.new_cdp_session(page)

    def put(self, kind: str, *spots: Spot) -> None:
        places = [on_screen(self.page, spot) for spot in spots]
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(places)]
        told: dict[str, Any] = {"type": kind, "touchPoints": points}
        self.glass.send("Input.dispatchTouchEvent", told)

    def tap(self, spot: Spot) -> None:
        self.put("touchStart", spot)
        self.put("touchEnd")

    def draw(self, *spots: Spot) -> None:
        self.put("touchStart", spots[0])
        for spot in spots[1:]:
            self.put("touchMove", spot)
        self.put("touchEnd")


def test_a_first_map_by_touch(
    open_page: OpenPage,
    empty: Site,
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> None:
    page = open_page("phone", empty)
    begin(page)
    fingers = Fingers(page)
    shot(page, "map-begun")

    choose_tool(page, "Figure")
    fingers.tap((0.25, 0.25))
    page.locator("#card-label").fill("Gran")
    page.locator(".map-card .chip").filter(has_text="someone who died").click()
    axe(page)
    page.locator(".map-card [data-act=close]").click()
    expect(figures(page)).to_have_count(2)

    choose_tool(page, "Tie")
    fingers.tap((0.25, 0.25))
    fingers.tap((0.5, 0.5))
    for quality in ("helps", "hurts"):
        page.locator(".map-card .chip").filter(has_text=quality).click()
    page.locator("#card-words").fill("she sang")
    axe(page)
    page.locator(".map-card [data-act=close]").click()
    expect(page.locator("svg.paper .tie .jagged")).to_have_count(1)
    expect(page.locator("svg.paper .tie .plain")).to_have_count(1)

    choose_tool(page, "Draw")
    page.locator(".map-canvas .pens label").nth(3).click()
    fingers.draw((0.6, 0.8), (0.65, 0.75), (0.72, 0.82), (0.8, 0.78))
    expect(page.locator("svg.paper .stroke")).to_have_count(1)

    choose_tool(page, "Move")
    fingers.draw((0.25, 0.25), (0.3, 0.2), (0.7, 0.2))
    stored(page)
    expect(page.locator("#map-list")).to_contain_text("someone who died, top right")
    expect(page.locator("#map-list")).to_contain_text("helps, hurts")
    shot(page, "map-drawn")

    page.reload()
    expect(figures(page)).to_have_count(2)
    expect(page.locator("svg.paper .stroke.pen-moss")).to_have_count(1)
    page.locator("[data-act=undo]").click()
    page.locator("[data-act=undo]").click()
    expect(page.locator("svg.paper .stroke")).to_have_count(0)
    stored(page)
    page.reload()
    expect(page.locator("svg.paper .stroke")).to_have_count(0)
    page.locator("[data-act=redo]").click()
    expect(page.locator("svg.paper .stroke")).to_have_count(1)
    stored(page)
    axe(page)


def test_a_second_finger_and_a_cancelled_touch_commit_nothing(
    open_page: OpenPage, empty: Site
) -> None:
    page = open_page("phone", empty)
    begin(page, with_me=False)
    fingers = Fingers(page)
    fingers.put("touchStart", (0.2, 0.2))
    fingers.put("touchMove", (0.4, 0.4))
    fingers.put("touchStart", (0.4, 0.4), (0.8, 0.8))
    fingers.put("touchMove", (0.5, 0.4), (0.7, 0.8))
    fingers.put("touchEnd")
    fingers.put("touchStart", (0.2, 0.6))
    fingers.put("touchMove", (0.4, 0.6))
    fingers.put("touchCancel")
    expect(page.locator("svg.paper .stroke")).to_have_count(0)
    fingers.draw((0.2, 0.6), (0.3, 0.65), (0.4, 0.6))
    expect(page.locator("svg.paper .stroke")).to_have_count(1)
    stored(page)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there: everything must be reachable so."""
    for _ in range(80):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the Tab key does not lead there")


def test_a_first_map_by_keyboard_alone(
    open_page: OpenPage,
    empty: Site,
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> None:
    page = open_page("desk", empty)
    begin(page)
    tab_to(page, page.get_by_role("link", name="Add someone or something"))
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Someone or something")).to_be_visible()
    axe(page)
    tab_to(page, page.get_by_label("Name"))
    page.keyboard.type("B., the dog")
    tab_to(page, page.get_by_role("button", name="Put on the paper"))
    press(page, "Enter")
    dog = page.locator('.grip[aria-label^="B., the dog"]')
    tab_to(page, dog)
    before, sent = place_of(dog), []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else 0)
    press(page, "ArrowLeft", "ArrowLeft", "Shift+ArrowDown")
    stored(page)
    assert place_of(dog) != before
    assert len(sent) == 1, "a nudge is one gesture, however many keys"
    expect(dog).to_be_focused()
    press(page, "ArrowUp", "Escape")
    moved = place_of(dog)
    axe(page)

    tab_to(page, page.locator("input[name=map-tool]:checked"))
    press(page, "ArrowRight", "ArrowRight")
    expect(page.locator("relation-map")).to_have_attribute("data-tool", "tie")
    tab_to(page, page.get_by_role("button", name="me. me"))
    press(page, "Enter")
    expect(page.locator("[data-place=says]")).to_contain_text("A tie starts at me.")
    tab_to(page, dog)
    press(page, "Enter")
    helps = page.locator(".map-card input[value=helps]")
    expect(helps).to_be_visible()
    tab_to(page, helps)
    press(page, "Space")
    tab_to(page, page.locator(".map-card [data-act=close]"))
    press(page, "Enter")
    stored(page)
    expect(page.locator("#map-list")).to_contain_text("Tied to me: helps")
    axe(page)
    shot(page, "map-by-keyboard")

    press(page, "Control+z", "Control+z")
    expect(page.locator("svg.paper .tie")).to_have_count(0)
    press(page, "Control+Shift+z")
    expect(page.locator("svg.paper .tie")).to_have_count(1)
    tab_to(page, dog)
    press(page, "Delete")
    expect(page.locator("[data-place=says]")).to_contain_text("is off the paper")
    stored(page)
    page.reload()
    expect(figures(page)).to_have_count(1)
    press(page, "Control+z")
    expect(dog).to_be_visible()
    assert place_of(dog) == moved
    stored(page)


def test_a_lost_connection_loses_nothing_and_says_so(open_page: OpenPage, empty: Site) -> None:
    page = open_page("phone", empty, watched=False)
    begin(page, with_me=False)
    fingers = Fingers(page)
    page.context.set_offline(True)
    fingers.draw((0.2, 0.2), (0.4, 0.3), (0.6, 0.2))
    expect(state(page)).to_contain_text("Saved on this device")
    fingers.draw((0.2, 0.5), (0.4, 0.6), (0.6, 0.5))
    expect(page.locator("svg.paper .stroke")).to_have_count(2)
    page.context.set_offline(False)
    stored(page)
    page.reload()
    expect(page.locator("svg.paper .stroke")).to_have_count(2)


def test_the_way_out_is_never_held_up(open_page: OpenPage, empty: Site) -> None:
    page = open_page("phone", empty, watched=False)
    begin(page, with_me=False)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/keep/", lambda route: route.abort())
    Fingers(page).draw((0.2, 0.2), (0.4, 0.3), (0.6, 0.2))
    expect(state(page)).to_contain_text("Saved on this device")
    page.locator(".exit").click()
    expect(page.locator("svg.paper")).to_have_count(0)
    page.wait_for_url(lambda url: "/map/" not in url)
    assert asked == []


def test_without_a_script_the_list_does_everything(open_page: OpenPage, empty: Site) -> None:
    page = open_page("phone", empty, java_script_enabled=False)
    page.goto("/")
    with page.expect_navigation():
        page.locator("form[action*=start] button").first.click()
    page.goto("/map/")
    page.get_by_role("button", name="Begin with me on the paper").click()
    page.get_by_role("link", name="Add someone or something").click()
    page.get_by_label("Name").fill("Ward 6")
    page.get_by_role("button", name="Put on the paper").click()
    page.get_by_role("link", name="Change Ward 6").click()
    page.get_by_role("button", name="Left", exact=True).click()
    page.get_by_role("button", name="Tie", exact=True).click()
    for quality in ("helps", "hurts"):
        page.locator(".chip").filter(has_text=quality).click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#map-list")).to_contain_text("Tied to me: helps, hurts")
    page.get_by_role("button", name="Undo the last step").click()
    expect(page.locator("#map-list")).not_to_contain_text("hurts")
    page.get_by_role("link", name="See the drawing").click()
    expect(page.locator("svg.paper.still")).to_be_visible()
