"""A phone on the same network: the leaflet, coming in with a card, a moment, over a locked line."""

import base64
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, expect

from browser.conftest import FLAGS, SIZES
from browser.watching import Watch, violations
from kith.cli.certificate import Made, make
from serving import free_port, network, run, serving

Shot = Callable[[Page, str], None]


@dataclass(frozen=True)
class Room:
    """A workshop: its laptop's address, the leaflet's, the codes on the first cards, and `here`."""

    address: str
    leaflet: str
    codes: list[str]
    made: Made
    here: str


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    place = tmp_path_factory.mktemp("room")
    with network() as there:
        made, port = make(place / "tls", [there.there, there.here], 7), free_port()
        home = place / "kith"
        invited = [run(home, "invite", ward).stdout for ward in ("Ward 6", "Ward 7")]
        codes = [said.split("card: ")[1].split()[0] for said in invited]
        words = ["--host", there.there, "--port", str(port), "--authority", str(made.authority)]
        words += ["--cert", str(made.certificate), "--key", str(made.key)]
        with serving(home, *words, within=there.within):
            address = f"https://{there.there}:{port}"
            leaflet = f"http://{there.there}:{port + 1}/"
            yield Room(address, leaflet, codes, made, there.here)


@pytest.fixture
def trusting(chromium: Browser, room: Room) -> Iterator[Browser]:
    """A browser to which this certificate is a good one, as after the leaflet's four steps."""
    certificate = x509.load_pem_x509_certificate(room.made.certificate.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    hashed = base64.b64encode(hashlib.sha256(key).digest()).decode()
    made = chromium.browser_type.launch(
        executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")),
        args=[*FLAGS, f"--ignore-certificate-errors-spki-list={hashed}"],
    )
    yield made
    made.close()


@pytest.fixture
def phone_that_trusts(trusting: Browser, room: Room) -> Iterator[Page]:
    context = trusting.new_context(base_url=room.address, locale="en-GB", **SIZES["phone"])
    page = context.new_page()
    watch = Watch(page, room.address)
    yield page
    context.close()
    assert watch.seen == []


def test_a_phone_that_trusts_the_laptop_comes_in_and_notes(
    phone_that_trusts: Page, room: Room
) -> None:
    page = phone_that_trusts
    page.goto("/")
    expect(page.get_by_role("button", name="Open my notebook")).to_have_count(0)
    assert page.evaluate("isSecureContext && 'serviceWorker' in navigator && !!crypto.subtle")
    come_in(page, room.codes[0], "rose")
    expect(page.get_by_role("heading", name="Ward 6")).to_be_visible()
    _cookies_are_locked(page)
    ready = "navigator.serviceWorker.ready.then(one => !!one.active)"
    assert page.evaluate(ready)  # so that what is written without a network can be kept
    page.goto("/notes/write/")
    page.get_by_label("A few words").fill("Tea by the window.")
    page.get_by_role("button", name="Keep this moment").tap()
    expect(page.get_by_text("Tea by the window.").first).to_be_visible()


def come_in(page: Page, code: str, name: str) -> None:
    page.goto("/come/")
    page.get_by_label("The code on your card").fill(code)
    page.get_by_label("A name to sign in with").fill(name)
    page.get_by_label("A passphrase").fill("tea in the morning")
    page.get_by_role("button", name="Keep").tap()


def _cookies_are_locked(page: Page) -> None:
    cookies = page.context.cookies()
    assert {cookie["name"] for cookie in cookies} >= {"__Host-page", "__Host-form"}
    for cookie in cookies:
        assert cookie["name"].startswith("__Host-"), cookie["name"]
        assert (cookie["secure"], cookie["path"], cookie["sameSite"]) == (True, "/", "Strict")


def test_a_phone_that_does_not_trust_it_is_warned(chromium: Browser, room: Room) -> None:
    page = chromium.new_page()
    with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(room.address)
    page.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_leaflet_can_be_read_by_everyone(
    chromium: Browser, room: Room, shot: Shot, size: str, scheme: Any
) -> None:
    context = chromium.new_context(color_scheme=scheme, locale="en-GB", **SIZES[size])
    page = context.new_page()
    watch = Watch(page, room.leaflet)
    page.goto(room.leaflet)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"leaflet-{scheme}")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Get the file").click()
    assert taken.value.path().read_bytes() == room.made.authority.read_bytes()
    context.close()
    assert watch.seen == []
