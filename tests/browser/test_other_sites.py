"""Another site open in the same browser changes nothing here, reads nothing, frames nothing.

Once from the same machine under another port, which browsers call the same site and send our
cookies to; once under another name, which they do not. Even one that got hold of a token of ours.
"""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from browser.conftest import OpenPage, Site, run_site

NAMES = ("127.0.0.1", "localhost")
ATTACK = """<!doctype html><title>Elsewhere</title>
<form id=form method=post action="{kith}{path}"><input name=csrfmiddlewaretoken value="{token}">
<input name=words value="{words}"><input name=id value="0b54a1f0-5c7e-4b59-9a4e-3c1f7a3c9d10">
<input name=happened value=yes><input name=day_choice value=today></form>
<iframe id=frame src="{kith}/notes/"></iframe>"""
READ = """async kith => {
  const told = {}
  for (const mode of ["cors", "no-cors", "navigate"])
    told[mode] = await fetch(`${kith}/notes/`, {mode, credentials: "include"})
      .then(async answer => (await answer.text()) || answer.type, () => "refused")
  told.keep = await fetch(`${kith}/keep/`, {credentials: "include"})
    .then(answer => answer.text(), () => "refused")
  told.put = await fetch(`${kith}/keep/`, {method: "PUT", credentials: "include", body: "{}",
    headers: {"X-CSRFToken": "x"}}).then(a => a.text(), () => "refused")
  told.picture = await new Promise(done => {
    const picture = new Image()
    picture.onload = () => done("seen"); picture.onerror = () => done("refused")
    picture.src = `${kith}/static/web/mark.svg` })
  told.left = await new Promise(done => {
    const picture = new Image()
    picture.onload = picture.onerror = () => done("asked")
    picture.src = `${kith}/today/` })
  return told
}"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from run_site(["demo"], tmp_path_factory.mktemp("other-sites") / "home")


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """`elsewhere(html)`: a port of another site that shows this page at every address."""
    shown = [""]

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shown[0].encode())

        def log_message(self, *_: object) -> None:
            pass

    def show(html: str) -> str:
        shown[0] = html
        return str(server.server_address[1])

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield show
        server.shutdown()
        thread.join()


def _signed_in(open_page: OpenPage, village: Site) -> tuple[Page, str]:
    """A page on which R. is signed in, and a token that a form of theirs carries."""
    page = open_page("desk", village, watched=False)
    page.goto("/")
    page.get_by_role("button", name="Start the walk").click()
    page.goto("/notes/write/")
    return page, page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_changed(
    open_page: OpenPage, village: Site, elsewhere: Callable[[str], str], name: str
) -> None:
    page, token = _signed_in(open_page, village)
    words = f"Never written here, {name}"
    attack = ATTACK.format(kith=village.address, path="/notes/write/", token=token, words=words)
    page.goto(f"http://{name}:{elsewhere(attack)}/")
    with page.expect_navigation() as gone:
        page.evaluate("document.getElementById('form').submit()")
    assert gone.value is not None and gone.value.status == 403
    assert gone.value.headers["cross-origin-resource-policy"] == "same-origin"
    page.goto("/notes/")
    assert page.locator("main").count() and not page.get_by_text(words).count()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_read_or_framed(
    open_page: OpenPage, village: Site, elsewhere: Callable[[str], str], name: str
) -> None:
    page, token = _signed_in(open_page, village)
    attack = ATTACK.format(kith=village.address, path="/", token=token, words="")
    page.goto(f"http://{name}:{elsewhere(attack)}/")
    told = page.evaluate(READ, village.address)
    assert told.pop("left") == "asked"
    assert set(told.values()) <= {"refused", "opaque"}, told
    framed = [frame for frame in page.frames if frame != page.main_frame]
    assert all("/notes/" not in frame.url or "notes" not in _text(frame) for frame in framed)
    page.goto("/notes/write/")
    assert page.locator("[name=words]").count() == 1, "a picture elsewhere signed R. out"


def _text(frame: object) -> str:
    """What a frame shows; a blocked one shows the browser's own words, or cannot be read."""
    try:
        return str(frame.evaluate("document.querySelector('main')?.innerText ?? ''"))  # type: ignore[attr-defined]
    except Exception:
        return ""


def test_the_same_form_on_our_own_page_is_taken(open_page: OpenPage, village: Site) -> None:
    """So that the refusals above are not for another reason."""
    page, _token = _signed_in(open_page, village)
    page.locator("[name=words]").first.fill("Tea, truly.")
    with page.expect_navigation():
        page.locator("[name=words]").first.evaluate("field => field.form.submit()")
    page.goto("/notes/")
    assert page.get_by_text("Tea, truly.").count()
