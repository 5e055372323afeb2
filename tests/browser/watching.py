"""Eyes on a page: what must not happen on it, and whom it shuts out."""

import json
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Watch:
    """What must not happen on a page: errors in scripts, requests to anywhere but Kith."""

    def __init__(self, page: Page, own: str) -> None:
        self.page, self.own = page, own
        self.seen: list[str] = []
        self.over = False
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.see(f"script: {error}"))
        page.on("request", self.on_request)

    def see(self, what: str) -> None:
        if not self.over:
            self.seen.append(what)

    def close(self) -> None:
        """Hear all the page said, then close its browser: what breaks off then is not its doing."""
        if not self.over and not self.page.is_closed():
            self.page.wait_for_timeout(0)
        self.over = True
        self.page.context.close()

    def on_console(self, message: ConsoleMessage) -> None:
        # A refused page is a plain answer of Kith's, though the browser calls it an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.see(f"console: {message.text}")

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.own, "data:", "blob:", "about:")):
            self.see(f"asked elsewhere: {request.url}")


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA on the page as it stands: rule, place and reason."""
    # Given to the page's own engine, not as a script tag: the page's policy stays in force.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = json.dumps({"runOnly": {"type": "tag", "values": STANDARD}})
    found = page.evaluate(f"axe.run(document, {options}).then(done => done.violations)")
    return [
        f"{rule['id']} at {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
