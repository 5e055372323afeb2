"""Three people with a browser each: two of whom one supports the other, and a third."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_sharing_journey import arrive, chip, let_pass

SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
P_SAYS, N_SAYS = "You ask before you come in.", "You tell me when it is too much."


@dataclass
class Three:
    """P. with her own notebook, N. who works where she stays, T. whom she trusts."""

    site: Site
    p: Page
    n: Page
    t: Page


def come_by_card(page: Page, card: str, name: str) -> None:
    page.goto("/come/")
    page.get_by_label("The code on your card").fill(card)
    page.get_by_label("A name to sign in with").fill(name)
    page.get_by_label("A passphrase").fill("seven cups of tea")
    page.locator("main form button[type=submit]").click()
    arrive(page, "Ward 6")


def code_on(page: Page) -> str:
    expect(page.locator(".code")).to_be_visible()
    return page.locator(".code").inner_text()


@pytest.fixture
def axe(axe: Look) -> Look:
    """Each page is looked at by day and by night."""

    def look(page: Page) -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            axe(page)

    return look


@pytest.fixture(params=["phone", "desk"])
def three(empty: Site, open_page: OpenPage, request: pytest.FixtureRequest) -> Three:
    p, n, t = (open_page(request.param, empty) for _ in range(3))
    n.goto("/")
    with n.expect_navigation():
        n.get_by_role("button", name="Open my notebook").click()
    n.goto("/together/new/")
    n.get_by_label("What is it called").fill("Ward 6")
    chip(n, "a ward or service").click()
    n.locator("main form button[type=submit]").click()
    arrive(n, "Ward 6")
    ward = n.url
    for page, name in ((p, "P."), (t, "T.")):
        n.goto(f"{ward}cards/")
        n.get_by_role("button", name="Make a card").click()
        come_by_card(page, code_on(n), name)
    p.goto("/known/new/")
    p.get_by_label("What you call them here").fill("N.")
    chip(p, "Someone who supports me in their work").click()
    p.get_by_role("button", name="Go on").click()
    p.get_by_role("button", name="Make the code").click()
    n.goto("/known/code/")
    n.get_by_label("The code they gave you").fill(code_on(p))
    n.get_by_label("What you call them here").fill("P.")
    chip(n, "Someone I support in my work").click()
    n.get_by_role("button", name="Keep").click()
    arrive(n, "P.")
    return Three(empty, p, n, t)


def be_willing(page: Page, other: str, words: str, axe: Look, shot: Shot) -> None:
    page.goto("/known/")
    page.get_by_role("link", name=other, exact=True).click()
    page.get_by_role("link", name="The two of us").click()
    arrive(page, f"You and {other}")
    axe(page)
    page.get_by_role("link", name="What I value in us").click()
    page.get_by_label("In your words").fill(words)
    page.get_by_role("button", name="Keep").click()
    arrive(page, f"You and {other}")
    page.get_by_role("link", name="Be willing to show some of it").click()
    chip(page, "What I value in us").click()
    page.get_by_role("button", name="See what they would see").click()
    arrive(page, "Exactly what they would see")
    expect(page.get_by_text("when you sit together with a third person")).to_be_visible()
    chip(page, "Yes").click()
    page.get_by_label("The third person may see it too").check()
    axe(page)
    shot(page, f"sit-preview-{other[0]}")
    page.get_by_role("button", name="I am willing").click()
    arrive(page, f"You and {other}")
    axe(page)
    shot(page, f"sit-us-{other[0]}")


def begin(page: Page, axe: Look, shot: Shot) -> str:
    page.get_by_role("link", name="Sit down with a third person").click()
    arrive(page, "Sit down with a third person")
    axe(page)
    shot(page, "sit-begin")
    page.get_by_role("button", name="Begin, and make a code").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    chip(page, "Yes").click()
    page.get_by_role("button", name="Begin, and make a code").click()
    code = code_on(page)
    axe(page)
    shot(page, "sit-code")
    return code


def be_third(page: Page, code: str, axe: Look, shot: Shot) -> None:
    page.goto("/known/")
    page.get_by_role("link", name="I was asked to be the third person").click()
    arrive(page, "Be the third person")
    page.get_by_label("The code they gave you").fill(code)
    axe(page)
    shot(page, "sit-third")
    page.get_by_role("button", name="Go on").click()
    arrive(page, "You are the third person")
    axe(page)
    shot(page, "sit-before")
    page.goto("/")
    axe(page)
    shot(page, "sit-home")
    page.get_by_role("link", name="Open until").click()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("Only when all three are here").first).to_be_visible()
    axe(page)


def test_they_see_it_only_while_they_sit_with_a_third(three: Three, axe: Look, shot: Shot) -> None:
    p, n, t = three.p, three.n, three.t
    be_willing(p, "N.", P_SAYS, axe, shot)
    be_willing(n, "P.", N_SAYS, axe, shot)
    expect(n.get_by_text("You cannot, and you should not ask.")).to_be_visible()
    expect(n.get_by_role("link", name="Sit down with a third person")).to_have_count(0)
    let_pass(three.site, 3)
    p.reload()
    expect(p.get_by_text(N_SAYS)).to_have_count(0)
    n.reload()
    before = n.locator("main").inner_html()
    be_third(t, begin(p, axe, shot), axe, shot)
    n.reload()
    assert n.locator("main").inner_html() == before
    t.get_by_label("All three of us are in one room").check()
    t.get_by_role("button", name="Open it").click()
    expect(t.get_by_text("You sit together now.")).to_be_visible()
    expect(t.get_by_text(P_SAYS)).to_be_visible()
    axe(t)
    shot(t, "sit-open")
    p.goto("/known/")
    p.get_by_role("link", name="N.", exact=True).click()
    p.get_by_role("link", name="The two of us").click()
    n.reload()
    for page, theirs in ((p, N_SAYS), (n, P_SAYS)):
        expect(page.get_by_role("heading", name="What you both chose to show")).to_be_visible()
        expect(page.get_by_text(theirs)).to_be_visible()
        axe(page)
        shot(page, f"sit-both-{'p' if page is p else 'n'}")
    p.get_by_role("link", name="Sit down with a third person").click()
    expect(p.get_by_role("heading", name="You sit together now")).to_be_visible()
    axe(p)
    shot(p, "sit-now")
    p.get_by_role("button", name="End it now").click()
    expect(p.locator(".messages")).to_contain_text("Ended.")
    for page, theirs in ((n, P_SAYS), (t, P_SAYS)):
        page.reload()
        expect(page.get_by_text(theirs)).to_have_count(0)
    expect(t.get_by_text("It is over.")).to_be_visible()
    axe(t)
    shot(t, "sit-over")
