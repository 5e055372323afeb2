"""Passkeys in a real browser with a virtual authenticator: add, leave, come back, show again."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from browser.conftest import Site

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
WORDS = "tea in the morning"


@pytest.fixture
def named(empty: Site) -> Site:
    """The installation under a name: browsers offer no passkeys to numbers."""
    return replace(empty, address=empty.address.replace("127.0.0.1", "localhost"))


def give_key(page: Page, **more: object) -> tuple[CDPSession, str]:
    """Put a virtual authenticator into the browser, such as a phone has one."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        **more,
    }
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp, made["authenticatorId"]


def begin_with_passphrase(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    expect(page.get_by_role("heading", name="Yours")).to_be_visible()
    page.goto("/me/ways/words/")
    page.get_by_label("A name to sign in with").fill("rose")
    page.get_by_label("A new passphrase").fill(WORDS)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("You sign in as rose")).to_be_visible()


def add_passkey(page: Page, name: str) -> None:
    page.goto("/me/ways/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What you call it").fill(name)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("You can come in with it from now on.")).to_be_visible()


MAKE_UNSURE = """
import django
django.setup()
from kith.people.models import Session
from kith.people.signin.sessions import SessionStore
for row in Session.objects.exclude(person=None):
    store = SessionStore(row.pk)
    store["sure"] = 0
    store.save()
"""


def let_time_pass(site: Site) -> None:
    """As if ten minutes had gone by since anyone showed that it is them."""
    surroundings = {**os.environ, "KITH_HOME": str(site.home)}
    surroundings["DJANGO_SETTINGS_MODULE"] = "kith.site.settings"
    subprocess.run([sys.executable, "-c", MAKE_UNSURE], env=surroundings, check=True)


def sign_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Close the notebook").click()
    expect(page.get_by_role("button", name="Open my notebook")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_passkey_from_its_adding_to_its_end(
    open_page: OpenPage, named: Site, axe: Axe, shot: Shot, size: str
) -> None:
    page = open_page(size, named)
    cdp, key = give_key(page)
    begin_with_passphrase(page)
    axe(page)
    shot(page, "ways-passphrase")
    page.goto("/me/ways/key/")
    axe(page)
    shot(page, "key-new")
    add_passkey(page, "my phone")
    axe(page)
    shot(page, "ways-passkey")
    credential = cdp.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"][0]
    assert credential["isResidentCredential"]
    assert credential["rpId"] == "localhost"

    sign_out(page)
    page.goto("/in/?next=/sharing/")
    axe(page)
    shot(page, "signin")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Who can look at your things")).to_be_visible()

    page.goto("/me/ways/")
    page.get_by_role("link", name="Take it away my phone").click()
    expect(page.get_by_text("only way in")).to_have_count(0)
    shot(page, "key-away")
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("That passkey opens nothing any more.")).to_be_visible()

    sign_out(page)
    page.goto("/in/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("The passkey did not open.")).to_be_visible()
    shot(page, "signin-refused")


def test_a_key_that_does_not_unlock_lets_nobody_in(open_page: OpenPage, named: Site) -> None:
    page = open_page("desk", named)
    cdp, key = give_key(page)
    begin_with_passphrase(page)
    add_passkey(page, "my phone")
    sign_out(page)
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto("/in/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("The passkey did not open.")).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_role("heading", name="You", exact=True)).to_have_count(0)


def test_a_page_that_asks_too_little_does_not_help(open_page: OpenPage, named: Site) -> None:
    """Someone holds the device but cannot unlock it, and changes what the page asks of it."""
    page = open_page("desk", named, service_workers="block")
    cdp, key = give_key(page)
    begin_with_passphrase(page)
    add_passkey(page, "my phone")
    sign_out(page)
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})

    def ask_less(route: Route) -> None:
        asked = (got := route.fetch()).json()
        assert asked["publicKey"].pop("userVerification") == "required"
        asked["publicKey"] |= {"userVerification": "discouraged", "extensions": {}}
        route.fulfill(response=got, json=asked)

    page.route("**/in/key/ask/", ask_less)
    page.goto("/in/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("alert").or_(page.locator(".messages .bad"))).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_role("heading", name="You", exact=True)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_passkey_shows_again_that_it_is_you(
    open_page: OpenPage, named: Site, axe: Axe, shot: Shot, scheme: str
) -> None:
    page = open_page("phone", named, color_scheme=scheme)
    give_key(page)
    begin_with_passphrase(page)
    add_passkey(page, "my phone")
    let_time_pass(named)
    page.goto("/me/ways/key/")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    axe(page)
    shot(page, f"sure-{scheme}")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    let_time_pass(named)
    page.goto("/me/ways/key/")
    page.get_by_label("Your passphrase").fill(WORDS)
    page.get_by_role("button", name="Show what I type").click()
    expect(page.get_by_label("Your passphrase")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()


def test_the_last_lock_is_not_taken_away_without_a_warning(
    open_page: OpenPage, named: Site, shot: Shot
) -> None:
    page = open_page("phone", named)
    give_key(page)
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    expect(page.get_by_role("heading", name="Yours")).to_be_visible()
    add_passkey(page, "my phone")
    page.get_by_role("link", name="Take it away my phone").click()
    expect(page.get_by_text("It is your only lock.")).to_be_visible()
    shot(page, "key-last")
    page.get_by_role("link", name="Go back, change nothing").click()
    sign_out(page)
    page.get_by_role("button", name="Open my notebook").click()
    page.goto("/me/ways/")
    expect(page.get_by_text("my phone")).to_have_count(
        0
    )  # a locked notebook does not open by a tap


def test_at_an_address_of_numbers_the_page_says_that_passkeys_do_not_work(
    open_page: OpenPage, empty: Any, axe: Axe, shot: Shot
) -> None:
    page = open_page("phone", empty)
    begin_with_passphrase(page)
    page.goto("/me/ways/")
    expect(page.get_by_text("Passkeys do not work at this address.")).to_be_visible()
    axe(page)
    shot(page, "ways-numbers")
    sign_out(page)
    page.goto("/in/")
    expect(page.get_by_role("button", name="Use your passkey")).to_have_count(0)
