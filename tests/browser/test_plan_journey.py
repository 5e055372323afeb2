"""The emotion map: a plan drawn by touch, moments put where they were, a week read by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_map_journey import Fingers, choose_tool, stored
from browser.test_moments_journey import begin, fits, note
from pictures import A_PICTURE

TAPPED = re.compile(r"0\.2[45]\d* 0\.7[45]")
Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def a_plan(page: Page, site: Site) -> str:
    """A notebook with two moments and a bare plan; the plan's address."""
    begin(page)
    note(page, "We burnt the toast.")
    note(page, "She rang.")
    page.goto("/notes/")
    page.get_by_role("link", name="Where it was").click()
    page.get_by_label("What you call this place").fill("The flat")
    page.get_by_role("button", name="Begin a plan").click()
    expect(page.get_by_role("heading", name="The flat")).to_be_visible()
    return page.url


def test_a_plan_is_drawn_by_touch_and_a_moment_tapped_on_to_it(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    phone = open_page("phone", empty)
    plan = a_plan(phone, empty)
    axe(phone)
    phone.get_by_role("link", name="Draw on the plan").tap()
    choose_tool(phone, "Draw")
    Fingers(phone).draw((0.2, 0.2), (0.5, 0.15), (0.8, 0.2), (0.8, 0.6), (0.2, 0.6), (0.2, 0.25))
    stored(phone)
    phone.get_by_role("link", name="Back to the moments on it").tap()
    expect(phone.locator(".plan .still-stroke")).to_have_count(1)
    phone.get_by_label("Which moment").select_option(label=_choice(phone, "toast"))
    box = phone.locator("[data-plan]").bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    expect(phone.get_by_label("Where it was")).to_have_value(TAPPED)
    phone.get_by_role("button", name="Put it there").tap()
    expect(phone.get_by_text("It is on the plan.")).to_be_visible()
    expect(phone.locator(".pins .mark:not([hidden])")).to_have_attribute("transform", TAPPED)
    words = phone.get_by_role("region", name="The week, in words")
    expect(words).to_contain_text("bottom left")
    expect(words.get_by_role("link", name="We burnt the toast.")).to_be_visible()
    assert fits(phone)
    axe(phone)
    shot(phone, "plan")
    assert plan in phone.url


def _choice(page: Page, part: str) -> str:
    options = page.get_by_label("Which moment").locator("option")
    return str(options.filter(has_text=part).first.text_content())


def test_by_keyboard_alone_over_a_photo_in_the_dark(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot, tmp_path: Path
) -> None:
    desk = open_page("desk", empty, color_scheme="dark")
    plan = a_plan(desk, empty)
    desk.get_by_role("link", name="A photo of it").click()
    file = tmp_path / "plan.png"
    file.write_bytes(A_PICTURE)
    desk.get_by_label("The photo").set_input_files(file)
    desk.get_by_role("button", name="Keep").click()
    desk.wait_for_url("**/map/*/")
    desk.goto(plan)
    expect(desk.locator(".plan-photo image")).to_have_count(1)
    desk.get_by_label("Which moment").focus()
    for key in ("Tab", "b", "Tab", "Enter"):
        desk.keyboard.press(key)
    expect(desk.get_by_text("It is on the plan.")).to_be_visible()
    words = desk.get_by_role("region", name="The week, in words")
    expect(words).to_contain_text("bottom")
    axe(desk)
    shot(desk, "plan-photo")
    words.get_by_role("button", name="Take it off the plan").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("It is off the plan. The moment itself is kept.")).to_be_visible()
    expect(words).to_contain_text("A blank week is blank.")
    desk.get_by_role("link", name="The week before").click()
    expect(desk.get_by_text("No moment was noted in this week.")).to_be_visible()
    axe(desk)
