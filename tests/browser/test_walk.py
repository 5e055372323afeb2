"""The walk of docs/walk.md, done by hand on a phone, each step in the shoes it is walked in."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Axe = Callable[[Page], None]
OpenPage = Callable[..., Page]


def on(page: Page, step: int, title: str) -> None:
    """The box says where one is; the page fits and shuts nobody out."""
    box = page.get_by_role("complementary", name="The walk")
    expect(box).to_contain_text(f"step {step} of 10")
    expect(box).to_contain_text(title)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def following(page: Page) -> None:
    page.get_by_role("button", name="Next step").tap()


def test_the_walk(open_page: OpenPage, axe: Axe, tmp_path: Any) -> None:
    page = open_page("phone")
    page.goto("/")
    page.get_by_role("button", name="Start the walk").tap()
    for step, (title, doing) in enumerate(DOINGS, 1):
        on(page, step, title)
        axe(page)
        doing(page)
        if step < len(DOINGS):
            page.goto("/walk/")
            page.get_by_role("button", name=DOINGS[step][0], exact=True).tap()


def look_around(page: Page) -> None:
    expect(page.get_by_role("heading", name="Yours")).to_be_visible()
    expect(page.get_by_text("Tea with T. in the morning").first).to_be_visible()


def add_to_the_map(page: Page) -> None:
    page.get_by_role("link", name="Add someone or something").tap()
    page.get_by_label("Name").first.fill("The choir")
    page.locator("main form button[type=submit]").last.tap()
    expect(page.get_by_text("The choir").first).to_be_visible()


def note_no_tea(page: Page) -> None:
    page.get_by_label("A few words").fill("No tea. The kitchen was locked.")
    page.get_by_label("It could not happen").tap()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep this moment").tap()
    page.goto("/notes/")
    expect(page.get_by_text("No tea. The kitchen was locked.").first).to_be_visible()


def read_the_practice(page: Page) -> None:
    expect(page.get_by_role("heading", name="Tea with T. in the morning")).to_be_visible()


def ask(page: Page) -> None:
    page.get_by_label("What you would like to ask").fill("Tea at eight, please.")
    page.get_by_role("button", name="See what arrives").tap()
    expect(page.get_by_text("Tea at eight, please.").first).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Send it").tap()
    expect(page.get_by_text("Tea at eight, please.").first).to_be_visible()


def read_what_was_asked(page: Page) -> None:
    expect(page.get_by_text("Tea at eight, please.").first).to_be_visible()


def say_from_ones_side(page: Page) -> None:
    page.get_by_label("What happened, in your own words").fill("She was waiting at the window.")
    page.get_by_label("Partner, relative or friend").tap()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").tap()
    expect(page.get_by_text("She was waiting at the window.").first).to_be_visible()


def write_a_line(page: Page) -> None:
    page.locator("textarea").first.fill("Someone laughed about the toast.")
    page.get_by_role("button", name="Keep this line").tap()
    expect(page.get_by_text("Someone laughed about the toast.").first).to_be_visible()


def take_the_quote_back(page: Page) -> None:
    page.get_by_role("button", name="Stop quoting it").tap()
    expect(page.get_by_role("button", name="Stop quoting it")).to_have_count(0)


def see_support_lost(page: Page) -> None:
    expect(page.get_by_text("I can bear the whole day")).to_have_count(0)
    expect(page.get_by_text("lost some of what it rested on").first).to_be_visible()


DOINGS: list[tuple[str, Callable[[Page], None]]] = [
    ("Begin", look_around),
    ("A map", add_to_the_map),
    ("A moment", note_no_tea),
    ("A practice", read_the_practice),
    ("One voice", ask),
    ("The ward", read_what_was_asked),
    ("A change, and each side", say_from_ones_side),
    ("A gathering", write_a_line),
    ("Taking a word back", take_the_quote_back),
    ("The report", see_support_lost),
]
