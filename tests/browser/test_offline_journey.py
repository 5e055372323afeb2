"""Without a connection: pages open, words are kept and go out once, and one can leave at once."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import FLAGS, OpenPage, Site
from browser.test_coming_in_journey import come_in, make_a_card

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
PATIENCE = 20_000
CANARY = "canary-9e27"


def at_home(page: Page) -> Page:
    """Open the notebook, and wait until the device can do without a connection."""
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name="Open my notebook").click()
    ready(page)
    return page


KNOWN = """() => navigator.serviceWorker.controller && new Promise((done) => {
  const asked = indexedDB.open("kith");
  asked.onsuccess = () => {
    const known = asked.result.transaction("meta").objectStore("meta").get("current");
    known.onsuccess = () => (asked.result.close(), done(Boolean(known.result)));
  };
})"""


def ready(page: Page) -> None:
    """Wait until the worker is at work and the device knows whose it is.

    A worker that is new fetches every shell first; beside another browser that can take long.
    """
    until(page, KNOWN, 3 * PATIENCE)


def until(page: Page, script: str, patience: int = PATIENCE) -> Any:
    for _ in range(patience // 100):
        if found := page.evaluate(script):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"it never came to be: {script}")


def state(page: Page, name: str) -> None:
    expect(page.locator(f"[data-kept] [data-state={name}]")).to_be_visible(timeout=PATIENCE)


def note(page: Page, words: str) -> None:
    page.get_by_label("A few words").fill(words)
    page.get_by_role("button", name="Keep this moment").click()


def noted(page: Page) -> list[str]:
    """The words of the moments that the server holds, the last noted first."""
    page.goto("/notes/")
    return re.findall(rf"{CANARY} \w+", page.locator("main").inner_text())


def waiting(page: Page) -> int:
    """How many entries wait on this device."""
    count: int = page.evaluate(
        """() => new Promise((done) => {
             const asked = indexedDB.open("kith");
             asked.onsuccess = () => {
               const all = asked.result.transaction("outbox").objectStore("outbox").count();
               all.onsuccess = () => (asked.result.close(), done(all.result));
             };
           })"""
    )
    return count


def all_gone(page: Page) -> None:
    """Wait until nothing waits here any more: all is proven stored."""
    for _ in range(PATIENCE // 100):
        if waiting(page) == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{waiting(page)} entries still wait on the device")


FETCHES = """async () => {
  const [file] = [...document.querySelectorAll("script[src]")].map((script) => script.src);
  return fetch(file, { cache: "no-store" }).then((file) => file.ok, () => false);
}"""


def test_a_page_that_came_without_its_worker_asks_for_it(open_page: OpenPage, empty: Site) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    with page.expect_navigation():
        page.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    came_past = "() => performance.getEntriesByType('navigation')[0].workerStart === 0"
    assert page.evaluate(came_past)
    ready(page)
    page.context.set_offline(True)
    assert page.evaluate(FETCHES)


def test_a_page_that_needs_a_connection_can_be_tried_again(
    open_page: OpenPage, empty: Site
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.context.set_offline(True)
    page.goto("/asks/")
    none = page.get_by_role("heading", name="No connection")
    page.get_by_role("link", name="Try again").tap()
    expect(none).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").tap()
    expect(page.locator("h1")).to_be_visible()
    expect(none).to_be_hidden()
    assert page.url.endswith("/asks/")


def test_moments_written_without_a_connection_are_stored_once_each(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.context.set_offline(True)
    page.goto("/notes/write/")
    axe(page)
    for word in ("one", "two", "three"):
        note(page, f"{CANARY} {word}")
        state(page, "saved")
        axe(page)
        shot(page, "offline-saved")
        expect(page.get_by_role("button", name="Keep this moment")).to_be_hidden()
        page.get_by_role("button", name="Note another").click()
    page.goto("/asks/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    axe(page)
    shot(page, "offline-none")
    page.goto("/waiting/")
    expect(page.locator("[data-count]")).to_have_text("3")
    axe(page)
    shot(page, "offline-device")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/notes/")
    expect(again.get_by_label("A few words")).to_have_value("")
    context.set_offline(False)
    all_gone(again)
    assert noted(again) == [f"{CANARY} {word}" for word in ("three", "two", "one")]


def test_a_moment_with_a_connection_goes_on_as_ever(open_page: OpenPage, empty: Site) -> None:
    page = at_home(open_page("phone", empty))
    page.goto("/notes/write/")
    note(page, f"{CANARY} tea")
    expect(page.locator(".spoken")).to_have_text(f"{CANARY} tea", timeout=PATIENCE)
    page.get_by_role("link", name="Change").click()
    note(page, f"{CANARY} coffee")
    expect(page.locator(".spoken")).to_have_text(f"{CANARY} coffee", timeout=PATIENCE)
    assert noted(page) == [f"{CANARY} coffee"]
    all_gone(page)


def test_what_the_server_has_to_say_about_a_field_is_said_there(
    open_page: OpenPage, empty: Site
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.goto("/notes/write/")
    page.get_by_text("When it was", exact=True).click()
    page.get_by_label("On another day").check(force=True)
    note(page, f"{CANARY} another day")
    expect(page.locator("main")).to_contain_text("Say which day", timeout=PATIENCE)
    page.get_by_label("Which day").fill("2026-03-01")
    page.get_by_role("button", name="Keep this moment").click()
    expect(page.locator(".spoken")).to_be_visible(timeout=PATIENCE)
    assert len(noted(page)) == 1
    all_gone(page)


def test_two_strokes_without_a_connection_come_to_the_map(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = at_home(open_page("desk", empty, watched=False))
    page.goto("/map/")
    page.get_by_role("button", name="Begin with me on the paper").click()
    expect(page.locator("svg.paper .figure")).to_have_count(1)
    address = page.url
    stroke(page, 0.2)
    expect(page.locator("[data-place=state]")).to_have_text("Stored", timeout=PATIENCE)
    page.context.set_offline(True)
    page.goto("/map/")
    expect(page.get_by_role("heading", name="Without a connection")).to_be_visible()
    expect(page.locator("svg.paper .figure")).to_have_count(0)
    axe(page)
    stroke(page, 0.5)
    stroke(page, 0.8)
    expect(page.locator("[data-place=state]")).to_contain_text("Saved on this device")
    shot(page, "offline-map")
    page.context.set_offline(False)
    expect(page.locator("[data-place=state]")).to_have_text("Stored", timeout=PATIENCE)
    all_gone(page)
    page.goto(address)
    expect(page.locator("svg.paper .stroke")).to_have_count(3)
    expect(page.locator("svg.paper .figure")).to_have_count(1)


def test_a_first_map_can_be_begun_without_a_connection(open_page: OpenPage, empty: Site) -> None:
    page = at_home(open_page("desk", empty, watched=False))
    page.context.set_offline(True)
    page.goto("/map/")
    stroke(page, 0.4)
    expect(page.locator("[data-place=state]")).to_contain_text("Saved on this device")
    page.goto("/map/")
    stroke(page, 0.6)
    page.context.set_offline(False)
    all_gone(page)
    page.goto("/map/")
    expect(page.locator("svg.paper .stroke")).to_have_count(2)
    page.goto("/map/?new")
    expect(page.get_by_role("link", name=re.compile("Begun on"))).to_have_count(1)


def stroke(page: Page, height: float) -> None:
    """A line by hand across the paper, so far down, once the paper can be drawn on."""
    expect(page.locator("[data-act=redo]")).to_have_attribute("aria-disabled", re.compile("."))
    before = page.locator("svg.paper .stroke").count()
    box = page.locator("svg.paper").bounding_box()
    assert box
    y = box["y"] + box["height"] * height
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    for share in (0.3, 0.4, 0.5, 0.6):
        page.mouse.move(box["x"] + box["width"] * share, y + 5)
    page.mouse.up()
    expect(page.locator("svg.paper .stroke")).to_have_count(before + 1)


def test_one_leaves_at_once_without_a_connection_and_is_gone(
    open_page: OpenPage, empty: Site
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.context.set_offline(True)
    page.goto("/notes/write/")
    note(page, f"{CANARY} unsent")
    state(page, "saved")
    page.locator("[data-quick-exit]").tap()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.get_by_text("Kith")).to_have_count(0)
    page.go_back()
    expect(page.get_by_text(CANARY)).to_have_count(0)
    page.goto("/notes/write/")
    expect(page.locator("[data-warnings] [data-state=nobody]")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/notes/")
    expect(page.get_by_role("button", name="Open my notebook")).to_be_visible()
    assert waiting(page) == 1
    at_home(page)
    all_gone(page)
    assert noted(page) == [f"{CANARY} unsent"]


def test_a_captive_portal_is_no_acknowledgement(open_page: OpenPage, empty: Site) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.goto("/notes/write/")

    def portal(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Welcome to our network</h1>")

    page.context.route("**/keep/**", portal)
    note(page, f"{CANARY} portal")
    state(page, "saved")
    page.wait_for_timeout(1500)
    state(page, "saved")
    assert waiting(page) == 1
    page.context.unroute("**/keep/**")
    expect(page.locator(".spoken")).to_have_text(f"{CANARY} portal", timeout=PATIENCE)
    assert noted(page) == [f"{CANARY} portal"]


def test_two_tabs_send_each_entry_once(open_page: OpenPage, empty: Site) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    other = page.context.new_page()
    page.context.set_offline(True)
    for one, word in ((page, "first"), (other, "second")):
        one.goto("/notes/write/")
        note(one, f"{CANARY} {word}")
        state(one, "saved")
    asked: list[str] = []
    page.context.on("request", lambda asking: asked.append(asking.post_data or ""))
    page.context.set_offline(False)
    all_gone(page)
    sent = [json.loads(body)["items"] for body in asked if '"sealed"' in body]
    ids = [item["id"] for items in sent for item in items]
    assert len(ids) == len(set(ids)) == 2
    assert sorted(noted(page)) == [f"{CANARY} first", f"{CANARY} second"]


def test_an_answer_that_was_lost_stores_nothing_twice(open_page: OpenPage, empty: Site) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.goto("/notes/write/")
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "PUT" or lost:
            return route.continue_()
        lost.append(str(route.request.post_data))
        route.fetch()  # the server has it; the answer never comes back
        return route.abort()

    page.context.route("**/keep/**", lose_the_answer)
    note(page, f"{CANARY} lost")
    expect(page.locator(".spoken")).to_have_text(f"{CANARY} lost", timeout=PATIENCE)
    assert (len(lost), noted(page)) == (1, [f"{CANARY} lost"])


def test_another_person_on_the_device_neither_sees_nor_sends_it(
    open_page: OpenPage, empty: Site
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    code = make_a_card(page)
    page.context.set_offline(True)
    page.goto("/notes/write/")
    note(page, f"{CANARY} mine")
    state(page, "saved")
    page.locator("[data-quick-exit]").tap()
    page.context.set_offline(False)
    come_in(page, code)
    page.goto("/waiting/")
    ready(page)
    expect(page.locator("[data-state=nothing]")).to_be_visible(timeout=PATIENCE)
    page.goto("/notes/write/")
    note(page, f"{CANARY} theirs")
    expect(page.locator(".spoken")).to_be_visible(timeout=PATIENCE)
    assert noted(page) == [f"{CANARY} theirs"]
    page.goto("/waiting/")
    expect(page.locator("[data-state=nothing]")).to_be_visible(timeout=PATIENCE)
    assert waiting(page) >= 1
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name="Close the notebook").tap()
    at_home(page)
    all_gone(page)
    assert noted(page) == [f"{CANARY} mine"]


def test_a_page_keeps_words_for_the_person_it_was_made_for(
    open_page: OpenPage, empty: Site
) -> None:
    """Even when someone else signed in meanwhile, in another tab of the same browser."""
    page = at_home(open_page("phone", empty, watched=False))
    code = make_a_card(page)
    page.goto("/notes/write/")
    other = page.context.new_page()
    other.goto("/")
    with other.expect_navigation():
        other.get_by_role("button", name="Close the notebook").tap()
    come_in(other, code)
    note(page, f"{CANARY} mine")
    state(page, "saved")
    page.wait_for_timeout(1500)
    assert noted(other) == []
    other.goto("/")
    with other.expect_navigation():
        other.get_by_role("button", name="Close the notebook").tap()
    at_home(other)
    all_gone(other)
    assert noted(other) == [f"{CANARY} mine"]


def test_a_clash_keeps_both_and_lets_one_choose(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.context.set_offline(True)
    page.goto("/notes/write/")
    taken = page.locator("form [name=id]").input_value()
    note(page, f"{CANARY} here")
    state(page, "saved")
    other = at_home(open_page("phone", empty, watched=False))
    other.goto("/notes/write/")
    other.locator("form [name=id]").evaluate("(field, id) => (field.value = id)", taken)
    note(other, f"{CANARY} there")
    expect(other.locator(".spoken")).to_be_visible(timeout=PATIENCE)
    page.context.set_offline(False)
    state(page, "clash")
    page.goto("/waiting/")
    page.get_by_role("button", name="Show the words").click()
    expect(page.locator("[data-words]")).to_have_text(f"{CANARY} here")
    axe(page)
    shot(page, "device-clash")
    page.get_by_role("button", name="Keep it as well").click()
    expect(page.locator("[data-held]")).to_be_hidden(timeout=PATIENCE)
    all_gone(page)
    assert sorted(noted(page)) == [f"{CANARY} here", f"{CANARY} there"]


def test_one_speaks_and_the_scribe_writes_without_a_connection(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = at_home(open_page("desk", empty, watched=False))
    page.goto("/together/new/")
    page.get_by_label("What is it called").fill("A year of mornings")
    page.get_by_label("a workshop or a year of them").check(force=True)
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="Open a gathering").click()
    page.get_by_label("What is it called").fill("Mornings")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mornings", timeout=PATIENCE)
    gathering = page.url
    page.context.set_offline(True)
    page.goto(gathering)
    page.get_by_label("What would you like to say?").fill(f"{CANARY} spoken")
    page.get_by_role("button", name="Say this").click()
    expect(page.locator("#state")).to_contain_text("Saved on this device", timeout=PATIENCE)
    axe(page)
    shot(page, "offline-say")
    page.goto(f"{gathering}write/")
    for word in ("first", "second"):
        page.get_by_label("What was said").fill(f"{CANARY} {word}")
        page.keyboard.press("Enter")
        expect(page.get_by_label("What was said")).to_have_value("", timeout=PATIENCE)
    axe(page)
    shot(page, "offline-scribe")
    page.context.set_offline(False)
    all_gone(page)
    page.goto(f"{gathering}say/")
    for word in ("spoken", "first", "second"):
        expect(page.locator("#lines li", has_text=f"{CANARY} {word}")).to_have_count(1)


def test_the_last_resort_is_a_sealed_file_that_goes_on_elsewhere(
    open_page: OpenPage, empty: Site, tmp_path: Path
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.context.set_offline(True)
    page.goto("/notes/write/")
    note(page, f"{CANARY} out")
    state(page, "saved")
    page.goto("/waiting/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take it out as a sealed file").click()
    file = tmp_path / "notes.json"
    taken.value.save_as(file)
    assert not _holds(file, CANARY)
    page.close()
    other = at_home(open_page("phone", empty, watched=False))
    other.goto("/waiting/")
    other.get_by_label("Bring in a sealed file").set_input_files(file)
    all_gone(other)
    assert noted(other) == [f"{CANARY} out"]
    other.goto("/waiting/")
    strange = {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"}
    other.get_by_label("Bring in a sealed file").set_input_files(strange)  # type: ignore[arg-type]
    expect(other.get_by_text("We could not read this file")).to_be_visible()


def test_what_could_not_be_stored_is_said_on_other_pages_too(
    open_page: OpenPage, empty: Site, axe: Look
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.evaluate(
        """() => new Promise((done) => {
             const asked = indexedDB.open("kith");
             asked.onsuccess = () => {
               const from = asked.result.transaction(["meta", "outbox"], "readwrite");
               from.objectStore("meta").get("current").onsuccess = ({ target }) => {
                 const held = { id: "x", who: target.result.who, seq: 0, state: "refused" };
                 from.objectStore("outbox").put({ ...held, at: 0, why: "" });
               };
               from.oncomplete = () => (asked.result.close(), done());
             };
           })"""
    )
    page.goto("/map/")
    expect(page.get_by_text("It is kept until you choose.")).to_be_visible(timeout=PATIENCE)
    axe(page)


def keep_copies(page: Page) -> None:
    page.goto("/waiting/")
    page.get_by_label("A passphrase for this device").fill("seven cups of tea")
    page.get_by_role("button", name="Keep copies here").click()
    expect(page.get_by_role("button", name="Open the copies")).to_be_visible(timeout=PATIENCE)


def test_on_ones_own_device_what_waits_can_be_read_and_said_anew(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    page = at_home(open_page("phone", empty, watched=False))
    page.goto("/waiting/")
    expect(page.get_by_role("button", name="Keep copies here")).to_be_visible(timeout=PATIENCE)
    axe(page)
    shot(page, "waiting-empty")
    keep_copies(page)
    page.context.set_offline(True)
    page.goto("/notes/write/")
    note(page, f"{CANARY} before")
    state(page, "saved")
    page.goto("/waiting/")
    page.get_by_label("The passphrase for this device").fill("a guess")
    page.get_by_role("button", name="Open the copies").click()
    expect(page.get_by_text("That is not the passphrase")).to_be_visible(timeout=PATIENCE)
    axe(page)
    page.get_by_label("The passphrase for this device").fill("seven cups of tea")
    page.get_by_role("button", name="Open the copies").click()
    words = page.get_by_label("What you wrote")
    expect(words).to_have_value(f"{CANARY} before", timeout=PATIENCE)
    axe(page)
    shot(page, "waiting-open")
    words.fill(f"{CANARY} after")
    page.get_by_role("button", name="Say it anew").click()
    expect(page.locator("[data-count]")).to_have_text("2", timeout=PATIENCE)
    page.context.set_offline(False)
    all_gone(page)
    assert noted(page) == [f"{CANARY} after"]


def test_on_ones_own_device_the_map_comes_back(open_page: OpenPage, empty: Site, axe: Look) -> None:
    page = at_home(open_page("desk", empty, watched=False))
    keep_copies(page)
    page.goto("/map/")
    page.get_by_role("button", name="Begin with me on the paper").click()
    stroke(page, 0.3)
    expect(page.locator("[data-place=state]")).to_have_text("Stored", timeout=PATIENCE)
    page.wait_for_timeout(1500)
    page.context.set_offline(True)
    page.goto("/map/")
    page.get_by_label("The passphrase for this device").fill("seven cups of tea")
    axe(page)
    page.get_by_role("button", name="Open the copy").click()
    expect(page.locator("svg.paper .figure")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("svg.paper .stroke")).to_have_count(1)
    stroke(page, 0.7)
    page.wait_for_timeout(1500)
    page.goto("/map/")
    page.get_by_label("The passphrase for this device").fill("seven cups of tea")
    page.get_by_role("button", name="Open the copy").click()
    expect(page.locator("svg.paper .stroke")).to_have_count(2, timeout=PATIENCE)


def test_nothing_readable_is_left_in_the_browser(
    chromium: Browser, empty: Site, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=program, args=FLAGS, base_url=empty.address
    )
    page = at_home(context.new_page())
    keep_copies(page)
    context.set_offline(True)
    page.goto("/notes/write/")
    note(page, f"{CANARY} sealed")
    state(page, "saved")
    page.wait_for_timeout(3000)  # as long as the browser takes to note what is open
    page.locator("[data-quick-exit]").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    context.close()
    files = [path for path in profile.rglob("*") if path.is_file()]
    found = [path.relative_to(profile) for path in files if _holds(path, CANARY)]
    assert found == []
    assert any("IndexedDB" in str(path) for path in files)


def _holds(path: Path, words: str) -> bool:
    held = path.read_bytes()
    return any(words.encode(code) in held for code in ("utf-8", "utf-16-le", "utf-16-be"))
