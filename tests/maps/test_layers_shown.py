"""Showing one layer shows nothing of the others: not what is on them, not that they are there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kith.base import clock
from kith.maps import actions
from kith.maps.layers import actions as layers
from kith.maps.nouns import DRAWN, Difference, Figure, Map
from kith.people.showing import Draft
from kith.permissions.actions import Act
from kith.permissions.viewer import Viewer
from kith.permissions.windows import Window
from kith.records.models import Record
from kith.records.nouns import Noun
from meeting import browsing, choice, met, page, previewed, shows
from world import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.store]

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = {"first": "Gran", "before": "Choir", "hoped": "Lighthouse"}


class Row:
    """R. with a first map and two layers, each with a figure and a title of its own."""

    def __init__(self) -> None:
        with clock.stopped_at(START):
            self.who, self.other = viewer("R."), viewer("J.")
            self.whom = choice(met(self.who, self.other)[0])
            first = actions.begin(self.who)
            self.maps = {"first": first}
            for at in ("before", "hoped"):
                said = {"layer": at, "name": f"Title {NAMES[at]}"}
                self.maps[at] = layers.begin(self.who, first, said)
            for at, map_id in self.maps.items():
                actions.add_figure(self.who, map_id, Figure(0.3, 0.3, NAMES[at]))
            layers.tell_difference(self.who, first, self.maps["before"], "words on the difference")


@pytest.fixture
def row() -> Row:
    return Row()


def window(who: Viewer, thing: UUID) -> Window:
    """What a grant on one layer, names and all, shows."""
    ends = clock.now() + timedelta(days=9)
    return Draft("map", thing, True, None, None, "talk", ends).window(who)


def reached(through: Window) -> Iterator[Record]:
    """Every record that one can come to through a window, by any kind of noun."""
    for kind in (Map, Difference, *DRAWN.values()):
        for entry in through.look(kind):
            yield Record.objects.get(id=entry.id)


def of_others(row: Row, shown: str) -> list[Record]:
    """What a grant on one layer shows that is not of that layer."""
    layer = row.maps[shown]
    found = reached(window(row.who, layer))
    return [one for one in found if layer not in (one.thing, one.parent)] + [
        one for one in reached(window(row.who, layer)) if one.kind == "map" and one.thing != layer
    ]


@pytest.mark.parametrize("shown", list(NAMES))
def test_a_grant_on_one_layer_reaches_nothing_of_the_others(row: Row, shown: str) -> None:
    assert of_others(row, shown) == []
    assert list(reached(window(row.who, row.maps[shown]))), "it shows the layer itself"


@pytest.mark.parametrize("shown", list(NAMES))
def test_what_they_see_is_that_layer_alone(row: Row, shown: str) -> None:
    with clock.stopped_at(START):
        shows(browsing(row.who), f"map:{row.maps[shown]}", row.whom, names="on")
    with clock.stopped_at(START + timedelta(hours=25)):
        seen = page(browsing(row.other), "/sharing/seen/")
    for at, name in NAMES.items():
        assert (name in seen) is (at == shown)
        assert (str(row.maps[at]) in seen) is False
    assert "words on the difference" not in seen


def test_without_names_the_title_a_drawer_gave_is_not_shown(row: Row) -> None:
    told = previewed(browsing(row.who), f"map:{row.maps['before']}", row.whom)
    assert "Before" in told
    assert "Title Choir" not in told


def test_each_layer_is_named_where_one_chooses_what_to_show(row: Row) -> None:
    text = page(browsing(row.who), "/sharing/choose/")
    assert "Title Choir" in text
    assert "Title Lighthouse" in text


def test_a_layer_that_hung_on_the_first_map_would_be_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = Act.keep

    def hung(self: Act, space: UUID, noun: Noun, **where: Any) -> Record:
        if isinstance(noun, Map) and noun.of:
            where["parent"] = noun.of
        return whole(self, space, noun, **where)

    monkeypatch.setattr(Act, "keep", hung)
    assert of_others(Row(), "first") != []
