"""A notebook of 5,000 moments: how long the server takes for every page of the room of moments.

Some were said anew, some taken away; what is done again and again has a history, and there are a
map and a card. Measured in the server itself, as in `bench_notebook`. On a quiet machine no page
may take longer than 100 ms in 95 of 100 times.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from benches import Row, p95

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from kith.permissions.viewer import Viewer

MOMENTS, SAID_ANEW, TAKEN_AWAY, PRACTICES, FIGURES, TIMES = 5000, 250, 100, 12, 30, 20
WORDS = ("Tea by the window.", "He waited at the door.", "A dance in the kitchen.", "No visit.")


def run() -> list[Row]:
    """Fill a notebook, then ask for each page; times in milliseconds."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["KITH_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        from kith.cli.place import get_ready

        get_ready(None)
        return list(_measured())


def _measured() -> Iterator[Row]:
    from django.conf import settings
    from django.test import Client

    from kith.people.actions import begin
    from kith.people.readings import viewer_of

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {"staticfiles": {"BACKEND": plain}}
    person = begin("R.")
    pages = _fill(viewer_of(person))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    import_module("kith.site.asgi")  # as the server has it when it answers
    for name, address in pages.items():
        yield _row(name, _asking(client, address))


def _fill(viewer: "Viewer") -> dict[str, str | tuple[str, dict[str, str]]]:
    """Fill the notebook; the pages to ask for, by what they are called here."""
    chance = random.Random(5)
    figures = _figures(viewer)
    practices = _practices(viewer, figures)
    moments = _moments(viewer, chance, figures, practices)
    card = _card(viewer, moments, practices)
    one, again = moments[0], practices[0]
    month = _long_ago(400).strftime("%Y-%m")
    return {
        "home": "/",
        "moments": "/notes/",
        "moments, further back": f"/notes/?until={_long_ago(300):%Y-%m-%d}",
        "words that are there": ("/notes/find/", {"words": "kitchen"}),
        "words that are not": ("/notes/find/", {"words": "giraffe"}),
        "looking back": f"/notes/find/?month={month}",
        "words among someone": ("/notes/find/", {"words": "tea", "whom": str(figures[0])}),
        "what gets in the way": "/letters/",
        "begin a letter": "/letters/choose/",
        "one relationship": f"/notes/with/{figures[0]}/",
        "further back": f"/notes/with/{figures[0]}/?until={_long_ago(300):%Y-%m-%d}",
        "one day": f"/notes/on/{_long_ago(100):%Y-%m-%d}/",
        "write": "/notes/write/",
        "one moment": f"/notes/{one}/",
        "say it anew": f"/notes/{one}/correct/",
        "taken away": "/notes/gone/",
        "practices": "/notes/again/",
        "practices, another month": f"/notes/again/?month={month}",
        "one practice": f"/notes/again/{again}/",
        "name one": f"/notes/again/name/?moment={one}",
        "how it is now": f"/notes/again/{again}/now/",
        "say a practice anew": f"/notes/again/{again}/correct/",
        "what comes again": "/notes/again/from/",
        "ours together": "/notes/again/ours/",
        "belonging": "/notes/belonging/",
        "belonging with one": f"/notes/belonging/{figures[0]}/",
        "a week from paper": "/notes/week/",
        "plans": "/notes/plans/",
        "reminders": "/notes/minded/",
        "cards": "/notes/cards/",
        "choose for a card": "/notes/cards/write/",
        "one card": f"/notes/cards/{card}/",
    }


def _long_ago(days: int):  # type: ignore[no-untyped-def]
    from kith.base import clock

    return clock.now() - timedelta(days=days)


def _figures(viewer: "Viewer") -> list["UUID"]:
    from kith.maps.actions import add_figure, begin
    from kith.maps.nouns import Figure

    board = begin(viewer, with_me="me")
    made = [Figure(n / FIGURES, 0.5, label=f"F{n}") for n in range(FIGURES)]
    return [add_figure(viewer, board, figure).thing for figure in made]


def _practices(viewer: "Viewer", figures: list["UUID"]) -> list["UUID"]:
    """Each stood differently four times."""
    from kith.moments.actions import change_practice, name_practice
    from kith.moments.nouns import Practice

    made = []
    for number in range(PRACTICES):
        one = Practice(name=f"Tea {number}", with_whom=(figures[number],), rhythm="Most mornings")
        made.append(name_practice(viewer, one, day=_long_ago(500).date()).thing)
        for back, state in ((90, "interrupted"), (60, "restored"), (30, "interrupted")):
            now = one.but(state=state, since="day", words="The kitchen is locked.")
            change_practice(viewer, made[-1], now, day=_long_ago(back).date())
    return made


def _moments(
    viewer: "Viewer", chance: random.Random, figures: list["UUID"], practices: list["UUID"]
) -> list["UUID"]:
    """Over two years, some of them said anew, some taken away; those that are still there."""
    from kith.moments.nouns import Moment
    from kith.records.actions import Draft, act

    made: list[UUID] = []
    told = {"kind": Moment, "space": viewer.own, "author": viewer.me}
    with act(viewer.me, "bench.fill") as doing:
        for number in range(MOMENTS):
            moment = Moment(
                words=WORDS[number % len(WORDS)] + " It was good to sit together. " * 4,
                happened=number % 4 != 3,
                with_whom=(chance.choice(figures),),
                part_of=(chance.choice(practices),),
            )
            seen_on = _long_ago(0) - timedelta(minutes=chance.randrange(1_000_000))
            made.append(doing.keep(Draft(noun=moment, seen_on=seen_on, **told)).thing)
    _changed(viewer, made)
    return made[TAKEN_AWAY:]


def _changed(viewer: "Viewer", made: list["UUID"]) -> None:
    from kith.moments.actions import correct_moment, remove
    from kith.moments.nouns import Moment

    for thing in made[:TAKEN_AWAY]:
        remove(viewer, Moment, thing)
    for thing in made[-SAID_ANEW:]:
        correct_moment(viewer, thing, Moment(words="Tea, and then a walk."))


def _card(viewer: "Viewer", moments: list["UUID"], practices: list["UUID"]) -> "UUID":
    from kith.moments.actions import make_card
    from kith.moments.nouns import Card

    return make_card(viewer, Card(practices=tuple(practices[:3]), moments=tuple(moments[:3]))).thing


def _asking(client: "Client", address: str | tuple[str, dict[str, str]]) -> Callable[[], object]:
    if isinstance(address, str):
        return lambda: client.get(address)
    return lambda: client.post(*address)


def _row(name: str, ask: Callable[[], object]) -> Row:
    ask()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:  # type: ignore[attr-defined]
            raise RuntimeError(f"{name} answered {answer.status_code}")  # type: ignore[attr-defined]
    return Row(f"{name}, p95", p95(taken), "ms", f"{TIMES} times, {MOMENTS:,} moments")
