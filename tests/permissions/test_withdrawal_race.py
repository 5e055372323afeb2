"""A withdrawal against a thousand reads: each that starts after it was acknowledged obeys it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.test import Client

from kith.base import clock
from kith.moments import actions as moments
from kith.moments.nouns import Moment
from kith.permissions import scope as scoping
from kith.permissions import windows
from kith.permissions.actions import act, give, withdraw
from kith.permissions.readings import look
from kith.permissions.viewer import Viewer
from kith.records.models import LedgerLine, Record
from meeting import browsing, met
from world import joined, viewer, ward

pytestmark = [
    pytest.mark.store,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("emptied"),
]
READS, READERS = 1000, 8
TEA = "tea before anyone was up"
Reading = Callable[[], bool]


@pytest.fixture
def emptied(transactional_db: None) -> Iterator[None]:
    """Real connections commit for real, and the tables that only grow have to be emptied after."""
    yield
    guards = import_module("kith.records.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        guards.unguard(None, editor)
        for model in (Record, LedgerLine):
            model.objects.all().delete()
        guards.guard(None, editor)


@dataclass
class Race:
    """Readers that go on reading, one who withdraws amid them, and what each read saw."""

    reads: list[tuple[float, bool]] = field(default_factory=list)
    acknowledged: float = float("inf")
    wrong: list[BaseException] = field(default_factory=list)

    def run(self, readings: list[Reading], stop: Callable[[], None]) -> None:
        """READS reads in all; the withdrawal comes when a third of them is done."""
        threads = [threading.Thread(target=self._read, args=(one,)) for one in readings]
        threads.append(threading.Thread(target=self._withdraw, args=(stop,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert self.wrong == []

    def _read(self, reading: Reading) -> None:
        with self._own_connection():
            for _ in range(READS // READERS):
                started = time.monotonic()
                self.reads.append((started, reading()))

    def _withdraw(self, stop: Callable[[], None]) -> None:
        with self._own_connection():
            while len(self.reads) < READS // 3 and not self.wrong:
                time.sleep(0.001)
            stop()
            self.acknowledged = time.monotonic()

    @contextmanager
    def _own_connection(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.wrong.append(error)
        finally:
            connections.close_all()

    def obeyed(self) -> None:
        """Before it, everyone saw it; after it was acknowledged, nobody who then began to read."""
        after = [saw for started, saw in self.reads if started > self.acknowledged]
        assert len(self.reads) == READS
        assert any(saw for _started, saw in self.reads)
        assert len(after) > READS // 10
        assert not any(after)


def shown_to_a_person() -> tuple[Viewer, Viewer, UUID]:
    with clock.stopped_at(clock.now() - timedelta(days=2)):
        a, b = viewer("R."), viewer("J.")
        moments.note(a, Moment(words=TEA))
        pair = met(a, b)[0].noun.pair
        with act(a, "grant.give") as doing:
            ends = clock.now() + timedelta(days=9)
            grant = give(
                doing, thing=None, classes=["moment"], purpose="talk", ends=ends, to_pair=pair,
                alone=True,
            )  # fmt: skip
    return a, b, grant.id


def reading_page(client: Client, address: str) -> bool:
    return TEA in client.get(address).content.decode()


def person_race() -> Race:
    a, b, grant = shown_to_a_person()
    clients = [browsing(b) for _ in range(READERS)]
    readings = [lambda one=one: reading_page(one, "/sharing/seen/") for one in clients]
    race = Race()
    race.run(readings, lambda: withdraw(a, grant))
    return race


def test_a_person_who_reads_obeys_it() -> None:
    person_race().obeyed()


def test_by_two_presses_on_the_page_it_is_obeyed_too() -> None:
    a, b, grant = shown_to_a_person()
    presses, clients = browsing(a), [browsing(b) for _ in range(READERS)]
    readings = [lambda one=one: reading_page(one, "/sharing/seen/") for one in clients]
    race = Race()
    race.run(readings, lambda: presses.post(f"/sharing/{grant}/stop/"))
    race.obeyed()


def test_a_team_that_reads_obeys_it() -> None:
    keeper, circle = ward()
    giver = joined(keeper, circle, "guest")
    moments.note(giver, Moment(words=TEA))
    with act(giver, "grant.give") as doing:
        ends = clock.now() + timedelta(days=9)
        grant = give(
            doing, thing=None, classes=["moment"], purpose="plan", ends=ends, to_circle=circle
        )
    look(keeper, Moment, purpose="plan")  # the line about it is left once, before they race
    race = Race()
    race.run(
        [lambda: bool(look(keeper, Moment, purpose="plan"))] * READERS,
        lambda: withdraw(giver, grant.id),
    )
    race.obeyed()


def test_grants_remembered_for_a_minute_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = scoping.rows_to
    kept: dict[str, tuple[float, list[Any]]] = {}

    def remembered(*asked: Any) -> list[Any]:
        """Longer than the race takes: what is remembered never ends just as it is withdrawn."""
        at, found = kept.get("found", (float("-inf"), []))
        if time.monotonic() - at > 60:
            at, found = time.monotonic(), list(right(*asked))
            kept["found"] = (at, found)
        return found

    monkeypatch.setattr(windows, "rows_to", remembered)
    race = person_race()
    with pytest.raises(AssertionError):
        race.obeyed()
