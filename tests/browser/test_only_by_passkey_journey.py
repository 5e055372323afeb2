"""Keeping something only to oneself with nothing but passkeys, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from browser.conftest import Site
from browser.test_only_me_journey import (
    CANARY,
    Axe,
    Shot,
    by_name,
    come_in_with_passkey,
    look,
    make_sheet,
    note,
)
from browser.test_passkey_journey import add_passkey, give_key, sign_out

OpenPage = Callable[..., Page]
PRF = {"ctap2Version": "ctap2_1", "hasPrf": True}


class Keys:
    """Several devices with passkeys, of which one answers at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp: CDPSession
        self.ids: list[str] = []

    def add(self, **more: object) -> int:
        """One more device, which answers from now on."""
        for id in self.ids:
            self.answers(id, False)
        if not self.ids:
            self.cdp, id = give_key(self.page, **more)
        else:
            options = {
                "protocol": "ctap2", "transport": "usb", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True, **more,
            }  # fmt: skip
            made = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
            id = made["authenticatorId"]
        self.ids.append(id)
        return len(self.ids) - 1

    def use(self, number: int) -> None:
        for at, id in enumerate(self.ids):
            self.answers(id, at == number)

    def answers(self, id: str, does: bool) -> None:
        told = {"authenticatorId": id, "enabled": does}
        self.cdp.send("WebAuthn.setAutomaticPresenceSimulation", told)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_by_passkey_alone_from_choosing_to_the_last_key(
    size: str, empty: Site, open_page: OpenPage, axe: Axe, shot: Shot
) -> None:
    page = open_page(size, by_name(empty), watched=False)  # a form not kept yet answers 422
    keys = Keys(page)
    keys.add(**PRF)
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    expect(page.get_by_role("heading", name="Yours", exact=True)).to_be_visible()
    page.goto("/me/only/")
    expect(page.get_by_text("you need a lock of your own first")).to_be_visible()
    look(page, axe, shot, "only-nothing-to-lock-with")
    add_passkey(page, "My phone")
    note(page, CANARY)
    page.goto("/me/only/of/words/")
    expect(page.get_by_text("Not every passkey can do this.")).to_be_visible()
    look(page, axe, shot, "only-choose-passkey")
    page.get_by_role("button", name="Keep it by passkey alone").click()
    expect(page.get_by_text("From now on only you can open it.")).to_be_visible()
    look(page, axe, shot, "only-chosen-passkey")
    sign_out(page)
    come_in_with_passkey(page)
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()

    keys.add(**PRF)
    add_passkey(page, "The laptop")
    page.goto("/me/only/passkey/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("That passkey opens it from now on.")).to_be_visible()
    page.goto("/me/ways/")
    page.get_by_role("link", name="Take it away My phone").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("That passkey opens nothing any more.")).to_be_visible()
    sign_out(page)
    come_in_with_passkey(page)
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()

    words = make_sheet(page, axe, shot)
    keys.add()
    add_passkey(page, "An old phone")
    page.goto("/me/only/passkey/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("This passkey cannot do that.")).to_be_visible()
    page.goto("/me/only/of/map/")
    page.get_by_role("button", name="Keep it by passkey alone").click()
    expect(page.get_by_text("it works out no secret to lock")).to_be_visible()
    look(page, axe, shot, "only-no-secret")
    sign_out(page)
    come_in_with_passkey(page)
    page.goto("/notes/")
    expect(page.get_by_text("Open it with your passkey.")).to_be_visible()
    look(page, axe, shot, "only-shut-by-passkey")
    page.get_by_role("link", name="Use the words on your recovery sheet").click()
    page.get_by_label("The 24 words").fill(" ".join(words))
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("It is open, this once.")).to_be_visible()
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()

    page.context.clear_cookies(name="leaf")
    keys.use(1)
    page.goto("/notes/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text(CANARY)).to_be_visible()
    page.goto("/me/only/less/")
    page.get_by_label("The words on my recovery sheet").check()
    look(page, axe, shot, "only-less")
    page.get_by_role("button", name="Let it open it no longer").click()
    expect(page.get_by_text("That opens it no longer.")).to_be_visible()
    page.goto("/me/only/less/")
    expect(page.get_by_text("This is the last key")).to_be_visible()
    look(page, axe, shot, "only-less-last")
    page.get_by_label("The laptop").check()
    page.get_by_role("button", name="Let it open it no longer").click()
    expect(page.get_by_text("Say that you know, or go back.").first).to_be_visible()
    axe(page)
    page.goto("/me/ways/")
    page.get_by_role("link", name="Take it away The laptop").click()
    expect(page.get_by_text("It is also the last key")).to_be_visible()
    look(page, axe, shot, "key-away-last")
    page.get_by_role("link", name="Go back, change nothing").click()
    sign_out(page)
    come_in_with_passkey(page)
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()
