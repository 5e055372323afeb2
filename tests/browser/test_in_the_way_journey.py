"""What gets in the way: gathered into a letter to hand over; and tidied by a team, line by line."""

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site, run_site
from kith.base import clock

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A village of its own, because these journeys change what others read."""
    yield from run_site(["demo"], tmp_path_factory.mktemp("way") / "home")


def be(page: Page, step: int) -> None:
    """Walk in the shoes of whoever this step of the walk is about."""
    page.goto("/walk/")
    page.locator("ol.steps button").nth(step - 1).click()


def arrive(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def wide_enough(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_by_touch_without_any_service_a_letter_is_made_and_taken_along(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    page = open_page("phone", empty)
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name="Open my notebook").tap()
    page.get_by_role("link", name="Have a look").tap()
    arrive(page, "What gets in the way")
    axe(page)
    page.get_by_role("link", name="Write one from nothing").tap()
    arrive(page, "The words of the letter")
    axe(page)
    page.get_by_label("Whom it is for").fill("The team of Ward 6")
    page.get_by_role("button", name="See the letter").tap()
    expect(page.get_by_role("alert").or_(page.locator(".bad")).first).to_be_visible()
    axe(page)
    page.get_by_label("What would help").fill("A kettle in the day room.")
    page.get_by_role("button", name="See the letter").tap()
    arrive(page, "This is the letter")
    axe(page)
    page.get_by_role("link", name="Take it along").tap()
    page.get_by_label("Plain text").tap()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Make the file").tap()
    told = Path(taken.value.path()).read_text()
    assert "The team of Ward 6" in told and "A kettle in the day room." in told


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_what_one_noted_becomes_a_letter(
    open_page: OpenPage, village: Any, axe: Look, shot: Shot, size: str, scheme: str
) -> None:
    """Once for each size and light; on the desk by keyboard alone."""
    page = open_page(size, village, color_scheme=scheme)
    be(page, 1)
    page.goto("/letters/")
    arrive(page, "What gets in the way")
    press = _press_key if size == "desk" else _tap
    axe(page)
    shot(page, f"way-{scheme}")
    press(page, page.get_by_role("link", name="Begin a letter"))
    arrive(page, "Begin a letter")
    axe(page)
    boxes = page.get_by_role("checkbox")
    for at in (0, boxes.count() - 1):
        boxes.nth(at).focus()
        page.keyboard.press("Space")
    shot(page, f"letter-choose-{scheme}")
    press(page, page.get_by_role("button", name="Go on"))
    arrive(page, "The words of the letter")
    axe(page)
    shot(page, f"letter-words-{scheme}")
    press(page, page.get_by_role("button", name="See the letter"))
    arrive(page, "This is the letter")
    axe(page)
    shot(page, f"letter-{scheme}")
    press(page, page.get_by_role("link", name="Take it along"))
    arrive(page, "Take the letter along")
    axe(page)
    assert wide_enough(page)
    with page.expect_download() as taken:
        press(page, page.get_by_role("button", name="Make the file"))
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark")])
def test_a_team_puts_its_list_in_order_and_notes_a_line(
    open_page: OpenPage, village: Any, axe: Look, shot: Shot, size: str, scheme: str
) -> None:
    page = open_page(size, village, color_scheme=scheme)
    press = _press_key if size == "desk" else _tap
    be(page, 6)
    page.get_by_role("link", name=re.compile("The kitchen is locked")).first.click()
    arrive(page, "The kitchen is locked from eight to seven")
    axe(page)
    shot(page, f"arrangement-{scheme}")
    page.get_by_label("What did you notice").fill("The hatch is quieter with the lamp on.")
    page.keyboard.press("Enter")
    arrive(page, "What gets in the way")
    expect(page.get_by_text("The hatch is quieter").first).to_be_visible()
    axe(page)
    shot(page, f"arrangements-{scheme}")
    page.go_back()
    for link, button in (("It is on the list twice", "Phones"), ("Another one goes", "Visiting")):
        press(page, page.locator("summary", has_text="Put it with others"))
        press(page, page.get_by_role("link", name=re.compile(link)))
        expect(page.get_by_role("group", name="Which ones")).to_be_visible()
        axe(page)
        box = page.get_by_role("checkbox", name=re.compile(button))
        box.focus()
        page.keyboard.press("Space")
        shot(page, f"together-{scheme}")
        press(page, page.get_by_role("button", name="Keep", exact=True).first)
        arrive(page, "The kitchen is locked from eight to seven")
        expect(page.get_by_role("link", name=re.compile(button))).to_be_visible()
    press(page, page.get_by_role("link", name=re.compile("Phones are kept")))
    arrive(page, "Phones are kept in the office")
    axe(page)
    shot(page, f"told-as-{scheme}")
    press(page, page.get_by_role("button", name="Let it stand alone again"))
    expect(page.get_by_role("button", name="Let it stand alone again")).to_have_count(0)
    with page.expect_download() as taken:
        press(page, page.get_by_role("link", name="A sheet for ten minutes"))
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    be(page, 6)
    press(page, page.get_by_role("link", name="About how many asked"))
    arrive(page, "About how many asked")
    press(page, page.get_by_role("button", name="Count once more"))
    expect(page.get_by_role("heading", name="Talk about it instead")).to_be_visible()
    axe(page)
    shot(page, f"about-how-many-{scheme}")


def _press_key(page: Page, one: Any) -> None:
    one.focus()
    page.keyboard.press("Enter")


def _tap(page: Page, one: Any) -> None:
    one.tap()


def test_by_touch_one_shows_a_study_tables_and_sees_the_very_rows_before(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot
) -> None:
    keeper, asked = open_page("desk", empty), open_page("phone", empty, color_scheme="dark")
    for page in (keeper, asked):
        page.goto("/")
        with page.expect_navigation():
            page.get_by_role("button", name="Open my notebook").click()
    keeper.goto("/together/new/")
    keeper.get_by_label("What is it called").fill("Evenings")
    keeper.locator("[name=sort][value=study]").check(force=True)
    keeper.locator("main form button[type=submit]").click()
    arrive(keeper, "Evenings")
    address = keeper.url
    keeper.goto(f"{address}days/")
    keeper.locator("[name=ends]").fill(str(clock.today() + timedelta(days=90)))
    keeper.locator("main form button[type=submit]").click()
    keeper.goto(f"{address}cards/")
    keeper.get_by_role("button", name="Make a card").click()
    asked.goto("/come/")
    asked.get_by_label("The code on your card").fill(keeper.locator(".code").inner_text())
    asked.locator("main form button[type=submit]").tap()
    arrive(asked, "Evenings")
    asked.goto("/notes/write/")
    asked.locator("[name=words]").fill("No tea tonight.")
    asked.locator("main form button[type=submit]").first.tap()
    expect(asked.get_by_text("No tea tonight.").first).to_be_visible()

    asked.goto("/sharing/choose/")
    for name, value in (("what", "tables"), ("purpose", "research")):
        asked.locator(f"[name={name}][value={value}]").check(force=True)
    asked.get_by_label("The team of Evenings").check(force=True)
    axe(asked)
    asked.get_by_role("button", name="See what they will see").tap()
    expect(asked.get_by_text("No tea tonight.").first).to_be_visible()
    axe(asked)
    assert wide_enough(asked)
    shot(asked, "study-preview-dark")
    asked.get_by_role("button", name="Show").first.tap()
    expect(asked.locator(".messages")).to_be_visible()

    keeper.goto(address)
    _press_key(keeper, keeper.get_by_role("link", name="Take the tables"))
    arrive(keeper, "Tables for the study")
    axe(keeper)
    shot(keeper, "study")
    with keeper.expect_download() as taken:
        _press_key(keeper, keeper.get_by_role("button", name="Make the file"))
    with zipfile.ZipFile(taken.value.path()) as files:
        assert "No tea tonight." in files.read("moments.csv").decode()
