"""A week from paper: by keyboard at a desk, by touch on a phone, without a connection and with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_moments_journey import fits
from browser.test_offline_journey import PATIENCE, at_home, state

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def test_a_week_is_typed_in_by_keyboard_alone(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    desk = at_home(open_page("desk", empty, color_scheme="dark"))
    desk.goto("/notes/week/")
    expect(desk.get_by_label("What happened, or could not").first).to_be_focused()
    axe(desk)
    desk.keyboard.type("Tea on the stairs.")
    desk.keyboard.press("Tab")
    desk.keyboard.type("T.")
    desk.get_by_label("What happened, or could not").nth(1).focus()
    desk.keyboard.type("No call.")
    for key in ("Tab", "Tab"):
        desk.keyboard.press(key)
    desk.keyboard.type("sad")
    desk.keyboard.press("Tab")
    desk.keyboard.type("handover")
    for key in ("Tab", "ArrowRight"):
        desk.keyboard.press(key)
    shot(desk, "week")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Tea on the stairs.")).to_be_visible(timeout=PATIENCE)
    expect(desk.get_by_text("No call.")).to_be_visible()
    expect(desk.get_by_text("It could not happen")).to_be_visible()


def test_without_a_connection_a_week_waits_and_is_stored_once(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    phone = at_home(open_page("phone", empty, watched=False))
    phone.goto("/notes/week/")
    phone.context.set_offline(True)
    phone.goto("/notes/week/")
    first = (datetime.now(UTC) - timedelta(2)).date()
    phone.get_by_label("The first day on your sheet").fill(first.isoformat())
    expect(phone.locator(".week-day:visible")).to_have_count(3)
    day = phone.locator(".week-day").first
    expect(day.get_by_role("heading")).to_have_text(f"{first:%A} {first.day} {first:%B}")
    day.get_by_label("What happened, or could not").fill("Tea by the window.")
    day.get_by_role("button", name="Something else that day").tap()
    day.get_by_label("With whom").nth(1).fill("M.")
    phone.get_by_role("button", name="Keep this week").tap()
    expect(phone.locator("[data-kept] [data-state=draft]")).to_be_visible()
    day.get_by_label("What happened, or could not").nth(1).fill("M. rang.")
    assert fits(phone)
    axe(phone)
    shot(phone, "week-shell")
    phone.get_by_role("button", name="Keep this week").tap()
    state(phone, "saved")
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    state(phone, "stored")
    phone.goto(f"/notes/on/{first.isoformat()}/")
    expect(phone.get_by_text("Tea by the window.")).to_have_count(1)
    expect(phone.get_by_text("M. rang.")).to_have_count(1)
    expect(phone.get_by_text("With M.")).to_be_visible()
