"""Two people with a browser each: showing something, and a reveal, until it is taken back.

No clock is moved: where a day has to pass, what was given is made a day older in the file.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import OpenPage, Site

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
TEA = "Tea with T. before anyone else was up."
TIMES = {"kith_grant": ("starts", "ends"), "kith_willing": ("at",)}


def arrive(page: Page, heading: str) -> None:
    """Wait until the page with this heading is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def chip(page: Page, name: str) -> Locator:
    """The choice of a form that is called so."""
    found = page.locator("input[type=radio], input[type=checkbox]")
    return found.and_(page.get_by_label(name, exact=True))


def let_pass(site: Site, days: int) -> None:
    """Make every grant and every will older by so many days."""
    with closing(sqlite3.connect(site.home / "kith.sqlite3", timeout=30)) as file:
        for table, columns in TIMES.items():
            for column in columns:
                rows = file.execute(f"select id, {column} from {table}").fetchall()
                for id, at in rows:
                    told = datetime.fromisoformat(at) - timedelta(days=days)
                    file.execute(f"update {table} set {column} = ? where id = ?", (str(told), id))
        file.commit()


@dataclass
class Two:
    """R. on a desk, in the notebook of that computer; J. on a phone, with an account."""

    site: Site
    r: Page
    j: Page

    def meet(self, axe: Look, shot: Shot) -> None:
        """R. makes a code, J. types it."""
        r, j = self.r, self.j
        r.goto("/known/")
        arrive(r, "People you know here")
        axe(r)
        r.get_by_role("link", name="Make a code for someone").click()
        r.get_by_label("What you call them here").fill("J.")
        chip(r, "A friend or neighbour").click()
        axe(r)
        r.get_by_role("button", name="Go on").click()
        arrive(r, "A code for J.")
        r.get_by_role("button", name="Make the code").click()
        expect(r.locator(".square svg")).to_be_visible()
        axe(r)
        shot(r, "known-code")
        before = told_of(r, "/sharing/")
        code = r.locator(".code").inner_text() if r.locator(".code").count() else self.again()
        j.goto("/known/code/")
        j.get_by_label("The code they gave you").fill(code)
        j.get_by_label("What you call them here").fill("R.")
        axe(j)
        shot(j, "known-type")
        j.get_by_role("button", name="Keep").tap()
        arrive(j, "R.")
        axe(j)
        shot(j, "known-one")
        assert told_of(r, "/sharing/") == before

    def again(self) -> str:
        """Another code, as the first was only shown once."""
        self.r.goto("/known/")
        self.r.get_by_role("link", name="J.").click()
        self.r.get_by_role("link", name="A code to hand over").click()
        self.r.get_by_role("button", name="Make the code").click()
        return self.r.locator(".code").inner_text()


def told_of(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_html()


@pytest.fixture
def two(empty: Site, open_page: OpenPage) -> Two:
    return two_people(empty, open_page)


def two_people(empty: Site, open_page: OpenPage) -> Two:
    """R., who opens a circle, and J., who comes into it by a card."""
    r, j = open_page("desk", empty), open_page("phone", empty)
    r.goto("/")
    with r.expect_navigation():
        r.get_by_role("button", name="Open my notebook").click()
    r.goto("/together/new/")
    r.get_by_label("What is it called").fill("The allotment")
    chip(r, "a household or group of friends").click()
    r.locator("main form button[type=submit]").click()
    arrive(r, "The allotment")
    r.goto(f"{r.url}cards/")
    r.get_by_role("button", name="Make a card").click()
    j.goto("/come/")
    j.get_by_label("The code on your card").fill(r.locator(".code").inner_text())
    j.get_by_label("A name to sign in with").fill("J.")
    j.get_by_label("A passphrase").fill("seven cups of tea")
    j.locator("main form button[type=submit]").tap()
    arrive(j, "The allotment")
    return Two(empty, r, j)


def test_something_is_shown_exactly_as_previewed_and_stopped_in_two_presses(
    two: Two, axe: Look, shot: Shot
) -> None:
    two.meet(axe, shot)
    r, j = two.r, two.j
    r.goto("/notes/write/")
    r.locator("textarea").first.fill(TEA)
    r.get_by_role("button", name="Keep this moment").click()
    r.wait_for_url(lambda address: "/write/" not in address)  # the page goes on by itself
    r.goto("/sharing/")
    axe(r)
    r.get_by_role("link", name="Show something").click()
    arrive(r, "Show something")
    chip(r, "All your moments, also those you note until then").click()
    chip(r, "J.").click()
    axe(r)
    shot(r, "sharing-choose")
    r.get_by_role("button", name="See what they will see").click()
    arrive(r, "Exactly what they will see")
    axe(r)
    shot(r, "sharing-preview")
    previewed = r.locator("article.window").inner_html()
    r.get_by_role("button", name="Show this").click()
    expect(r.get_by_role("alert")).to_be_visible()
    chip(r, "Yes").click()
    chip(r, "Yes").press("Tab")  # to the link that lets one say a name, and from there
    r.keyboard.press("Tab")
    expect(r.get_by_role("button", name="Show this")).to_be_focused()
    r.keyboard.press("Enter")
    arrive(r, "Who can look at your things")
    expect(r.get_by_text("Until it begins they are told nothing.")).to_be_visible()
    axe(r)
    shot(r, "sharing-waits")

    j.goto("/sharing/seen/")
    arrive(j, "Shown to you")
    expect(j.get_by_role("heading", name="Nothing right now")).to_be_visible()
    axe(j)
    shot(j, "sharing-nothing")
    let_pass(two.site, 1)
    j.reload()
    assert j.locator("article.window").inner_html().count(TEA) == 1
    assert without_day(j.locator("article.window")) == without_day_in(r, previewed)
    axe(j)
    shot(j, "sharing-seen")

    r.goto("/sharing/")
    shot(r, "sharing-access")
    r.emulate_media(media="print")
    expect(r.get_by_role("navigation")).to_be_hidden()
    expect(r.get_by_role("link", name="Stop showing J.")).to_be_hidden()
    expect(r.get_by_role("heading", name="J.")).to_be_visible()
    r.emulate_media(media="screen")
    r.get_by_role("link", name="Stop showing J.").press("Enter")
    arrive(r, "Stop showing")
    axe(r)
    r.get_by_role("button", name="Stop now").press("Enter")
    expect(r.locator(".messages")).to_contain_text("They may still remember what they saw.")
    j.reload()
    expect(j.get_by_text(TEA)).to_have_count(0)
    r.get_by_role("link", name="What you showed before").click()
    arrive(r, "What you showed before")
    axe(r)
    shot(r, "sharing-before")


def without_day(article: Locator) -> list[str]:
    """The words on it, but for the day it ends: a day was taken off that to let one pass."""
    return article.inner_text().split(" · until ")[0].split("\n")


def without_day_in(page: Page, html: str) -> list[str]:
    page.set_content(f"<article>{html}</article>")
    return without_day(page.locator("article"))


def test_a_reveal_comes_to_both_at_once_and_either_takes_it_back(
    two: Two, axe: Look, shot: Shot
) -> None:
    two.meet(axe, shot)
    r, j = two.r, two.j
    for page, words, other in ((r, "That you ring.", "J."), (j, "Your patience.", "R.")):
        page.goto("/known/")
        page.get_by_role("link", name=other).click()
        page.get_by_role("link", name="The two of us").click()
        arrive(page, f"You and {other}")
        axe(page)
        page.get_by_role("link", name=re.compile("Answer.*What I value")).click()
        page.get_by_label("In your words").fill(words)
        axe(page)
        page.get_by_role("button", name="Keep").click()
        arrive(page, f"You and {other}")
        page.get_by_role("link", name="Be willing to show some of it").click()
        chip(page, "What I value in us").click()
        axe(page)
        page.get_by_role("button", name="See what they would see").click()
        arrive(page, "Exactly what they would see")
        axe(page)
        shot(page, "us-preview")
        chip(page, "Yes").click()
        page.get_by_role("button", name="I am willing").click()
        arrive(page, f"You and {other}")
        expect(page.get_by_role("heading", name="You are willing to show")).to_be_visible()
        axe(page)
        shot(page, "us-willing")
    r.reload()
    expect(r.get_by_text("Your patience.")).to_have_count(0)
    let_pass(two.site, 3)
    for page, theirs in ((r, "Your patience."), (j, "That you ring.")):
        page.reload()
        expect(page.get_by_role("heading", name="What you both chose to show")).to_be_visible()
        expect(page.get_by_text(theirs)).to_be_visible()
        axe(page)
        shot(page, "us-both")
    j.get_by_role("link", name="Look at it together").tap()
    arrive(j, "Look at it together")
    axe(j)
    shot(j, "us-together")
    j.go_back()
    j.get_by_role("link", name="Take it back").tap()
    arrive(j, "Take it back")
    j.get_by_role("button", name="Yes, take it back").tap()
    expect(j.locator(".messages")).to_contain_text("Taken back.")
    for page, theirs in ((r, "Your patience."), (j, "That you ring.")):
        page.reload()
        expect(page.get_by_text(theirs)).to_have_count(0)
