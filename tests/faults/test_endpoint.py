"""The real endpoint, held beside the model through everything that can happen; and wrong ones."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from device import Device
from faults.beside import Beside
from faults.machine import World, try_out
from faults.wrong import answers_first, digest_unchecked, last_wins
from kith.base import clock
from kith.records.verify import verify
from scale import shares
from world import signed_in, viewer

pytestmark = [pytest.mark.store, pytest.mark.faults, pytest.mark.django_db]


class Installation(World):
    """A world around a real installation, which is as it was before once the history ends."""

    def __init__(self) -> None:
        self.before = transaction.savepoint()
        super().__init__(server=Beside)

    def teardown(self) -> None:
        try:
            super().teardown()
            assert verify().holds
        finally:
            transaction.savepoint_rollback(self.before)


@pytest.mark.parametrize("share", shares(120, 5000, 250))
def test_the_endpoint_keeps_every_promise(share: range) -> None:
    try_out(Installation, len(share), explain=False)


@contextmanager
def commits_never() -> Iterator[None]:
    """It answers first, and in these histories never comes to commit."""
    with answers_first(later=lambda do: None):
        yield


@pytest.mark.parametrize("wrong", [commits_never, digest_unchecked, last_wins])
def test_a_wrong_endpoint_is_caught(wrong: Callable[[], AbstractContextManager[None]]) -> None:
    with wrong(), pytest.raises(AssertionError):
        try_out(Installation, 300, explain=False)


def test_what_follows_an_entry_that_failed_just_now_waits_with_it() -> None:
    """A note meets a full disk; what was said anew of it in the same batch is not refused."""
    device = Device(Client(enforce_csrf_checks=True))
    signed_in(device.client, viewer())
    note = device.keep("moment.note", {"words": "Tea."})
    told = {"thing": str(note.id), "seen": str(note.id)}
    device.keep("moment.correct", {"words": "Tea with T.", **told})
    device.keep("moment.remove", told)
    device.keep("moment.note", {"words": "A walk."})
    full = True

    def fails_once(execute: Callable[..., Any], *given: Any) -> Any:
        nonlocal full
        if full and "INSERT" in given[0]:
            full = False
            raise OperationalError("database or disk is full")
        return execute(*given)

    with connection.execute_wrapper(fails_once):
        assert device.send() == [503, 503, 503, 200]
    assert device.send() == [200, 200, 200, 200]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_of_the_server_that_jumps_refuses_nothing(years: int) -> None:
    device = Device(Client(enforce_csrf_checks=True))
    signed_in(device.client, viewer())
    note = device.keep("moment.note", {"words": "Tea."}, made_at=clock.now().isoformat())
    assert device.send() == [200]
    told = {"thing": str(note.id), "seen": str(note.id)}
    later = [device.keep("moment.correct", {"words": "Tea with T.", **told})]
    later.append(device.keep("moment.remove", told))
    with clock.stopped_at(clock.now() + timedelta(days=365 * years)):
        assert device.send(*later) == [200, 200]
    assert device.send(*later) == [200, 200]
