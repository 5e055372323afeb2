"""Over https: no other site hears which page of ours someone came from, and our own forms work.

Another site with a good certificate listens. One gets there from a page of one's own in every way
that leaves a page; what is told there is all that can be told.
"""

import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from browser.conftest import SIZES
from browser.test_beyond_journey import Room, come_in, room, trusting

__all__ = ["room", "trusting"]
WAYS = {
    "a link": """to => {
      const link = document.createElement("a"); link.href = to;
      document.body.append(link); link.click() }""",
    "a link in a window of its own": """to => {
      const link = document.createElement("a"); link.href = to; link.target = "_blank";
      document.body.append(link); link.click() }""",
    "a window": "to => void window.open(to)",
    "going there": "to => location.assign(to)",
    "a page that goes on": """to => {
      const on = document.createElement("meta"); on.httpEquiv = "refresh";
      on.content = `0;url=${to}`; document.head.append(on) }""",
}
SHUT = """to => new Promise((shut) => {
  document.addEventListener("securitypolicyviolation", (told) => {
    if (told.effectiveDirective === "form-action") shut(true) });
  new Image().src = `${to}?picture`;
  void fetch(`${to}?fetch`, {mode: "no-cors", referrerPolicy: "unsafe-url"}).catch(() => {});
  navigator.sendBeacon(`${to}?beacon`, "x");
  const form = document.createElement("form"); form.action = to; form.method = "post";
  document.body.append(form); form.submit() })"""
"""Each way that is shut; it is over when the last of them, a form, was refused."""


@dataclass
class Elsewhere:
    """Another site, and what it heard: of each request its path, and all that tells of ours."""

    address: str = ""
    heard: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture
def elsewhere(room: Room) -> Iterator[Elsewhere]:
    made = Elsewhere()

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = [text for text in self.headers.values() if room.address in text]
            made.heard[self.path] = told
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>")

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((room.here, 0), Other) as server:
        locked = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        locked.load_cert_chain(room.made.certificate, room.made.key)
        server.socket = locked.wrap_socket(server.socket, server_side=True)
        made.address = f"https://{room.here}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def test_no_other_site_hears_where_one_was(
    trusting: Browser, room: Room, elsewhere: Elsewhere
) -> None:
    context = trusting.new_context(base_url=room.address, locale="en-GB", **SIZES["phone"])
    page = context.new_page()
    come_in(page, room.codes[1], "tim")
    expect(page.get_by_role("heading", name="Ward 7")).to_be_visible()
    page.goto("/notes/write/")
    page.get_by_label("A few words").fill("Tea by the window.")
    with page.expect_request(lambda asked: asked.method == "POST") as sent:
        page.locator("[name=words]").first.evaluate("field => field.form.submit()")
    expect(page.locator(".spoken")).to_have_text("Tea by the window.")
    told = sent.value.all_headers()
    assert (told["origin"], told["referer"]) == (room.address, f"{room.address}/notes/write/")
    moment = page.url
    page.evaluate(SHUT, f"{elsewhere.address}/shut")
    _goes_everywhere(page, moment, elsewhere)
    assert {*elsewhere.heard} - {"/favicon.ico"} == {f"/{at}" for at in range(len(WAYS))}
    assert not any(elsewhere.heard.values()), elsewhere.heard


def _goes_everywhere(page: Page, moment: str, elsewhere: Elsewhere) -> None:
    """From this page by each way; the other site's page is asked what it knows, too."""
    for at, way in enumerate(WAYS.values()):
        to = f"{elsewhere.address}/{at}"
        page.goto(moment)
        page.evaluate(way, to)
        there = _page_at(page.context, to)
        expect(there.get_by_role("heading", name="Elsewhere")).to_be_visible()
        elsewhere.heard[f"/{at}"] += filter(None, [there.evaluate("document.referrer")])


def _page_at(context: BrowserContext, address: str) -> Page:
    for _ in range(300):
        if found := [page for page in context.pages if page.url == address]:
            return found[0]
        context.pages[0].wait_for_timeout(100)
    pytest.fail(f"nobody came to {address}")


def with_policy(context: BrowserContext, policy: str) -> None:
    """Wrong: our pages come with another policy than they were sent with."""

    def change(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        route.fulfill(response=answer, headers={**answer.headers, "referrer-policy": policy})

    context.route("**/come/", change)


def wrong(trusting: Browser, room: Room, policy: str) -> Page:
    words = {"base_url": room.address, "locale": "en-GB", "ignore_https_errors": True}
    context = trusting.new_context(service_workers="block", **words, **SIZES["phone"])
    with_policy(context, policy)
    return context.new_page()


@pytest.mark.parametrize("policy", ["unsafe-url", "origin"])
def test_a_policy_that_tells_more_is_noticed(
    trusting: Browser, room: Room, elsewhere: Elsewhere, policy: str
) -> None:
    page = wrong(trusting, room, policy)
    _goes_everywhere(page, f"{room.address}/come/", elsewhere)
    assert all(elsewhere.heard[f"/{at}"] for at in range(len(WAYS))), elsewhere.heard


def test_a_policy_that_tells_nothing_would_shut_our_own_forms(
    trusting: Browser, room: Room
) -> None:
    """Why it is not `no-referrer`: a form then says that it comes from nowhere."""
    page = wrong(trusting, room, "no-referrer")
    page.goto("/come/")
    page.get_by_label("The code on your card").fill("x")
    with page.expect_navigation() as gone:
        page.locator("main form").first.evaluate("form => form.submit()")
    assert gone.value is not None and gone.value.status == 403
