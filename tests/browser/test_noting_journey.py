"""Noting a moment: light on a slow line, all of it by touch and by keyboard, offline and on."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from browser.conftest import EARS, ROOT, SIZES, LaunchOne, OpenPage, Site, heard
from browser.test_offline_journey import all_gone, at_home
from pictures import with_place

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
TEA = "No tea. The kitchen was locked, so we waited on the stairs."
SLOW = 50_000 / 8  # bytes a second
MOST, DEEPEST, PATIENT = 40_000, 3, 20
TOUCHES = "Number(sessionStorage.touches ?? 0)"
COUNTED = f"addEventListener('touchstart', () => sessionStorage.touches = {TOUCHES} + 1, true)"
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"


@dataclass
class Line:
    """What goes over the line for one page: each request, who asked for it, how heavy it was."""

    session: CDPSession
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.on("Network.requestWillBeSent", self.on_asked)
        self.session.on("Network.loadingFinished", self.on_done)

    def on_asked(self, told: dict[str, Any]) -> None:
        request = told["request"]
        if request["url"].startswith("http"):
            self.asked[told["requestId"]] = {
                "url": request["url"], "sort": told.get("type"), "by": _asker(told["initiator"]),
                "late": request["initialPriority"] in ("Low", "VeryLow"), "bytes": 0, "done": False,
            }  # fmt: skip

    def on_done(self, told: dict[str, Any]) -> None:
        if one := self.asked.get(told["requestId"]):
            one |= {"bytes": told["encodedDataLength"], "done": True}

    def before_typing(self) -> list[dict[str, Any]]:
        """What the page waits for, or what comes beside it: all but letters and later scripts."""
        named = {"Document", "Stylesheet", "Script"}
        page = next(one["url"] for one in self.asked.values() if one["sort"] == "Document")
        found = [one for one in self.asked.values() if one["sort"] in named and not one["late"]]
        return [one for one in found if one["by"] in ("", page)]

    def depth(self, url: str) -> int:
        """How many requests stand before this one has come, itself counted."""
        asker = next((one["by"] for one in self.asked.values() if one["url"] == url), "")
        return 1 + self.depth(asker) if asker and asker != url else 1


def _asker(told: dict[str, Any]) -> str:
    """Who asked for it: the page, a style sheet, or the script whose line it was."""
    frames = told.get("stack", {}).get("callFrames", [])
    return str(told.get("url") or next((one["url"] for one in frames if one["url"]), ""))


def opened(page: Page, slow: bool = False) -> Line:
    """A first visit to the page that notes a moment, with nothing kept from before."""
    line = Line(page.context.new_cdp_session(page))
    if slow:
        there = {"downloadThroughput": SLOW, "uploadThroughput": SLOW, "latency": 400}
        line.session.send("Network.emulateNetworkConditions", {"offline": False, **there})
    page.goto("/notes/write/", wait_until="commit")
    return line


def a_notebook(page: Page) -> None:
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name="Open my notebook").click()


def choose(page: Page, *names: str) -> None:
    """Tap the words of choices, as a finger would."""
    for name in names:
        page.locator("label").filter(has_text=re.compile(f"^{name}$")).first.tap()


def test_little_is_needed_before_one_can_type(empty: Site, open_page: OpenPage) -> None:
    phone = open_page("phone", empty, service_workers="block")
    a_notebook(phone)
    line = opened(phone)
    phone.wait_for_load_state("networkidle")
    needed = line.before_typing()
    print(f"\n{sum(one['bytes'] for one in needed)} bytes before one can type.")
    assert sum(one["bytes"] for one in needed) <= MOST, needed
    assert all(one["done"] for one in needed)
    depths = {one["url"]: line.depth(one["url"]) for one in line.asked.values()}
    assert max(depths.values()) <= DEEPEST, depths
    assert {one["sort"] for one in line.asked.values()} >= {"Font", "Script", "Stylesheet"}


def test_on_a_slow_line_one_types_before_letters_and_scripts_have_come(
    empty: Site, open_page: OpenPage
) -> None:
    """50 kbit/s and 0.4 s on the way, as at the edge of a village."""
    phone = open_page("phone", empty, service_workers="block")
    a_notebook(phone)
    started = time.monotonic()
    line = opened(phone, slow=True)
    while not phone.evaluate(PAINTED) and time.monotonic() - started < PATIENT:
        phone.wait_for_timeout(50)
    phone.get_by_label("A few words").press_sequentially("T")
    seconds = time.monotonic() - started
    print(f"\nOne can type after {seconds:.1f} s at 50 kbit/s.")
    assert seconds < PATIENT
    assert not all(one["done"] for one in line.asked.values())
    assert not any(one["done"] for one in line.asked.values() if one["sort"] == "Font")


def test_from_home_to_kept_takes_three_touches_and_less_than_twenty_seconds(
    empty: Site, open_page: OpenPage
) -> None:
    """Typed as people do with two thumbs: 36 words of five letters a minute (Palin et al. 2019)."""
    phone = open_page("phone", empty)
    a_notebook(phone)
    phone.add_init_script(COUNTED)
    phone.goto("/")
    started = time.monotonic()
    phone.get_by_role("link", name="Note a moment").first.tap()
    expect(phone.get_by_label("A few words")).to_be_focused()
    phone.keyboard.type("Tea on the stairs with A.", delay=60_000 / (36 * 5))
    phone.get_by_role("button", name="Keep this moment").tap()
    expect(phone.locator("main")).to_contain_text("Tea on the stairs with A.")
    seconds, touches = time.monotonic() - started, int(phone.evaluate(TOUCHES))
    print(f"\n{touches} touches, {seconds:.1f} s.")
    assert (touches <= 3, seconds < PATIENT) == (True, True)


def test_letters_of_ours_never_hold_words_back() -> None:
    css = (ROOT / "src/kith/web/static/web/tokens.css").read_text()
    faces = re.findall(r"@font-face\{[^}]*\}", css)
    assert faces and all("font-display:swap" in face for face in faces)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_a_moment_by_touch(
    empty: Site, open_page: OpenPage, axe: Look, shot: Shot, tmp_path: Path, scheme: str
) -> None:
    phone = open_page("phone", empty, color_scheme=scheme)
    a_notebook(phone)
    phone.goto("/notes/write/")
    phone.keyboard.type(TEA)
    choose(phone, "It could not happen")
    for part in phone.locator(".parts summary").all():
        part.tap()
    phone.get_by_label("Someone else").fill("the neighbour")
    choose(phone, "Earlier today", "Something we always do", "We shared something")
    choose(phone, "glad", "sad", "Money")
    phone.get_by_label("How it felt, in your own words").fill("like a Sunday")
    phone.get_by_label("Where").fill("on the stairs")
    phone.get_by_label("What helped").fill("a blanket")
    phone.get_by_label("Got in the way").fill("a locked door")
    phone.get_by_label("Other words to find it by").fill("tea, mornings")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_place())
    phone.get_by_label("A photo").set_input_files(photo)
    expect(phone.get_by_text("This is how it will be kept.")).to_be_visible()
    expect(phone.get_by_role("button", name="Record a sound")).to_be_visible()
    axe(phone)
    shot(phone, f"write-{scheme}")
    phone.get_by_role("button", name="Keep this moment").tap()
    told = phone.locator("main")
    for words in (TEA, "It could not happen", "With the neighbour", "We shared something", "glad",
                  "sad", "It felt: like a Sunday", "Where: on the stairs", "What helped: a blanket",
                  "Got in the way: a locked door", "Money", "mornings"):  # fmt: skip
        expect(told).to_contain_text(words)
    expect(phone.get_by_alt_text("The photo of this moment")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
    shot(phone, f"moment-{scheme}")


def test_said_anew_said_again_and_forgotten_by_keyboard(
    empty: Site, open_page: OpenPage, axe: Look
) -> None:
    desk = open_page("desk", empty)
    a_notebook(desk)
    desk.goto("/notes/write/")
    desk.keyboard.type("Tea with T.")
    felt = desk.locator("summary", has_text="How it was to me")
    felt.focus()
    for key in ("Enter", "Tab", "Space", "Tab", "Space"):
        desk.keyboard.press(key)
    desk.get_by_role("button", name="Keep this moment").press("Enter")
    expect(desk.locator(".signs")).to_contain_text("glad")
    desk.get_by_role("link", name="Change").press("Enter")
    expect(desk.get_by_label("A few words")).to_have_value("Tea with T.")
    expect(desk.get_by_label("sad")).to_be_checked()
    desk.get_by_label("A few words").fill("Tea with M.")
    desk.get_by_role("button", name="Keep this moment").press("Enter")
    expect(desk.locator(".spoken")).to_have_text("Tea with M.")
    desk.locator("summary", has_text="What it said before").press("Enter")
    axe(desk)
    desk.get_by_role("button", name="Say this again").press("Enter")
    expect(desk.locator(".spoken")).to_have_text("Tea with T.")
    desk.get_by_role("link", name="Forget it for good").press("Enter")
    expect(desk.get_by_text("It cannot be undone.")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Forget it for good").press("Enter")
    expect(desk.get_by_text("Forgotten for good.")).to_be_visible()
    expect(desk.get_by_text("Tea with T.")).to_have_count(0)


def test_a_photo_and_a_feeling_without_a_connection(
    empty: Site, open_page: OpenPage, axe: Look, tmp_path: Path
) -> None:
    phone = at_home(open_page("phone", empty, watched=False))
    phone.context.set_offline(True)
    phone.goto("/notes/write/")
    phone.get_by_label("A few words").fill(TEA)
    for part in phone.locator(".parts summary").all():
        part.tap()
    choose(phone, "glad", "sad")
    phone.get_by_label("Where").fill("on the stairs")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_place())
    phone.get_by_label("A photo").set_input_files(photo)
    expect(phone.get_by_text("This is how it will be kept.")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Keep this moment").tap()
    expect(phone.get_by_text("It goes out when there is a connection.").first).to_be_visible()
    phone.context.set_offline(False)
    all_gone(phone)
    phone.goto("/notes/")
    phone.get_by_role("link", name=re.compile("No tea")).first.tap()
    expect(phone.locator(".signs")).to_contain_text("Where: on the stairs")
    expect(phone.get_by_alt_text("The photo of this moment")).to_be_visible()


def test_a_sound_is_recorded_without_a_connection_and_kept(
    empty: Site, profile: LaunchOne, axe: Look
) -> None:
    context = profile(empty, flags=EARS, permissions=["microphone"], **SIZES["phone"])
    phone = at_home(context.new_page())
    context.set_offline(True)
    phone.goto("/notes/write/")
    phone.get_by_label("A few words").fill(TEA)
    for part in phone.locator(".parts summary").all():
        part.tap()
    phone.get_by_role("button", name="Record a sound").tap()
    heard(phone, "We hear you well|rather loud")
    phone.get_by_role("button", name="Stop").tap()
    expect(phone.locator(".recorder audio")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Keep this moment").tap()
    expect(phone.get_by_text("It goes out when there is a connection.").first).to_be_visible()
    context.set_offline(False)
    all_gone(phone)
    phone.goto("/notes/")
    phone.get_by_role("link", name=re.compile("No tea")).first.tap()
    sound = phone.locator("main audio")
    sound.evaluate("async (sound) => { sound.muted = true; await sound.play(); }")
    axe(phone)


def test_a_circles_own_words(demo: Site, open_page: OpenPage, axe: Look) -> None:
    desk = open_page("desk", demo)
    desk.goto("/walk/")
    with desk.expect_navigation():
        desk.get_by_role("button", name="K.", exact=True).click()
    desk.goto("/together/")
    desk.get_by_role("link", name=re.compile("Ward 6")).first.click()
    desk.get_by_role("link", name="See the words").click()
    desk.get_by_label("One more word").fill("By the kettle")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("It is on the list now.")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name=re.compile("Take it off ?: By the kettle")).click()
    desk.get_by_text("Taken off the list").click()
    desk.get_by_role("button", name=re.compile("Put it back ?: By the kettle")).click()
    desk.goto("/notes/write/")
    desk.get_by_text("Words for finding it again").click()
    expect(desk.get_by_label("By the kettle")).to_be_visible()
