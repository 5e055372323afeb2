"""Talk over a map in a real browser: words, sounds, photos, side by side, keeping nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from browser.conftest import EARS, ROOT, SIZES, LaunchOne, OpenPage, Site, heard
from browser.test_shared_device_journey import readable
from pictures import with_place

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
WAY = ROOT / "src" / "kith" / "maps" / "static" / "maps" / "way.js"
TYPED, NAMED = "Zwetschgenkuchen with Marigold", "Quittengelee"
OUTBOX = """async () => new Promise((done) => {
  const asked = indexedDB.open("kith");
  asked.onsuccess = () => {
    const all = asked.result.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result.length); };
  };
  asked.onupgradeneeded = () => { asked.transaction.abort(); done(0); };
})"""


def come_in(page: Page) -> None:
    """A notebook of one's own; on the demo, that of R."""
    page.goto("/")
    own = page.locator("form[action*=start] button")
    if not own.count():
        page.goto("/walk/")
        own = page.get_by_role("button", name="R.", exact=True)
    with page.expect_navigation():
        own.first.click()


def a_map(page: Page) -> None:
    come_in(page)
    page.goto("/map/?new")
    page.get_by_role("button", name="Begin with me on the paper").click()
    expect(page.locator("[data-open=say]")).to_be_visible()


def a_line(page: Page) -> None:
    """Draw a line by hand."""
    box = page.locator("svg.paper").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=5)
    page.mouse.up()


def say(page: Page, words: str) -> None:
    if page.locator("[data-place=say]").is_hidden():
        page.locator("[data-open=say]").click()
    page.locator("#talk-words").fill(words)
    page.locator("[data-place=say] button[type=submit]").click()


def kept(page: Page, state: str) -> None:
    expect(page.locator(f"[data-place=kept] [data-state={state}]")).to_be_visible()


# Words, beside the paper


def test_words_are_said_beside_the_paper_and_stand_by_their_kind(
    live_page: Page, axe: Axe, shot: Shot
) -> None:
    page = live_page
    a_map(page)
    say(page, "Tea with T.")
    kept(page, "stored")
    expect(page.locator("#talk-words")).to_have_value("")
    page.get_by_label("what someone describes").check()
    say(page, "One circle, in the middle.")
    kept(page, "stored")
    axe(page)
    shot(page, "talk-beside")
    page.locator("[data-close=say]").click()
    expect(page.locator("[data-place=say]")).to_be_hidden()
    page.get_by_role("link", name="What was said").click()
    said = page.get_by_role("region", name="What the drawer said")
    expect(said).to_contain_text("Tea with T.")
    expect(said).not_to_contain_text("One circle")
    axe(page)
    shot(page, "talk-notes")
    page.get_by_role("link", name="Go there").click()
    expect(page.get_by_role("heading", name="A pause first")).to_be_visible()
    axe(page)
    shot(page, "talk-pause")
    page.get_by_role("link", name="Go on").click()
    page.get_by_label("Words").fill("Far may mean safe.")
    axe(page)
    shot(page, "talk-meaning")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Far may mean safe.")).to_be_visible()


def test_prompts_stand_one_at_a_time_and_close_with_one_touch(
    live_page: Page, axe: Axe, shot: Shot
) -> None:
    page = live_page
    a_map(page)
    page.locator("[data-open=prompts]").click()
    prompt = page.locator("[data-place=prompt]")
    page.get_by_label("Yourself").check()
    expect(prompt).to_contain_text("Where on this paper are you?")
    page.get_by_role("button", name="Another one").click()
    expect(prompt).to_contain_text("these days")
    page.get_by_label("Standing back").check()
    expect(prompt).to_contain_text("A pause first")
    axe(page)
    shot(page, "talk-prompts")
    page.get_by_role("button", name="Go on").click()
    expect(prompt).to_contain_text("Lean back")
    page.locator("[data-close=prompts]").click()
    expect(page.locator("[data-place=prompts]")).to_be_hidden()
    page.goto("/map/prompts/")
    axe(page)
    shot(page, "talk-arc")
    page.get_by_role("link", name="In other words").first.click()
    page.get_by_label("Prompts, one on each line").fill("Where are you today?")
    axe(page)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Where are you today?")).to_be_visible()
    page.get_by_role("link", name="In other words").first.click()
    page.get_by_role("button", name="Take ours again").click()
    expect(page.get_by_text("Where on this paper are you?")).to_be_visible()


def test_words_by_keyboard_alone(desk: Page) -> None:
    page = desk
    a_map(page)
    page.locator("[data-open=say]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-place=say] [name=by]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#talk-words")).to_be_focused()
    page.keyboard.type("By keyboard.")
    page.locator("[data-place=say] button[type=submit]").focus()
    page.keyboard.press("Enter")
    kept(page, "stored")
    page.locator("[data-close=say]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-open=say]")).to_be_focused()


def test_without_a_connection_words_wait_and_then_go_out(open_page: OpenPage) -> None:
    page = open_page("phone", watched=False)
    a_map(page)
    page.context.set_offline(True)
    say(page, "Said on the train.")
    kept(page, "saved")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    kept(page, "stored")


# Sounds


def test_a_sound_is_recorded_heard_again_and_kept(
    empty: Site, profile: LaunchOne, tmp_path: Path, axe: Axe
) -> None:
    context = profile(empty, flags=EARS, permissions=["microphone"])
    page = context.new_page()
    a_map(page)
    page.locator("[data-open=say]").click()
    page.get_by_role("button", name="Record a sound").click()
    heard(page, "We hear you well|rather loud")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".recorder audio")).to_be_visible()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator(".recorder audio")).to_be_hidden()
    page.get_by_role("button", name="Record a sound").click()
    heard(page, "We hear you well|rather loud")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".recorder audio")).to_be_visible()
    axe(page)
    page.locator("[data-place=say] button[type=submit]").click()
    kept(page, "stored")
    page.get_by_role("link", name="What was said").click()
    sound = page.locator("audio").first
    sound.evaluate("async (sound) => { sound.muted = true; await sound.play(); }")
    data = page.evaluate(
        "async (at) => [...new Uint8Array(await (await fetch(at)).arrayBuffer())].slice(0, 900)",
        sound.get_attribute("src"),
    )
    context.close()
    start = bytes(data)
    assert b"webm" in start
    found = [path for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    assert [path for path in found if start[200:800] in path.read_bytes()] == []


def test_a_microphone_that_is_refused_is_taken_kindly(desk: Page, shot: Shot) -> None:
    page = desk
    a_map(page)
    page.locator("[data-open=say]").click()
    page.get_by_role("button", name="Record a sound").click()
    heard(page, "microphone stays off|no microphone here")
    shot(page, "talk-refused")
    say(page, "Then in words.")
    kept(page, "stored")


# A photo under the paper


def test_a_photo_lies_under_the_paper_without_its_place(
    live_page: Page, tmp_path: Path, axe: Axe, shot: Shot
) -> None:
    page = live_page
    a_map(page)
    file = tmp_path / "map.jpg"
    file.write_bytes(with_place())
    page.get_by_role("link", name="Photo underneath").click()
    page.get_by_label("The photo").set_input_files(file)
    expect(page.get_by_text("This is how it will be kept.")).to_be_visible()
    held = page.evaluate(
        "async () => { const [file] = document.querySelector('[data-picture]').files;"
        " return [...new Uint8Array(await file.arrayBuffer())]; }"
    )
    assert bytes(held).startswith(b"\xff\xd8") and b"vitter" not in bytes(held)
    axe(page)
    shot(page, "talk-photo")
    page.get_by_role("button", name="Keep").click()
    photo = page.locator("svg.paper image.photo")
    expect(photo).to_be_attached()
    page.get_by_role("link", name="Photo underneath").click()
    axe(page)
    page.get_by_role("button", name="Take it off").click()
    expect(page.locator("[data-talk]")).to_be_visible()
    expect(photo).not_to_be_attached()


def test_what_is_no_picture_is_said_to_be_none(desk: Page, tmp_path: Path) -> None:
    page = desk
    a_map(page)
    file = tmp_path / "map.jpg"
    file.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    page.get_by_role("link", name="Photo underneath").click()
    page.get_by_label("The photo").set_input_files(file)
    expect(page.get_by_text("We could not read this picture.")).to_be_visible()


# Side by side


@pytest.mark.parametrize("stays", ["all", "nothing"])
def test_side_by_side_ends_by_saying_what_stays(
    live_page: Page, axe: Axe, shot: Shot, stays: str
) -> None:
    page = live_page
    come_in(page)
    page.goto("/map/beside/")
    axe(page)
    shot(page, "talk-side-by-side")
    page.get_by_role("button", name="Begin with a new map").click()
    expect(page.get_by_text("You sit side by side.")).to_be_visible()
    say(page, "Said together.")
    kept(page, "stored")
    shot(page, "talk-sitting")
    page.get_by_role("link", name="End it, and say what stays").click()
    axe(page)
    shot(page, "talk-end")
    if stays == "all":
        page.get_by_role("button", name="All of it stays").click()
        expect(page.get_by_text("You sit side by side.")).to_have_count(0)
        page.get_by_role("link", name="What was said").click()
        expect(page.get_by_text("Said together.")).to_be_visible()
        return
    page.get_by_role("link", name="Nothing stays").click()
    expect(page.get_by_text("1 map", exact=True)).to_be_visible()
    axe(page)
    shot(page, "talk-erase")
    page.get_by_role("button", name="Erase it").click()
    expect(page.get_by_text("Erased. It is nowhere any more.")).to_be_visible()


# Keeping nothing


def draw_and_say(page: Page) -> None:
    """Draw, name a figure and say something on paper that keeps nothing."""
    page.goto("/map/once/")
    expect(page.get_by_role("heading", name="Nothing is kept here")).to_be_visible()
    a_line(page)
    page.locator("[data-place=tools] input[value=figure]").check()
    box = page.locator("svg.paper").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".map-card input[name=label]").press_sequentially(NAMED)
    page.locator(".map-card input[name=label]").press("Tab")
    say(page, TYPED)


def shut(page: Page) -> None:
    page.close()


def leave(page: Page) -> None:
    page.locator("[data-quick-exit]").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


@pytest.mark.parametrize("go", [shut, leave])
def test_paper_that_keeps_nothing_leaves_nothing(
    empty: Site, profile: LaunchOne, tmp_path: Path, go: Callable[[Page], None]
) -> None:
    context = profile(empty)
    page = context.new_page()
    come_in(page)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method) if one.method != "GET" else None)
    draw_and_say(page)
    kept(page, "held")
    expect(page.locator("[data-place=state]")).to_have_text("Nothing of this is kept.")
    page.wait_for_timeout(3000)  # as long as it takes until a browser writes its tabs down
    assert page.evaluate(OUTBOX) == 0
    assert sent == []
    go(page)
    other = context.new_page()
    other.goto("/map/")
    expect(other.get_by_role("button", name="Begin with me on the paper")).to_be_visible() if (
        go is shut
    ) else None
    context.close()
    for words in (TYPED, NAMED):
        assert readable(tmp_path / "profile", words) == []


def test_going_back_to_it_finds_it_empty(empty: Site, profile: LaunchOne) -> None:
    page = profile(empty).new_page()
    come_in(page)
    draw_and_say(page)
    page.goto("/promise/")
    page.go_back()
    expect(page.get_by_role("heading", name="Nothing is kept here")).to_be_visible()
    assert TYPED not in page.content() and NAMED not in page.content()
    expect(page.locator("svg.paper .figure")).to_have_count(0)


def test_it_is_kept_after_all_with_one_touch(live_page: Page, axe: Axe, shot: Shot) -> None:
    page = live_page
    come_in(page)
    draw_and_say(page)
    axe(page)
    shot(page, "talk-once")
    page.get_by_role("button", name="Keep it after all").click()
    expect(page.get_by_role("link", name="What was said")).to_be_visible()
    expect(page.get_by_text(NAMED).first).to_be_attached()
    page.get_by_role("link", name="What was said").click()
    expect(page.get_by_text(TYPED)).to_be_visible()


def test_paper_that_says_it_keeps_nothing_and_writes_is_caught(
    empty: Site, profile: LaunchOne
) -> None:
    context = profile(empty, service_workers="block")
    page = context.new_page()
    come_in(page)
    wrong = WAY.read_text(encoding="utf-8").replace(
        "held ? (act, body, how)", "!held ? (act, body, how)"
    )

    def answer(route: Route) -> None:
        route.fulfill(body=wrong, content_type="text/javascript")

    page.route("**/way*.js", answer)
    draw_and_say(page)
    page.wait_for_timeout(1500)
    assert page.evaluate(OUTBOX) > 0
    assert page.locator("[data-place=state]").inner_text() != "Nothing of this is kept."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pictures_of_the_pages(
    open_page: OpenPage, shot: Shot, size: str, scheme: str, tmp_path: Path
) -> None:
    if not os.environ.get("KITH_SHOTS"):
        pytest.skip("only for make shots")
    page = open_page(size, color_scheme=scheme)
    a_map(page)
    page.locator("[data-open=prompts]").click()
    page.get_by_label("Yourself").check()
    shot(page, f"talk-{scheme}-prompts")
    page.locator("[data-close=prompts]").click()
    say(page, "Tea with T., every morning before anyone else was up.")
    kept(page, "stored")
    shot(page, f"talk-{scheme}-beside")
    page.get_by_role("link", name="What was said").click()
    shot(page, f"talk-{scheme}-notes")
    page.get_by_role("link", name="Say something").click()
    shot(page, f"talk-{scheme}-say")
    page.goto("/map/beside/")
    shot(page, f"talk-{scheme}-side")
    page.goto("/map/once/")
    shot(page, f"talk-{scheme}-once")
