"""Looking back: by touch on a phone and by keyboard; what is typed stays out of the address."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser.conftest import OpenPage
from browser.test_walk_by_keyboard import go_to, press

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def be_r(page: Page) -> None:
    page.goto("/walk/")
    page.get_by_role("button", name="R.").first.click()
    expect(page.get_by_role("link", name="Moments").first).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_looking_back_by_touch(open_page: OpenPage, axe: Look, shot: Shot) -> None:
    phone = open_page("phone")
    be_r(phone)
    phone.goto("/notes/")
    phone.get_by_role("link", name="Looking back").tap()
    expect(phone.get_by_role("heading", name="Looking back")).to_be_visible()
    expect(phone.get_by_role("heading", name="All about one relationship")).to_be_visible()
    axe(phone)
    shot(phone, "looking")
    phone.get_by_label("Words in it").fill("day-room")
    phone.get_by_role("button", name="Look").tap()
    expect(phone.get_by_text("Tea by the day-room window.").first).to_be_visible()
    assert phone.url.endswith("/notes/find/")
    assert fits(phone)
    axe(phone)
    phone.get_by_role("link", name="Look for something else").tap()
    phone.get_by_role("link", name="T., mornings").tap()
    expect(phone.get_by_role("heading", name="T., mornings")).to_be_visible()
    for what in ("You asked", "They answered", "A change", "Tea with T. in the morning"):
        expect(phone.get_by_role("link", name=what).first).to_be_visible()
    assert fits(phone)
    axe(phone)
    shot(phone, "relationship")


def test_from_the_map_to_all_about_someone_by_keyboard(
    open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    desk = open_page("desk", color_scheme="dark")
    be_r(desk)
    desk.goto("/notes/find/")
    go_to(desk, desk.get_by_label("Words in it"))
    desk.keyboard.type("giraffe")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("No moment like it.")).to_be_visible()
    axe(desk)
    press(desk, "Look for something else", "link")
    press(desk, "T., mornings", "link")
    press(desk, "On the map", "link")
    press(desk, "All about this, in time", "link")
    expect(desk.get_by_role("heading", name="T., mornings")).to_be_visible()
    axe(desk)
    shot(desk, "relationship-dark")
