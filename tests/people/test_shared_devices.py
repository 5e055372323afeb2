"""A shared device closes after a minute, at the server too, and remembers nobody."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.test import Client

from kith.base import clock
from kith.people.actions import begin
from kith.people.models import Person, Session
from world import joined, signed_in, ward

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
WORDS = "tea in the morning"
COME_IN = {"username": "rose", "password": WORDS, "shared": "on"}


def at(seconds: float) -> AbstractContextManager[None]:
    return clock.stopped_at(NOON + timedelta(seconds=seconds))


@pytest.fixture
def tablet() -> Client:
    """A shared device, with someone who signed in on it at noon."""
    begin("R.", handle="rose", passphrase=WORDS)
    client = Client(headers={"host": "127.0.0.1"})
    with at(0):
        client.post("/in/", COME_IN)
    return client


def is_open(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_it_closes_after_a_minute_whether_or_not_the_page_does(tablet: Client) -> None:
    with at(60):
        assert is_open(tablet)
    with at(121):
        assert not is_open(tablet)
    with at(122):
        assert not is_open(tablet)


def test_a_touch_keeps_it_open_and_a_page_that_asks_by_itself_does_not(tablet: Client) -> None:
    for seconds in range(10, 301, 10):
        with at(seconds):
            assert tablet.get("/here/").status_code == 204
    for seconds in range(310, 361, 10):
        with at(seconds):
            tablet.get("/keep/")
    with at(362):
        assert tablet.get("/here/").status_code == 401


def test_nothing_of_whose_it_was_is_left(tablet: Client) -> None:
    with at(61):
        answer = tablet.get("/sharing/", follow=True)
        assert "Is it you?" not in answer.content.decode()
        assert "rose" not in answer.content.decode()
    assert not Session.objects.exclude(person=None).exists()
    assert not tablet.session.keys()


def test_the_page_that_closed_ends_the_session_if_one_came_from_a_page_of_ours(
    tablet: Client,
) -> None:
    with at(1):
        tablet.get("/closed/", headers={"sec-fetch-site": "cross-site"})
        assert is_open(tablet)
        page = tablet.get("/closed/", headers={"sec-fetch-site": "same-origin"}).content.decode()
        assert "Kith" not in page
        assert not is_open(tablet)


def test_a_keeper_says_for_good_that_a_device_is_shared() -> None:
    keeper, _circle = ward()
    person = Person.objects.get(id=keeper.person).named("Keeper", "keeper")
    person.set_password(WORDS)
    person.save()
    tablet = Client(headers={"host": "127.0.0.1"})
    signed_in(tablet, keeper)
    tablet.post("/shared/", {"shared": "yes"})
    assert tablet.session["shared"]
    tablet.post("/out/")
    page = tablet.get("/in/").content.decode()
    assert "Other people use this device too" not in page
    assert 'autocomplete="username"' not in page
    assert "Open my notebook" not in tablet.get("/").content.decode()
    tablet.post("/start/")
    assert not is_open(tablet)
    tablet.post("/in/", {"username": "keeper", "password": WORDS})
    assert tablet.session["shared"]
    assert "known" not in tablet.cookies
    tablet.post("/shared/", {"shared": "no"})
    tablet.post("/out/")
    assert "Other people use this device too" in tablet.get("/in/").content.decode()


@pytest.mark.parametrize("part", ["guest", "team"])
def test_only_a_keeper_says_so(part: str) -> None:
    keeper, circle = ward()
    client = Client(headers={"host": "127.0.0.1"})
    signed_in(client, joined(keeper, circle, part))
    assert client.get("/shared/").status_code == 404
    client.post("/shared/", {"shared": "yes"})
    assert "device" not in client.cookies


def test_a_forged_mark_of_a_device_counts_for_nothing() -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["device"] = "shared:AAAA:BBBB"
    assert "Other people use this device too" in client.get("/in/").content.decode()


def test_no_passkey_is_made_on_a_shared_device(tablet: Client) -> None:
    with at(1):
        assert "This device is shared." in tablet.get("/me/ways/").content.decode()
        assert tablet.get("/me/ways/key/").status_code == 404
        assert tablet.post("/me/ways/key/ask/").status_code == 404


def test_on_ones_own_device_nothing_closes_after_a_minute() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    mine = Client(headers={"host": "127.0.0.1"})
    with at(0):
        mine.post("/in/", {"username": "rose", "password": WORDS})
    with at(1500):
        page = mine.get("/me/").content.decode()
    assert "data-closed" not in page
