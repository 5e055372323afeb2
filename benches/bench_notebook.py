"""A notebook of 100,000 records: how long the server takes for a map page and for noting a moment.

Measured in the server itself, through Django's test client: routing, permission, reading or
writing with its ledger line and its wait for the disk (SQLite, synchronous FULL), and the page.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from benches import Row

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from kith.permissions.viewer import Viewer

RECORDS, FIGURES, STROKES, TIMES = 100_000, 60, 200, 200


def run() -> list[Row]:
    """Fill a notebook, then ask for pages; times in milliseconds."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["KITH_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        from kith.cli.place import get_ready

        get_ready(None)
        return _measured()


def _measured() -> list[Row]:
    from django.conf import settings
    from django.test import Client

    from kith.people.actions import begin
    from kith.people.readings import viewer_of

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {"staticfiles": {"BACKEND": plain}}
    person = begin("R.")
    viewer = viewer_of(person)
    board = _fill(viewer)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    import_module("kith.site.asgi")  # as the server has it when it answers
    return [
        *_rows("map page", lambda number: client.get(f"/map/{board}/")),
        *_rows("note a moment", _noting(client)),
        *_rows("home page", lambda number: client.get("/"), times=20),
        *_rows("moments page", lambda number: client.get("/notes/"), times=20),
        *_rows("map page among four layers", _among_layers(client, viewer, board)),
        *_rows(
            "slide through four layers", lambda n: client.get(f"/map/{board}/layers/slide/"), 20
        ),
    ]


def _among_layers(client: "Client", viewer: "Viewer", board: "UUID") -> Callable[[int], object]:
    """The same map, once three layers were traced from it."""
    from kith.maps.layers.actions import begin

    for time_of in ("before", "bad", "hoped"):
        begin(viewer, board, {"layer": time_of}, take="all")
    return lambda number: client.get(f"/map/{board}/")


def _fill(viewer: "Viewer") -> "UUID":
    """One map with 60 figures and 200 strokes and their history; the rest are moments."""
    from kith.base import clock
    from kith.maps.actions import begin as begin_map
    from kith.maps.nouns import Figure, Stroke
    from kith.moments.nouns import Moment
    from kith.records.actions import Draft, act

    chance, now = random.Random(6), clock.now()
    board = begin_map(viewer, with_me="me")
    points = tuple((n / 40, chance.random(), 0.5) for n in range(40))
    drawn = [(Stroke(points=points), None) for _ in range(STROKES)]
    figures = [(Figure(0.1, 0.1, label=f"F{n}"), None) for n in range(FIGURES)]
    made = []
    with act(viewer.me, "bench.fill") as doing:
        for noun, _ in figures + drawn:
            made.append(doing.keep(_draft(Draft, viewer, noun, board)).thing)
        for _ in range(1000):
            moved = Figure(chance.random(), chance.random(), label="F")
            doing.keep(_draft(Draft, viewer, moved, board, thing=chance.choice(made[:FIGURES])))
    for _ in range((RECORDS - 1000 - STROKES - FIGURES) // 1000 + 1):
        with act(viewer.me, "bench.fill") as doing:
            for _ in range(1000):
                day = now - timedelta(minutes=chance.randrange(2_000_000))
                moment = Moment(words="Tea by the window.", with_whom=(made[3],))
                doing.keep(_draft(Draft, viewer, moment, None, seen_on=day))
    return board


def _draft(draft, viewer, noun, board, **more):  # type: ignore[no-untyped-def]
    told = {"space": viewer.own, "author": viewer.me, "parent": board} | more
    return draft(kind=type(noun), noun=noun, **told)


def _noting(client: "Client") -> Callable[[int], object]:
    from kith.base import ids

    def note(number: int) -> object:
        told = {"id": str(ids.new()), "words": f"Tea {number}.", "happened": "yes", "when": "now"}
        return client.post("/notes/write/", told)

    return note


def _rows(name: str, ask: Callable[[int], object], times: int = TIMES) -> list[Row]:
    taken = []
    for number in range(times):
        began = time.perf_counter()
        answer = ask(number)
        taken.append((time.perf_counter() - began) * 1000)
        status = answer.status_code  # type: ignore[attr-defined]
        if status not in (200, 302):
            raise RuntimeError(f"{name} answered {status}")
    taken.sort()
    note = f"{times} times in a notebook of {RECORDS:,} records"
    return [
        Row(f"{name}, median", taken[len(taken) // 2], "ms", note),
        Row(f"{name}, p95", taken[int(len(taken) * 0.95)], "ms", note),
    ]
