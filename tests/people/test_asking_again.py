"""Before what matters one shows again that it is oneself; nothing filled in is lost by that."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from kith.base import clock
from kith.care import actions as care
from kith.care.nouns import Request
from kith.moments.reminders.calendar_file import calendar_of
from kith.people import actions as people
from kith.people import leaving
from kith.people.actions import begin, invite, join
from kith.people.models import Person, Session
from kith.people.only_me import actions as only_me
from kith.people.only_me import letting_go
from kith.people.readings import viewer_of
from kith.people.signin import passkeys, words
from kith.permissions import actions, pairs
from kith.permissions.readings import grants_of
from kith.records import erasure
from kith.reports import copying
from kith.reports.letter.files import as_file
from kith.reports.maps.sheet import sheet
from kith.reports.maps.tables import tables
from kith.reports.study.tables import as_files
from kith.web.pages import in_circle, page
from people.reaching import reached
from walls.test_rules import full_name, views
from world import again, signed_in, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
WORDS = "tea in the morning"
GIVING = {
    "kith.maps.us_pages.willing",
    "kith.care.pages.asking.send",
    "kith.care.pages.asking.longer",
    "kith.people.leaving_pages.erase",
    "kith.people.leaving_pages.erase_now",
    "kith.people.leaving_pages.forget",
    "kith.people.only_me.letting_go_pages.let_go",
    "kith.people.only_me.letting_go_pages.now",
    "kith.people.only_me.pages.give_back",
    "kith.people.only_me.pages.sheet",
    "kith.people.pages.cards",
    "kith.people.sharing.pages.choose",
    "kith.people.sharing.pages.change",
    "kith.people.signin.key_pages.ask_new",
    "kith.people.signin.key_pages.away",
    "kith.people.signin.key_pages.new",
    "kith.people.signin.word_pages.again",
    "kith.people.signin.word_pages.make",
    "kith.reports.copy_pages.copy",
    "kith.people.only_me.pages.less",
    "kith.maps.twin.pages.forget",
    "kith.moments.pages.moments.forget",
    "kith.maps.talk.sitting_pages.end_without",
    "kith.maps.trio_pages.begin",
    "kith.reports.letter.pages.take",
    "kith.reports.maps.pages.out",
    "kith.moments.ours.pages.call",
    "kith.reports.cards.pages.paper",
    "kith.reports.study.pages.out",
    "kith.moments.reminders.pages.calendar",
}
"""Every page that asks again, by hand: one that no longer does, or a new one, fails here."""
ACTS = {
    actions.give, pairs.will, copying.copy_of_all, erasure.erase, leaving.ask_to_be_erased, invite,
    words.make, words.vouch, only_me.new_sheet, only_me.give_back, passkeys.ask_to_make,
    sheet, tables, as_file, as_files, calendar_of, letting_go.ask_to_let_go, letting_go.let_go,
}  # fmt: skip
"""What gives something of one's own, takes a copy out, erases, or lets someone in."""
NEWCOMERS = {"kith.people.signin.word_pages.ask_key"}
"""Nobody is signed in yet: a card of words was typed."""
ALL_STAYS = {"kith.maps.talk.sitting_pages.end"}
"""It ends a sitting of which all stays; what erases has a page of its own that asks again."""


def at(minutes: float) -> AbstractContextManager[None]:
    return clock.stopped_at(NOON + timedelta(minutes=minutes))


@dataclass
class Waiting:
    """Someone signed in at noon whose request only waits to be sent."""

    client: Client
    person: Person
    address: str
    form: dict[str, str]

    def send(self, **more: str) -> object:
        return self.client.post(self.address, {**self.form, **more})

    def shown(self) -> int:
        return len(grants_of(viewer_of(self.person)))


def waiting(passphrase: str | None) -> Waiting:
    client = Client(headers={"host": "127.0.0.1"})
    with at(0):
        rose = begin("R.", handle=passphrase and "rose", passphrase=passphrase)
        keeper, circle = ward()
        join(viewer_of(rose), invite(keeper, circle, "guest", 30))
        who = again(viewer_of(rose))
        made = care.write(who, Request(words="Tea at eight, please.", circle=circle))
        signed_in(client, who)
    form = {"previewed": str(made.id), "ends": (NOON + timedelta(days=30)).isoformat()}
    return Waiting(client, rose, f"/asks/{made.thing}/send/", form)


@pytest.fixture
def rose() -> Waiting:
    return waiting(WORDS)


def test_within_ten_minutes_of_signing_in_nothing_is_asked(rose: Waiting) -> None:
    with at(9.9):
        rose.send()
        assert rose.shown() == 1


def test_later_one_is_asked_and_what_was_filled_in_goes_on(rose: Waiting) -> None:
    with at(10):
        asked = rose.client.post(rose.address, rose.form)
        assert asked.status_code == 403
        assert rose.shown() == 0
        assert all(value in asked.content.decode() for value in rose.form.values())
        rose.send(**{"sure-then": "send", "sure-passphrase": WORDS})
        assert rose.shown() == 1


def test_a_wrong_passphrase_gives_nothing_and_loses_nothing(rose: Waiting) -> None:
    with at(11):
        told = {"sure-then": "send", "sure-passphrase": "tea in the evening"}
        asked = rose.client.post(rose.address, rose.form | told)
        assert rose.shown() == 0
        assert rose.form["previewed"] in asked.content.decode()
        assert "tea in the evening" not in asked.content.decode()


def test_a_page_that_is_opened_asks_first_and_then_opens(rose: Waiting) -> None:
    with at(5):
        rose.send()
    longer = rose.address.replace("send", "until")
    with at(20):
        assert "Until when" not in rose.client.get(longer).content.decode()
        told = {"sure-then": "open", "sure-passphrase": WORDS}
        opened = rose.client.post(longer, told, follow=True).content.decode()
        assert "Until when" in opened
        assert rose.client.get(longer).content.decode().count("Until when")


def test_a_notebook_without_a_passphrase_is_not_asked() -> None:
    alone = waiting(None)
    with at(60):
        alone.send()
        assert alone.shown() == 1


def test_pretending_to_have_been_asked_gives_nothing(rose: Waiting) -> None:
    with at(60):
        for told in ({"sure-then": "send"}, {"sure-then": "x", "sure-passphrase": ""}):
            rose.send(**told)
        assert rose.shown() == 0


def test_a_clock_set_back_does_not_make_one_sure(rose: Waiting) -> None:
    with at(-60):
        rose.send()
        assert rose.shown() == 0


def asks_again(view: Callable[..., Any]) -> bool:
    return getattr(view, "fresh", False)


def gives(view: Callable[..., Any]) -> bool:
    return bool(ACTS & reached(view))


def every_view() -> list[Callable[..., Any]]:
    return [view for _address, view in views(get_resolver().url_patterns)]


def test_every_page_that_gives_asks_again() -> None:
    assert {full_name(view) for view in every_view() if asks_again(view)} == GIVING


def test_a_page_that_comes_to_an_act_that_gives_is_one_of_them() -> None:
    found = {full_name(view) for view in every_view() if gives(view)}
    assert found - GIVING == NEWCOMERS | ALL_STAYS
    assert {act for view in every_view() for act in ACTS & reached(view)} == ACTS


@page(in_circle("keeper"))
def hands_out(request: Any, circle: Any) -> Any:
    """A page that was written without asking again: it hands out a card by way of another."""
    return _by_way_of(request, circle)


def _by_way_of(request: Any, circle: Any) -> Any:
    return [people.invite(request.viewer, circle, "guest", days) for days in (1, 2)]


def test_a_page_that_does_not_ask_is_found_however_it_comes_to_the_act() -> None:
    assert gives(hands_out)
    assert not asks_again(hands_out)


def test_after_half_an_hour_the_notebook_rests_and_a_form_goes_on_where_it_was(
    rose: Waiting,
) -> None:
    with at(31):
        asked = rose.client.post(rose.address, rose.form)
        assert asked.status_code == 403
        assert rose.client.get("/me/").content.decode().count("Is it you?") == 1
        assert not Session.objects.filter(person=rose.person).exists()
        rose.send(**{"sure-then": "send", "sure-passphrase": WORDS})
        assert rose.shown() == 1


def test_a_resting_notebook_says_nothing_of_whose_it_is(rose: Waiting) -> None:
    with at(31):
        page = rose.client.get("/sharing/").content.decode()
    assert "rose" not in page
    assert "R." not in page


def test_in_use_it_does_not_rest_but_ends_after_half_a_day(rose: Waiting) -> None:
    for minutes in range(0, 12 * 60, 29):
        with at(minutes):
            assert "Who can look" in rose.client.get("/sharing/").content.decode()
    with at(12 * 60 + 1):
        assert "Is it you?" in rose.client.get("/sharing/").content.decode()
