"""Asking to be reminded, the prompt on opening Kith, its end: by touch and by keyboard."""

import os
import subprocess
import sys
from collections.abc import Callable

from icalendar import Calendar
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage, Site
from browser.test_walk_by_keyboard import press, write

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
WORDS = "A minute for T. and me?"
ASKED_YESTERDAY = f"""
from kith.cli.place import get_ready
get_ready(None)
from datetime import time, timedelta
from kith.base import clock
from kith.moments import days
from kith.moments.reminders.actions import ask
from kith.moments.reminders.nouns import Reminder
from kith.people.models import Person
from kith.people.readings import viewer_of
midnight = days.at(days.today(), time(0))
with clock.stopped_at(midnight - timedelta(hours=2)):
    said = Reminder(days.today(), days.today() + timedelta(days=5), ("00:00",), words={WORDS!r})
    ask(viewer_of(Person.objects.get()), said)
"""


def begin(page: Page) -> None:
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name="Open my notebook").click()


def asked_yesterday(site: Site) -> None:
    """As if the only person here had asked yesterday to be reminded as this day began."""
    words = [sys.executable, "-c", ASKED_YESTERDAY]
    named = {"KITH_HOME": str(site.home), "DJANGO_SETTINGS_MODULE": "kith.site.settings"}
    here = {**os.environ, **named}
    here.pop("DATABASE_URL", None)
    subprocess.run(words, env=here, check=True, timeout=60)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_prompt_by_touch_and_the_end_of_it(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    phone = open_page("phone", empty)
    begin(phone)
    asked_yesterday(empty)
    with phone.expect_response(lambda answer: answer.url.endswith("/tell/")) as told:
        phone.goto("/")
    assert told.value.status == 204, "that it was in sight is told by itself"
    expect(phone.get_by_text(WORDS).first).to_be_visible()
    assert fits(phone)
    axe(phone)
    shot(phone, "prompt")
    phone.get_by_role("button", name="Nothing today").tap()
    expect(phone.get_by_text(WORDS)).to_have_count(0)
    phone.goto("/notes/minded/")
    axe(phone)
    phone.get_by_role("link", name=WORDS).tap()
    phone.get_by_text("What became of it").tap()
    expect(phone.get_by_text("Nothing to note, you said")).to_be_visible()
    phone.get_by_role("button", name="Stop").tap()
    expect(phone.get_by_text("It is stopped.")).to_be_visible()
    assert fits(phone)
    axe(phone)
    shot(phone, "reminder-stopped")


def test_asking_by_keyboard_and_a_file_that_says_nothing(
    open_page: OpenPage, empty: Site, axe: Look, shot: Shot
) -> None:
    desk = open_page("desk", empty, color_scheme="dark")
    begin(desk)
    desk.goto("/notes/")
    press(desk, "Reminders", "link")
    expect(desk.get_by_text("Nothing reminds you unless you ask for it.")).to_be_visible()
    axe(desk)
    press(desk, "Ask to be reminded", "link")
    axe(desk)
    write(desk, "What shall it say", WORDS)
    press(desk, "Remind me")
    expect(desk.get_by_text("You can stop it at any time.")).to_be_visible()
    axe(desk)
    shot(desk, "reminder-dark")
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="A file for your calendar").press("Enter")
    text = taken.value.path().read_text(encoding="utf-8")
    (entry,) = Calendar.from_ical(text).walk("VEVENT")
    assert (str(entry["summary"]), taken.value.suggested_filename) == ("Notes", "notes.ics")
    assert "T." not in text
    press(desk, "Change", "link")
    expect(desk.get_by_label("What shall it say")).to_have_value(WORDS)
    axe(desk)
    shot(desk, "reminder-change-dark")
    desk.get_by_label("At what time").fill("07:15")
    press(desk, "Keep")
    expect(desk.get_by_text("07:15")).to_be_visible()
