"""Five tries, then waiting that grows, and never a lasting lock; nobody learns who is here."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.base import clock
from kith.people.actions import begin
from kith.people.models import Person, Tries
from kith.people.signin import tries

pytestmark = [pytest.mark.store, pytest.mark.django_db]
NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
WORDS = "tea in the morning"


def sign_in(
    name: str = "rose", passphrase: str = WORDS, address: str = "192.0.2.1"
) -> tuple[bool, str]:
    client = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR=address)
    answer = client.post("/in/", {"username": name, "password": passphrase})
    return answer.status_code == 302, answer.content.decode()


def at(seconds: float) -> AbstractContextManager[None]:
    return clock.stopped_at(NOON + timedelta(seconds=seconds))


def test_five_wrong_tries_and_the_sixth_waits_though_it_is_right() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    with at(0):
        for _ in range(5):
            assert not sign_in(passphrase="wrong words here")[0]
        told = sign_in()
        assert not told[0]
        assert "Wait 15 seconds" in told[1]
    with at(15):
        assert sign_in()[0]
    with at(16):
        assert sign_in()[0]


def waits(wrong: int) -> list[float]:
    """How long each of so many wrong tries had to wait, each made as soon as it may be."""
    now, found = 0.0, []
    for _ in range(wrong):
        with at(now):
            wait = tries.take("x").total_seconds()
        found.append(wait)
        if wait:
            now += wait
            with at(now):
                assert not tries.take("x")
    return found


def test_the_wait_grows_and_stays_under_five_minutes() -> None:
    assert waits(12) == [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 240, 240]


def test_a_quiet_quarter_of_an_hour_forgets() -> None:
    waits(9)
    with at(3600):
        assert not tries.take("x")
        assert Tries.objects.get(mark="x").wrong == 1


def test_pressing_while_one_waits_does_not_make_it_longer() -> None:
    with at(0):
        for _ in range(5):
            tries.take("x")
    for second in range(1, 15):
        with at(second):
            assert tries.take("x") == timedelta(seconds=15 - second)
    with at(15):
        assert not tries.take("x")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12))
@pytest.mark.usefixtures("transactional_db")
def test_whatever_the_clock_does_nobody_waits_longer_than_the_longest(moments: list[float]) -> None:
    Tries.objects.all().delete()
    for moment in moments:
        with at(moment):
            assert timedelta(0) <= tries.take("x") <= tries.LONGEST


def test_a_whole_ward_behind_one_address_gets_in() -> None:
    for number in range(70):
        begin("", handle=f"p{number}", passphrase=WORDS)
    with at(0):
        assert all(sign_in(f"p{number}")[0] for number in range(70))


def test_one_address_that_tries_name_after_name_waits() -> None:
    with at(0):
        told = [sign_in(f"p{number}")[1] for number in range(tries.FREE_AT_ADDRESS + 1)]
    assert "Wait" not in told[-2]
    assert "Wait" in told[-1]


def cost(name: str, passphrase: str) -> tuple[int, int, str]:
    """Queries, rounds of hashing, and words of one answer."""
    encode = MD5PasswordHasher.encode
    with (
        at(0),
        CaptureQueriesContext(connection) as asked,
        patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=encode) as hashing,
    ):
        told = sign_in(name, passphrase)[1]
    return len(asked), hashing.call_count, told.replace(name, "")


def plain(told: str) -> str:
    """The answer without the one-off token of its form."""
    return "\n".join(line for line in told.splitlines() if "csrfmiddlewaretoken" not in line)


def test_an_unknown_name_costs_and_says_the_same_as_a_wrong_passphrase() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    begin("", handle="only-a-key")
    cost("someone else", "wrong words here")
    known, unknown, without = (
        cost(name, "wrong words here") for name in ("rose", "flora", "only-a-key")
    )
    assert known[:2] == unknown[:2] == without[:2]
    assert plain(known[2]) == plain(unknown[2]) == plain(without[2])


class Hasty(ModelBackend):
    """A wrong way to look someone up: it answers at once where nobody has the name."""

    def authenticate(self, request: Any, username: Any = None, **more: Any) -> Any:
        known = Person.objects.with_handle(username).exists()
        return super().authenticate(request, username, **more) if known else None


def test_an_answer_that_comes_quicker_for_unknown_names_would_be_caught() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    cost("someone else", "wrong words here")
    with override_settings(AUTHENTICATION_BACKENDS=[f"{__name__}.Hasty"]):
        known, unknown = (cost(name, "wrong words here") for name in ("rose", "flora"))
    assert known[:2] != unknown[:2]


def test_unknown_names_wait_as_known_ones_do() -> None:
    with at(0):
        for _ in range(5):
            sign_in("nobody")
        assert "Wait 15 seconds" in sign_in("nobody")[1]


def let_in_at_once(take: Callable[[str], timedelta]) -> int:
    """How many of 16 tries at the same moment need not wait."""
    free: list[bool] = []
    ready = threading.Barrier(16)

    def one() -> None:
        ready.wait()
        free.append(not take("together"))
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(free)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_like_many_in_a_row() -> None:
    assert let_in_at_once(tries.take) == tries.FREE


@pytest.mark.django_db(transaction=True)
def test_counting_after_the_look_at_the_passphrase_would_be_caught() -> None:
    def late(mark: str) -> timedelta:
        row = Tries.objects.filter(mark=mark).first()
        time.sleep(0.3)  # the passphrase is looked at
        if row is None or row.wrong < tries.FREE:
            tries.take(mark)
            return timedelta(0)
        return tries.FIRST

    assert let_in_at_once(late) > tries.FREE


def test_nothing_that_was_typed_is_kept() -> None:
    with at(0):
        sign_in("flora.of.ward.6", "her secret words")
    kept = str(list(Tries.objects.values()))
    assert "flora" not in kept
    assert "secret" not in kept


def test_a_browser_that_one_came_in_with_is_not_kept_waiting_by_anyone_else() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    mine = Client(headers={"host": "127.0.0.1"})
    with at(0):
        mine.post("/in/", {"username": "rose", "password": WORDS})
        mine.post("/out/")
        for _ in range(9):
            sign_in(passphrase="wrong words here")
        assert not sign_in()[0]
        assert mine.post("/in/", {"username": "Rose", "password": WORDS}).status_code == 302


def test_a_known_browser_has_five_tries_too_and_is_known_for_one_name_only() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    begin("", handle="flora", passphrase=WORDS)
    mine = Client(headers={"host": "127.0.0.1"})
    with at(0):
        mine.post("/in/", {"username": "rose", "password": WORDS})
        for name in ("rose", "flora"):
            for _ in range(5):
                mine.post("/in/", {"username": name, "password": "wrong words here"})
            told = mine.post("/in/", {"username": name, "password": WORDS})
            assert "Wait 15 seconds" in told.content.decode()
        assert not sign_in("flora")[0]
        assert sign_in("rose")[0]


def test_a_shared_device_is_not_known_again() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    mine = Client(headers={"host": "127.0.0.1"})
    mine.post("/in/", {"username": "rose", "password": WORDS, "shared": "on"})
    assert "known" not in mine.cookies


def test_the_mark_of_a_known_browser_tells_nobody_the_name() -> None:
    begin("R.", handle="rose", passphrase=WORDS)
    mine = Client(headers={"host": "127.0.0.1"})
    mine.post("/in/", {"username": "rose", "password": WORDS})
    assert "rose" not in mine.cookies["known"].value
    forged = Client(headers={"host": "127.0.0.1"})
    forged.cookies["known"] = mine.cookies["known"].value[:-1]
    with at(0):
        for _ in range(5):
            sign_in(passphrase="wrong words here")
        told = forged.post("/in/", {"username": "rose", "password": WORDS})
        assert "Wait" in told.content.decode()
