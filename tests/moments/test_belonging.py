"""Belonging: two questions side by side, tie by tie, and never anything worked out from them."""

import inspect
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from kith.base import clock
from kith.base.problems import Missing
from kith.maps.actions import add_figure, add_tie, begin
from kith.maps.bonds import actions as bonds
from kith.maps.layers import actions as layers
from kith.maps.nouns import Figure, Said
from kith.maps.readings import figures
from kith.maps.us import STANDINGS
from kith.moments.actions import name_practice, note
from kith.moments.belonging import pages, readings
from kith.moments.nouns import Moment, Practice
from kith.permissions.viewer import Viewer
from world import viewer

pytestmark = pytest.mark.django_db

START = datetime(2026, 9, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)


class World:
    """A map with its drawer, T., Z. and a line between the drawer and T."""

    def __init__(self, who: Viewer) -> None:
        with clock.stopped_at(START):
            self.map = begin(who, with_me="me")
            self.t = add_figure(who, self.map, Figure(0.2, 0.2, label="T.")).thing
            self.z = add_figure(who, self.map, Figure(0.8, 0.2, label="Z.")).thing
            me = next(one.thing for one in figures(who) if one.noun.kind == "self")
            self.tie = add_tie(who, self.map, me, self.t)


@pytest.fixture
def world(who: Viewer) -> World:
    return World(who)


def page(client: Client, name: str, thing: UUID | None = None) -> str:
    named = {"thing": thing} if thing else None
    answer = client.get(reverse(f"moments:{name}", kwargs=named))
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition(">")[2]


@pytest.mark.store
def test_what_was_said_of_a_figure_and_of_its_line_is_said_of_one(
    who: Viewer, world: World
) -> None:
    with clock.stopped_at(START):
        bonds.say(who, world.map, world.t, {"pleasant": Said("answered", "Every day by phone.")})
    with clock.stopped_at(START + DAY):
        bonds.say(who, world.map, world.tie, {"lasting": Said("depends", "On the good days.")})
        told = readings.belonging(who, world.t)
    pleasant, lasting = told.criteria
    assert [(one.day, one.said.words) for one in pleasant.days] == [
        (START.date(), "Every day by phone.")
    ]
    assert [one.said for one in lasting.days] == [Said("depends", "On the good days.")]
    with clock.stopped_at(START + DAY):
        assert readings.belonging(who, world.z).criteria[0].days == []


@pytest.mark.store
def test_on_a_traced_layer_it_is_the_same_one_and_oneself_is_never_in_it(
    who: Viewer, world: World
) -> None:
    with clock.stopped_at(START + DAY):
        layers.begin(who, world.map, {"layer": "before"}, take="all")
        every = readings.relations(who)
        assert sorted(one.name for one in every) == ["T.", "Z."]
        t = readings.relation(who, world.t)
        assert len(t.figures) == 2 and t.thing == world.t
        assert all(readings.relation(who, one.thing) == t for one in t.figures)


@pytest.mark.store
def test_another_person_has_nothing_of_it(who: Viewer, world: World) -> None:
    other = viewer("B.")
    assert readings.glances(other) == []
    with pytest.raises(Missing):
        readings.belonging(other, world.t)


@pytest.mark.parametrize("state", STANDINGS)
def test_each_of_the_seven_answers_stands_as_it_is(
    who: Viewer, client: Client, world: World, state: str
) -> None:
    bonds.say(who, world.map, world.t, {"pleasant": Said(state, ""), "good": Said("answered", "x")})
    told = page(client, "belonging-one", world.t)
    if state == "not-asked":
        assert told.count("You have not come to this.") == 2
    else:
        assert str(STANDINGS[state]) in told
        assert told.count("You have not come to this.") == 1


def test_help_and_hurt_stand_together_or_not_at_all(
    who: Viewer, client: Client, world: World
) -> None:
    bonds.say(who, world.map, world.t, {"hard": Said("answered", "The shouting.")})
    told = page(client, "belonging-one", world.t)
    assert "What is good" in told and "What is hard" in told
    assert "The shouting." not in page(client, "belonging")
    with clock.stopped_at(START + DAY):
        good, hard = readings.belonging(who, world.t).felt
    assert len(good.days) == len(hard.days)


def test_moments_and_practices_stand_beside(who: Viewer, client: Client, world: World) -> None:
    note(who, Moment("Waited on the stairs.", happened=False, with_whom=(world.t,)))
    note(who, Moment("Alone with the radio."))
    name_practice(who, Practice("Tea at eight", with_whom=(world.t,), rhythm="most mornings"))
    told = page(client, "belonging-one", world.t)
    assert "Waited on the stairs." in told and "It could not happen" in told
    assert "Tea at eight" in told and "Most mornings." in told
    assert "radio" not in told


def test_a_moment_that_many_others_follow_still_stands_there(
    who: Viewer, client: Client, world: World
) -> None:
    with clock.stopped_at(START):
        note(who, Moment("The last dance.", with_whom=(world.t,)))
    for _ in range(250):
        note(who, Moment("Rain."))
    told = page(client, "belonging-one", world.t)
    assert "The last dance." in told and "Rain." not in told
    assert reverse("moments:with", kwargs={"thing": world.t}) in told


def test_everyone_stands_by_name_whatever_was_noted(
    who: Viewer, client: Client, world: World
) -> None:
    def order() -> list[str]:
        return re.findall(r'belonging/[0-9a-f-]{36}/">([^<]+)</a>', page(client, "belonging"))

    before = order()
    for n in range(4):
        note(who, Moment(f"Tea {n}", with_whom=(world.z,)))
    for thing, said in ((world.z, "Very, very."), (world.t, "Now and then.")):
        bonds.say(who, world.map, thing, {"pleasant": Said("answered", said)})
    assert order() == before == ["T.", "Z."]


def test_how_it_is_now_is_said_on_one_page_and_kept_with_its_day(
    who: Viewer, client: Client, world: World
) -> None:
    place = reverse("moments:belonging-say", kwargs={"thing": world.t})
    form = client.get(place).content.decode()
    ids = re.search(r'name="id" value="([0-9a-f-]{36})"', form)
    assert ids
    told = {"id": ids[1], "pleasant": "Now and then.", "lasting_stands": "cannot-tell"}
    for _again in range(2):
        assert client.post(place, told).status_code == 302
    pleasant, lasting = readings.belonging(who, world.t).criteria
    assert [one.said.words for one in pleasant.days] == ["Now and then."]
    assert [one.said.state for one in lasting.days] == ["cannot-tell"]


def numbers_in(text: str) -> list[str]:
    """Every number in the words of a page that is no day and no year."""
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)
    return re.findall(r"\d+", re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}", " ", words))


def test_no_number_stands_on_its_pages(who: Viewer, client: Client, world: World) -> None:
    for n in range(7):
        note(who, Moment("Tea", with_whom=(world.t,)))
        bonds.say(who, world.map, (world.t, world.z)[n % 2], {"lasting": Said("unsure")})
    for told in (page(client, "belonging"), page(client, "belonging-one", world.t)):
        assert numbers_in(told.partition("</main>")[0]) == []


def test_a_page_that_counts_would_be_caught() -> None:
    assert numbers_in("<p>T. has 3 of 5 on 4 May 2026</p>") == ["3", "5"]


def test_nothing_in_the_room_sums_orders_or_compares() -> None:
    """By name only: no total, no threshold, no mean, in any function of it."""
    source = inspect.getsource(readings) + inspect.getsource(pages)
    assert re.findall(r"\b(?:sum|len|mean|max|min|count_\w+|total|score|ratio)\(", source) == []
