"""Step 9: the report on a phone and at a desk, taken back from, looked at again, issued."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
WORDS = "I can bear the whole day"


@pytest.fixture
def village(tmp_path: Any) -> Any:
    """A village of its own, because this journey changes what others read."""
    from browser.conftest import run_site

    yield from run_site(["demo"], tmp_path / "home")


def step(page: Page, number: int) -> None:
    page.goto("/walk/")
    page.locator("ol.steps button").nth(number - 1).click()


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_live_report_is_for_everyone(
    open_page: OpenPage, axe: Axe, shot: Shot, size: str, scheme: str
) -> None:
    page = open_page(size, color_scheme=scheme)
    step(page, 10)
    expect(page.get_by_role("heading", name="What we found")).to_be_visible()
    axe(page)
    shot(page, f"report-{scheme}")
    width = (page.viewport_size or {"width": 0})["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_taken_back_looked_at_again_and_issued(open_page: OpenPage, village: Any, axe: Axe) -> None:
    reader, author = open_page("desk", village), open_page("phone", village)
    step(reader, 10)
    expect(reader.get_by_text(WORDS).first).to_be_visible()
    step(author, 9)
    author.get_by_role("button", name="Stop quoting it").tap()
    expect(author.get_by_role("button", name="Stop quoting it")).to_have_count(0)
    reader.reload()
    expect(reader.get_by_text(WORDS)).to_have_count(0)
    expect(reader.get_by_text("It cannot be issued yet.")).to_be_visible()
    expect(reader.get_by_role("link", name="Issue the report")).to_have_count(0)
    axe(reader)
    look_again(reader)
    step(reader, 10)
    reader.get_by_role("link", name="Issue the report").click()
    axe(reader)
    reader.get_by_role("button", name="Issue it").click()
    expect(reader.get_by_role("link", name="Edition 1")).to_be_visible()
    with reader.expect_download() as taken:
        reader.get_by_role("link", name="Edition 1").click()
    assert taken.value.suggested_filename == "kith-report-1.pdf"


def look_again(page: Page) -> None:
    page.get_by_role("link", name="Go to the findings").click()
    page.get_by_role("link", name="A locked kitchen").first.click()
    page.get_by_role("button", name="It still stands on what is left").first.click()
