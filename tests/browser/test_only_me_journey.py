"""Keeping something only to oneself, forgetting the passphrase, and the sheet that opens it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Site
from browser.test_passkey_journey import add_passkey, begin_with_passphrase, give_key, sign_out

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
WORDS, NEW = "tea in the morning", "nine green kettles"
CHOOSE_WORDS = re.compile("Keep it only to myself.*Your words")
CANARY = "Tea with T. before anyone else was up"
RESET = f"""
import django; django.setup()
from kith.people.models import Person
rose = Person.objects.get_by_natural_key("rose"); rose.set_password({NEW!r}); rose.save()
"""


def begin(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Open my notebook").click()
    page.goto("/me/ways/words/")
    page.get_by_label("A name to sign in with").fill("rose")
    page.get_by_label("A new passphrase").fill(WORDS)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("You sign in as rose")).to_be_visible()


def note(page: Page, words: str) -> None:
    page.goto("/notes/write/")
    page.get_by_label("What happened").or_(page.locator("textarea").first).first.fill(words)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text(words).first).to_be_visible()


def sign_in(page: Page, passphrase: str) -> None:
    page.goto("/in/")
    page.get_by_label("Your sign-in name").fill("rose")
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_role("button", name="Keep").or_(page.get_by_role("button", name="Sign in")).click()
    expect(page.get_by_role("heading", name="Yours", exact=True)).to_be_visible()


def run_beside(site: Site, *words: str) -> None:
    """Run Python in a process of its own, in the home of a server that goes on running."""
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told |= {"KITH_HOME": str(site.home), "DJANGO_SETTINGS_MODULE": "kith.site.settings"}
    subprocess.run([sys.executable, *words], env=told, check=True, timeout=60)


def reset_by_other_means(site: Site) -> None:
    run_beside(site, "-c", RESET)


def look(page: Page, axe: Axe, shot: Shot, title: str) -> None:
    axe(page)
    shot(page, title)
    page.emulate_media(color_scheme="dark")
    axe(page)
    shot(page, f"{title}-dark")
    page.emulate_media(color_scheme="light")


def make_sheet(page: Page, axe: Axe, shot: Shot) -> list[str]:
    page.goto("/me/only/sheet/")
    look(page, axe, shot, "only-sheet")
    page.get_by_role("button", name="Make a sheet").click()
    look(page, axe, shot, "only-sheet-made")
    page.emulate_media(media="print")
    shot(page, "only-sheet-printed")
    page.emulate_media(media="screen")
    words = page.locator("ol.recovery li").all_inner_texts()
    assert len(words) == 24
    page.get_by_role("link", name="I have them on paper").click()
    return words


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_sheet_opens_what_the_passphrase_no_longer_does(
    size: str, empty: Site, open_page: OpenPage, axe: Axe, shot: Shot
) -> None:
    page = open_page(size, empty, watched=False)  # a form that is not kept yet answers 423
    begin(page)
    note(page, CANARY)
    page.goto("/me/only/")
    look(page, axe, shot, "only")
    page.get_by_role("link", name=CHOOSE_WORDS).click()
    look(page, axe, shot, "only-choose")
    expect(page.get_by_text("all of this is lost")).to_be_visible()
    words = make_sheet(page, axe, shot)
    page.get_by_role("link", name=CHOOSE_WORDS).click()
    page.get_by_label("Your passphrase").fill(WORDS)
    page.get_by_role("button", name="Keep it only to myself").click()
    expect(page.get_by_text("From now on only you can open it.")).to_be_visible()
    look(page, axe, shot, "only-chosen")
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()

    reset_by_other_means(empty)
    page.context.clear_cookies()
    sign_in(page, NEW)
    look(page, axe, shot, "only-shut-home")
    page.get_by_role("link", name="Moments").first.click()
    expect(page.get_by_role("heading", name="This is only yours")).to_be_visible()
    expect(page.get_by_text(CANARY)).to_have_count(0)
    look(page, axe, shot, "only-shut")
    page.get_by_role("link", name="Use the words on your recovery sheet").click()
    page.get_by_label("The 24 words").fill("\n".join(words[:-1]))
    page.get_by_label("Your passphrase of today").fill(NEW)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("Here are 23.").first).to_be_visible()
    look(page, axe, shot, "only-words-wrong")
    page.get_by_label("The 24 words").fill(" ".join(word[:4] for word in words))
    page.get_by_label("Your passphrase of today").fill(NEW)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("It is open.")).to_be_visible()
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, NEW)
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()


def keep_words_only_mine(page: Page) -> None:
    page.goto("/me/only/of/words/")
    page.get_by_label("Your passphrase").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_text("From now on only you can open it.")).to_be_visible()


def write_while_it_shuts(page: Page) -> None:
    """Fill in a moment; before it is sent, the browser loses its part of the key."""
    page.goto("/notes/write/")
    page.locator("textarea").first.fill(CANARY)
    page.context.clear_cookies(name="leaf")
    page.get_by_role("button", name="Keep").focus()
    page.keyboard.press("Enter")


def test_what_was_filled_in_goes_on_once_it_is_open_by_keyboard_alone(
    empty: Site, open_page: OpenPage
) -> None:
    page = open_page("desk", empty, watched=False, java_script_enabled=False)
    begin(page)
    keep_words_only_mine(page)
    run_beside(empty, "-m", "kith", "keys", "rotate")
    write_while_it_shuts(page)
    expect(page.get_by_text("What you filled in is still here.")).to_be_visible()
    page.get_by_label("Your passphrase").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_text(CANARY).first).to_be_visible()
    expect(page.get_by_text("Kept. Only you see it.")).to_be_visible()


def test_what_the_device_holds_goes_out_once_it_is_open(empty: Site, open_page: OpenPage) -> None:
    page = open_page("phone", empty, watched=False)
    begin(page)
    keep_words_only_mine(page)
    write_while_it_shuts(page)
    expect(page.get_by_text("It goes out once you open")).to_be_visible()
    page.get_by_role("link", name="Open it").first.click()
    page.get_by_label("Your passphrase").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Note a moment")).to_be_visible()
    expect(listed_moment(page)).to_be_visible(timeout=20_000)


def listed_moment(page: Page) -> Locator:
    """The moment on its list, which is looked at until the device has sent it."""
    for _ in range(20):
        page.goto("/notes/")
        found = page.get_by_text(CANARY).first
        if found.is_visible():
            break
        page.goto("/notes/write/")
        page.wait_for_timeout(500)
    return found


def by_name(site: Site) -> Site:
    """Browsers offer no passkeys to numbers."""
    return replace(site, address=site.address.replace("127.0.0.1", "localhost"))


def come_in_with_passkey(page: Page) -> None:
    page.goto("/in/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Yours", exact=True)).to_be_visible()


def test_a_passkey_opens_what_is_only_ones_own(
    empty: Site, open_page: OpenPage, axe: Axe, shot: Shot
) -> None:
    page = open_page("phone", by_name(empty), watched=False)
    give_key(page, ctap2Version="ctap2_1", hasPrf=True)
    begin_with_passphrase(page)
    add_passkey(page, "My phone")
    note(page, CANARY)
    page.goto("/me/only/of/words/")
    page.get_by_label("Your passphrase").fill(WORDS)
    page.get_by_role("button", name="Keep it only to myself").click()
    expect(page.get_by_text("does not open what is only yours.")).to_be_visible()
    sign_out(page)
    come_in_with_passkey(page)
    expect(page.get_by_text("What is only yours is here, and shut.")).to_be_visible()
    page.get_by_role("link", name="Open it").click()
    page.get_by_label("Your passphrase").fill(WORDS)
    page.get_by_role("button", name="Open it").click()
    page.goto("/me/only/")
    page.get_by_role("link", name="Let a passkey open it too").click()
    look(page, axe, shot, "only-passkey")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("That passkey opens it from now on.")).to_be_visible()
    look(page, axe, shot, "only-with-passkey")
    sign_out(page)
    come_in_with_passkey(page)
    page.goto("/notes/")
    expect(page.get_by_text(CANARY)).to_be_visible()
    page.context.clear_cookies(name="leaf")
    page.goto("/notes/")
    look(page, axe, shot, "only-shut-passkey")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text(CANARY)).to_be_visible()


def test_a_passkey_that_works_out_no_secret_says_so(empty: Site, open_page: OpenPage) -> None:
    page = open_page("desk", by_name(empty), watched=False)
    give_key(page)
    begin_with_passphrase(page)
    add_passkey(page, "My phone")
    page.goto("/me/only/of/words/")
    page.get_by_label("Your passphrase").fill(WORDS)
    page.get_by_role("button", name="Keep it only to myself").click()
    page.goto("/me/only/passkey/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("This passkey cannot do that.")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_what_nothing_opens_any_more_can_be_let_go_of(
    size: str, empty: Site, open_page: OpenPage, axe: Axe, shot: Shot
) -> None:
    page = open_page(size, empty)
    begin(page)
    note(page, CANARY)
    keep_words_only_mine(page)
    reset_by_other_means(empty)
    page.context.clear_cookies()
    sign_in(page, NEW)
    page.goto("/notes/")
    page.get_by_role("link", name="Nothing opens it any more?").click()
    expect(page.get_by_role("heading", name="What is shut")).to_be_visible()
    expect(page.get_by_text("There: 1 moment.")).to_be_visible()
    look(page, axe, shot, "only-let-go")
    page.get_by_role("button", name="Let go of it in 7 days").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("If you open it before then, it is kept.")).to_be_visible()
    look(page, axe, shot, "only-let-go-waiting-home")
    page.goto("/me/only/let-go/")
    expect(page.get_by_text("You asked to let go of it.")).to_be_visible()
    look(page, axe, shot, "only-let-go-waiting")
    page.get_by_role("button", name="Do not let go of it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It stays where it is, shut.")).to_be_visible()
    page.goto("/me/only/let-go/")
    page.get_by_role("link", name="Now, for good").click()
    expect(page.get_by_text("It cannot be undone.")).to_be_visible()
    look(page, axe, shot, "only-let-go-now")
    page.get_by_role("button", name="Let go of it for good").click()
    expect(page.get_by_text("You have let go of it.")).to_be_visible()
    note(page, "Tea once more")
    page.goto("/notes/")
    expect(page.get_by_text("Tea once more").first).to_be_visible()
    expect(page.get_by_text(CANARY)).to_have_count(0)
