"""Whatever another person writes or decides, what I am answered stays the same (PEOPLE.md 14).

Each wrong variant is a way in which sites give people away without meaning to. That each is
caught shows that these tests would see it.
"""

import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from kith.base.problems import Missing, Refused
from kith.inquiry import readings as inquiry
from kith.people import readings as people
from kith.permissions import readings as permissions
from kith.records.models import Record
from kith.web import sync
from kith.web.models import Arrival
from proof.addresses import every_address
from proof.pairs import Pair, Teller, differences, tell
from proof.reach import Reach
from proof.village import LATER, Fate, Village
from scale import many, shares

pytestmark = [pytest.mark.django_db, pytest.mark.faults]
WORLDS = many(2, 20)
TALES = many(500, 53)
"""Of 2 worlds each, 500 pairs; of 20 each, where every two are a pair, 10,070."""
EACH = many(250, 1)
PAGES = many(5, len(every_address()))
MANY = 20


@pytest.fixture(scope="module")
def teller(village: Village, reaches: dict[str, Reach]) -> Teller:
    return Teller(village, reaches)


class Told:
    """Tells pairs, and says in what a world of theirs differs from the first."""

    def __init__(self, village: Village, fate: Fate) -> None:
        self.village, self.fate = village, fate

    def leaks(self, pair: Pair) -> list[str]:
        first = tell(self.village, self.fate, pair, 0)
        return [
            f"pair {pair.number}, world {which}, {pair.looks} looks, {pair.hides} hides: {leak}"
            for which in range(1, len(pair.tellings))
            for leak in differences(first, tell(self.village, self.fate, pair, which))
        ]


@pytest.fixture
def told(village: Village, fate: Fate) -> Told:
    return Told(village, fate)


def told_here() -> list[Any]:
    """All pairs in shares; or only those that were asked for."""
    if not (asked := os.environ.get("KITH_PAIRS")):
        return shares(500, TALES, EACH)
    first, _, last = asked.partition("-")
    return [pytest.param(range(int(first), int(last or first) + 1), id=asked)]


@pytest.mark.parametrize("pairs", told_here())
def test_nothing_of_another_shows(teller: Teller, told: Told, pairs: range) -> None:
    leaks: list[str] = []
    for number in pairs:
        leaks += told.leaks(teller.pair(number, PAGES, WORLDS))
        assert len(leaks) < MANY, leaks
    assert leaks == [], "Each is told again by its number: KITH_PAIRS=317 (CONTRIBUTING.md)."


def test_all_pairs_together_go_everywhere(teller: Teller) -> None:
    visited = {route for number in range(TALES) for route in teller.turn(number, PAGES)}
    assert visited == set(every_address())


@pytest.mark.store
def test_nothing_of_another_shows_on_any_database(teller: Teller, told: Told) -> None:
    assert [leak for number in range(30) for leak in told.leaks(teller.pair(number))] == []


def test_every_address_is_in_a_plan(village: Village, reaches: dict[str, Reach]) -> None:
    known = {route for reach in reaches.values() for route in reach.places}
    known |= {route for route, address in every_address().items() if not address.gaps}
    lost = set(every_address()) - known - set(village.besides)
    assert lost == set(), (
        "No link in the village leads to these pages. Let someone in tests/proof/village.py have "
        "what they show, or name one under `besides` there."
    )


# Wrong variants


def _everywhere(patch: pytest.MonkeyPatch, right: Any, wrong: Any) -> None:
    """Put `wrong` wherever `right` was imported to."""
    for name, module in list(sys.modules.items()):
        if name.startswith("kith.") and getattr(module, right.__name__, None) is right:
            patch.setattr(module, right.__name__, wrong)


def badge(patch: pytest.MonkeyPatch) -> None:
    """A circle's page says how much its members keep."""

    def circle(viewer: Any, circle_id: UUID, right: Any = people.circle) -> Any:
        found = right(viewer, circle_id)
        members = found.memberships.values_list("person_id", flat=True)
        found.name += f" ({Record.objects.filter(author__in=list(members)).count()})"
        return found

    patch.setattr(people, "circle", circle)


def extra_query(patch: pytest.MonkeyPatch) -> None:
    """Something is looked up once more when someone else has written."""

    def circle_names(viewer: Any, right: Any = people.circle_names) -> Any:
        lately = Record.objects.filter(arrived__gt=LATER).exclude(author=viewer.person)
        if lately.count() % 2:
            Record.objects.count()
        return right(viewer)

    _everywhere(patch, people.circle_names, circle_names)


def order_of_arrival(patch: pytest.MonkeyPatch) -> None:
    """Lines of a gathering stand as they came in."""

    def lines(*arguments: Any, right: Any = inquiry.lines) -> Any:
        found = right(*arguments)
        arrived = dict(Record.objects.values_list("id", "arrived"))
        return sorted(found, key=lambda line: arrived[line.version])

    _everywhere(patch, inquiry.lines, lines)


def growing_ids(patch: pytest.MonkeyPatch) -> None:
    """Ids grow with all that is kept."""
    made = count()
    patch.setattr(
        "kith.base.ids.uuid4",
        lambda: UUID(int=(Record.objects.count() << 64) + next(made) % 2, version=4),
    )


def other_status(patch: pytest.MonkeyPatch) -> None:
    """What exists but is not yours is refused, and what does not exist is missing."""

    def look_at(
        viewer: Any, noun: Any, thing: UUID, right: Any = permissions.look_at, **more: Any
    ) -> Any:
        try:
            return right(viewer, noun, thing, **more)
        except Missing:
            if Record.objects.filter(thing=thing).exists():
                raise Refused("not-allowed") from None
            raise

    _everywhere(patch, permissions.look_at, look_at)


def arrivals_of_all(patch: pytest.MonkeyPatch) -> None:
    """What is told of one's own device counts what came from everyone's."""

    def roll(stored: Any, right: Any = sync.roll) -> Any:
        upto, rolled = right(stored)
        return upto + Arrival.objects.count(), rolled

    patch.setattr(sync, "roll", roll)


ANY = "any"
WRONG: dict[Callable[[pytest.MonkeyPatch], None], str] = {
    badge: "together/<uuid:circle>/",
    extra_query: ANY,
    order_of_arrival: "meet/<uuid:circle>/<uuid:thing>/lines/",
    growing_ids: "notes/write/",
    other_status: ANY,
    arrivals_of_all: ANY,
}
"""Each with the address at which it shows first: pairs that do not go there are passed over."""


@pytest.mark.parametrize("wrong", WRONG)
def test_a_leak_is_caught(
    monkeypatch: pytest.MonkeyPatch, teller: Teller, told: Told, wrong: Callable[..., None]
) -> None:
    pairs = [teller.pair(number) for number in range(500)]
    there = [pair for pair in pairs if WRONG[wrong] in (ANY, *pair.routes)]
    wrong(monkeypatch)
    assert any(told.leaks(pair) for pair in there)
